package httpx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
	"ramure/internal/problem"
)

// Document is a refusal for programs: problem details of RFC 9457, and our two
// extensions, code (the stable message key) and violations.
type Document struct {
	Type       string      `json:"type"`  // urn:ramure:problem:<kind>
	Title      string      `json:"title"` // of the kind, in the reader's language
	Status     int         `json:"status"`
	Detail     string      `json:"detail"`   // of this failure, in the reader's language
	Instance   string      `json:"instance"` // urn:ramure:request:<opaque reference>
	Code       string      `json:"code,omitempty"`
	Violations []Violation `json:"violations,omitempty"`
}

// Violation is one broken rule on the wire.
type Violation struct {
	Path   string `json:"path"`
	Rule   string `json:"rule"`
	Detail string `json:"detail"`
}

// Problem works out the answer to an error: the document (its Status is the
// answer's) and the headers that go with it. It logs what is our fault, so it
// is called once for a failure. Fail is what handlers use; a room with its own
// writer (api with huma) uses this.
func Problem(c *gin.Context, err error) (Document, http.Header) {
	x := of(c)
	failure := x.classify(c, err)
	kind, answer := answerFor(failure.Kind)
	speaker := x.speak(c)
	return documentFor(speaker, kind, answer, failure, x.id), refusalHeader(speaker, kind, answer, failure)
}

// documentFor words a failure under the reference of its request.
func documentFor(speaker *locale.Localizer, kind problem.Kind, answer answerTo, failure *problem.Error, reference string) Document {
	return Document{
		Type:       "urn:ramure:problem:" + string(kind),
		Title:      speaker.T("error.kind." + string(kind) + ".title"),
		Status:     answer.status,
		Detail:     detail(speaker, kind, failure),
		Instance:   "urn:ramure:request:" + reference,
		Code:       failure.Key,
		Violations: violations(failure.Violations),
	}
}

// classify finds the problem in an error's chain, gives a kind to the errors of
// net/http and context, and logs the rest once.
func (x *exchange) classify(c *gin.Context, err error) *problem.Error {
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		limit := fmt.Sprint((tooLong.Limit + 1023) >> 10)
		return problem.Wrap(problem.TooLarge, "error.body.tooLarge", err).With("limit", limit)
	}
	var failure *problem.Error
	if errors.As(err, &failure) {
		if kind, _ := answerFor(failure.Kind); kind == problem.Internal {
			x.engine.logFault(c, err)
		}
		return failure
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return problem.Wrap(problem.Unavailable, "error.kind.unavailable.text", err)
	}
	x.engine.logFault(c, err)
	return problem.Wrap(problem.Internal, "error.kind.internal.text", err)
}

// detail is the failure's own sentence, or its kind's when the catalogue has
// none; the catalogue's observer is told of the gap.
func detail(speaker *locale.Localizer, kind problem.Kind, failure *problem.Error) string {
	fallback := "error.kind." + string(kind) + ".text"
	if failure.Key == "" {
		return speaker.T(fallback)
	}
	if !speaker.Has(failure.Key) {
		_ = speaker.T(failure.Key)
		return speaker.T(fallback)
	}
	args := make([]any, 0, 2*len(failure.Args))
	for name, value := range failure.Args {
		args = append(args, name, value)
	}
	return speaker.T(failure.Key, args...)
}

func violations(broken []problem.Violation) []Violation {
	wire := make([]Violation, 0, len(broken))
	for _, v := range broken {
		wire = append(wire, Violation{Path: v.Path, Rule: v.Rule, Detail: v.Detail})
	}
	return wire
}

// refusalHeader holds what certain statuses must say besides (RFC 9110 §11.6.1,
// §10.2.3). A body that was too long leaves a connection that is of no use.
func refusalHeader(speaker *locale.Localizer, kind problem.Kind, answer answerTo, failure *problem.Error) http.Header {
	header := http.Header{"Content-Language": {string(speaker.Lang())}, "Cache-Control": {string(NoStore)}}
	switch kind {
	case problem.Unauthenticated:
		header.Set("WWW-Authenticate", `Bearer realm="ramure"`)
	case problem.TooLarge:
		header.Set("Connection", "close")
	}
	if answer.wait > 0 {
		wait := cmp.Or(failure.RetryAfter, answer.wait)
		header.Set("Retry-After", fmt.Sprint(int64((wait+time.Second-1)/time.Second)))
	}
	return header
}
