package httpx

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// OK answers 200 with a value as JSON, and its strong ETag.
func OK(c *gin.Context, value any) { Bytes(c, "application/json", encode(value), "") }

// OKAs answers with a value as JSON and the status of a kind of failure: a
// report whose subject is gone is still a report.
func OKAs(c *gin.Context, kind problem.Kind, value any) {
	_, answer := answerFor(kind)
	send(c, answer.status, "application/json", encode(value))
}

// Bytes answers 200 with bytes as they are stored. etag is the strong validator
// without its quotes; empty, it is the bytes' own hash. A reader that has the
// same already is answered 304 (RFC 9110 §13.1.2).
func Bytes(c *gin.Context, contentType string, body []byte, etag string) {
	if etag == "" {
		etag = contentTag(body)
	}
	quoted := `"` + etag + `"`
	c.Header("ETag", quoted)
	if matches(c.GetHeader("If-None-Match"), quoted) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	send(c, http.StatusOK, contentType, body)
}

// Created answers 201 with a value as JSON and its address.
func Created(c *gin.Context, location string, value any) {
	c.Header("Location", location)
	send(c, http.StatusCreated, "application/json", encode(value))
}

// SeeOther sends the reader on with a GET to a path or an address of ours.
func SeeOther(c *gin.Context, location string) {
	c.Header("Location", location)
	send(c, http.StatusSeeOther, "", nil)
}

// send writes an answer whole. HEAD gets its length and no body.
func send(c *gin.Context, status int, contentType string, body []byte) {
	if contentType != "" {
		c.Header("Content-Type", contentType)
	}
	if status != http.StatusNoContent {
		c.Header("Content-Length", strconv.Itoa(len(body)))
	}
	c.Status(status)
	c.Writer.WriteHeaderNow()
	if c.Request.Method != http.MethodHead && len(body) > 0 {
		// A reader that went away is no fault of anyone's.
		_, _ = c.Writer.Write(body)
	}
}

// encode writes JSON for programs: no HTML escapes, no line at the end. The
// values are our own wire shapes; one that cannot be written is a mistake of
// ours that the rescue reports.
func encode(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
