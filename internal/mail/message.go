package mail

import (
	"bytes"
	"html/template"
	"io/fs"
	"strings"
	"time"

	"ramure/internal/locale"
)

// Kind names a message: its texts stand in the catalogues under mail.<kind>.
type Kind string

// The messages.
const (
	SignIn     Kind = "signin"
	Invitation Kind = "invitation"
)

// Message is one message before it is worded. It travels through the queue.
type Message struct {
	Kind     Kind              `json:"kind"`
	Name     string            `json:"name"`
	Email    string            `json:"email"`
	Language string            `json:"language"`
	Link     string            `json:"link"`
	Code     string            `json:"code,omitempty"`
	Until    time.Time         `json:"until"` // of no use afterwards
	Args     map[string]string `json:"args,omitempty"`
}

// worded is a message as it is read.
type worded struct {
	Lang    string
	Subject string
	Hello   string
	Text    string
	Action  string
	Link    template.URL // made by us, never by a sender
	Code    string
	Note    string
	Footer  string
}

// word puts a message into its reader's language.
func (m Message) word(catalogue *locale.Catalogue, service string) worded {
	lang, _ := catalogue.Negotiate(m.Language, "")
	say := catalogue.Localizer(lang)
	args := []any{"name", m.Name, "code", m.Code, "until", say.DateTime(m.Until), "service", service}
	for name, value := range m.Args {
		args = append(args, name, value)
	}
	text := func(part string) string {
		key := "mail." + string(m.Kind) + "." + part
		if !say.Has(key) {
			return ""
		}
		return say.T(key, args...)
	}
	w := worded{Lang: string(lang), Subject: text("subject"), Hello: text("hello"), Text: text("text"), Action: text("action"),
		Link: template.URL(m.Link), Note: text("note"), Footer: say.T("mail.footer", args...)}
	if m.Code != "" {
		w.Code = text("code")
	}
	return w
}

// plain is the message without any form: each part is a paragraph.
func (w worded) plain() string {
	var parts []string
	for _, part := range []string{w.Hello, w.Text, string(w.Link), w.Code, w.Note, "-- \n" + w.Footer} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// parse reads the one form that all messages have.
func parse(files fs.FS) (*template.Template, error) {
	return template.ParseFS(files, "templates/mail/message.html")
}

func (w worded) html(form *template.Template) (string, error) {
	var out bytes.Buffer
	err := form.ExecuteTemplate(&out, "message.html", w)
	return out.String(), err
}
