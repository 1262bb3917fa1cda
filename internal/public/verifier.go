package public

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// verifierView is the body of templates/public/verifier.
type verifierView struct {
	Action    string
	Accept    string
	Text, For string // what was typed last; the visitor may mend it
	Fault     string // why nothing was verified, and what to do
}

// accepted are the files that a browser offers to choose.
const accepted = ".json,.jsonld,.jwt,.txt,.png,.svg,.jpg,.jpeg,application/json,application/ld+json,image/png,image/svg+xml,image/jpeg,text/plain"

// verifier answers GET /verifier: one form, complete without a script.
func (d *door) verifier(c *gin.Context) {
	httpx.AllowCamera(c)
	httpx.Cache(c, httpx.Revalidate)
	httpx.Render(c, "public/verifier", d.verifierPage(c, upload{}, ""))
}

func (d *door) verifierPage(c *gin.Context, u upload, fault string) httpx.Page {
	say := httpx.Localizer(c)
	return httpx.Page{Title: say.T("verifier.title"), Description: say.T("verifier.description"), Canonical: "/verifier",
		Script: "js/verifier.js",
		Body:   verifierView{Action: httpx.Link(c, "/verifier"), Accept: accepted, Text: u.text, For: u.expected, Fault: fault}}
}

// verify answers POST /verifier. Nothing of what is sent is kept or logged. A visitor
// has few uploads under way at a time, and is counted by the badge.
func (d *door) verify(c *gin.Context) {
	visitor := httpx.ClientAddress(c)
	leave, err := d.uploads.Enter(visitor)
	if err != nil {
		d.refuseUpload(c, upload{}, err)
		return
	}
	defer leave()
	sent, err := readUpload(c)
	if err == nil {
		err = d.count(visitor, len(sent.things))
	}
	if err != nil {
		d.refuseUpload(c, sent, err)
		return
	}
	d.answerUpload(c, sent)
}

// count takes as many of the visitor's verifications as things were sent.
func (d *door) count(visitor string, things int) error {
	for range max(1, things) {
		if err := d.senders.Take(visitor); err != nil {
			return err
		}
	}
	return nil
}

func (d *door) answerUpload(c *gin.Context, sent upload) {
	if text, alone := sent.alone(); alone && d.showReceipt(c, text) {
		return
	}
	examined, err := d.Examiner.Examine(c.Request.Context(), sent.things, verifier.Options{Recipient: sent.expected})
	if err != nil {
		d.refuseUpload(c, sent, err)
		return
	}
	d.showAnswers(c, examined, sent.expected)
}

// refuseUpload shows the form again, and says what to do. What is not the visitor's
// to mend has the page that all such failures have.
func (d *door) refuseUpload(c *gin.Context, sent upload, err error) {
	err = tooMuch(err)
	switch kind := problem.KindOf(err); kind {
	case problem.Invalid, problem.Malformed, problem.TooLarge, problem.Unsupported:
		httpx.AllowCamera(c)
		httpx.RenderAs(c, kind, "public/verifier", d.verifierPage(c, sent, worded(httpx.Localizer(c), err)))
	default:
		httpx.Fail(c, err)
	}
}

// tooMuch gives the limit of the whole form the words of this page.
func tooMuch(err error) error {
	if _, over := asTooLong(err); over {
		return problem.Wrap(problem.TooLarge, "error.verifier.total", err)
	}
	return err
}

// answersView is the body of templates/public/answers.
type answersView struct {
	Title         string       // of a list; empty for one answer
	Lines         []answerLine // none for one answer
	Answers       []*verdictView
	Receipt       string // signed; empty when none could be made
	ReceiptAction string
	Again         string
}

// answerLine is one answer in the list.
type answerLine struct {
	Tone                      httpx.Tone
	Title, Word, Note, Anchor string
}

func (d *door) showAnswers(c *gin.Context, examined []verifier.Item, expected string) {
	say := httpx.Localizer(c)
	view := answersView{ReceiptAction: httpx.Link(c, "/verifier/recu"), Again: httpx.Link(c, "/verifier")}
	title := say.T("verifier.title")
	for i, item := range examined {
		below := ""
		if len(examined) > 1 {
			below = fmt.Sprintf("-%d", i+1)
		}
		h := d.take(c, item, expected, below)
		view.Answers = append(view.Answers, h.page())
		title = h.title()
		if below != "" {
			view.Lines = append(view.Lines, h.line(i+1))
		}
	}
	if len(examined) > 1 {
		title = say.Count("answers.title", len(examined))
		view.Title = title
	}
	if receipt, err := d.Examiner.Receipt(examined); err == nil {
		view.Receipt = string(receipt)
	}
	httpx.Render(c, "public/answers", httpx.Page{Title: title, Robots: "noindex", Body: view})
}

// line is the answer in the list of several.
func (h *handed) line(n int) answerLine {
	line := answerLine{Tone: h.tone(), Word: h.word(), Anchor: "reponse" + h.below, Title: spoken(h.badge())}
	if line.Title == "" {
		line.Title = spoken(h.item.Name)
	}
	if line.Title == "" {
		line.Title = h.say.T("answers.unnamed", "n", n)
	}
	line.Note = h.note()
	return line
}

// note says in the list who issued the badge and what it came in.
func (h *handed) note() string {
	standing, name := h.standing(), spoken(h.item.Name)
	switch {
	case standing == "":
		return h.answer()
	case h.proven() && h.cred.Issuer.Name != "":
		return h.say.T("answers.from", "standing", standing, "issuer", h.issuerName(), "name", name)
	}
	return h.say.T("answers.fromNobody", "standing", standing, "name", name)
}
