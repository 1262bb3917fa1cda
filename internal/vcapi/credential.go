package vcapi

import (
	"context"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// skew is the difference between two honest clocks that is forgiven.
const skew = 5 * time.Minute

// verifyOneCredential answers whether a credential holds.
func (a *Adapter) verifyOneCredential(c *gin.Context, _ string) {
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
	if odd != nil {
		newReport(o, []detail{*odd}).answer(c)
		return
	}
	if token, isText := body["verifiableCredential"].(string); isText {
		body["verifiableCredential"] = bareToken(token)
	}
	doc, missing := documentOf(body, "verifiableCredential")
	if missing != nil {
		newReport(o, []detail{*missing}).answer(c)
		return
	}
	a.verifyCredential(c.Request.Context(), doc, o).answer(c)
}

// verifyCredential verifies a credential with embedded proofs or in an envelope.
func (a *Adapter) verifyCredential(ctx context.Context, doc map[string]any, o options) report {
	if slices.Contains(texts(doc["type"]), credentialEnvelope.name) {
		return a.verifyEnveloped(ctx, doc, o)
	}
	if broken := checkCredential(doc, true); len(broken) > 0 {
		return newReport(o, brokenRules(broken))
	}
	controllers, found := a.checkProofs(ctx, doc, o, purposesOf(o))
	if issuer := identifier(doc["issuer"]); len(found) == 0 && !slices.Contains(controllers, issuer) {
		found = append(found, say(cryptographicError, "no proof is by a key of the issuer", "$.issuer"))
	}
	return a.validate(ctx, unsecured(doc), o, found)
}

// validate goes on after the proof: dates, status, digests. What is not known to be
// the issuer's word is not followed anywhere.
func (a *Adapter) validate(ctx context.Context, doc map[string]any, o options, found []detail) report {
	if len(found) > 0 {
		return newReport(o, found)
	}
	if o.asks("validity") {
		found = append(found, a.checkPeriod(doc)...)
	}
	var statuses []statusResult
	if o.asks("credentialStatus", "status") {
		var broken []detail
		statuses, broken = a.checkStatuses(ctx, doc)
		found = append(found, broken...)
	}
	found = append(found, a.checkResources(ctx, doc)...)
	r := newReport(o, found)
	r.Document, r.Statuses = doc, statuses
	return r
}

// checkPeriod holds the period of validity against the clock.
func (a *Adapter) checkPeriod(doc map[string]any) []detail {
	from, until := "validFrom", "validUntil"
	if firstContext(doc) == contextV1 {
		from, until = "issuanceDate", "expirationDate"
	}
	first, _ := doc[from].(string)
	last, _ := doc[until].(string)
	if begins, _, given := readMoment(first); given && a.Now().Add(skew).Before(begins) {
		return []detail{say(validityPeriodError, "not yet valid", "$."+from)}
	}
	if ends, _, given := readMoment(last); given && a.Now().After(ends) {
		return []detail{say(validityPeriodError, "expired", "$."+until)}
	}
	return nil
}
