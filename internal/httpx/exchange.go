package httpx

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
)

// exchangeKey is where the exchange hangs in gin's context.
const exchangeKey = "ramure.exchange"

// exchange is what the hall knows of one request and its answer.
type exchange struct {
	engine    *Engine
	id        string // opaque reference, on the answer and in the log
	route     Route
	known     bool // the route is in the table
	localizer *locale.Localizer
	chosen    bool // the address chose the language (?lang=)
}

// open begins the exchange.
func (e *Engine) open(c *gin.Context) {
	route, known := e.lookup(c.Request.Method, c.FullPath())
	x := &exchange{engine: e, id: e.newID(), route: route, known: known}
	c.Set(exchangeKey, x)
	c.Header("X-Request-Id", x.id)
}

// of finds the exchange of a request. A handler that runs outside an Engine is
// a mistake of wiring, said at once.
func of(c *gin.Context) *exchange {
	value, _ := c.Get(exchangeKey)
	x, ok := value.(*exchange)
	if !ok {
		panic("httpx: this handler is not mounted on an httpx.Engine")
	}
	return x
}

// Localizer speaks the language of the request's reader.
func Localizer(c *gin.Context) *locale.Localizer { return of(c).speak(c) }

// RequestID is the opaque reference of the request.
func RequestID(c *gin.Context) string { return of(c).id }

// Link adds to a path of ours the language that the reader chose in the
// address, if any: there is no cookie to remember it. It is for the addresses
// in view structs; templates have Page.Link.
func Link(c *gin.Context, path string) string { return of(c).link(c, path) }

// Absolute makes the full public address of a path of ours.
func Absolute(c *gin.Context, path string) string { return of(c).engine.config.BaseURL + path }

// speak negotiates on first use: answers in data need no language.
func (x *exchange) speak(c *gin.Context) *locale.Localizer {
	if x.localizer == nil {
		var lang locale.Language
		lang, x.chosen = x.engine.config.Catalogue.Negotiate(c.Query("lang"), c.GetHeader("Accept-Language"))
		x.localizer = x.engine.config.Catalogue.Localizer(lang)
	}
	return x.localizer
}

func (x *exchange) link(c *gin.Context, path string) string {
	lang := x.speak(c).Lang()
	if !x.chosen {
		return path
	}
	return withLanguage(path, lang)
}

// withLanguage puts ?lang= into a path that may have a query and a fragment.
func withLanguage(path string, lang locale.Language) string {
	path, fragment, fragmented := strings.Cut(path, "#")
	joint := "?"
	if strings.Contains(path, "?") {
		joint = "&"
	}
	path += joint + "lang=" + string(lang)
	if fragmented {
		path += "#" + fragment
	}
	return path
}
