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
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go greet(listener)
	for name, good := range map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, "badges.example": false} {
		client, err := tls.Dial("tcp", listener.Addr().String(), &tls.Config{RootCAs: roots, ServerName: name, Time: shared.Now})
		if (err == nil) != good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		if text, err := io.ReadAll(client); err != nil || string(text) != "ok" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		_ = client.Close()
	}
}

// greet says ok to every client until the listener is closed.
func greet(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = io.WriteString(connection, "ok") // a client may have refused us
		_ = connection.Close()
	}
}
