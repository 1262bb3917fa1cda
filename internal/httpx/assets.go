package httpx

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// styleSheet is the name of the one sheet that static/css/*.css are joined to,
// in the order of their names: many small files to read, one request.
const styleSheet = "ramure.css"

// contentTypes are the kinds of files that we serve.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
}

// asset is one file, whose address changes with its content.
type asset struct {
	address, contentType string
	body                 []byte
}

// assets are found by name in templates and by address on the wire.
type assets struct {
	byName    map[string]*asset
	byAddress map[string]*asset
}

// newAssets reads static/. It fails on a file whose kind is not in the table.
func newAssets(files fs.FS) (*assets, error) {
	a := &assets{byName: map[string]*asset{}, byAddress: map[string]*asset{}}
	var sheet bytes.Buffer
	err := fs.WalkDir(files, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if name = strings.TrimPrefix(name, "static/"); strings.HasPrefix(name, "css/") {
			_, err = sheet.Write(body)
			return err
		}
		return a.add(name, body)
	})
	if err != nil {
		return nil, err
	}
	return a, a.add(styleSheet, sheet.Bytes())
}

func (a *assets) add(name string, body []byte) error {
	contentType, known := contentTypes[path.Ext(name)]
	if !known {
		return fmt.Errorf("%s: no content type for this kind of file", name)
	}
	sum := sha256.Sum256(body)
	file := &asset{"/static/" + hex.EncodeToString(sum[:8]) + "/" + name, contentType, body}
	a.byName[name], a.byAddress[file.address] = file, file
	return nil
}

// address is the template function: an unknown name fails the page's test.
func (a *assets) address(name string) (string, error) {
	file, known := a.byName[name]
	if !known {
		return "", fmt.Errorf("asset %q does not exist", name)
	}
	return file.address, nil
}

func (a *assets) routes() []Route {
	return []Route{{Method: http.MethodGet, Path: "/static/*file", Policy: Public, Body: NoBody, Handler: a.serve,
		Note: "style, script and images, by the hash of their content"}}
}

func (a *assets) serve(c *gin.Context) {
	file, known := a.byAddress[c.Request.URL.Path]
	if !known {
		Fail(c, problem.New(problem.NotFound, "error.page.notFound"))
		return
	}
	Cache(c, Immutable)
	Bytes(c, file.contentType, file.body, "")
}
