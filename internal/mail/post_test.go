package mail_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ramure/internal/job"
	"ramure/internal/locale"
	"ramure/internal/mail"
	"ramure/web"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// postOffice is a real mail server on this machine.
type postOffice struct {
	mu      sync.Mutex
	letters [][]byte
	users   []string
	secure  []bool
	refusal *smtp.SMTPError // to every reader; nil: takes all
}

type visit struct {
	office *postOffice
	conn   *smtp.Conn
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) { return &visit{o, c}, nil }

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "secret" {
			return smtp.ErrAuthFailed
		}
		v.office.mu.Lock()
		defer v.office.mu.Unlock()
		v.office.users = append(v.office.users, user)
		return nil
	}), nil
}

func (v *visit) Mail(string, *smtp.MailOptions) error { return nil }

func (v *visit) Rcpt(string, *smtp.RcptOptions) error {
	if v.office.refusal != nil {
		return v.office.refusal
	}
	return nil
}

func (v *visit) Data(r io.Reader) error {
	letter, err := io.ReadAll(r)
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	_, secure := v.conn.TLSConnectionState()
	v.office.letters, v.office.secure = append(v.office.letters, letter), append(v.office.secure, secure)
	return err
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

// open starts the server; with TLS when a certificate is given.
func (o *postOffice) open(t *testing.T, own *tls.Config, implicit bool) mail.Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o)
	server.Domain, server.TLSConfig, server.AllowInsecureAuth = "localhost", own, true
	port := listener.Addr().(*net.TCPAddr).Port
	if implicit {
		listener = tls.NewListener(listener, own)
	}
	ended := make(chan struct{})
	go func() { _ = server.Serve(listener); close(ended) }()
	t.Cleanup(func() { _ = listener.Close(); _ = server.Close(); <-ended })
	return mail.Server{Host: "127.0.0.1", Port: port, Implicit: implicit}
}

// certificate is one for 127.0.0.1, and what trusts it.
func certificate(t *testing.T) (own, trust *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	raw, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}, &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}
}

// queue keeps the payloads of jobs.
type queue struct{ payloads [][]byte }

func (q *queue) AddJob(_ context.Context, j job.Job) error {
	q.payloads = append(q.payloads, j.Payload)
	return nil
}

func office(t *testing.T, server mail.Server) (*mail.Office, *queue) {
	t.Helper()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	q := &queue{}
	o, err := mail.New(mail.Config{Server: server, From: "badges@example.org", Service: "Badges d’Embrun", Catalogue: catalogue, Templates: web.FS,
		Queue: q, NewID: func() (string, error) { return strings.Repeat("a", 22), nil }, Now: func() time.Time { return dawn }})
	if err != nil {
		t.Fatal(err)
	}
	return o, q
}

func message() mail.Message {
	return mail.Message{Kind: mail.SignIn, Name: "Zoé <b>Œuvre</b>", Email: "zoe@example.org", Language: "fr",
		Link: "https://badges.example.org/connexion/lien/abc?x=1&y=2", Code: "012345", Until: dawn.Add(10 * time.Minute)}
}

// deliver posts a message and sends what waits.
func deliver(t *testing.T, o *mail.Office, q *queue, m mail.Message) error {
	t.Helper()
	if err := o.Post(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	return o.Send(t.Context(), q.payloads[len(q.payloads)-1])
}

// bodies reads a letter as a mail program does.
func bodies(t *testing.T, letter []byte) (header netmail.Header, plain, html string) {
	t.Helper()
	parsed, err := netmail.ReadMessage(bytes.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(parsed.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parsed.Header, plain, html
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/plain") {
			plain = string(text)
		} else {
			html = string(text)
		}
	}
}

// A message arrives over TLS, under the server's password, in both forms, in the
// reader's language, and nothing in it is taken for markup.
func TestArrivesOverTLS(t *testing.T) {
	t.Parallel()
	own, trust := certificate(t)
	for _, implicit := range []bool{false, true} {
		var post postOffice
		server := post.open(t, own, implicit)
		server.User, server.Password, server.Trust = "badges", "secret", trust
		o, q := office(t, server)
		for _, lang := range []string{"fr", "en", "xx"} {
			m := message()
			m.Language = lang
			if err := deliver(t, o, q, m); err != nil {
				t.Fatal(implicit, err)
			}
		}
		if len(post.letters) != 3 || !post.secure[0] || len(post.users) != 3 {
			t.Fatalf("%d letters, secure %v, users %v", len(post.letters), post.secure, post.users)
		}
		header, plain, html := bodies(t, post.letters[0])
		subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil || subject != "Votre lien de connexion" || header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("%q, %v, %v", subject, err, header)
		}
		for _, want := range []string{"Zoé <b>Œuvre</b>", message().Link, "012345", "22 novembre 2026"} {
			if !strings.Contains(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(plain), want) {
				t.Errorf("%q is missing in:\n%s", want, plain)
			}
		}
		if strings.Contains(html, "<b>") || !strings.Contains(html, "012345") || !strings.Contains(html, `lang="fr"`) || strings.Contains(html, "src=") {
			t.Error(html)
		}
		if _, plain, _ := bodies(t, post.letters[1]); !strings.Contains(plain, "Hello") {
			t.Error(plain)
		}
		if _, plain, _ := bodies(t, post.letters[2]); !strings.Contains(plain, "Bonjour") {
			t.Error(plain)
		}
	}
}

