package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"ramure/internal/config"
)

// desk is a running service in front of which everybody is somebody else, so that
// its limits per visitor do not hide what else it would answer.
type desk struct {
	*site
	visitors atomic.Int64
	token    string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	c := config.Config{DataDir: t.TempDir(), AdminListen: "127.0.0.1:0", TrustedProxies: []string{"127.0.0.1"}}
	c.DatabaseURL = "sqlite:" + filepath.Join(c.DataDir, "ramure.db")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Listen = listener.Addr().String()
	d := &desk{site: serve(t, c, listener)}
	d.token = d.venue("eric-embrun")
	return d
}

// door is a route that reads a body.
type door struct {
	method, path, kind string
	limit              int
}

func (d door) String() string { return d.method + " " + d.path }

// doors are all routes that read a body, and some that read none: those of the API
// are taken from its own description.
func (d *desk) doors(t *testing.T) []door {
	t.Helper()
	list := []door{
		{"POST", "/verifier", "multipart/form-data; boundary=x", 16 << 20}, {"POST", "/verifier/recu", "application/x-www-form-urlencoded", 512 << 10},
		{"POST", "/v/AAAAAAAAAAAAAAAAAAAAAA/personne", "application/x-www-form-urlencoded", 64 << 10},
		{"POST", "/nulle-part", "text/plain", 64 << 10}, {"GET", "/", "text/plain", 0}, {"GET", "/credentials/AAAAAAAAAAAAAAAAAAAAAA", "text/plain", 0},
	}
	var description struct {
		Paths map[string]map[string]struct{ RequestBody any }
	}
	if err := json.Unmarshal(d.get("/openapi.json", "", http.StatusOK).Body, &description); err != nil {
		t.Fatal(err)
	}
	for path, methods := range description.Paths {
		for method, operation := range methods {
			if operation.RequestBody != nil {
				list = append(list, door{strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "AAAAAAAAAAAAAAAAAAAAAA"), "application/json", apiLimit(path)})
			}
		}
	}
	if len(list) < 10 {
		t.Fatalf("only %v", list)
	}
	return list
}

func apiLimit(path string) int {
	if path == "/api/v1/verify" {
		return verifyLimit
	}
	return 64 << 10
}

// verifyLimit is the most that POST /api/v1/verify reads.
const verifyLimit = 5 << 20

// bodies are bodies of every size around every limit, with a length and without.
// One that is too long is 413 whatever it is; none is ever our own fault.
func bodies(t *testing.T, d *desk) corpus {
	return corpus{name: "bodies of every size around every limit", least: 250, heavy: 8, attacks: func(yield func(attack) bool) {
		for _, door := range d.doors(t) {
			for _, size := range sizes(door.limit) {
				for name, fill := range fillings {
					for _, open := range []bool{false, true} {
						ask := func(ctx context.Context) string {
							return wrongStatus(d.send(ctx, door, fill(size), length(size, open)), size > door.limit, open)
						}
						if !yield(attack{fmt.Sprintf("%s: %d bytes of %s, length unsaid: %v", door, size, name, open), ask}) {
							return
						}
					}
				}
			}
		}
	}}
}

func sizes(limit int) []int {
	around := []int{0, 1, limit / 2, limit - 1, limit, limit + 1, limit + 4096, 2*limit + 1}
	slices.Sort(around)
	return slices.DeleteFunc(slices.Compact(around), func(n int) bool { return n < 0 })
}

// fillings make bodies on the way, so that the memory told is not the sender's.
var fillings = map[string]func(size int) io.Reader{
	"a letter": func(size int) io.Reader { return io.LimitReader(endless('a'), int64(size)) },
	"JSON and blanks": func(size int) io.Reader {
		return io.LimitReader(io.MultiReader(strings.NewReader("{}"), endless(' ')), int64(size))
	},
}

// wrongStatus says what is wrong with a status, "" when nothing is. Of a body that
// does not say its length nobody knows beforehand that it is too long: it may be found
// broken first, or not be read at all, and the door may close while it is still sent.
func wrongStatus(status int, tooLong, open bool) string {
	switch {
	case tooLong && open && status < 500:
		return ""
	case status == 0:
		return "no answer"
	case status >= 500 && status != http.StatusServiceUnavailable:
		return fmt.Sprint(status)
	case tooLong && status != http.StatusRequestEntityTooLarge:
		return fmt.Sprintf("%d, want 413", status)
	}
	return ""
}

// length is what a body says of its size: unsaid is -1.
func length(size int, open bool) int {
	if open {
		return -1
	}
	return size
}

// send posts a body as a visitor who was never here.
func (d *desk) send(ctx context.Context, to door, body io.Reader, length int) (status int) {
	request, err := http.NewRequestWithContext(ctx, to.method, d.Base+to.path, io.NopCloser(body))
	if err != nil {
		panic(err)
	}
	if request.ContentLength = int64(length); length == 0 {
		request.Body = http.NoBody
	}
	request.Header.Set("Content-Type", to.kind)
	if strings.HasPrefix(to.path, "/api/") {
		request.Header.Set("Authorization", "Bearer "+d.token)
	}
	return d.ask(request).Status
}

