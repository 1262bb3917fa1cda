package public

import (
	"time"

	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// verdictView is the dot of the shared template "verdict": the whole answer about
// one badge, ours or anybody's.
type verdictView struct {
	Alone        bool // the only answer of its page
	Band         httpx.Band
	Fragment     httpx.Fragment
	Notices      []noticeView
	Revocation   []httpx.Field // nil unless revoked
	Shows        bool          // there is a credential to show; it may be doubtful
	Badge        string
	Tongue       string // language of the badge's own texts when it is not the page's
	Description  string
	Mastery      *mastery
	CompareTitle string
	Compare      string        // what to do with the fields
	Fields       []httpx.Field // what the paper shows too
	Question     *questionView // nil where nobody can be asked for
	Criteria     prose
	Evidence     []evidenceView
	Endorsements []endorsementView
	Issuer       []httpx.Field
	Checks       []httpx.Check
	Frameworks   []frameworkLinks
	Elsewhere    string // how to check without us
	Expert       httpx.Expert
	Keep         string // how to keep a trace
	QR           httpx.Picture
	Receipt      httpx.Receipt
}

// noticeView is a box that says what must not be missed.
type noticeView struct {
	Tone  httpx.Tone
	Lines []string
	Link  httpx.Anchor // none without an address
}

// evidenceView is one piece of evidence. Its page is somebody else's.
type evidenceView struct {
	Name  string
	Link  string // empty when there is only a text
	Facts []string
	Prose prose
}

// endorsementView is what a third party says of the badge or of its issuer.
type endorsementView struct {
	By, About string
	Prose     prose
}

// headingView is the dot of the shared template "heading".
type headingView struct {
	Level                 int
	ID, Text, Lang, Class string
}

// Head is the heading of a part: below the page's h1, or below the h2 of one
// answer of several.
func (v *verdictView) Head(id, text string) headingView {
	return headingView{Level: v.level(), ID: v.Ref(id), Text: text}
}

// Title is the badge's own title as a heading, in its own language.
func (v *verdictView) Title(id, text string) headingView {
	return headingView{Level: v.level(), ID: v.Ref(id), Text: text, Lang: v.Tongue, Class: "title"}
}

// Ref keeps the ids of several answers on one page apart.
func (v *verdictView) Ref(id string) string { return id + v.Band.Below }

func (v *verdictView) level() int {
	if v.Alone {
		return 2
	}
	return 3
}

// evidence lists what the person made, as the credential names it.
func (j *judged) evidence() []evidenceView {
	var list []evidenceView
	for _, e := range j.cred.Evidence {
		list = append(list, evidenceView{Name: j.evidenceName(e), Link: webAddress(e.ID), Facts: said(e.Genre, e.Audience, e.Description),
			Prose: j.prose(e.Narrative)})
	}
	return list
}

func (j *judged) evidenceName(e openbadges.Evidence) string {
	if e.Name != "" {
		return e.Name
	}
	return j.say.T("verification.evidence.unnamed")
}

// prose renders a text of the badge's below the headings of this answer.
func (j *judged) prose(source string) prose {
	if j.below != "" {
		return j.door.proseBelow(source, 4)
	}
	return j.door.proseBelow(source, 3)
}

// said are the texts that are there.
func said(texts ...string) (list []string) {
	for _, text := range texts {
		if text != "" {
			list = append(list, text)
		}
	}
	return list
}

// receipt says when the check was made, and where it can be made again.
func (j *judged) receipt(address string) httpx.Receipt {
	return httpx.Receipt{CheckedAt: j.report.CheckedAt.Truncate(time.Second), Address: address}
}
