package vcapi

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
)

// envelope is one of the two kinds of documents that hold a token (VC Data Model
// §4.13).
type envelope struct {
	name  string   // its type
	typ   string   // of the tokens that we make
	cty   string   // and what they say is inside
	old   string   // the claim that held the document before VC-JOSE-COSE
	media []string // of the data: address
	types []string // of the token's header
}

var (
	credentialEnvelope = envelope{
		name: "EnvelopedVerifiableCredential", typ: "vc+jwt", cty: "vc", old: "vc",
		media: []string{"application/vc+jwt", "application/vc+ld+jwt", "application/vc-ld+jwt", plainToken},
		types: []string{"vc+jwt", "vc+ld+jwt", "JWT"},
	}
	presentationEnvelope = envelope{
		name: "EnvelopedVerifiablePresentation", typ: "vp+jwt", cty: "vp", old: "vp",
		media: []string{"application/vp+jwt", "application/vp+ld+jwt", "application/vp-ld+jwt", plainToken},
		types: []string{"vp+jwt", "vp+ld+jwt", "JWT"},
	}
)

// plainToken is the media type of any JWT. Only under it the claims of before may
// hold the document.
const plainToken = "application/jwt"

// registered are claims that are not part of the document (RFC 7519 §4.1,
// VC-JOSE-COSE §3.1.3).
var registered = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce"}

// bareToken puts a token that came without an envelope into one.
func bareToken(token string) map[string]any {
	return map[string]any{
		"@context": contextV2, "type": credentialEnvelope.name,
		"id": "data:application/" + credentialEnvelope.typ + "," + token,
	}
}

// verifyEnveloped opens an envelope and verifies the credential inside.
func (a *Adapter) verifyEnveloped(ctx context.Context, doc map[string]any, o options) report {
	opened, found := a.open(ctx, doc, credentialEnvelope, "issuer")
	if len(found) > 0 {
		return newReport(o, found)
	}
	if broken := checkCredential(opened.document, true); len(broken) > 0 {
		return newReport(o, brokenRules(broken))
	}
	if found = a.checkClaims(opened); len(found) > 0 {
		return newReport(o, found)
	}
	if _, found = lossless(ctx, unsecured(opened.document)); len(found) > 0 {
		return newReport(o, found)
	}
	return a.validate(ctx, opened.document, o, nil)
}

// opened is what an envelope held.
type opened struct {
	document map[string]any // without claims
	claims   map[string]any
	signer   string // whose key it was
}

// open checks the envelope, then the token's signature with a key of the party
// that the document names (VC-JOSE-COSE §3.1, §4).
func (a *Adapter) open(ctx context.Context, doc map[string]any, e envelope, party string) (opened, []detail) {
	media, token, broken := e.read(doc)
	if broken != nil {
		return opened{}, []detail{*broken}
	}
	parsed, err := vcjwt.ParseAs(token, e.types...)
	if err != nil {
		return opened{}, []detail{why(err, parsingError)}
	}
	header := parsed.Header()
	if header.Cty != "" && strings.TrimPrefix(header.Cty, "application/") != e.cty {
		return opened{}, []detail{say(cryptographicError, "something else is said to be inside", "$.id")}
	}
	signer, fragment, _ := strings.Cut(header.Kid, "#")
	if fragment == "" {
		return opened{}, []detail{say(methodURLError, "kid must be the absolute URL of a verification method", "$.id")}
	}
	key, err := a.keys.Resolve(ctx, signer, header.Kid)
	if err != nil {
		return opened{}, []detail{why(err, methodError)}
	}
	if !key.Allows(header.Alg) {
		return opened{}, []detail{say(cryptographicError, "the key is reserved for another algorithm", "$.id")}
	}
	payload, err := parsed.Verify(key.Public)
	if err != nil {
		return opened{}, []detail{why(err, cryptographicError)}
	}
	return e.unpack(payload, media, signer, party)
}

// read finds the token in an envelope and refuses whatever else stands there,
// which nothing secures.
func (e envelope) read(doc map[string]any) (media, token string, broken *detail) {
	if !slices.Contains(texts(doc["@context"]), contextV2) {
		return "", "", new(say(malformedValue, "context", "$.@context"))
	}
	if names := texts(doc["type"]); len(items(doc["type"])) != 1 || names[0] != e.name {
		return "", "", new(say(malformedValue, "typeName", "$.type"))
	}
	for name := range doc {
		if name != "@context" && name != "type" && name != "id" {
			return "", "", new(say(malformedValue, "an envelope has nothing beside its token", "$."+name))
		}
	}
	id, _ := doc["id"].(string)
	address, isData := strings.CutPrefix(id, "data:")
	media, token, hasComma := strings.Cut(address, ",")
	if !isData || !hasComma || !slices.Contains(e.media, media) {
		return "", "", new(say(malformedValue, "a data: URL of a token is expected", "$.id"))
	}
	return media, token, nil
}

// unpack separates the document in a verified payload from the claims around it.
func (e envelope) unpack(payload []byte, media, signer, party string) (opened, []detail) {
	claims, err := jsonld.DecodeObject(payload)
	if err != nil {
		return opened{}, []detail{why(err, parsingError)}
	}
	document := maps.Clone(claims)
	for _, name := range registered {
		delete(document, name)
	}
	old, isOld := claims[e.old].(map[string]any)
	for _, name := range []string{"vc", "vp"} {
		if _, present := claims[name]; present && !(isOld && name == e.old && media == plainToken) {
			return opened{}, []detail{say(malformedValue, "the claims vc and vp must not be present", "$."+name)}
		}
	}
	if isOld {
		document = old
	}
	named := identifier(document[party])
	if named == "" && isOld {
		named, _ = claims["iss"].(string)
	}
	if named != signer {
		return opened{}, []detail{say(cryptographicError, "the key is not of the "+party, "$."+party)}
	}
	if iss, present := claims["iss"]; present && iss != named {
		return opened{}, []detail{say(malformedValue, "iss is not the "+party, "$.iss")}
	}
	return opened{document: document, claims: claims, signer: signer}, nil
}

// checkClaims holds the registered claims against the clock and the document
// (RFC 7519 §4.1, VC-JOSE-COSE §3.1.3).
func (a *Adapter) checkClaims(o opened) []detail {
	now := a.Now().Unix()
	for _, name := range []string{"exp", "nbf", "iat"} {
		value, present := o.claims[name]
		if !present {
			continue
		}
		at, ok := seconds(value)
		switch {
		case !ok:
			return []detail{say(malformedValue, "a number of seconds is expected", "$."+name)}
		case name == "exp" && now >= at, name == "nbf" && now+int64(skew.Seconds()) < at:
			return []detail{say(cryptographicError, "the signature is outside its time", "$."+name)}
		}
	}
	for claim, value := range map[string]any{"jti": o.document["id"], "sub": identifier(o.document["credentialSubject"])} {
		if said, present := o.claims[claim]; present && value != nil && value != "" && said != value {
			return []detail{say(malformedValue, "another value than in the document", "$."+claim)}
		}
	}
	return nil
}

// seconds reads a NumericDate (RFC 7519 §2), which may have a fraction.
func seconds(value any) (int64, bool) {
	n, isNumber := value.(json.Number)
	if !isNumber {
		return 0, false
	}
	f, err := n.Float64()
	return int64(f), err == nil && f >= 0 && f < 1<<53
}
