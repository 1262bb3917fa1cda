package e2e

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"ramure/internal/auth"
	"ramure/internal/config"
)

// letterbox is a real mail server on this machine that keeps what it gets.
type letterbox struct {
	mu      sync.Mutex
	letters []string
	came    chan struct{}
}

func (l *letterbox) NewSession(*smtp.Conn) (smtp.Session, error) { return delivery{l}, nil }

type delivery struct{ box *letterbox }

func (d delivery) Mail(string, *smtp.MailOptions) error { return nil }
func (d delivery) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (d delivery) Reset()                               {}
func (d delivery) Logout() error                        { return nil }

func (d delivery) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.letters = append(d.box.letters, strings.NewReplacer("=\r\n", "", "=3D", "=").Replace(string(text)))
	d.box.came <- struct{}{}
	return err
}

// last waits for one more letter and gives it.
func (l *letterbox) last(t *testing.T) string {
	t.Helper()
	select {
	case <-l.came:
	case <-t.Context().Done():
		t.Fatal("no letter came")
	case <-time.After(time.Minute):
		t.Fatal("no letter came within a minute")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.letters[len(l.letters)-1]
}

// mailed is an installation with a mail server.
func mailed(t *testing.T) (*site, *letterbox) {
	t.Helper()
	box := &letterbox{came: make(chan struct{}, 100)}
	post, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(box)
	server.Domain = "localhost"
	go server.Serve(post)
	t.Cleanup(func() { _ = post.Close(); _ = server.Close() })
	c := config.Config{DataDir: t.TempDir(), AdminListen: "127.0.0.1:0", SMTPURL: "smtp://" + post.Addr().String()}
	c.DatabaseURL = "sqlite:" + filepath.Join(c.DataDir, "ramure.db")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Listen = listener.Addr().String()
	return serve(t, c, listener), box
}

var (
	linkIn = regexp.MustCompile(`http://localhost:\d+/(?:invitation|connexion/lien)/[A-Za-z0-9_-]{43}`)
	codeIn = regexp.MustCompile(`attendez : (\d{6})|=3A (\d{6})|: (\d{6})`)
)

// A head invites a mediator by mail; the mediator accepts, signs out, and signs in
// again with the code; a forwarded link opens nothing; the journal tells it all.
func TestHeadInvitesMediator(t *testing.T) {
	t.Parallel()
	s, box := mailed(t)
	s.venue("eric-embrun")
	var invitation string
	t.Run("the head invites", func(t *testing.T) {
		b := s.invited(t, "Camille Roux", auth.RoleVenueHead, auth.Target{Kind: auth.OnVenue, Slug: "eric-embrun"})
		b.visit(s.Base + "/lieux/eric-embrun/equipe")
		b.fill("#name", "Alex Faure")
		b.fill("#email", "alex@example.org")
		b.press(`form.question button[type="submit"]`)
		if page := b.text("main"); !strings.Contains(page, "Un message est parti") || !strings.Contains(page, "alex@example.org") {
			t.Errorf("after inviting: %s", page)
		}
		b.look("equipe")
		if invitation = linkIn.FindString(box.last(t)); invitation == "" {
			t.Fatal("the message has no link")
		}
		b.visit(s.Base + "/lieux/eric-embrun/journal")
		if page := b.text("main"); !strings.Contains(page, "A invité") || !strings.Contains(page, "Camille Roux") {
			t.Errorf("the journal reads: %s", page)
		}
		b.look("journal-du-lieu")
	})
	t.Run("the mediator comes", func(t *testing.T) { s.comes(t, box, invitation) })
}

// comes takes the invitation, leaves, and comes back by the mail.
func (s *site) comes(t *testing.T, box *letterbox, invitation string) {
	for range 100 { // a scanner of mails looks at it
		s.get(strings.TrimPrefix(invitation, s.Base), "text/html", http.StatusOK)
	}
	b := open(t)
	b.script(false)
	b.visit(invitation)
	b.look("invitation")
	b.press(`main button[type="submit"]`)
	if desk := b.text("main"); !strings.Contains(desk, "Alex Faure") || !strings.Contains(desk, "Médiateur") {
		t.Fatalf("the dashboard reads: %s", desk)
	}
	b.press(`form[action="/deconnexion"] button`)
	b.visit(s.Base + "/compte")
	b.look("connexion")
	b.fill("#email", "alex@example.org")
	b.press(`form.question button[type="submit"]`)
	b.look("code")
	letter := box.last(t)
	forwarded := s.call(http.MethodPost, strings.TrimPrefix(linkIn.FindString(letter), s.Base), "", "Accept", "text/html")
	if forwarded.Status != http.StatusUnprocessableEntity || !strings.Contains(string(forwarded.Body), "navigateur") {
		t.Errorf("a forwarded link is answered %d: %s", forwarded.Status, forwarded.Body)
	}
	code := codeIn.FindString(letter)
	b.fill("#code", code[len(code)-6:])
	b.press(`form.question button[type="submit"]`)
	if page := b.text("main"); !strings.Contains(page, "Où vous êtes connecté") {
		t.Fatalf("the code leads to: %s", page)
	}
	b.look("compte")
}
