package httpx

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

// Policy names who may use a route. The guard of each policy is in Config.
type Policy string

// Public is the policy of what anyone may read or ask, without a cookie.
const Public Policy = "public"

// Body is the most bytes that a route reads. The zero value means "forgotten"
// and is refused at start.
type Body int64

// The usual limits. Another is written as Body(5 << 20).
const (
	NoBody       Body = -1        // not one byte
	SmallBody    Body = 64 << 10  // forms and short JSON; also what an unknown route gets
	DocumentBody Body = 512 << 10 // one credential
)

// Route is one line of a room's table.
type Route struct {
	Method  string // GET answers HEAD too
	Path    string // gin's pattern: /v/:id
	Policy  Policy
	Body    Body
	Page    bool // for people: refusals are pages unless JSON is asked for, forms are checked for their origin
	Open    bool // scripts of any site may read it (CORS *): keys, lists, credentials
	Lane    Lane // whose places it takes; Reading by default
	Handler gin.HandlerFunc
	Note    string // what it does, for whoever reads the table
}

type routeKey struct{ method, path string }

// Mount serves the lines of a table. It fails, and says which, on a line
// without method, path, policy, body limit, handler or guard, and on a path that
// is taken or that the router refuses.
func (e *Engine) Mount(routes []Route) error {
	var refused []error
	for _, route := range routes {
		if err := e.mount(route); err != nil {
			refused = append(refused, fmt.Errorf("route %s %s: %w", route.Method, route.Path, err))
		}
	}
	return errors.Join(refused...)
}

// Declare enters lines into the table that a room serves by itself on Router:
// their limits, headers and refusals are then the hall's, their guard is the
// room's own.
func (e *Engine) Declare(routes []Route) error {
	var refused []error
	for _, route := range routes {
		if err := e.enter(route); err != nil {
			refused = append(refused, fmt.Errorf("route %s %s: %w", route.Method, route.Path, err))
		}
	}
	return errors.Join(refused...)
}

func (e *Engine) mount(route Route) (err error) {
	if route.Handler == nil {
		return errors.New("no handler")
	}
	guard, guarded := e.config.Guards[route.Policy]
	if !guarded && route.Policy != Public {
		return fmt.Errorf("no guard for policy %q", route.Policy)
	}
	if err := e.enter(route); err != nil {
		return err
	}
	// gin panics on paths that contradict each other; at start that is an error.
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("refused by the router: %v", reason)
		}
	}()
	e.handle(route, guard)
	return nil
}

func (e *Engine) handle(route Route, guard gin.HandlerFunc) {
	chain := []gin.HandlerFunc{route.Handler}
	if guard != nil {
		chain = []gin.HandlerFunc{guard, route.Handler}
	}
	e.gin.Handle(route.Method, route.Path, chain...)
	if route.Method == http.MethodGet {
		e.gin.Handle(http.MethodHead, route.Path, chain...)
	}
}

func (e *Engine) enter(route Route) error {
	switch {
	case route.Method == "" || route.Path == "":
		return errors.New("no method or no path")
	case route.Policy == "":
		return errors.New("no policy")
	case route.Body == 0:
		return errors.New("no body limit")
	}
	key := routeKey{route.Method, route.Path}
	if _, taken := e.routes[key]; taken {
		return errors.New("given twice")
	}
	e.routes[key] = route
	return nil
}

// lookup finds the line of a pattern; HEAD is GET's.
func (e *Engine) lookup(method, path string) (Route, bool) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	route, known := e.routes[routeKey{method, path}]
	return route, known
}

// Routes lists the whole table, for the test that compares it with the policy
// matrix.
func (e *Engine) Routes() []Route {
	routes := make([]Route, 0, len(e.routes))
	for _, route := range e.routes {
		routes = append(routes, route)
	}
	return routes
}

// bytes is the limit as a number.
func (b Body) bytes() int64 { return max(int64(b), 0) }
