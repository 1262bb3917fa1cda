package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"ramure/internal/config"
)

// counter is where badges are handed in: a running service, the program, and the
// world that the sample under test needs, at the service's own address.
type counter struct {
	*desk
	program string
	world   atomic.Pointer[map[string]worldAnswer]
}

// worldAnswer is what an address answers.
type worldAnswer struct {
	Type, Text string
	Status     int
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{program: build(t).path}
	c.world.Store(&map[string]worldAnswer{})
	var service http.Handler
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer, found := (*c.world.Load())[c.Base+r.URL.Path]; found {
			w.Header().Set("Content-Type", answer.Type)
			w.WriteHeader(max(answer.Status, http.StatusOK))
			_, _ = w.Write([]byte(answer.Text))
			return
		}
		service.ServeHTTP(w, r)
	}))
	c.desk = c.deskBehind(t, strings.Replace("http://"+front.Listener.Addr().String(), "127.0.0.1", "localhost", 1))
	service = c.App.Handler
	c.App.Handler = front.Config.Handler // the service asks itself for what is its own
	front.Start()
	t.Cleanup(front.Close)
	return c
}

// deskBehind is a service whose public address is another server's.
func (c *counter) deskBehind(t *testing.T, base string) *desk {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	settings := config.Config{DataDir: t.TempDir(), BaseURL: base, Listen: listener.Addr().String(), AdminListen: "127.0.0.1:0",
		TrustedProxies: []string{"127.0.0.1"}}
	return &desk{site: serve(t, settings, listener)}
}

// samplesHere makes anew the samples that ask the network, for this machine.
func (c *counter) samplesHere(t *testing.T) samples {
	t.Helper()
	folder := t.TempDir()
	node := exec.CommandContext(t.Context(), "node", "foreign/make-samples.mjs", "--out", folder, "--base", c.Base,
		"issuer", "status", "refresh", "hosted", "address")
	if said, err := node.CombinedOutput(); err != nil {
		t.Fatalf("node: %v: %s", err, said)
	}
	return readSamples(t, folder)
}

// serve puts the world of a sample behind the service's address.
func (c *counter) serve(t *testing.T, all samples, one sample) {
	t.Helper()
	world := map[string]worldAnswer{}
	if one.World != "" {
		if err := json.Unmarshal(all.read(t, one.World), &world); err != nil {
			t.Fatal(err)
		}
	}
	c.world.Store(&world)
}

// askAPI posts the sample as it is, or within an order that names whose it should be.
func (c *counter) askAPI(t *testing.T, one sample, all samples) []reading {
	t.Helper()
	body := all.read(t, one.File)
	if one.Options.Recipient != "" {
		body = written(t, map[string]any{"credential": json.RawMessage(body), "recipient": one.Options.Recipient})
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.Base+"/api/v1/verify", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", mediaTypes[filepath.Ext(one.File)])
	a := c.ask(request)
	if a.Status >= 400 && a.Status < 500 {
		return []reading{{Problem: a.member(t, "code")}}
	}
	c.expect(a, http.StatusOK)
	return unwired(t, a.Body)
}

var mediaTypes = map[string]string{".json": "application/json", ".jwt": "application/jwt", ".txt": "text/plain", ".png": "image/png", ".svg": "image/svg+xml"}

// askCommand runs the program as the person at the keyboard does.
func (c *counter) askCommand(t *testing.T, one sample, all samples) []reading {
	t.Helper()
	if list := c.askCommandWith(t, all, []string{one.File}, "--recipient="+one.Options.Recipient); list != nil {
		return list
	}
	return []reading{{Problem: one.Problem}} // the sentence is on standard error, and has no code
}

// askCommandWith gives nothing where the program said that it was wrongly used.
func (c *counter) askCommandWith(t *testing.T, all samples, files []string, flags ...string) []reading {
	t.Helper()
	args := append([]string{"verify", "--json"}, flags...)
	for _, name := range files {
		args = append(args, filepath.Join(all.folder, name))
	}
	command := exec.CommandContext(t.Context(), c.program, args...)
	command.Env = append(os.Environ(), "RAMURE_BASE_URL="+c.Base)
	out, err := command.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if len(out) == 0 && ended != nil && ended.ExitCode() == 2 && len(ended.Stderr) > 0 {
		return nil
	}
	return unwired(t, out)
}

// askPage sends the form, and reads the receipt that the page gives with its answer.
func (c *counter) askPage(t *testing.T, one sample, all samples) []reading {
	t.Helper()
	return c.askPageWith(t, []string{one.File}, one.Options.Recipient, all)
}

func (c *counter) askPageWith(t *testing.T, files []string, recipient string, all samples) []reading {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, name := range files {
		part, err := form.CreateFormFile("fichiers", filepath.Base(name))
		if err == nil {
			_, err = part.Write(all.read(t, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(form.WriteField("pour", recipient), form.Close()); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.Base+"/verifier", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	a := c.ask(request)
	c.expect(a, http.StatusOK)
	found := receiptField.FindStringSubmatch(string(a.Body))
	if found == nil {
		t.Fatalf("%v: the page gives no receipt", files)
	}
	list := receipted(html.UnescapeString(found[1]))
	for i, r := range list {
		shown(t, files, string(a.Body), i, len(list), r)
	}
	return list
}
