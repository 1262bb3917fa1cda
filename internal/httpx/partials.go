package httpx

import (
	"time"

	"ramure/internal/markup"
)

// Tone is one of the five grounds of a band. Each has its sign, so that colour
// never speaks alone.
type Tone string

// The tones, in the palette's words.
const (
	ToneOK           Tone = "ok"
	ToneAttention    Tone = "attention"
	ToneRefused      Tone = "refused"
	ToneUnverifiable Tone = "unverifiable"
	ToneStranger     Tone = "stranger" // a good signature of somebody unknown: never green
)

// Band is the answer to a reader's question: {{template "band" .Band}}. It holds
// the page's h1, or an h2 where several answers stand on one page.
type Band struct {
	Tone     Tone
	Standing string   // of the issuer, said before anything else; empty for none
	Word     string   // « Valable »
	Sentence string   // the whole answer in one sentence
	More     []string // short sentences of a second rank
	Below    string   // what follows the heading's id when it is an h2: -2
}

// Status is one of the three states of a check; unknown is never shown as ok.
type Status string

// The statuses, as the report names them.
const (
	StatusOK      Status = "ok"
	StatusFailed  Status = "failed"
	StatusUnknown Status = "unknown"
)

// Check is one line of {{template "checks" .Checks}} ([]Check).
type Check struct {
	ID     string // the report's, unique on the page: signature
	Label  string // « La signature est celle de l'émetteur »
	Status Status
	Reason string // why, in one sentence; may be empty when ok
}

// Field is one line of {{template "fields" .Fields}} ([]Field). The first of
// HTML, At, Values and Value that is there is shown; none is « non renseigné ».
type Field struct {
	Term      string
	Value     string
	Values    []string
	At        time.Time   // a day, in words
	HTML      markup.HTML // Markdown that markup.Render made safe
	Href      string      // makes a link of Value; ours (from Link) or a web address
	Elsewhere bool        // a stranger wrote Href: nothing follows it unasked
	Code      bool        // a hash or an identifier: set in fixed width, broken anywhere
	Lang      string      // language of the value when it is not the page's
	Note      string      // a short explanation under the value
}

// Level is one step of {{template "scale" .Scale}}.
type Level struct {
	Name    string
	Text    string
	Reached bool // this is the degree that the badge attests
}

// Scale is a degree of mastery on its scale, lowest step first.
type Scale struct {
	Label  string // « Degré de maîtrise »
	Levels []Level
}

// Reached is the step that was reached, counted from 1; 0 if none is marked.
func (s Scale) Reached() int {
	for i, level := range s.Levels {
		if level.Reached {
			return i + 1
		}
	}
	return 0
}

// Anchor is a link with its words.
type Anchor struct {
	Label string
	Href  string
	Note  string
}

// Source is a block of technical text in its own scrolling box.
type Source struct {
	ID    string // unique on the page
	Label string // names the region for those who do not see it
	Text  string
}

// Expert is the technical view: {{template "expert" .Expert}}. It is closed
// until the reader opens it.
type Expert struct {
	Fields    []Field
	Downloads []Anchor
	Elsewhere []Anchor // how to check without us
	Sources   []Source
	Deeper    bool // its headings are a level deeper: one of several answers
}

// Picture is a QR code or a badge image: {{template "picture" .QR}}.
type Picture struct {
	Src     string // path of ours
	Alt     string
	Caption string
	Size    int // displayed side in CSS pixels
}

// Receipt says when and where the check was made: {{template "receipt" .Receipt}}.
type Receipt struct {
	CheckedAt time.Time
	Address   string // full address of the page
}

// Fragment lets js/fragment.js compare the address's fragment with the hash of
// the document shown: {{template "fragment" .Fragment}}.
type Fragment struct{ Expected string }

// Empty tells that no fragment can be compared.
func (f Fragment) Empty() bool { return f.Expected == "" }

// Missing tells that a field has nothing to show.
func (f Field) Missing() bool {
	return f.Value == "" && len(f.Values) == 0 && f.At.IsZero() && f.HTML.String() == ""
}

// iconOf names the sign of a status.
func iconOf(status Status) Tone {
	switch status {
	case StatusOK:
		return ToneOK
	case StatusFailed:
		return ToneRefused
	default:
		return ToneUnverifiable
	}
}
