package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"ramure/internal/httpx"
	"ramure/internal/jsonld"
	"ramure/internal/problem"
)

// verifyBody bounds what is handed in: a picture that carries a badge.
const verifyBody httpx.Body = 5 << 20

// verifyPatience is how long a body may take to arrive.
const verifyPatience = 30 * time.Second

// verifyIn is a body of ours around what is to be verified: where it is or what it is,
// and whose it should be.
type verifyIn struct {
	URL        string          `json:"url,omitempty" doc:"Address of the badge, or of its page"`
	Credential json.RawMessage `json:"credential,omitempty" doc:"The credential: an object, or a text that holds a JWT"`
	Recipient  string          `json:"recipient,omitempty" doc:"Name, e-mail address or id of the person whose badge you expect it to be"`
}

// ownMembers are those of a verifyIn.
var ownMembers = map[string]bool{"url": true, "credential": true, "recipient": true}

// maxOrder bounds a body of ours: a credential of 512 KiB, and what is around it.
const maxOrder = 1 << 20

// readOrder reads a body of ours; ours is false for anything else.
func readOrder(text []byte) (o verifyIn, ours bool, err error) {
	if text[0] != '{' || len(text) > maxOrder {
		return o, false, nil
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil || (members["url"] == nil && members["credential"] == nil) || members["@context"] != nil {
		return o, false, nil
	}
	if _, err := jsonld.DecodeObject(text); err != nil {
		return o, true, problem.Wrap(problem.Malformed, "error.body.malformed", err)
	}
	for name := range members {
		if !ownMembers[name] {
			return o, true, problem.Violated("error.body.invalid", problem.Violation{Path: "$." + name, Rule: "unknownMember", Detail: "the member is not known here"})
		}
	}
	if err := json.Unmarshal(text, &o); err != nil {
		return o, true, problem.Wrap(problem.Malformed, "error.body.malformed", err)
	}
	return o, true, o.complete()
}

// complete asks for one of address and credential, and takes a JWT out of its quotes.
func (o *verifyIn) complete() error {
	if (o.URL == "") == (o.Credential == nil) {
		return problem.Violated("error.body.invalid", problem.Violation{Path: "$", Rule: "oneOf", Detail: "give either url or credential"})
	}
	if o.URL != "" && !strings.HasPrefix(o.URL, "https://") && !strings.HasPrefix(o.URL, "http://") {
		return problem.Violated("error.body.invalid", problem.Violation{Path: "$.url", Rule: "iri", Detail: "a web address is expected"})
	}
	var quoted string
	if bytes.HasPrefix(o.Credential, []byte(`"`)) && json.Unmarshal(o.Credential, &quoted) == nil {
		o.Credential = []byte(strings.TrimSpace(quoted))
	}
	if o.URL == "" && (len(o.Credential) == 0 || string(o.Credential) == "null") {
		return problem.Violated("error.body.invalid", problem.Violation{Path: "$.credential", Rule: "empty", Detail: "a credential is expected"})
	}
	return nil
}

// countVisitor holds back whoever asks too often or too much at once, before a byte
// of the body is read. A form is refused in words: the file itself is the body here.
func (d *door) countVisitor(ctx huma.Context, next func(huma.Context)) {
	c := humagin.Unwrap(ctx)
	if kind, _, _ := mime.ParseMediaType(ctx.Header("Content-Type")); strings.HasPrefix(kind, "multipart/") {
		httpx.Fail(c, problem.New(problem.Unsupported, "error.verify.multipart"))
		return
	}
	visitor := httpx.ClientAddress(c)
	if err := d.visitors.rate.Take(visitor); err != nil {
		httpx.Fail(c, err)
		return
	}
	leave, err := d.visitors.turns.Enter(visitor)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	defer leave()
	next(ctx)
}

// handIn makes the line of the table that anybody may ask, with the forms that it
// takes.
func (d *door) handIn() operation {
	o := operation{body: verifyBody, lane: httpx.Verifying, Operation: huma.Operation{
		OperationID: "verify", Method: http.MethodPost, Path: "/api/v1/verify", Summary: "Verify a badge of any issuer, in any form",
		Description: "Without a token. A presentation holds several badges: the verdict is then the worst of theirs. " +
			"Nothing that is handed in is kept.",
		DefaultStatus: http.StatusOK, MaxBodyBytes: int64(verifyBody), BodyReadTimeout: verifyPatience,
		Errors: []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
			http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable},
		Tags: []string{"verify"}, Middlewares: huma.Middlewares{d.countVisitor},
	}}
	o.register = func(a huma.API) {
		huma.Register(a, o.Operation, d.verify)
		described := a.OpenAPI().Paths["/api/v1/verify"].Post
		described.RequestBody = &huma.RequestBody{Required: true, Content: handInForms(a.OpenAPI().Components.Schemas),
			Description: "A credential in any form, or where it is"}
	}
	return o
}

// handInForms describes the bodies that are read. What they are, their bytes say.
func handInForms(registry huma.Registry) map[string]*huma.MediaType {
	credential := &huma.Schema{Type: "object", Description: "A credential or a presentation as JSON"}
	text := &huma.Schema{Type: "string", Description: "A JWT, or an address"}
	picture := &huma.Schema{Type: "string", Format: "binary", Description: "A picture that carries a badge or shows its code"}
	forms := map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{AnyOf: []*huma.Schema{registry.Schema(reflect.TypeFor[verifyIn](), true, "VerifyIn"), credential}}},
	}
	for _, kind := range []string{"application/vc", "application/vp", "application/ld+json", "application/vc+ld+json"} {
		forms[kind] = &huma.MediaType{Schema: credential}
	}
	for _, kind := range []string{"application/vc+jwt", "application/vp+jwt", "application/jwt", "text/plain"} {
		forms[kind] = &huma.MediaType{Schema: text}
	}
	for _, kind := range []string{"image/png", "image/svg+xml", "image/jpeg"} {
		forms[kind] = &huma.MediaType{Schema: picture}
	}
	return forms
}

// asProblem finds the problem in an error's chain.
func asProblem(err error) (*problem.Error, bool) {
	var failure *problem.Error
	found := errors.As(err, &failure)
	return failure, found
}
