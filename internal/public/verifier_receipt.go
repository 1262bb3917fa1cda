package public

import (
	"bytes"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// receiptView is the body of templates/public/receipt.
type receiptView struct {
	Band  httpx.Band
	Text  string // empty unless it is ours
	Again string
}

// receiptBody bounds a receipt in its form.
const receiptBody httpx.Body = 512 << 10

// giveReceipt answers POST /verifier/recu: the receipt that the page holds, as a file.
// Only what we signed ourselves is given back, so that nobody can make us say
// something else.
func (d *door) giveReceipt(c *gin.Context) {
	if err := d.senders.Take(httpx.ClientAddress(c)); err != nil {
		httpx.Fail(c, err)
		return
	}
	if err := c.Request.ParseForm(); err != nil {
		httpx.Fail(c, unreadable(err))
		return
	}
	text := lines(c.Request.PostForm.Get("recu"))
	facts, err := d.Examiner.CheckReceipt(text)
	if err != nil {
		httpx.Fail(c, problem.Wrap(problem.Invalid, "error.verifier.receipt", err))
		return
	}
	c.Header("Content-Disposition", `attachment; filename="recu-`+facts.At.UTC().Format("2006-01-02-150405")+`.txt"`)
	httpx.Bytes(c, plainText, text, "")
}

// receiptMark opens every receipt.
const receiptMark = "ramure/receipt/"

// showReceipt says whether a receipt is one of ours, and intact. It answers nothing
// to what is no receipt.
func (d *door) showReceipt(c *gin.Context, text []byte) (answered bool) {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte(receiptMark)) {
		return false
	}
	say := httpx.Localizer(c)
	text = append(bytes.TrimSpace(lines(string(text))), '\n')
	facts, err := d.Examiner.CheckReceipt(text)
	view := receiptView{Again: httpx.Link(c, "/verifier")}
	if err != nil {
		view.Band = httpx.Band{Tone: httpx.ToneRefused, Word: say.T("receipt.bad.word"), Sentence: say.T("receipt.bad.sentence"),
			More: []string{say.T("receipt.bad.more")}}
	} else {
		view.Text = string(text)
		view.Band = httpx.Band{Tone: httpx.ToneOK, Word: say.T("receipt.good.word"),
			Sentence: say.T("receipt.good.sentence", "date", say.DateTime(facts.At)), More: []string{say.T("receipt.good.more")}}
	}
	httpx.Render(c, "public/receipt", httpx.Page{Title: view.Band.Word, Robots: "noindex", Body: view})
	return true
}

// lines undoes what a browser's form does to the ends of lines (HTML, form-data set:
// each becomes CR LF).
func lines(text string) []byte { return []byte(strings.ReplaceAll(text, "\r\n", "\n")) }
