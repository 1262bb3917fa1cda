package public

import (
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/locale"
	"ramure/internal/openbadges"
)

// wireReport is GET /v/{id}.json: the report, and what the page shows besides.
type wireReport struct {
	credential.Report
	Sentence    string              `json:"sentence"`       // the page's, in the reader's language
	Name        *award.Name         `json:"name,omitempty"` // only while it may be shown
	AwardedDate openbadges.DateTime `json:"awardedDate,omitempty"`
	ValidFrom   openbadges.DateTime `json:"validFrom,omitempty"`
	ValidUntil  openbadges.DateTime `json:"validUntil,omitempty"`
	Level       *wireLevel          `json:"level,omitempty"`
	Fragment    string              `json:"fragment,omitempty"` // 16 characters of docHash, base64url, as the QR has them
	Revocation  *wireRevocation     `json:"revocation,omitempty"`
	Links       *wireLinks          `json:"links,omitempty"`
}

// wireLevel is the degree of mastery reached, from 1, the lowest, to Of.
type wireLevel struct {
	Name        string `json:"name"`
	Position    int    `json:"position"`
	Of          int    `json:"of"`
	Description string `json:"description,omitempty"`
	Required    string `json:"required,omitempty"` // name of the level that the badge asks for
}

// wireRevocation says when, and neither who nor why: reasons are written for
// the venue's own journal.
type wireRevocation struct {
	At time.Time `json:"at"`
}

// wireLinks are the addresses to check everything without this report.
type wireLinks struct {
	Page       string `json:"page"`
	Credential string `json:"credential"`
	JWT        string `json:"jwt"`
	Proof      string `json:"proof"`
	QR         string `json:"qr"`
}

func (d *door) report(c *gin.Context, view award.View) wireReport {
	r := d.read(c, view)
	wire := wireReport{
		Report: r.report, Sentence: r.answer(), Name: view.Name,
		AwardedDate: view.Credential.AwardedDate, ValidFrom: view.Credential.ValidFrom, ValidUntil: view.Credential.ValidUntil,
		Fragment: award.Fragment(view.DocHash), Links: d.links(view.ID),
	}
	if m := r.mastery(); m != nil && m.Position > 0 {
		wire.Level = &wireLevel{m.Name, m.Position, m.Of, m.Description, m.Required}
	}
	if view.Revocation != nil {
		wire.Revocation = &wireRevocation{At: wholeSecond(view.Revocation.At)}
	}
	return wire
}

func (d *door) links(id award.ID) *wireLinks {
	credential := d.addresses.Credential(id)
	page := d.addresses.Verification(id)
	return &wireLinks{Page: page, Credential: credential, JWT: credential + ".jwt", Proof: page + "/proof", QR: d.addresses.QR(id)}
}

// describe writes each check's sentence in the reader's language, with dates in
// words.
func describe(r *credential.Report, say *locale.Localizer) {
	r.Describe(func(key string, args map[string]string) string {
		pairs := make([]any, 0, 2*len(args))
		for name, value := range args {
			pairs = append(pairs, name, inWords(say, value))
		}
		return say.T(key, pairs...)
	})
}

// inWords turns a date of a machine into one for people, and leaves all else.
func inWords(say *locale.Localizer, value string) string {
	if at, err := openbadges.ParseDateTime(value); err == nil {
		return say.DateTime(at)
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return say.Date(day)
	}
	return value
}
