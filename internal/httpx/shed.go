package httpx

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
)

// refusal is the answer to a program that comes to a full lane, made beforehand:
// when many come at once, what a refusal costs is taken from those who are
// served.
type refusal struct {
	status      int
	header      http.Header
	front, back []byte // of the document, around the reference of the request
}

// newRefusals words the refusal in each language.
func newRefusals(catalogue *locale.Catalogue) map[locale.Language]refusal {
	list := map[locale.Language]refusal{}
	for _, lang := range locale.Languages() {
		list[lang] = newRefusal(catalogue.Localizer(lang))
	}
	return list
}

func newRefusal(speaker *locale.Localizer) refusal {
	failure := busy()
	kind, answer := answerFor(failure.Kind)
	const place = "\x00"
	text := encode(documentFor(speaker, kind, answer, failure, place))
	front, back, _ := bytes.Cut(text, []byte(`\u0000`))
	header := refusalHeader(speaker, kind, answer, failure)
	header["Content-Type"], header["Vary"] = []string{problemJSON}, []string{"Accept"}
	return refusal{status: answer.status, header: header, front: front, back: back}
}

// shed refuses a program at once when its lane is full, before anything else is
// done for it. It is counted by the lane, and not logged: a flood would fill the
// log. People get their page from admit.
func (e *Engine) shed(c *gin.Context) {
	x := of(c)
	l, bounded := e.lanes[x.route.Lane]
	if !bounded || !l.full() || prefersPage(c) {
		return
	}
	l.refused.Add(1)
	c.Abort()
	e.protect(c)
	r := e.refusals[x.speak(c).Lang()]
	header := c.Writer.Header()
	for name, value := range r.header {
		header[name] = value
	}
	send(c, r.status, "", append(append(r.front[:len(r.front):len(r.front)], x.id...), r.back...))
}
