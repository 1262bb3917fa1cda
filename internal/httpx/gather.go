package httpx

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// bodyTimeout is how long a form or a short JSON may take to arrive: 64 KiB at
// 8 kB/s.
const bodyTimeout = 8 * time.Second

// longAgo is a deadline that has passed by any clock.
var longAgo = time.Unix(1, 0)

// gather reads a short body before the request takes a place in its lane: one
// that comes byte by byte then keeps nobody else waiting, and costs at most
// SmallBody of memory. Longer bodies are for their handlers to read.
func (e *Engine) gather(c *gin.Context) {
	x := of(c)
	if !x.known || x.route.Body <= 0 || x.route.Body > SmallBody || c.Request.ContentLength == 0 {
		return
	}
	body, err := readInTime(c, bodyTimeout)
	if err != nil {
		c.Header("Connection", "close")
		Fail(c, unread(err))
		return
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
}

// readInTime reads the body to its end, and no longer than its patience. The
// deadline is set when the time is over, not before: so it needs no clock.
func readInTime(c *gin.Context, patience time.Duration) ([]byte, error) {
	connection := http.NewResponseController(c.Writer)
	timer := time.AfterFunc(patience, func() { _ = connection.SetReadDeadline(longAgo) })
	body, err := io.ReadAll(c.Request.Body)
	if !timer.Stop() && err == nil {
		err = connection.SetReadDeadline(time.Time{}) // the last byte came at the last moment
	}
	return body, err
}

// unread tells a body that is too long from one that did not come.
func unread(err error) error {
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return err
	}
	return problem.Wrap(problem.Malformed, "error.kind.malformed.text", err)
}
