package vcapi

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gin-gonic/gin"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/httpx"
	"ramure/internal/jsonld"
)

// issueCredential secures a credential with the issuer of the path.
func (a *Adapter) issueCredential(c *gin.Context, prefix string) {
	a.secure(c, prefix, a.credentialToSecure, "verifiableCredential", "credential")
}

// secure is what both kinds of issue have in common: read, prepare, sign, answer.
func (a *Adapter) secure(c *gin.Context, prefix string, prepare preparer, result string, names ...string) {
	body, unread, err := readBody(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	if unread != nil {
		refuse(c, *unread)
		return
	}
	doc, broken := documentOf(body, names...)
	o, odd := readOptions(body)
	if broken = cmp.Or(broken, odd); broken != nil {
		refuse(c, *broken)
		return
	}
	issuer, none := a.issuerAt(prefix, o)
	if none != nil {
		refuse(c, *none)
		return
	}
	doc, found := prepare(c.Request.Context(), doc, o, issuer)
	if len(found) == 0 {
		var secured map[string]any
		if secured, found = a.sign(c.Request.Context(), doc, o, issuer); len(found) == 0 {
			httpx.Created(c, "", map[string]any{result: secured})
			return
		}
	}
	refuse(c, found...)
}

// preparer lints a document and gives what is to be signed.
type preparer func(ctx context.Context, doc map[string]any, o options, issuer Issuer) (map[string]any, []detail)

// credentialToSecure holds a credential against the data model and completes it.
// The issuer is always the adapter's: whatever other one the request names is
// replaced, so that nothing is signed in another's name.
func (a *Adapter) credentialToSecure(ctx context.Context, doc map[string]any, o options, issuer Issuer) (map[string]any, []detail) {
	if broken := checkCredential(doc, false); len(broken) > 0 {
		return nil, brokenRules(broken)
	}
	if o.purpose != "" && o.purpose != dataintegrity.AssertionMethod {
		return nil, []detail{say(generationError, "credentials are asserted", "$.options.proofPurpose")}
	}
	if found := a.checkResources(ctx, doc); len(found) > 0 {
		return nil, found
	}
	doc = maps.Clone(doc)
	doc["issuer"] = named(doc["issuer"], issuer.DID)
	if broken := a.addStatus(doc, o, issuer); broken != nil {
		return nil, []detail{*broken}
	}
	return lossless(ctx, injected(doc, issuer))
}

// named gives a party another id, and leaves what else is said of it.
func named(party any, id string) any {
	object, isObject := party.(map[string]any)
	if !isObject {
		return id
	}
	object = maps.Clone(object)
	object["id"] = id
	return object
}

// injected adds the context of proofs where that of the data model has none of
// their words (VC Data Integrity §2.4.1, for version 1.1).
func injected(doc map[string]any, issuer Issuer) map[string]any {
	if issuer.Suite != "" {
		addContext(doc, contextIntegrity)
	}
	return doc
}

// addContext adds words that version 2.0 has and version 1.1 has not.
func addContext(doc map[string]any, url string) {
	list, _ := doc["@context"].([]any)
	if firstContext(doc) == contextV1 && !slices.Contains(list, any(url)) {
		doc["@context"] = append(slices.Clone(list), url)
	}
}

// lossless makes sure that JSON-LD leaves nothing out (VC Data Integrity §2.5).
func lossless(ctx context.Context, doc map[string]any) (map[string]any, []detail) {
	if _, err := jsonld.Quads(ctx, expandable(doc), permitted()...); err != nil {
		return nil, []detail{why(err, malformedValue)}
	}
	return doc, nil
}

// sign makes a proof or an envelope.
func (a *Adapter) sign(ctx context.Context, doc map[string]any, o options, issuer Issuer) (map[string]any, []detail) {
	if issuer.Suite == "" {
		return envelop(doc, issuer, o)
	}
	created := o.created
	if created.IsZero() {
		created = a.Now()
	}
	purpose := o.purpose
	if purpose == "" && isPresentation(doc) {
		purpose = dataintegrity.Authentication
	}
	said := dataintegrity.Options{VerificationMethod: issuer.Method, Created: created, Purpose: purpose, Challenge: o.challenge}
	further := dataintegrity.Further{ID: o.proofID, Previous: o.previous, Expires: o.expires, Domains: o.domain}
	proof, err := dataintegrity.Add(ctx, expandable(doc), said, further, issuer.key, permitted()...)
	if err != nil {
		return nil, []detail{why(err, generationError)}
	}
	doc = maps.Clone(doc)
	if earlier := items(doc["proof"]); len(earlier) > 0 {
		doc["proof"] = append(slices.Clone(earlier), proof.Map())
	} else {
		doc["proof"] = proof.Map()
	}
	return doc, nil
}

func isPresentation(doc map[string]any) bool {
	return slices.Contains(texts(doc["type"]), "VerifiablePresentation")
}

// envelop makes a token of a document and puts it into a data: address
// (VC-JOSE-COSE §3.1, VC Data Model §4.13).
func envelop(doc map[string]any, issuer Issuer, o options) (map[string]any, []detail) {
	e := credentialEnvelope
	claims := maps.Clone(doc)
	if isPresentation(doc) {
		e = presentationEnvelope
		if o.challenge != "" {
			claims["nonce"] = o.challenge
		}
		if len(o.domain) > 0 {
			claims["aud"] = o.domain
		}
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return nil, []detail{why(err, generationError)}
	}
	header := vcjwt.Options{Alg: issuer.Alg, Kid: issuer.Method, Typ: e.typ, Cty: e.cty}
	token, err := vcjwt.SignWith(payload, header, issuer.key)
	if err != nil {
		return nil, []detail{why(err, generationError)}
	}
	id := "data:application/" + e.typ + "," + token
	return map[string]any{"@context": []any{contextV2}, "id": id, "type": e.name}, nil
}
