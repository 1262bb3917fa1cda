package vcapi

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
)

func encodeGzip(data []byte) string {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write(data); err != nil {
		panic(err)
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// token is a credential of carol's as a JWT: claims go over its members, and o over
// the header.
func token(t testing.TB, claims string, o vcjwt.Options) string {
	t.Helper()
	payload := over(t, plainCredential(t, carol.did, ""), claims)
	return signToken(t, carol, payload, o)
}

func signToken(t testing.TB, by person, payload map[string]any, o vcjwt.Options) string {
	t.Helper()
	raw, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	if o.Alg == "" {
		o.Alg = "ES256"
	}
	if o.Kid == "" {
		o.Kid = by.method
	}
	if o.Typ == "" {
		o.Typ = "vc+jwt"
	}
	signed, err := vcjwt.SignWith(raw, o, by.key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// opening asks about the envelope of a token, with members over it.
func opening(claims string, o vcjwt.Options, media, members string) attempt {
	return func(t *testing.T) answer {
		return askAbout(t, over(t, wrap("EnvelopedVerifiableCredential", media, token(t, claims, o)), members), "")
	}
}

func wrap(name, media, token string) map[string]any {
	return map[string]any{"@context": []any{contextV2}, "type": name, "id": "data:" + media + "," + token}
}

// claiming asks about a token with these claims.
func claiming(claims string) attempt {
	return opening(claims, vcjwt.Options{}, "application/vc+jwt", "")
}

// headed asks about a token of which the header was written anew, and the signature
// left as it is.
func headed(header string) attempt {
	return func(t *testing.T) answer {
		_, rest, _ := strings.Cut(token(t, "", vcjwt.Options{}), ".")
		forged := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + rest
		return askAbout(t, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", forged), "")
	}
}

// header looks at the header of what was issued.
func header(wanted string) want {
	return seen(func(t *testing.T, got answer) {
		if parts := tokenIn(t, got); string(parts[0]) != wanted {
			t.Errorf("%s", parts[0])
		}
	})
}

// tokenIn gives header and payload of an issued token.
func tokenIn(t *testing.T, got answer) [2][]byte {
	t.Helper()
	secured, _ := got.body["verifiableCredential"].(map[string]any)
	if secured == nil {
		secured, _ = got.body["verifiablePresentation"].(map[string]any)
	}
	_, text, _ := strings.Cut(secured["id"].(string), ",")
	var parts [2][]byte
	for i, part := range strings.Split(text, ".")[:2] {
		decoded, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[i] = decoded
	}
	return parts
}

// showingToken asks about a presentation of carol's as a JWT.
func showingToken(claims string, o vcjwt.Options, options string) attempt {
	return func(t *testing.T) answer {
		payload := object(t, `{"@context":["`+contextV2+`"],"type":["VerifiablePresentation"],"holder":"`+carol.did+`","nonce":"c-1","aud":"d.example"}`)
		inside := wrap("EnvelopedVerifiableCredential", "application/vc+jwt", token(t, "", vcjwt.Options{}))
		payload["verifiableCredential"] = []any{inside}
		if o.Typ == "" {
			o.Typ, o.Cty = "vp+jwt", "vp"
		}
		signed := signToken(t, carol, over(t, payload, claims), o)
		return showing(t, "verifiablePresentation", wrap("EnvelopedVerifiablePresentation", "application/vp+jwt", signed), options)
	}
}

// contractTokens are the statements of VC-JOSE-COSE, and those of the data model
// about envelopes.
func contractTokens() []line {
	es256 := shared.named("/vc-jwt/es256")
	good := claiming("")
	lines := []line{
		{jose, "3.1.1", "a credential is secured as a compact JWS", issueAt("/vc-jwt", "", ""), header(`{"alg":"ES256","kid":"` + es256.Method + `","typ":"vc+jwt","cty":"vc"}`)},
		{jose, "3.1.1", "the payload is the credential itself", issueAt("/vc-jwt", "", `"name":"Un"`), seen(func(t *testing.T, got answer) {
			payload := object(t, string(tokenIn(t, got)[1]))
			if payload["name"] != "Un" || payload["issuer"] != es256.DID || payload["vc"] != nil || payload["iss"] != nil {
				t.Errorf("%v", payload)
			}
		})},
		{jose, "3.1.1", "a signed credential verifies", good, holds("verifiedDocument.credentialSubject.name", "Amina")},
		{jose, "3.1.1", "what was verified is a well-formed document", good, holds("verifiedDocument.@context", "["+contextV2+"]")},
		{jose, "3.1.1", "a token without envelope is read too", func(t *testing.T) answer {
			return askAbout(t, token(t, "", vcjwt.Options{}), "")
		}, yes},
		{jose, "3.1.1", "a changed payload is refused", func(t *testing.T) answer {
			parts := strings.Split(token(t, "", vcjwt.Options{}), ".")
			payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
			parts[1] = base64.RawURLEncoding.EncodeToString(bytes.Replace(payload, []byte("Amina"), []byte("Berta"), 1))
			return askAbout(t, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", strings.Join(parts, ".")), "")
		}, no(cryptographicError)},
		{jose, "3.1.1", "a changed signature is refused", func(t *testing.T) answer {
			signed := token(t, "", vcjwt.Options{})
			at := strings.LastIndexByte(signed, '.') + 3
			other := byte('A')
			if signed[at] == 'A' {
				other = 'B'
			}
			return askAbout(t, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", signed[:at]+string(other)+signed[at+1:]), "")
		}, no(cryptographicError)},
		{jose, "3.1.1", "claims that nothing secures are refused: none", headed(`{"alg":"none","typ":"vc+jwt"}`), no(parsingError)},
		{jose, "3.1.1", "claims that nothing secures are refused: HMAC", headed(`{"alg":"HS256","kid":"` + carol.method + `","typ":"vc+jwt"}`), no(parsingError)},
		{jose, "3.1.1", "claims that nothing secures are refused: no signature", func(t *testing.T) answer {
			signed := token(t, "", vcjwt.Options{})
			return askAbout(t, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", signed[:strings.LastIndexByte(signed, '.')+1]), "")
		}, no(parsingError)},
		{jose, "3.1.1", "the JSON serialisation is refused", func(t *testing.T) answer {
			return askAbout(t, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", `{"payload":"e30","signatures":[]}`), "")
		}, no(parsingError)},
		{jose, "3.1.1", "the typ may be absent", opening("", vcjwt.Options{Typ: "vc+jwt"}, "application/vc+jwt", ""), yes},
		{jose, "3.1.1", "the typ may be that of any JWT", opening("", vcjwt.Options{Typ: "JWT"}, "application/jwt", ""), yes},
		{jose, "3.1.1", "a typ of another kind is refused", headed(`{"alg":"ES256","kid":"` + carol.method + `","typ":"at+jwt"}`), no(parsingError)},
		{jose, "3.1.1", "the typ of a presentation is refused", opening("", vcjwt.Options{Typ: "vp+jwt"}, "application/vc+jwt", ""), no(parsingError)},
		{jose, "3.1.1", "the cty vc is right", opening("", vcjwt.Options{Cty: "vc"}, "application/vc+jwt", ""), yes},
		{jose, "3.1.1", "another cty is refused", opening("", vcjwt.Options{Cty: "vp"}, "application/vc+jwt", ""), no(cryptographicError)},
		{jose, "3.1.1", "a critical header that is not known is refused", headed(`{"alg":"ES256","kid":"` + carol.method + `","typ":"vc+jwt","crit":["exp"]}`), no(parsingError)},

		{jose, "3.1.3", "a vc claim is refused", claiming(`"vc":{"type":["VerifiableCredential"]}`), no(malformedValue)},
		{jose, "3.1.3", "a vp claim is refused", claiming(`"vp":{"type":["VerifiablePresentation"]}`), no(malformedValue)},
		{jose, "3.1.3", "iss is the issuer", claiming(`"iss":"` + carol.did + `"`), yes},
		{jose, "3.1.3", "iss is the id of an issuer that is an object", claiming(`"iss":"` + carol.did + `","issuer":{"id":"` + carol.did + `","name":"Lieu"}`), yes},
		{jose, "3.1.3", "another iss is refused", claiming(`"iss":"` + alice.did + `"`), no(malformedValue)},
		{jose, "3.1.3", "another iss than the id of the issuer is refused", claiming(`"iss":"` + alice.did + `","issuer":{"id":"` + carol.did + `"}`), no(malformedValue)},
		{jose, "3.1.3", "jti is the id", claiming(`"jti":"urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5"`), yes},
		{jose, "3.1.3", "another jti is refused", claiming(`"jti":"urn:uuid:1"`), no(malformedValue)},
		{jose, "3.1.3", "sub is the id of the subject", claiming(`"sub":"did:example:subject"`), yes},
		{jose, "3.1.3", "another sub is refused", claiming(`"sub":"did:example:other"`), no(malformedValue)},
		{jose, "3.1.3", "exp ends the signature", claiming(`"exp":1600000000`), no(cryptographicError)},
		{jose, "3.1.3", "a later exp does not", claiming(`"exp":4100000000`), yes},
		{jose, "3.1.3", "nbf begins the signature", claiming(`"nbf":4100000000`), no(cryptographicError)},
		{jose, "3.1.3", "an earlier nbf does not stand in the way", claiming(`"nbf":1600000000,"iat":1600000000`), yes},
		{jose, "3.1.3", "exp is a number", claiming(`"exp":"2030-01-01T00:00:00Z"`), no(malformedValue)},
		{jose, "3.1.3", "registered claims are not part of the document", claiming(`"iss":"` + carol.did + `","iat":1600000000,"cnf":{"kid":"x"}`), seen(func(t *testing.T, got answer) {
			document := lookUp(t, got.body, "verifiedDocument").(map[string]any)
			if document["iss"] != nil || document["iat"] != nil || document["cnf"] != nil {
				t.Errorf("%v", document)
			}
		})},
		{jose, "3.1.3", "members that a vocabulary defines are left alone", issueAt("/vc-jwt", "", `"@context":["`+contextV2+`","`+vocab+`"],"badExtension":{"huh":"what?"}`), yes},
		{jose, "3.1.3", "members that none defines are not secured", issueAt("/vc-jwt", "", `"badExtension":{"huh":"what?"}`), no(lossError)},
		{jose, "3.1.3", "nor believed", claiming(`"badExtension":{"huh":"what?"}`), no(lossError)},
		{jose, "3.1.3", "nor in a presentation", showingToken(`"badExtension":{"huh":"what?"}`, vcjwt.Options{}, ""), no(lossError)},
		{jose, "3.1.3", "a type that none defines is not believed", claiming(`"type":["VerifiableCredential","Extra"]`), no(lossError)},
		{jose, "3.1.3", "a token is not valid outside the period of the credential", claiming(`"validUntil":"2019-01-01T00:00:00Z"`), no(validityPeriodError)},
		{jose, "3.1.3", "what is inside keeps the data model", claiming(`"credentialSubject":{}`), no(malformedValue)},
		{jose, "3.1.3", "what is inside is a credential", claiming(`"type":["VerifiablePresentation"]`), no(malformedValue)},

		{jose, "4.1.1", "kid is obligatory", headed(`{"alg":"ES256","typ":"vc+jwt"}`), no(methodURLError)},
		{jose, "4.1.1", "kid is an absolute URL", opening("", vcjwt.Options{Kid: "#key-1"}, "application/vc+jwt", ""), no(documentError)},
		{jose, "4.1.1", "kid names a verification method", opening("", vcjwt.Options{Kid: carol.did}, "application/vc+jwt", ""), no(methodURLError)},
		{jose, "4.1.1", "kid names one of the controller's", opening("", vcjwt.Options{Kid: carol.did + "#key-1"}, "application/vc+jwt", ""), no(methodError)},
		{jose, "4.1.1", "the key is the issuer's", claiming(`"issuer":"` + alice.did + `"`), no(cryptographicError)},
		{jose, "4.1.1", "a key of another algorithm is refused", headed(`{"alg":"EdDSA","kid":"` + carol.method + `","typ":"vc+jwt"}`), no(cryptographicError)},

		{jose, "4.1.1", "a key that is reserved for another algorithm is refused", reservedFor("ES384"), no(cryptographicError)},
		{jose, "4.1.1", "a key that is reserved for this one is used", reservedFor("ES256"), yes},

		{jose, "3.1.2", "a presentation is secured with its type", func(t *testing.T) answer {
			return shared.post(t, "/vc-jwt/presentations/issue", map[string]any{"presentation": presentation(t, "")})
		}, header(`{"alg":"ES256","kid":"` + es256.Method + `","typ":"vp+jwt","cty":"vp"}`)},
		{jose, "3.1.2", "a signed presentation verifies", showingToken("", vcjwt.Options{}, ""), yes},
		{jose, "3.1.2", "with nonce and aud as asked", showingToken("", vcjwt.Options{}, `"challenge":"c-1","domain":"d.example"`), yes},
		{jose, "3.1.2", "another nonce is refused", showingToken("", vcjwt.Options{}, `"challenge":"c-2"`), no(challengeError)},
		{jose, "3.1.2", "another aud is refused", showingToken("", vcjwt.Options{}, `"domain":"e.example"`), no(domainError)},
		{jose, "3.1.2", "a missing nonce is refused", showingToken(`"nonce":null`, vcjwt.Options{}, `"challenge":"c-1"`), no(challengeError)},
		{jose, "3.1.2", "the typ of a credential is refused", showingToken("", vcjwt.Options{Typ: "vc+jwt"}, ""), no(parsingError)},
		{jose, "3.1.2", "the key is the holder's", showingToken(`"holder":"`+alice.did+`"`, vcjwt.Options{}, ""), no(cryptographicError)},
		{jose, "3.1.2", "credentials in it are in envelopes", showingToken(`"verifiableCredential":["eyJhbGciOiJFUzI1NiJ9.e30.AA"]`, vcjwt.Options{}, ""), no(malformedValue)},
		{jose, "3.1.2", "credentials in it are secured", showingToken(`"verifiableCredential":[{"@context":["`+contextV2+`"],"type":["VerifiableCredential"],"issuer":"did:example:a","credentialSubject":{"id":"did:example:b"}}]`, vcjwt.Options{}, ""), no(verificationError)},
		{jose, "3.1.2", "an envelope of another type in it is refused", showingToken(`"verifiableCredential":[{"@context":"`+contextV2+`","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,AA.AA.AA"}]`, vcjwt.Options{}, ""), no(parsingError)},
		{jose, "3.1.2", "an envelope of SD-JWT is not read here", showingToken(`"verifiableCredential":[{"@context":"`+contextV2+`","type":"EnvelopedVerifiableCredential","id":"data:application/vc+sd-jwt,e30~"}]`, vcjwt.Options{}, ""), no(malformedValue)},

		{vcdm, "4.13.1", "an envelope has a context that defines its words", opening("", vcjwt.Options{}, "application/vc+jwt", `"@context":[]`), no(malformedValue)},
		{vcdm, "4.13.1", "another context is not enough", opening("", vcjwt.Options{}, "application/vc+jwt", `"@context":"`+vocab+`"`), no(malformedValue)},
		{vcdm, "4.13.1", "it may be bare", opening("", vcjwt.Options{}, "application/vc+jwt", `"@context":"`+contextV2+`"`), yes},
		{vcdm, "4.13.1", "its id is a data: URL", opening("", vcjwt.Options{}, "application/vc+jwt", `"id":"eyJhbGciOiJFUzI1NiJ9.e30.AA"`), no(malformedValue)},
		{vcdm, "4.13.1", "of a token", opening("", vcjwt.Options{}, "text/plain", ""), no(malformedValue)},
		{vcdm, "4.13.1", "and not missing", opening("", vcjwt.Options{}, "application/vc+jwt", `"id":null`), no(malformedValue)},
		{vcdm, "4.13.1", "its type is EnvelopedVerifiableCredential: missing", opening("", vcjwt.Options{}, "application/vc+jwt", `"type":null`), no(malformedValue)},
		{vcdm, "4.13.1", "its type is EnvelopedVerifiableCredential: another", opening("", vcjwt.Options{}, "application/vc+jwt", `"type":"VerifiableCredential"`), no(malformedValue)},
		{vcdm, "4.13.1", "it may be in a list", opening("", vcjwt.Options{}, "application/vc+jwt", `"type":["EnvelopedVerifiableCredential"]`), yes},
		{vcdm, "4.13.1", "nothing stands beside it", opening("", vcjwt.Options{}, "application/vc+jwt", `"name":"Un"`), no(malformedValue)},
		{vcdm, "4.13.1", "it stands in a presentation", present(func(t *testing.T) string {
			inside := wrap("EnvelopedVerifiableCredential", "application/vc+jwt", token(t, "", vcjwt.Options{}))
			inside["@context"] = contextV2
			return `"verifiableCredential":[` + inJSON(t, inside) + `]`
		}), yes},
		{vcdm, "4.13.1", "it has a type there too", presentWith("", nil, these(`"verifiableCredential":[{"@context":"`+contextV2+`","id":"data:application/vc+jwt,AA"}]`)), no(malformedValue)},
		{vcdm, "4.13.2", "the envelope of a presentation has its context", envelopedPresentation(`"@context":["` + vocab + `"]`), no(malformedValue)},
		{vcdm, "4.13.2", "the envelope of a presentation has a data: URL", envelopedPresentation(`"id":"AA.AA.AA"`), no(malformedValue)},
		{vcdm, "4.13.2", "the envelope of a presentation has its type", envelopedPresentation(`"type":["VerifiablePresentation"]`), no(verificationError)},
		{vcdm, "4.13.2", "the envelope of a presentation verifies", envelopedPresentation(""), yes},
		{vcdm, "4.13.2", "under the media type of any JWT the claims of before are read", oldPresentation("application/jwt"), yes},
		{vcdm, "4.13.2", "and under no other", oldPresentation("application/vp+jwt"), no(malformedValue)},
	}
	for _, alg := range []string{"ES256", "ES384", "EdDSA", "RS256"} {
		prefix := "/vc-jwt/" + strings.ToLower(alg)
		lines = append(lines,
			line{jose, "3.1.1", alg + ": what is issued verifies", round(prefix, ""), yes},
			line{jose, "3.1.1", alg + ": the algorithm may be chosen", issueAt("", `"alg":"`+alg+`"`, ""), holds("verifiableCredential.type", "EnvelopedVerifiableCredential")},
		)
	}
	return append(lines,
		line{jose, "3.1.1", "an algorithm that is not made here is told so", issueAt("", `"alg":"ES512"`, ""), no(generationError)},
		line{jose, "3.1.1", "a type of token may be asked for", issueAt("", `"type":"vc+jwt"`, ""), holds("verifiableCredential.type", "EnvelopedVerifiableCredential")},
	)
}

// envelopedPresentation asks about a presentation that the adapter issued as a
// token, with members over its envelope.
func envelopedPresentation(members string) attempt {
	return func(t *testing.T) answer {
		issued := shared.post(t, "/vc-jwt/presentations/issue", map[string]any{"presentation": presentation(t, "")})
		accepted(t, issued)
		return showing(t, "verifiablePresentation", over(t, maps.Clone(issued.body["verifiablePresentation"].(map[string]any)), members), "")
	}
}

// oldPresentation asks about a presentation whose token holds it in a claim, as it
// was done before VC-JOSE-COSE.
func oldPresentation(media string) attempt {
	return func(t *testing.T) answer {
		payload := map[string]any{"iss": carol.did, "nonce": "c-1", "vp": over(t, presentation(t, ""), `"holder":"`+carol.did+`"`)}
		signed := signToken(t, carol, payload, vcjwt.Options{Typ: "JWT"})
		return showing(t, "verifiablePresentation", wrap("EnvelopedVerifiablePresentation", media, signed), `"challenge":"c-1"`)
	}
}

// reservedFor asks about a token of a did:jwk whose key says which algorithm it is for.
func reservedFor(alg string) attempt {
	return func(t *testing.T) answer {
		raw, err := did.JWK(carol.key.Public())
		if err != nil {
			t.Fatal(err)
		}
		jwk := strings.Replace(string(raw), "{", `{"alg":"`+alg+`",`, 1)
		id := "did:jwk:" + base64.RawURLEncoding.EncodeToString([]byte(jwk))
		return opening(`"issuer":"`+id+`"`, vcjwt.Options{Kid: id + "#0"}, "application/vc+jwt", "")(t)
	}
}

// named finds an issuer by its prefix.
func (w *world) named(prefix string) Issuer {
	for _, issuer := range w.issuers {
		if issuer.Prefix == prefix {
			return issuer
		}
	}
	panic("no issuer at " + prefix)
}