// A certificate that nobody vouches for, a wrong password, a server that is away,
// hangs up or puts off: tried again. One that refuses for good: not. Neither says
// whom the message was for.
func TestRefusals(t *testing.T) {
	t.Parallel()
	own, trust := certificate(t)
	hangsUp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer hangsUp.Close()
	go func() {
		for {
			conn, err := hangsUp.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	for name, c := range map[string]struct {
		refusal  *smtp.SMTPError
		change   func(*mail.Server)
		hopeless bool
	}{
		"no trust":       {change: func(s *mail.Server) { s.Trust = nil }},
		"wrong password": {change: func(s *mail.Server) { s.Password = "wrong" }},
		"away":           {change: func(s *mail.Server) { s.Port = 1 }},
		"hangs up":       {change: func(s *mail.Server) { s.Port = hangsUp.Addr().(*net.TCPAddr).Port }},
		"puts off":       {refusal: &smtp.SMTPError{Code: 451, Message: "zoe@example.org: later"}},
		"refuses":        {refusal: &smtp.SMTPError{Code: 550, Message: "zoe@example.org: unknown"}, hopeless: true},
	} {
		post := &postOffice{refusal: c.refusal}
		server := post.open(t, own, false)
		server.User, server.Password, server.Trust = "badges", "secret", trust
		if c.change != nil {
			c.change(&server)
		}
		o, q := office(t, server)
		err := deliver(t, o, q, message())
		if err == nil || errors.Is(err, job.ErrHopeless) != c.hopeless || strings.Contains(err.Error(), "zoe") {
			t.Errorf("%s: %v", name, err)
		}
		if len(post.letters) != 0 {
			t.Errorf("%s: it arrived", name)
		}
	}
}

// Without a server messages wait; too late they are dropped; what is no message is
// given up.
func TestWaitsForAServer(t *testing.T) {
	t.Parallel()
	o, q := office(t, mail.Server{})
	if err := deliver(t, o, q, message()); !errors.Is(err, job.ErrLater) {
		t.Error(err)
	}
	late := message()
	late.Until = dawn
	if err := deliver(t, o, q, late); err != nil {
		t.Error(err)
	}
	if err := o.Send(t.Context(), []byte("{")); !errors.Is(err, job.ErrHopeless) {
		t.Error(err)
	}
}

// No name and no address adds a line to the head of a letter.
func TestHeadsCannotBeForged(t *testing.T) {
	t.Parallel()
	own, trust := certificate(t)
	var post postOffice
	server := post.open(t, own, false)
	server.Trust = trust
	o, q := office(t, server)
	for _, evil := range []string{"Zoé\r\nBcc: x@example.org", "Zoé\nX-Evil: 1", "\x00Zoé", "Zoé\r\n\r\n<script>"} {
		m := message()
		m.Name = evil
		if err := deliver(t, o, q, m); !errors.Is(err, job.ErrHopeless) {
			t.Errorf("the name %q: %v", evil, err)
		}
		m = message()
		m.Email = "zoe@example.org" + evil
		if err := deliver(t, o, q, m); !errors.Is(err, job.ErrHopeless) {
			t.Errorf("an address with %q: %v", evil, err)
		}
	}
	if len(post.letters) != 0 {
		t.Errorf("%d letters were sent", len(post.letters))
	}
}

func TestServerAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]mail.Server{
		"":                                   {},
		"smtp://mail.example.org":            {Host: "mail.example.org", Port: 587},
		"smtps://mail.example.org":           {Host: "mail.example.org", Port: 465, Implicit: true},
		"smtp://u:p%40w@mail.example.org:25": {Host: "mail.example.org", Port: 25, User: "u", Password: "p@w"},
	} {
		if got, err := mail.ParseServer(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:0", "smtp://h:99999", "smtp://h/x", "smtp://h?x=1"} {
		if _, err := mail.ParseServer(text); err == nil || !strings.Contains(err.Error(), "RAMURE_SMTP_URL") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What waits in the queue is what was posted.
func TestMessageTravelsWhole(t *testing.T) {
	t.Parallel()
	o, q := office(t, mail.Server{})
	want := message()
	want.Args = map[string]string{"place": "ERIC d’Embrun"}
	if err := o.Post(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	var got mail.Message
	if err := json.Unmarshal(q.payloads[0], &got); err != nil || got.Args["place"] != "ERIC d’Embrun" || !got.Until.Equal(want.Until) {
		t.Errorf("%+v, %v", got, err)
	}
}
