package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"time"

	smtp "github.com/wneessen/go-mail"

	"ramure/internal/job"
	"ramure/internal/locale"
)

// JobSend is the kind of the jobs that this room handles.
const JobSend job.Kind = "mail.send"

// Queue takes a job on.
type Queue interface {
	AddJob(ctx context.Context, j job.Job) error
}

// Config is what an Office is made of.
type Config struct {
	Server    Server // zero: messages wait until there is one
	From      string // address of the sender
	Service   string // name of the sender
	Catalogue *locale.Catalogue
	Templates fs.FS
	Queue     Queue
	Wake      func() // tells the runner that there is work; nil: it will see
	NewID     func() (string, error)
	Now       func() time.Time
}

// Office takes messages on and sends them.
type Office struct {
	Config
	form *template.Template
}

// New makes an office; it fails on a form that cannot be parsed.
func New(c Config) (*Office, error) {
	form, err := parse(c.Templates)
	return &Office{Config: c, form: form}, err
}

// Post takes a message on.
func (o *Office) Post(ctx context.Context, m Message) error {
	payload, err := json.Marshal(m)
	if err != nil {
		return err
	}
	id, err := o.NewID()
	if err != nil {
		return err
	}
	now := o.Now()
	if err := o.Queue.AddJob(ctx, job.Job{ID: id, Kind: JobSend, Payload: payload, CreatedAt: now, RunAt: now}); err != nil {
		return err
	}
	if o.Wake != nil {
		o.Wake()
	}
	return nil
}

// Send is the handler of JobSend.
func (o *Office) Send(ctx context.Context, payload []byte) error {
	var m Message
	if err := json.Unmarshal(payload, &m); err != nil {
		return fmt.Errorf("%w: %w", job.ErrHopeless, err)
	}
	if !o.Now().Before(m.Until) {
		return nil // it would only confuse
	}
	if o.Server.Host == "" {
		return fmt.Errorf("%w: there is no mail server (RAMURE_SMTP_URL)", job.ErrLater)
	}
	letter, err := o.letter(m)
	if err != nil {
		return fmt.Errorf("%w: %w", job.ErrHopeless, err)
	}
	client, err := o.Server.client()
	if err != nil {
		return err
	}
	return sorted(client.DialAndSendWithContext(ctx, letter))
}

// letter writes the message with its two bodies.
func (o *Office) letter(m Message) (*smtp.Msg, error) {
	w := m.word(o.Catalogue, o.Service)
	html, err := w.html(o.form)
	if err != nil {
		return nil, err
	}
	letter := smtp.NewMsg()
	if err := letter.FromFormat(o.Service, o.From); err != nil {
		return nil, errors.New("the sender's address is none")
	}
	if err := letter.AddToFormat(m.Name, m.Email); err != nil {
		return nil, errors.New("the reader's address is none")
	}
	letter.Subject(w.Subject)
	letter.SetMessageID()
	letter.SetDateWithValue(o.Now())
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834 §5: no holiday notes
	letter.SetBodyString(smtp.TypeTextPlain, w.plain())
	letter.AddAlternativeString(smtp.TypeTextHTML, html)
	return letter, nil
}

// sorted tells a refusal for good from one for now. What a server says may name the
// reader, so that only its number is kept.
func sorted(err error) error {
	var refusal *smtp.SendError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal) && !refusal.IsTemp() && refusal.ErrorCode() >= 500:
		return fmt.Errorf("%w: the mail server refuses it (%d)", job.ErrHopeless, refusal.ErrorCode())
	case errors.As(err, &refusal) && refusal.ErrorCode() > 0:
		return fmt.Errorf("the mail server puts it off (%d)", refusal.ErrorCode())
	}
	return errors.New("the mail server does not answer as it should")
}
