package httpx

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
	"ramure/internal/problem"
)

// Page is what a handler gives to Render: the title, what machines are told,
// and the page's own view struct.
type Page struct {
	Title       string // unique; the layout adds the service's name
	Description string // one sentence for search engines; empty on private pages
	Robots      string // "noindex" on every page about a person; empty otherwise
	Canonical   string // path of the page's one address (/v/xyz); empty if it has none
	Script      string // an asset that adds to the page (js/fragment.js); empty for none
	Body        any    // the page's view struct, .Body in its template

	lang       locale.Language
	conformity Conformity
	base       string
	link       func(string) string
	others     []Alternate
}

// Alternate is the same page in another language.
type Alternate struct {
	Lang locale.Language
	Path string
}

// Lang is the page's language, for its lang attribute.
func (p *Page) Lang() locale.Language { return p.lang }

// Conformity is what the footer says of accessibility.
func (p *Page) Conformity() Conformity { return p.conformity }

// Link carries the language that the reader chose on to a path of ours.
func (p *Page) Link(path string) string { return p.link(path) }

// Others lists the page in the other languages; none for the answer to a form,
// which cannot be asked for again.
func (p *Page) Others() []Alternate { return p.others }

// Absolute makes a path's full public address.
func (p *Page) Absolute(path string) string { return p.base + path }

// Conformity is the state that an accessibility declaration may name.
type Conformity string

// The three states (RGAA 4.1, model declaration). The zero value is the first:
// nothing conforms until it was audited.
const (
	NotConform    Conformity = ""
	PartlyConform Conformity = "partly"
	FullyConform  Conformity = "fully"
)

// Render answers 200 with a page: templates/<name>/*.html in the layout.
func Render(c *gin.Context, name string, page Page) { renderAs(c, http.StatusOK, name, page) }

// RenderAs answers with a page that has the status of a kind of failure: the
// tombstone of an erased badge is a whole page, and gone.
func RenderAs(c *gin.Context, kind problem.Kind, name string, page Page) {
	_, answer := answerFor(kind)
	renderAs(c, answer.status, name, page)
}

func renderAs(c *gin.Context, status int, name string, page Page) {
	drawn, err := Draw(c, name, page)
	if err != nil {
		of(c).engine.logFault(c, err)
		send(c, http.StatusInternalServerError, "text/plain; charset=utf-8", []byte(Localizer(c).T("error.kind.internal.text")))
		return
	}
	if status == http.StatusOK {
		Show(c, drawn)
		return
	}
	drawn.announce(c)
	send(c, status, pageType, drawn.body)
}

// pageType is the media type of every page.
const pageType = "text/html; charset=utf-8"

// Drawn is a page as it will be sent. It may be shown to every reader of its
// language who asks for the same address.
type Drawn struct {
	body []byte
	tag  string
	lang locale.Language
}

// Size is what the page takes, in bytes.
func (d Drawn) Size() int { return len(d.body) }

// Draw renders a page without answering.
func Draw(c *gin.Context, name string, page Page) (Drawn, error) {
	x := of(c)
	x.dress(c, &page)
	body, err := x.engine.pages.render(name, &page)
	if err != nil {
		return Drawn{}, err
	}
	return Drawn{body: body, tag: contentTag(body), lang: page.lang}, nil
}

// Show answers 200 with a page, or 304 to a reader who has it and may keep it.
func Show(c *gin.Context, d Drawn) {
	d.announce(c)
	if c.Writer.Header().Get("Cache-Control") == string(NoStore) {
		send(c, http.StatusOK, pageType, d.body)
		return
	}
	Bytes(c, pageType, d.body, d.tag)
}

// announce says which language the page speaks, and that it was chosen.
func (d Drawn) announce(c *gin.Context) {
	c.Header("Content-Language", string(d.lang))
	Vary(c, "Accept-Language")
}

// dress puts on the page what the hall knows.
func (x *exchange) dress(c *gin.Context, page *Page) {
	page.lang = x.speak(c).Lang()
	page.conformity = x.engine.config.Conformity
	page.base = x.engine.config.BaseURL
	page.link = func(path string) string { return x.link(c, path) }
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		return
	}
	for _, lang := range locale.Languages() {
		if lang != page.lang {
			page.others = append(page.others, Alternate{lang, inLanguage(c.Request.URL, lang)})
		}
	}
}

// inLanguage is the address of the same page in another language.
func inLanguage(address *url.URL, lang locale.Language) string {
	query := address.Query()
	query.Set("lang", string(lang))
	return (&url.URL{Path: address.Path, RawQuery: query.Encode()}).String()
}
