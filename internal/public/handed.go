package public

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/verifier"
)

// handed is a badge that a visitor handed in, whoever issued it. Everything that it
// says was written by a stranger.
type handed struct {
	judged
	item  verifier.Item
	asked string // whose badge the visitor expects it to be; may be empty
}

// take puts an answer in front of the reader; below tells it from the others on the
// page.
func (d *door) take(c *gin.Context, item verifier.Item, asked, below string) *handed {
	var cred openbadges.AchievementCredential
	if item.Report.Credential != nil {
		cred = *item.Report.Credential
	}
	h := &handed{judged: d.judge(c, item.Report, cred), item: item, asked: asked}
	h.below = below
	return h
}

// plight is what an answer is about, as far as it needs words of its own.
type plight int

const (
	plain       plight = iota // the verdict's own words say it
	stranger                  // a good signature, of an issuer that nobody here knows
	alike                     // a good signature, under a name that looks like a known one
	noBadge                   // nothing that can be read
	otherPerson               // good, but not of the person expected
	unsure                    // good, but not telling whose it is
	unread                    // no report at all
)

func (h *handed) plight() plight {
	switch {
	case h.item.Err != nil:
		return unread
	case h.report.Check(credential.CheckForm).Status == credential.Failed:
		return noBadge
	case h.verdict() == credential.Invalid && h.onlyOtherPerson():
		return otherPerson
	case h.verdict() == credential.Unverifiable && h.onlyUnsure():
		return unsure
	case h.proven() && h.item.LookAlike != "" && h.report.IssuerStanding == credential.UnknownStanding:
		return alike
	case h.verdict() == credential.Valid && h.report.IssuerStanding == credential.UnknownStanding:
		return stranger
	}
	return plain
}

// onlyOtherPerson reports whether nothing is wrong with the badge but whose it is.
func (h *handed) onlyOtherPerson() bool {
	for _, check := range h.report.Checks {
		if check.Status == credential.Failed && check.ID != credential.CheckRecipient && check.ID != credential.CheckEndorsements {
			return false
		}
	}
	return true
}

// onlyUnsure reports whether nothing is unknown that matters but whose badge it is.
func (h *handed) onlyUnsure() bool {
	for _, check := range h.report.Checks {
		if check.Status == credential.Unknown && !idle(check) && check.ID != credential.CheckRecipient {
			return false
		}
	}
	return h.report.Check(credential.CheckRecipient).Status == credential.Unknown
}
