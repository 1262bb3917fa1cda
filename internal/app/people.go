package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"io"
	"net/url"
	"time"

	"ramure/internal/auth"
	"ramure/internal/job"
	"ramure/internal/locale"
	"ramure/internal/mail"
	"ramure/internal/site"
	"ramure/internal/store"
	"ramure/web"
)

// openOffice joins mail and queue. Without a mail server nothing is posted: links
// are handed over by whoever makes them.
func (a *App) openOffice(catalogue *locale.Catalogue) error {
	server, err := mail.ParseServer(a.Config.SMTPURL)
	if err != nil {
		return err
	}
	a.office, err = mail.New(mail.Config{Server: server, From: a.sender(), Service: "Ramure", Catalogue: catalogue, Templates: web.FS,
		Queue: a.Store, Wake: func() { a.jobs.Wake() }, NewID: a.newID, Now: a.Env.Now})
	if err != nil {
		return err
	}
	a.jobs = job.NewRunner(job.Config{Store: a.Store, Now: a.Env.Now, Log: a.Env.Log,
		Handlers: map[job.Kind]job.Handler{mail.JobSend: a.office.Send}})
	if server.Host != "" {
		a.People.Courier = courier{a.office, catalogue, a.Store}
	}
	return nil
}

// sender is the address that messages come from.
func (a *App) sender() string {
	if a.Config.MailFrom != "" {
		return a.Config.MailFrom
	}
	host := "localhost"
	if u, err := url.Parse(a.Config.BaseURL); err == nil {
		host = u.Hostname()
	}
	return "badges@" + host
}

func (a *App) newID() (string, error) {
	var b [16]byte
	source := a.Env.Rand
	if source == nil {
		source = rand.Reader
	}
	_, err := io.ReadFull(source, b[:])
	return base64.RawURLEncoding.EncodeToString(b[:]), err
}

// courier words what auth has to say to people.
type courier struct {
	office    *mail.Office
	catalogue *locale.Catalogue
	venues    *store.Store
}

// SignIn posts a link and a code.
func (c courier) SignIn(ctx context.Context, to auth.Addressee, link, code string, until time.Time) error {
	return c.office.Post(ctx, mail.Message{Kind: mail.SignIn, Name: to.Name, Email: to.Email, Language: to.Language, Link: link, Code: code, Until: until})
}

// Invitation posts an invitation.
func (c courier) Invitation(ctx context.Context, to auth.Addressee, link string, i auth.Invitation) error {
	lang, _ := c.catalogue.Negotiate(to.Language, "")
	say := c.catalogue.Localizer(lang)
	place := c.place(ctx, i.Target, say)
	return c.office.Post(ctx, mail.Message{Kind: mail.Invitation, Name: to.Name, Email: to.Email, Language: string(lang), Link: link, Until: i.EndsAt,
		Args: map[string]string{"role": say.T("site.role." + string(i.Role)), "place": place, "inviter": place}})
}

// place is the name of what a role is for.
func (c courier) place(ctx context.Context, t auth.Target, say *locale.Localizer) string {
	if t.Kind == auth.OnInstance {
		return say.T("site.name")
	}
	if venue, err := c.venues.Venue(ctx, t.Slug); err == nil && t.Kind == auth.OnVenue {
		return venue.Name
	}
	return t.Slug
}

// siteDoor is what the signed-in pages need.
func (a *App) siteDoor() site.Config {
	return site.Config{People: a.People, Venues: a.Store, Members: a.Store, Journal: a.Store, Awards: a.Award,
		Catalogue: a.Catalog, Addresses: a.Award.Addresses, NewID: a.newID, Now: a.Env.Now}
}
