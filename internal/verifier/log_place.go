package verifier

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// lastSegment reads, without trusting it, the last segment of a credential's id,
// where it is of the form of ours; "" for an id of another form.
func lastSegment(document []byte) string {
	u, err := url.Parse(idOf(document))
	if err != nil {
		return ""
	}
	last, found := strings.CutPrefix(u.Path, "/credentials/")
	if !found || strings.Contains(last, "/") {
		return ""
	}
	return url.PathEscape(last)
}

// idOf reads the id of a credential, as JSON, as a JWT or in an envelope.
func idOf(document []byte) string {
	text := plain(document)
	if isToken(text) {
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(string(text), ".")[1])
		if err != nil {
			return ""
		}
		text = payload
	}
	doc, err := jsonld.DecodeObject(text)
	if err != nil {
		return ""
	}
	id, _ := doc["id"].(string)
	if _, inner, enveloped := strings.Cut(id, ","); enveloped && strings.HasPrefix(id, "data:") && isToken([]byte(inner)) {
		return idOf([]byte(inner))
	}
	return id
}

// issuerOrigin is the origin that a did:web issuer is under, "" for others.
func issuerOrigin(issuer string) string {
	address, err := did.LoopbackURL(issuer)
	if err != nil {
		address, err = did.WebURL(issuer)
	}
	u, parseErr := url.Parse(address)
	if err != nil || parseErr != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Fragment is the part of a hash, given in hexadecimal, that a printed address
// carries; the same as award.Fragment.
func Fragment(docHash string) string {
	raw, err := hex.DecodeString(docHash)
	if err != nil || len(raw) < 12 {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw[:12])
}
