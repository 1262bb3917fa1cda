package public

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// Whatever is sent as a form is read within its limits, or refused as what it is.
func FuzzReadUpload(f *testing.F) {
	part := func(head, body string) string {
		return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	for _, seed := range []string{
		part(`name="fichiers"; filename="badge.json"`, "{}") + part(`name="texte"`, "") + part(`name="pour"`, "Lucie") + "--b--",
		part(`name="fichiers"; filename="..\\..\\x/../y"`, "\x89PNG") + "--b--",
		part(`name="texte"`, "https://a.example\nhttps://b.example") + "--b--",
		part(`name="texte"; filename*=UTF-8''%e2%82`, "x"), "--b--", "", "--b\r\n\r\n", strings.Repeat("--b\r\n\r\n", 100),
	} {
		f.Add("multipart/form-data; boundary=b", []byte(seed))
	}
	f.Add("text/plain", []byte("x"))
	gin.SetMode(gin.ReleaseMode)
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest(http.MethodPost, "/verifier", bytes.NewReader(body))
		c.Request.Header["Content-Type"] = []string{kind}
		u, err := readUpload(c)
		if err != nil {
			if _, known := asProblem(err); !known || problem.Is(err, problem.Internal) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		if len(u.things) == 0 || len(u.things) > uploadThings || len(u.expected) > uploadExpected {
			t.Errorf("%d things, %d bytes of a name", len(u.things), len(u.expected))
		}
		for _, thing := range u.things {
			if len(thing.Data) > uploadPicture || strings.ContainsAny(thing.Name, "\\") && !strings.Contains(u.text, thing.Name) {
				t.Errorf("%q with %d bytes", thing.Name, len(thing.Data))
			}
		}
	})
}
