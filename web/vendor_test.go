package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"ramure/schemas"
	"ramure/web"
)

// vendored are the scripts of others, by the SHA-256 of the published file; each has
// its notice.
var vendored = map[string]string{
	"static/js/vendor/jsqr.js": "bc40c8a15196236b2314db0856f72ca0b49980cd5413b8c852a7349f5fee0859", // npm jsqr 1.4.0, dist/jsQR.js
}

func TestVendoredScripts(t *testing.T) {
	t.Parallel()
	notice, err := schemas.FS.ReadFile("NOTICE.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(web.FS, "static/js/vendor/*")
	if err != nil || len(files) != len(vendored) {
		t.Fatalf("%v, %v", files, err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(web.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != vendored[name] {
			t.Errorf("%s is not the file that was published: %x", name, sum)
		}
		if !strings.Contains(string(notice), "web/"+name) {
			t.Errorf("%s has no notice", name)
		}
	}
}

// What our policy of content refuses stands in no script, and neither does what asks
// anybody for anything: text that becomes code, markup or a request.
func TestScriptsKeepThePolicy(t *testing.T) {
	t.Parallel()
	refused := regexp.MustCompile(`\beval\(|\bnew Function|\bFunction\(|\.innerHTML|document\.write|setTimeout\(["']|insertAdjacentHTML|\bfetch\(|XMLHttpRequest|importScripts|sendBeacon`)
	scripts := 0
	err := fs.WalkDir(web.FS, "static/js", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(web.FS, name)
		if found := refused.FindString(string(data)); found != "" {
			t.Errorf("%s: %s", name, found)
		}
		scripts++
		return err
	})
	if err != nil || scripts < 3 {
		t.Errorf("%d scripts: %v", scripts, err)
	}
}
