package httpx

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
)

// Config is what the hall needs. Everything but TrustedProxies, Guards and
// Conformity is obligatory.
type Config struct {
	BaseURL        string // public origin, without a slash at the end
	TrustedProxies []string
	Templates      fs.FS // holds templates/
	Static         fs.FS // holds static/
	Catalogue      *locale.Catalogue
	Logger         *slog.Logger
	Now            func() time.Time
	Rand           io.Reader                  // for request ids
	Guards         map[Policy]gin.HandlerFunc // who may pass, by policy; Public has none
	Conformity     Conformity                 // what the footer says of accessibility
	Lanes          map[Lane]LaneLimit         // places of each lane; one without an entry has no bound
	Metrics        *Metrics                   // nil counts nothing
}

// Engine is the hall: routes are mounted on it, then it becomes a handler.
type Engine struct {
	config  Config
	gin     *gin.Engine
	headers []headerLine
	origin  *http.CrossOriginProtection
	assets  *assets
	pages   *pages
	routes  map[routeKey]Route
	lanes   map[Lane]*lane

	refusals map[locale.Language]refusal // of a full lane
}

// New builds the hall and parses every page. It fails on a page that does not
// parse, an asset of an unknown kind, and a proxy that is not an address.
func New(config Config) (*Engine, error) {
	base, err := url.Parse(config.BaseURL)
	if err != nil || base.Host == "" || strings.HasSuffix(config.BaseURL, "/") {
		return nil, fmt.Errorf("base URL %q: an origin without a slash at the end is wanted", config.BaseURL)
	}
	e := &Engine{
		config:  config,
		headers: newSecurityHeaders(base.Scheme == "https"),
		origin:  http.NewCrossOriginProtection(),
		routes:  map[routeKey]Route{},
		lanes:   newLanes(config.Lanes),

		refusals: newRefusals(config.Catalogue),
	}
	if config.Metrics != nil {
		e.measureLanes(config.Metrics)
	}
	if e.assets, err = newAssets(config.Static); err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	if e.pages, err = newPages(config.Templates, config.Catalogue, e.assets); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	if e.gin, err = e.newRouter(); err != nil {
		return nil, err
	}
	return e, e.Mount(e.assets.routes())
}

// newRouter makes a gin engine that trusts no proxy unless told to, never
// redirects on its own, and whose refusals are ours.
func (e *Engine) newRouter() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	if err := router.SetTrustedProxies(e.config.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	router.RedirectFixedPath = false
	router.Use(e.open, e.shed, e.observe, e.log, e.rescue, e.protect, e.limitBody, e.gather, e.admit, e.checkOrigin)
	router.NoRoute(noRoute)
	router.NoMethod(noMethod)
	return router, nil
}

// Router gives the bare router to a room that mounts with a library of its own
// (api with huma). Its routes must be declared with Declare.
func (e *Engine) Router() *gin.Engine { return e.gin }

// Handler closes the table and gives the handler to serve. It fails when a
// route is mounted that no table names.
func (e *Engine) Handler() (http.Handler, error) {
	var undeclared []error
	for _, mounted := range e.gin.Routes() {
		if _, known := e.lookup(mounted.Method, mounted.Path); !known {
			undeclared = append(undeclared, fmt.Errorf("route %s %s is in no table", mounted.Method, mounted.Path))
		}
	}
	return e.gin, errors.Join(undeclared...)
}

// newID makes the opaque reference of a request: 96 random bits as base64url.
func (e *Engine) newID() string {
	var id [12]byte
	if _, err := io.ReadFull(e.config.Rand, id[:]); err != nil {
		return "unknown"
	}
	return base64.RawURLEncoding.EncodeToString(id[:])
}
