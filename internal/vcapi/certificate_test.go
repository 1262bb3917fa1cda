package vcapi

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"testing"
)

// A client that trusts the certificate reaches this machine by each of its names,
// and no other.
func TestSelfSigned(t *testing.T) {
	t.Parallel()
	certificate, err := SelfSigned(noon, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(certificate.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	for name, good := range map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, "badges.example": false} {
		here, there := net.Pipe()
		go func() {
			server := tls.Server(there, &tls.Config{Certificates: []tls.Certificate{certificate}})
			_, _ = io.WriteString(server, "ok") // the client may have hung up
			_ = server.Close()
		}()
		client := tls.Client(here, &tls.Config{RootCAs: roots, ServerName: name, Time: shared.Now})
		text, err := io.ReadAll(client)
		if (err == nil && string(text) == "ok") != good {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		_ = here.Close()
	}
}
