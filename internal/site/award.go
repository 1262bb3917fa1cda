package site

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// Awards is what this door asks of the act of awarding.
type Awards interface {
	Achievement(ctx context.Context, sc scope.Scope, id award.AchievementID) (award.Achievement, error)
	Achievements(ctx context.Context, sc scope.Scope, cursor string, limit int) ([]award.Achievement, string, error)
	Define(ctx context.Context, sc scope.Scope, d award.Definition) (award.Achievement, error)
	Withdraw(ctx context.Context, sc scope.Scope, id award.AchievementID, reason string) (award.Achievement, error)
	Issue(ctx context.Context, sc scope.Scope, o award.Order) (award.Receipt, error)
	Award(ctx context.Context, sc scope.Scope, id award.ID) (award.Stored, error)
	Awards(ctx context.Context, sc scope.Scope, q award.Query) ([]award.Stored, string, error)
	Revoke(ctx context.Context, sc scope.Scope, id award.ID, reason string) (award.Revocation, error)
}

// issueView is the body of templates/site/issue.
type issueView struct {
	Frame       frame
	Achievement award.Achievement
	Form        issueForm
	Faults      map[string]string // by the name of the field
	Fault       string            // that is of no field
}

// issueForm is what was typed; it comes back whole when something is wrong.
type issueForm struct {
	Key          string // of this very form: sent twice, it issues once
	Given        string
	Family       string
	Level        string
	Day          string
	EvidenceText string
	EvidenceURL  string
	Show         bool
	Over15       bool
	How          string // how the consent was given
}

// issuePage asks to whom the achievement is awarded.
func (d *door) issuePage(c *gin.Context) {
	key, err := d.NewID()
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	d.showIssue(c, issueForm{Key: key}, nil)
}

func (d *door) showIssue(c *gin.Context, typed issueForm, failure error) {
	f, err := d.frame(c, "badges")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	achievement, err := d.Awards.Achievement(c.Request.Context(), auth.ScopeOf(c), award.AchievementID(c.Param("id")))
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := issueView{Frame: f, Achievement: achievement, Form: typed}
	view.Faults, view.Fault = faults(c, failure, issueFields)
	render(c, "issue", "site.issue.title", view)
}

// issue awards the achievement to one person.
func (d *door) issue(c *gin.Context) {
	typed := readIssue(c)
	receipt, err := d.Awards.Issue(c.Request.Context(), auth.ScopeOf(c), typed.order(c, d.Now()))
	if again(err) {
		d.showIssue(c, typed, err)
		return
	}
	d.then(c, err, "/lieux/"+c.Param("slug")+"/delivres/"+string(receipt.ID))
}

func readIssue(c *gin.Context) issueForm {
	text := func(name string) string { return strings.TrimSpace(c.PostForm(name)) }
	return issueForm{Key: text("cle"), Given: text("prenom"), Family: text("nom"), Level: text("niveau"), Day: text("jour"),
		EvidenceText: text("preuve"), EvidenceURL: text("lien"), Show: text("montrer") != "", Over15: text("quinze") != "", How: text("comment")}
}

// order is what the form means. The same form sent again is the same order.
func (f issueForm) order(c *gin.Context, now time.Time) award.Order {
	meaning, _ := json.Marshal(struct {
		issueForm
		Achievement string
	}{f, c.Param("id")})
	o := award.Order{Key: "site/" + f.Key, Fingerprint: sha256.Sum256(meaning), Achievement: award.AchievementID(c.Param("id")),
		Recipient: award.Person{GivenName: f.Given, FamilyName: f.Family, Over15: f.Over15}, Level: f.Level, AwardedOn: f.Day, ShowName: f.Show}
	if f.EvidenceText != "" || f.EvidenceURL != "" {
		o.Evidence = []award.Evidence{{URL: f.EvidenceURL, Narrative: f.EvidenceText}}
	}
	if f.Show {
		o.Consent = &award.Consent{By: auth.SessionOf(c).User.Name, At: now, How: f.How}
	}
	return o
}

// issueFields tells the field of the form that a rule of the act is about.
var issueFields = map[string]string{
	"$.recipient.givenName": "prenom", "$.recipient.familyName": "nom", "$.level": "niveau", "$.awardedDate": "jour",
	"$.evidence": "preuve", "$.evidence[0]": "preuve", "$.evidence[0].narrative": "preuve", "$.evidence[0].url": "lien",
	"$.showName": "quinze", "$.consent": "comment", "$.consent.how": "comment",
}

// faults puts each broken rule beside its field; the sentences are the
// catalogues', by rule.
func faults(c *gin.Context, failure error, fields map[string]string) (map[string]string, string) {
	if failure == nil {
		return nil, ""
	}
	found := map[string]string{}
	var broken *problem.Error
	if !errors.As(failure, &broken) {
		return nil, ""
	}
	for _, v := range broken.Violations {
		if field, known := fields[v.Path]; known {
			found[field] = fieldFault(c, field, v.Rule)
		}
	}
	if len(found) > 0 {
		return found, ""
	}
	return nil, words(c, failure)
}

// fieldFault is the sentence of a field, or of its rule, or what fits all.
func fieldFault(c *gin.Context, field, rule string) string {
	say := httpx.Localizer(c)
	for _, key := range []string{"site.fault." + field, "site.fault.rule." + rule} {
		if say.Has(key) {
			return say.T(key)
		}
	}
	return say.T("site.fault.other")
}