// ask sends a request as a visitor who was never here.
func (d *desk) ask(request *http.Request) answer {
	n := d.visitors.Add(1)
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	response, err := client.Do(request)
	if err != nil {
		return answer{} // a server that stops reading may close before all is sent
	}
	defer response.Body.Close()
	got, _ := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, got}
}

// forms are multipart forms that are none, or that are too much of one.
func forms(d *desk) corpus {
	to := door{"POST", "/verifier", "", 0}
	return corpus{name: "garbage multipart forms", least: 55, heavy: 1, attacks: func(yield func(attack) bool) {
		for name, form := range garbage() {
			ask := func(ctx context.Context) string {
				to := to
				to.kind = form.kind
				return wrongStatus(d.send(ctx, to, bytes.NewReader(form.body), len(form.body)), false, false)
			}
			if !yield(attack{name, ask}) {
				return
			}
		}
	}}
}

type form struct {
	kind string
	body []byte
}

func garbage() iter.Seq2[string, form] {
	const kind, head = "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"a.json\"\r\n\r\n"
	list := map[string]form{}
	for name, body := range map[string]string{
		"nothing": "", "no boundary in it": "abc", "a boundary alone": "--x", "an end alone": "--x--", "an end with breaks": "--x--\r\n", "a head that never ends": head[:40], "a part that never ends": head + "{}",
		"line feeds only": strings.ReplaceAll(head, "\r\n", "\n") + "{}", "no disposition": "--x\r\n\r\n{}\r\n--x--\r\n", "no name": "--x\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--x--\r\n",
		"a head of 1 MiB": "--x\r\nX-Y: " + strings.Repeat("y", 1<<20) + "\r\n\r\n\r\n--x--\r\n", "20,000 heads": "--x\r\n" + strings.Repeat("X: y\r\n", 20_000) + "\r\n\r\n--x--\r\n",
		"10,000 parts": strings.Repeat(head+"{}\r\n", 10_000) + "--x--\r\n", "10,000 empty parts": strings.Repeat("--x\r\n\r\n\r\n", 10_000) + "--x--\r\n", "1,000,000 boundaries": strings.Repeat("--x\r\n", 1_000_000),
		"21 files": strings.Repeat(head+"{}\r\n", 21) + "--x--\r\n", "a name of 100 KiB": strings.Replace(head, "a.json", strings.Repeat("a", 100<<10), 1) + "\r\n--x--\r\n",
		"NUL in the name": strings.Replace(head, "a.json", "a\x00.json", 1) + "\r\n--x--\r\n", "a form inside": "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n",
		"no file and no text": "--x\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\n\r\n--x--\r\n", "blanks for a text": "--x\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\n  \n\t\r\n--x--\r\n",
		"binary": string([]byte{0, 1, 2, 255, 254}), "base64": "--x\r\nContent-Disposition: form-data; name=\"fichiers\"\r\nContent-Transfer-Encoding: base64\r\n\r\n????\r\n--x--",
		"quoted-printable that is none": strings.Replace(head, "\r\n\r\n", "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", 1) + "=ZZ=\r\n--x--\r\n", "a picture of 6 MiB": head + "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 6<<20) + "\r\n--x--\r\n",
		"a document of 600 KiB": head + strings.Repeat("a", 600<<10) + "\r\n--x--\r\n", "other names only": strings.Repeat(strings.Replace(head, "fichiers", "autre", 1)+"x\r\n", 10) + "--x--\r\n",
		"an expectation of 1 MiB": "--x\r\nContent-Disposition: form-data; name=\"pour\"\r\n\r\n" + strings.Repeat("p", 1<<20) + "\r\n--x--\r\n", "a text of 2 MiB": "--x\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\n" + strings.Repeat("t", 2<<20) + "\r\n--x--\r\n",
		"boundaries that begin alike": head + strings.Repeat("--xy\r\n", 1000) + "\r\n--xx--\r\n",
	} {
		list[name] = form{kind, []byte(body)}
	}
	for _, other := range []string{"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + strings.Repeat("b", 71), "multipart/mixed; boundary=x", "text/plain", "application/json",
		"application/x-www-form-urlencoded", "multipart/form-data; boundary=x; boundary=y", "multipart/form-data; boundary*=utf-8''x", "multipart/form-data; boundary=é", "image/png", ";;;", "multipart/form-data, multipart/form-data; boundary=x", strings.Repeat("a", 8000)} {
		for name, body := range map[string]string{"a good form": head + "\r\n--x--\r\n", "nothing": ""} {
			list[fmt.Sprintf("as %.60q, %s", other, name)] = form{other, []byte(body)}
		}
	}
	return maps.All(list)
}
