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
	x := of(c)
	x.dress(c, &page)
	body, err := x.engine.pages.render(name, &page)
	if err != nil {
		x.engine.logFault(c, err)
		send(c, http.StatusInternalServerError, "text/plain; charset=utf-8", []byte(x.speak(c).T("error.kind.internal.text")))
		return
	}
	c.Header("Content-Language", string(page.lang))
	Vary(c, "Accept-Language")
	if status == http.StatusOK && c.Writer.Header().Get("Cache-Control") != string(NoStore) {
		Bytes(c, "text/html; charset=utf-8", body, "")
		return
	}
	send(c, status, "text/html; charset=utf-8", body)
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
