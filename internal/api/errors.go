package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/danielgtaylor/huma/v2/validation"

	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// refusal is a problem document that huma can write.
type refusal struct{ httpx.Document }

func (r *refusal) Error() string             { return r.Title }
func (r *refusal) GetStatus() int            { return r.Status }
func (r *refusal) ContentType(string) string { return "application/problem+json" }

// fail words the failure of an act for the caller.
func fail(ctx context.Context, err error) error {
	c := ginOf(ctx)
	document, header := httpx.Problem(c, err)
	for name, values := range header {
		c.Writer.Header()[name] = values
	}
	return &refusal{document}
}

// ownManners makes huma exact about the case of members and sure that no list is
// null, and its refusals look like all others: the kinds of problem, paths instead of locations, and never
// the rejected value. huma keeps this in package variables; this is the one
// place that sets them, once for all doors of a process.
var ownManners = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, message string, _ ...error) huma.StatusError {
		return &refusal{httpx.Document{Status: status, Title: message}}
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, causes ...error) huma.StatusError {
		if ctx == nil {
			return huma.NewError(status, message)
		}
		document, header := httpx.Problem(humagin.Unwrap(ctx), translated(status, causes))
		for name, values := range header {
			ctx.SetHeader(name, strings.Join(values, ", "))
		}
		return &refusal{document}
	}
})

// kinds says which problem huma's statuses stand for.
var kinds = map[int]problem.Kind{
	http.StatusBadRequest:            problem.Malformed,
	http.StatusNotAcceptable:         problem.NotAcceptable,
	http.StatusRequestEntityTooLarge: problem.TooLarge,
	http.StatusUnsupportedMediaType:  problem.Unsupported,
	http.StatusUnprocessableEntity:   problem.Invalid,
}

func translated(status int, causes []error) error {
	kind, known := kinds[status]
	if !known {
		return errors.Join(append(causes, errors.New("refused by the router"))...)
	}
	e := problem.New(kind, "error.body."+string(kind))
	for _, cause := range causes {
		var detail *huma.ErrorDetail
		if errors.As(cause, &detail) {
			e.Violations = append(e.Violations, violation(detail))
		}
	}
	return e
}

// violation turns body.recipient.givenName into $.recipient.givenName, and names
// the member that is missing.
func violation(d *huma.ErrorDetail) problem.Violation {
	path := d.Location
	if rest, inBody := strings.CutPrefix(path, "body"); inBody {
		path = "$" + rest
	}
	var missing string
	if _, err := fmt.Sscanf(d.Message, validation.MsgExpectedRequiredProperty, &missing); err == nil {
		return problem.Violation{Path: path + "." + missing, Rule: "required", Detail: "the member is required"}
	}
	rule := "schema"
	switch {
	case d.Message == validation.MsgUnexpectedProperty:
		rule = "unknownMember"
	case strings.HasPrefix(d.Message, "required "):
		rule = "required"
	}
	return problem.Violation{Path: path, Rule: rule, Detail: d.Message}
}
