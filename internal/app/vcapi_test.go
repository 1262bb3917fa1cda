package app

import (
	"crypto/rand"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ramure/internal/config"
)

// withAdapter makes an App that is asked for the test suites' door at an address,
// or for none.
func withAdapter(t *testing.T, address string) (*App, error) {
	t.Helper()
	c := config.Config{Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081", DataDir: t.TempDir()}
	if err := c.Complete(); err != nil {
		t.Fatal(err)
	}
	a, err := New(t.Context(), c, Env{
		Now: time.Now, Rand: rand.Reader, Version: "test", Log: slog.New(slog.DiscardHandler), Adapter: address,
	})
	if err == nil {
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return a, err
}

// What signs anything is nowhere, unless it is asked for, and then on this machine.
// Without it, the address is one of a badge's, which nobody posts to.
func TestAdapterOnlyOnThisMachine(t *testing.T) {
	t.Parallel()
	for address, status := range map[string]int{
		"": http.StatusMethodNotAllowed, "http://127.0.0.1:8080": http.StatusCreated, "https://[::1]:8080": http.StatusCreated,
	} {
		a, err := withAdapter(t, address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		public, _ := a.Servers()
		request := httptest.NewRequest(http.MethodPost, a.Config.BaseURL+"/credentials/issue", strings.NewReader(
			`{"credential":{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],`+
				`"issuer":"did:example:a","credentialSubject":{"id":"did:example:b"}}}`))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		public.Handler.ServeHTTP(answer, request)
		if answer.Code != status {
			t.Errorf("%q: %d %s", address, answer.Code, answer.Body)
		}
	}
	for _, address := range []string{"http://0.0.0.0:8080", "http://[::]:8080", "https://192.0.2.1:8080", "http://badges.example", "://"} {
		if _, err := withAdapter(t, address); err == nil || !strings.Contains(err.Error(), "--dev-vcapi") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// What the adapter is told to read on this machine it reads, whatever the port; what
// leads elsewhere inside of networks it does not.
func TestAdapterFetch(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{}`)) }))
	defer server.Close()
	fetch, err := adapterFetch()
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fetch(t.Context(), server.URL+"/lists/1"); err != nil || string(data) != `{}` {
		t.Errorf("%s: %v", data, err)
	}
	for _, address := range []string{"http://10.0.0.1/", "https://169.254.169.254/", "https://0.0.0.0/", "file:///etc/passwd", ":"} {
		if data, err := fetch(t.Context(), address); err == nil {
			t.Errorf("%s: %s", address, data)
		}
	}
}

// TLS makes a listener on which clients find a certificate for this machine.
func TestAdapterTLS(t *testing.T) {
	t.Parallel()
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	secured, err := Env{Now: time.Now, Rand: rand.Reader}.TLS(plain)
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: secured, Config: &http.Server{ReadHeaderTimeout: time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })}}
	server.Start()
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	response, err := client.Get("https://" + plain.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent || response.TLS.PeerCertificates[0].VerifyHostname("127.0.0.1") != nil {
		t.Errorf("%d %v", response.StatusCode, response.TLS.PeerCertificates[0].IPAddresses)
	}
}
