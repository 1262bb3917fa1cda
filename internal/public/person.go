package public

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// questionView is the form « Est-ce bien la personne ? ».
type questionView struct {
	Action string
	Typed  string // what was typed last; the reader may mend it
	Faulty bool   // it can't be a name
}

// personView is the body of templates/public/person.
type personView struct {
	Yes      bool
	Band     httpx.Band
	Badge    string
	Question questionView
	Back     string
}

// personAnswer is the answer for programs.
type personAnswer struct {
	Match   bool               `json:"match"`
	Verdict credential.Verdict `json:"verdict"` // the right person may hold a badge that is revoked
}

// person answers POST /v/{id}/personne with yes or no, whether the name is
// shown or hidden. The question is counted before anything is looked up, so
// that the count tells nothing of what exists.
func (d *door) person(c *gin.Context) {
	id, err := alone(c)
	if err == nil {
		err = d.countQuestion(c, id)
	}
	var typed string
	if err == nil {
		typed, err = typedName(c)
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	d.answerPerson(c, id, typed)
}

func (d *door) answerPerson(c *gin.Context, id award.ID, typed string) {
	view, err := d.Awards.Examine(c.Request.Context(), id)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	match, err := d.Awards.IsNamed(c.Request.Context(), id, typed)
	faulty := problem.Is(err, problem.Invalid)
	asPage := chosen(c, typeHTML, typeJSON) == typeHTML
	switch {
	case faulty && asPage:
		d.showFaulty(c, view, typed)
	case err != nil:
		httpx.Fail(c, refused(err))
	case asPage:
		d.showPerson(c, view, typed, match)
	default:
		httpx.OK(c, personAnswer{match && view.Report.Verdict != credential.Invalid, view.Report.Verdict})
	}
}

// countQuestion holds back a visitor who asks too often, about one badge or
// about many, and all visitors together about one badge.
func (d *door) countQuestion(c *gin.Context, id award.ID) error {
	visitor := httpx.ClientAddress(c)
	if err := d.askers.Take(visitor); err != nil {
		return err
	}
	if err := d.doubts.Take(visitor + " " + string(id)); err != nil {
		return err
	}
	return d.asked.Take(string(id))
}

// typedName reads the one field of the form.
func typedName(c *gin.Context) (string, error) {
	if err := c.Request.ParseForm(); err != nil {
		return "", problem.Wrap(problem.Malformed, "error.kind.malformed.text", err)
	}
	return c.Request.PostForm.Get("name"), nil
}

func (d *door) showPerson(c *gin.Context, view award.View, typed string, match bool) {
	r := d.read(c, view)
	band := r.personBand(match)
	question := r.question()
	if !match {
		question.Typed = typed
	}
	httpx.Render(c, "public/person", httpx.Page{Title: band.Word, Robots: "noindex",
		Body: personView{Yes: match, Band: band, Badge: r.badge(), Question: *question, Back: r.back()}})
}

// personBand answers, and says again what the badge is worth: the right name on
// a badge that was taken back is no recommendation. A badge that was tampered
// with proves no name at all.
func (r *reading) personBand(match bool) httpx.Band {
	if r.verdict() == credential.Invalid {
		return r.band()
	}
	if !match {
		return httpx.Band{Tone: httpx.ToneAttention, Word: r.say.T("person.no.word"), Sentence: r.say.T("person.no.sentence"),
			More: []string{r.say.T("person.state", "verdict", r.word())}}
	}
	tone := httpx.ToneAttention
	if r.verdict() == credential.Valid {
		tone = httpx.ToneOK
	}
	return httpx.Band{Tone: tone, Word: r.say.T("person.yes.word"), Sentence: r.say.T("person.yes.sentence"), More: []string{r.answer()}}
}

// showFaulty asks again, and says what a name looks like.
func (d *door) showFaulty(c *gin.Context, view award.View, typed string) {
	r := d.read(c, view)
	question := r.question()
	question.Typed, question.Faulty = typed, true
	band := httpx.Band{Tone: httpx.ToneUnverifiable, Word: r.say.T("person.faulty.word"), Sentence: r.say.T("person.faulty.sentence")}
	httpx.RenderAs(c, problem.Invalid, "public/person", httpx.Page{Title: band.Word, Robots: "noindex",
		Body: personView{Band: band, Badge: r.badge(), Question: *question, Back: r.back()}})
}

func (r *reading) question() *questionView {
	return &questionView{Action: r.link("/v/" + string(r.view.ID) + "/personne")}
}

func (r *reading) back() string { return r.link("/v/" + string(r.view.ID)) }
