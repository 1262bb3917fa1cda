package api

import (
	"bytes"
	"context"
	"io"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
	"ramure/internal/jsonld"
	"ramure/internal/problem"
)

type contextKey int

const (
	keyGin contextKey = iota
	keyCaller
)

// carry hands gin's context on, so that failures are worded in one place.
func carry(ctx huma.Context, next func(huma.Context)) {
	next(huma.WithValue(ctx, keyGin, humagin.Unwrap(ctx)))
}

// authenticate asks for a token with the right that the operation names,
// before a byte of the body is looked at.
func (d *door) authenticate(ctx huma.Context, next func(huma.Context)) {
	if anonymous(ctx.Operation()) {
		next(ctx)
		return
	}
	caller, err := d.Tokens.Authenticate(ctx.Context(), ctx.Header("Authorization"))
	if err != nil {
		httpx.Fail(humagin.Unwrap(ctx), err)
		return
	}
	right, _ := ctx.Operation().Metadata[rightKey].(auth.Right)
	if !caller.May(right) {
		httpx.Fail(humagin.Unwrap(ctx), problem.New(problem.Forbidden, "error.token.right").With("right", string(right)))
		return
	}
	next(huma.WithValue(ctx, keyCaller, caller))
}

// strict reads the body as exactly one JSON object without duplicate members
// and control characters; encoding/json would let them through. What anybody hands
// in is not ours to be strict about here: verifying is.
func strict(ctx huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(ctx)
	if ctx.Operation().RequestBody == nil || anonymous(ctx.Operation()) {
		next(ctx)
		return
	}
	if err := rewind(c); err != nil {
		httpx.Fail(c, err)
		return
	}
	next(ctx)
}

// rewind checks the body and puts it back for huma to decode.
func rewind(c *gin.Context) error {
	if kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || kind != "application/json" {
		return problem.New(problem.Unsupported, "error.body.json")
	}
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return err
	}
	document, err := jsonld.DecodeObject(body)
	if err != nil {
		return problem.Wrap(problem.Malformed, "error.body.malformed", err)
	}
	if path := nullIn("$", document); path != "" {
		return problem.Violated("error.body.invalid", problem.Violation{Path: path, Rule: "null", Detail: "leave the member out instead of null"})
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	c.Request.Header.Set("Content-Type", "application/json") // huma knows no other spelling
	return nil
}

// nullIn gives the path of the first null, "" when there is none. What is not
// there is left out: null would be one more way to say it.
func nullIn(path string, value any) string {
	switch v := value.(type) {
	case nil:
		return path
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if found := nullIn(path+"."+name, v[name]); found != "" {
				return found
			}
		}
	case []any:
		for i, item := range v {
			if found := nullIn(path+"["+strconv.Itoa(i)+"]", item); found != "" {
				return found
			}
		}
	}
	return ""
}

// ginOf gives gin's context back to a handler.
func ginOf(ctx context.Context) *gin.Context {
	c, _ := ctx.Value(keyGin).(*gin.Context)
	return c
}

// callerOf gives the authenticated caller to a handler.
func callerOf(ctx context.Context) auth.Principal {
	p, _ := ctx.Value(keyCaller).(auth.Principal)
	return p
}

// ginPath turns huma's {id} into gin's :id.
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
