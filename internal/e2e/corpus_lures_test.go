package e2e

import (
	"fmt"
	"net/url"
	"strings"

	"ramure/internal/qr"
)

// lures are the ways in which somebody else's badge names an address.
var lures = map[string]func(a attacker, address string) []byte{
	"typed":               func(_ attacker, address string) []byte { return []byte(address) },
	"a list of addresses": func(_ attacker, address string) []byte { return []byte(address + "\n" + address) },
	"a did:web":           func(a attacker, address string) []byte { return a.inTheNameOf(webOf(address)) },
	"an issuer's id":      func(a attacker, address string) []byte { return a.inTheNameOf(address) },
	"a kid":               func(a attacker, address string) []byte { return a.named(address) },
	"a bitstring list":    func(a attacker, address string) []byte { return a.baited("credentialStatus", bitEntry(address)) },
	"a list of 1EdTech": func(a attacker, address string) []byte {
		return a.baited("credentialStatus", map[string]any{"id": address, "type": "1EdTechRevocationList"})
	},
	"a refresh service": func(a attacker, address string) []byte {
		return a.baited("refreshService", map[string]any{"id": address, "type": "1EdTechCredentialRefresh"})
	},
	"an endorser":           func(a attacker, address string) []byte { return a.endorsedBy(webOf(address)) },
	"an assertion's id":     func(_ attacker, address string) []byte { return assertion(address, address) },
	"an assertion's class":  func(_ attacker, address string) []byte { return assertion("https://lieu.example/ob2/1", address) },
	"an address in a PNG":   func(_ attacker, address string) []byte { return bakedAddress(address) },
	"an address in an SVG":  func(_ attacker, address string) []byte { return drawnAddress(address) },
	"an assertion in a PNG": func(_ attacker, address string) []byte { return bakedAddress(string(assertion(address, address))) },
	"a list of strings":     func(_ attacker, address string) []byte { return []byte(fmt.Sprintf(`[%q]`, address)) },
	"a presentation's credential": func(_ attacker, address string) []byte {
		return []byte(fmt.Sprintf(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[%q]}`, address))
	},
	"a QR code": func(a attacker, address string) []byte { return a.code(address) },
}

// webOf is the did:web that leads to the host of an address.
func webOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return "did:web:" + url.QueryEscape(host)
}

// inTheNameOf is a badge signed by the attacker under somebody else's id.
func (a attacker) inTheNameOf(issuer string) []byte {
	own, _ := a.didKey("EdDSA")
	doc := parsed(a.t, a.prove(badgeOf(own), "EdDSA", ""))
	doc["issuer"].(map[string]any)["id"] = issuer
	doc["proof"].(map[string]any)["verificationMethod"] = issuer + "#key"
	return written(a.t, doc)
}

// named is a token whose key is behind an address.
func (a attacker) named(kid string) []byte {
	s := smith{attacker: a, kid: kid, payload: withClaims(badgeOf(kid))}
	return []byte(s.under(string(written(a.t, map[string]any{"alg": "EdDSA", "typ": "JWT", "kid": kid}))))
}

func bitEntry(address string) map[string]any {
	return map[string]any{"id": "urn:example:entry", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": "7", "statusListCredential": address}
}

// baited is a badge of the attacker's own that asks to be followed. An address that
// no credential can have stays unsigned, which the verifier says before it asks.
func (a attacker) baited(member string, value any) []byte {
	issuer, _ := a.didKey("EdDSA")
	doc := badgeOf(issuer)
	doc["@context"] = append(doc["@context"].([]any), "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
	doc[member] = value
	if signed, err := a.tryProve(doc); err == nil {
		return signed
	}
	doc["proof"] = proofOf(a.t, a)
	return written(a.t, doc)
}

func (a attacker) endorsedBy(issuer string) []byte {
	own, _ := a.didKey("EdDSA")
	doc := badgeOf(own)
	achievement := doc["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
	achievement["endorsement"] = []any{map[string]any{
		"@context": badgeOf(own)["@context"], "id": "urn:example:endorsement", "type": []any{"VerifiableCredential", "EndorsementCredential"}, "name": "Avis",
		"issuer": map[string]any{"id": issuer, "type": []any{"Profile"}, "name": "x"}, "validFrom": "2026-01-05T09:00:00Z",
		"credentialSubject": map[string]any{"id": achievement["id"], "type": []any{"EndorsementSubject"}},
		"proof":             merged(proofOf(a.t, a), "verificationMethod", issuer+"#key"),
	}}
	if signed, err := a.tryProve(doc); err == nil {
		return signed
	}
	return written(a.t, doc)
}

func merged(object map[string]any, member string, value any) map[string]any {
	object[member] = value
	return object
}

// assertion is one of Open Badges 2.0 that says that it is hosted.
func assertion(id, class string) []byte {
	text, _ := jsonText(map[string]any{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": id, "badge": class, "issuedOn": "2026-01-05T09:00:00Z",
		"recipient": map[string]any{"type": "email", "hashed": false, "identity": "a@usages.example"}, "verification": map[string]any{"type": "hosted"}})
	return text
}

func bakedAddress(text string) []byte {
	plain := baker{plain: encoded(chessboard(8))}
	return plain.baked(chunk("iTXt", []byte("openbadges\x00\x00\x00\x00\x00"+text)))
}

func drawnAddress(address string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="` +
		strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(address) + `"/></svg>`)
}

// code is a picture of an address; none for one that is too long.
func (a attacker) code(address string) []byte {
	code, err := qr.New(address)
	if err != nil {
		return []byte(address)
	}
	picture, err := code.PNG(400)
	if err != nil {
		return []byte(address)
	}
	return picture
}
