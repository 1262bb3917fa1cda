package httpx

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// unknownRoute stands in the log for whatever was asked that we do not serve:
// the path itself may hold anything.
const unknownRoute = "(none)"

// log writes one line when the answer is sent. It names the route's pattern,
// never the address, the query or the visitor.
func (e *Engine) log(c *gin.Context) {
	start := e.config.Now()
	c.Next()
	end := e.config.Now()
	route := c.FullPath()
	if route == "" {
		route = unknownRoute
	}
	e.note(c, end.Sub(start), end, route)
}

// note hands the line over without the place in the code that Logger would look
// up each time.
func (e *Engine) note(c *gin.Context, took time.Duration, at time.Time, route string) {
	handler := e.config.Logger.Handler()
	if !handler.Enabled(c.Request.Context(), slog.LevelInfo) {
		return
	}
	line := slog.NewRecord(at, slog.LevelInfo, "request", 0)
	line.AddAttrs(
		slog.String("request", of(c).id),
		slog.String("method", knownMethod(c.Request.Method)),
		slog.String("route", route),
		slog.Int("status", c.Writer.Status()),
		slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Duration("duration", took),
	)
	_ = handler.Handle(c.Request.Context(), line) // a log that cannot be written has nobody to tell
}

// knownMethod keeps a visitor from writing his own words into the log.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
		http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	default:
		return "other"
	}
}

// rescue turns a panic into one log entry and one answer. When half an answer
// is already on its way, the connection is cut: half must not look whole.
func (e *Engine) rescue(c *gin.Context) {
	defer func() {
		reason := recover()
		if reason == nil {
			return
		}
		if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(reason)
		}
		if c.Writer.Written() {
			e.logFault(c, fmt.Errorf("panic after the answer began: %v\n%s", reason, debug.Stack()))
			panic(http.ErrAbortHandler)
		}
		Fail(c, problem.Wrap(problem.Internal, "error.kind.internal.text", fmt.Errorf("panic: %v\n%s", reason, debug.Stack())))
	}()
	c.Next()
}

// logFault writes what is our fault, once, under the reference that the reader
// was given.
func (e *Engine) logFault(c *gin.Context, err error) {
	e.config.Logger.LogAttrs(c.Request.Context(), slog.LevelError, "fault",
		slog.String("request", of(c).id),
		slog.String("route", c.FullPath()),
		slog.String("error", err.Error()),
	)
}
