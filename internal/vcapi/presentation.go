package vcapi

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/httpx"
)

// issuePresentation secures a presentation; the credentials in it stay as they are.
func (a *Adapter) issuePresentation(c *gin.Context, prefix string) {
	a.secure(c, prefix, a.presentationToSecure, "verifiablePresentation", "presentation", "verifiablePresentation")
}

// presentationToSecure holds a presentation against the data model. A holder that
// the request names becomes the adapter's own.
func (a *Adapter) presentationToSecure(ctx context.Context, doc map[string]any, o options, issuer Issuer) (map[string]any, []detail) {
	if broken := checkPresentation(doc); len(broken) > 0 {
		return nil, brokenRules(broken)
	}
	if o.purpose != "" && !slices.Contains(presenting, o.purpose) {
		return nil, []detail{say(generationError, "presentations authenticate or assert", "$.options.proofPurpose")}
	}
	doc = maps.Clone(doc)
	if holder, present := doc["holder"]; present || issuer.Alg != "" {
		doc["holder"] = named(holder, issuer.DID)
	}
	return lossless(ctx, injected(doc, issuer))
}

// presenting are the purposes of the proof of a presentation.
var presenting = []string{dataintegrity.Authentication, dataintegrity.AssertionMethod}

// verifyOnePresentation answers whether a presentation and all in it hold. What
// comes as "presentation" is not secured, and is looked at for its credentials.
func (a *Adapter) verifyOnePresentation(c *gin.Context, _ string) {
	body, unread, err := readBody(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	if unread != nil {
		newReport(options{}, []detail{*unread}).answer(c)
		return
	}
	o, odd := readOptions(body)
	doc, missing := documentOf(body, "verifiablePresentation", "presentation")
	for _, broken := range []*detail{odd, missing} {
		if broken != nil {
			newReport(o, []detail{*broken}).answer(c)
			return
		}
	}
	_, isSecured := body["verifiablePresentation"]
	a.verifyPresentation(c.Request.Context(), doc, o, isSecured).answer(c)
}

// verifyPresentation verifies the envelope or the proofs of a presentation, then
// each credential.
func (a *Adapter) verifyPresentation(ctx context.Context, doc map[string]any, o options, isSecured bool) report {
	if slices.Contains(texts(doc["type"]), presentationEnvelope.name) {
		return a.verifyEnvelopedPresentation(ctx, doc, o)
	}
	if broken := checkPresentation(doc); len(broken) > 0 {
		return newReport(o, brokenRules(broken))
	}
	if !isSecured && doc["proof"] == nil {
		if o.challenge != "" || o.domain != nil {
			return newReport(o, []detail{say(challengeError, "nothing answers it: the presentation has no proof", "$.proof")})
		}
		if _, found := lossless(ctx, doc); len(found) > 0 {
			return newReport(o, found)
		}
		return a.verifyInside(ctx, doc, o, nil)
	}
	presenters, found := a.checkProofs(ctx, doc, o, purposesOf(o, presenting...))
	if len(found) > 0 {
		return newReport(o, found)
	}
	return a.verifyInside(ctx, doc, o, presenters)
}

func (a *Adapter) verifyEnvelopedPresentation(ctx context.Context, doc map[string]any, o options) report {
	opened, found := a.open(ctx, doc, presentationEnvelope, "holder")
	if len(found) > 0 {
		return newReport(o, found)
	}
	if broken := checkPresentation(opened.document); len(broken) > 0 {
		return newReport(o, brokenRules(broken))
	}
	if found = a.checkClaims(opened); len(found) > 0 {
		return newReport(o, found)
	}
	if o.challenge != "" && opened.claims["nonce"] != o.challenge {
		return newReport(o, []detail{say(challengeError, "nonce", "$.nonce")})
	}
	if o.domain != nil && !sameTexts(o.domain, texts(opened.claims["aud"])) {
		return newReport(o, []detail{say(domainError, "aud", "$.aud")})
	}
	if _, found = lossless(ctx, unsecured(opened.document)); len(found) > 0 {
		return newReport(o, found)
	}
	return a.verifyInside(ctx, opened.document, o, []string{opened.signer})
}

// verifyInside verifies each credential of a presentation whose own proofs hold.
// presenters are the controllers of the keys of those; none if it is not secured.
func (a *Adapter) verifyInside(ctx context.Context, doc map[string]any, o options, presenters []string) report {
	holder := identifier(doc["holder"])
	if holder != "" && presenters != nil && !slices.Contains(presenters, holder) {
		return newReport(o, []detail{say(cryptographicError, "no proof is by a key of the holder", "$.holder")})
	}
	inside := options{checks: o.checks}
	var found []detail
	var reports []report
	for i, item := range items(doc["verifiableCredential"]) {
		credential, _ := item.(map[string]any) // objects, by the data model
		r := a.verifyPresented(ctx, credential, inside, holder, presenters)
		for _, problem := range r.Errors {
			problem.Path = "$.verifiableCredential[" + strconv.Itoa(i) + "]" + trimRoot(problem.Path)
			found = append(found, problem)
		}
		reports = append(reports, r)
	}
	r := newReport(o, found)
	r.Document, r.Credentials = unsecured(doc), reports
	return r
}

// verifyPresented verifies one credential of a presentation. One that the
// presenter asserts about itself may be secured by the presentation alone, and
// asks for a holder that is its issuer (VC Data Model §4.13.4).
func (a *Adapter) verifyPresented(ctx context.Context, credential map[string]any, o options, holder string, presenters []string) report {
	issuer := identifier(credential["issuer"])
	if issuer != "" && slices.Contains(presenters, issuer) && holder != issuer {
		return newReport(o, []detail{say(malformedValue, "a self-asserted credential must be issued by the holder", "$.issuer")})
	}
	_, hasProof := credential["proof"]
	enveloped := slices.Contains(texts(credential["type"]), credentialEnvelope.name)
	if hasProof || enveloped || issuer == "" || issuer != holder || !slices.Contains(presenters, issuer) {
		return a.verifyCredential(ctx, credential, o)
	}
	if broken := checkCredential(credential, true); len(broken) > 0 {
		return newReport(o, brokenRules(broken))
	}
	return a.validate(ctx, credential, o, nil)
}

// trimRoot makes a path relative.
func trimRoot(path string) string {
	if path == "" {
		return ""
	}
	return path[1:]
}
