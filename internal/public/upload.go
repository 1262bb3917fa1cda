package public

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// The limits of what a visitor may hand in at once. The form is read into memory and
// never into a file: net/http's own reader would write the larger parts to disk.
const (
	uploadBody      httpx.Body = 16 << 20
	uploadThings               = 20
	uploadPicture              = 5 << 20
	uploadDocument             = 512 << 10
	uploadExpected             = 500
	uploadParts                = 64    // of the form, the empty ones too
	uploadNameShown            = "..." // of a thing without a name
)

// upload is what a visitor handed in.
type upload struct {
	things   []verifier.Input
	text     string // as it was typed
	expected string // whose badge the visitor expects it to be
}

// readUpload reads the form: the files "fichiers", the text "texte", and "pour". It
// answers a problem whose words say what to do, with what was typed so far.
func readUpload(c *gin.Context) (upload, error) {
	var u upload
	form, err := c.Request.MultipartReader()
	if err != nil {
		return u, problem.Wrap(problem.Unsupported, "error.verifier.form", err)
	}
	for range uploadParts {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return u, u.complete()
		}
		if err != nil {
			return u, unreadable(err)
		}
		if err := u.take(part); err != nil {
			return u, err
		}
	}
	return u, tooMany()
}

// take reads one part of the form. A part of another name is passed over.
func (u *upload) take(part *multipart.Part) error {
	switch part.FormName() {
	case "fichiers":
		return u.takeFile(part)
	case "texte":
		text, err := readPart(part, uploadDocument)
		u.text = string(text)
		return err
	case "pour":
		text, err := readPart(part, uploadExpected)
		u.expected = strings.TrimSpace(string(text))
		return err
	}
	return nil
}

// takeFile reads a file. A field where no file was chosen comes as one without name
// and content.
func (u *upload) takeFile(part *multipart.Part) error {
	data, err := readPart(part, uploadPicture)
	name := fileName(part)
	switch {
	case errors.Is(err, errPartTooLong):
		return problem.Wrap(problem.TooLarge, "error.verifier.picture", err).With("name", spoken(name))
	case err != nil:
		return err
	case len(data) == 0 && part.FileName() == "":
		return nil
	case len(data) > uploadDocument && !isPicture(data):
		return problem.New(problem.TooLarge, "error.verifier.document").With("name", spoken(name))
	case len(u.things) == uploadThings:
		return tooMany()
	}
	u.things = append(u.things, verifier.Input{Name: name, Data: data})
	return nil
}

// complete adds what was typed to the files, and asks for one thing at least.
func (u *upload) complete() error {
	typed := strings.TrimSpace(u.text)
	for _, one := range separate(typed) {
		if len(u.things) == uploadThings {
			return tooMany()
		}
		u.things = append(u.things, verifier.Input{Name: shortened(one), Data: []byte(one)})
	}
	if len(u.things) == 0 {
		return problem.New(problem.Invalid, "error.verifier.nothing")
	}
	return nil
}

// separate takes several addresses, one a line, apart; any other text is one thing.
func separate(text string) []string {
	if text == "" {
		return nil
	}
	list := strings.Fields(text)
	for _, one := range list {
		if webAddress(one) == "" {
			return []string{text}
		}
	}
	return list
}

// shortened is the name under which something typed is shown: an address whole, the
// beginning of anything else.
func shortened(text string) string {
	const most = 40
	if webAddress(text) != "" && len(text) <= 2000 {
		return text
	}
	for i := range text {
		if i >= most {
			return text[:i] + "…"
		}
	}
	return text
}

// alone gives the one thing that was sent.
func (u upload) alone() ([]byte, bool) {
	if len(u.things) != 1 {
		return nil, false
	}
	return u.things[0].Data, true
}

// fileName is the last part of the name that the browser gives.
func fileName(part *multipart.Part) string {
	name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	if name == "." || name == "/" {
		return uploadNameShown
	}
	return name
}

var errPartTooLong = errors.New("a part of the form is over its limit")

// readPart reads a part within a limit, in bytes.
func readPart(part io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(part, limit+1))
	switch {
	case err != nil:
		return nil, unreadable(err)
	case int64(len(data)) > limit:
		return nil, problem.Wrap(problem.TooLarge, "error.verifier.total", errPartTooLong)
	}
	return data, nil
}

// unreadable tells a form that is over the limit of all from one that is broken.
func unreadable(err error) error {
	if _, over := asTooLong(err); over {
		return err
	}
	return problem.Wrap(problem.Malformed, "error.verifier.form", err)
}

func tooMany() error {
	return problem.New(problem.TooLarge, "error.verifier.files").With("limit", strconv.Itoa(uploadThings))
}

// isPicture recognises what may be as large as a picture, by its first bytes: PNG,
// JPEG and, after blanks, an XML element.
func isPicture(data []byte) bool {
	start := bytes.TrimLeft(data[:min(len(data), 512)], "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(data, []byte("\x89PNG")) || bytes.HasPrefix(data, []byte("\xff\xd8\xff")) || bytes.HasPrefix(start, []byte("<"))
}

// asTooLong finds out that a body is over its route's limit.
func asTooLong(err error) (*http.MaxBytesError, bool) {
	var over *http.MaxBytesError
	found := errors.As(err, &over)
	return over, found
}
