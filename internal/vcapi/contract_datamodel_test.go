package vcapi

import (
	"fmt"
	"testing"

	"ramure/internal/credential/dataintegrity"
)

const vocab = "https://www.w3.org/ns/credentials/examples/v2"

// contractDataModel are the statements about one credential (§4.3 to §4.12).
func contractDataModel() []line {
	v2 := `"` + contextV2 + `"`
	return []line{
		{vcdm, "4.3", "a credential has @context, and keeps it", issue(""), holds("verifiableCredential.@context", "["+contextV2+"]")},
		{vcdm, "4.3", "a credential without @context is not issued", issue(`"@context":null`), no(malformedValue)},
		{vcdm, "4.3", "nor verified", tampered(`"@context":null`), no(malformedValue)},
		{vcdm, "4.3", "the first context is that of version 2", issue(`"@context":["` + vocab + `",` + v2 + `]`), no(malformedValue)},
		{vcdm, "4.3", "it is not left out", issue(`"@context":["` + vocab + `"]`), no(malformedValue)},
		{vcdm, "4.3", "its address is exact", issue(`"@context":["https://www.w3.org/ns/credentials/v2/"]`), no(malformedValue)},
		{vcdm, "4.3", "the contexts are a list", issue(`"@context":` + v2), no(malformedValue)},
		{vcdm, "4.3", "the list is not empty", issue(`"@context":[]`), no(malformedValue)},
		{vcdm, "4.3", "the list is a set", issue(`"@context":[` + v2 + `,` + v2 + `]`), no(malformedValue)},
		{vcdm, "4.3", "the order is kept when verifying", tampered(`"@context":["` + vocab + `",` + v2 + `]`), no(malformedValue)},
		{vcdm, "4.3", "later contexts may be URLs", issue(`"@context":[` + v2 + `,"` + vocab + `"]`), yes},
		{vcdm, "4.3", "later contexts may be objects", round("", `"@context":[`+v2+`,{"Extra":"https://example.org/#Extra"}],"type":["VerifiableCredential","Extra"]`), yes},
		{vcdm, "4.3", "a context that is no URL is refused", issue(`"@context":[` + v2 + `,"https ://not-a-url/v1"]`), no(malformedValue)},
		{vcdm, "4.3", "a context that is a number is refused", issue(`"@context":[` + v2 + `,123192875]`), no(malformedValue)},
		{vcdm, "4.3", "a context that is null is refused", issue(`"@context":[` + v2 + `,null]`), no(malformedValue)},
		{vcdm, "4.3", "a context that nobody here knows is refused", issue(`"@context":[` + v2 + `,"https://example.com/unheard-of"]`), no(malformedValue)},
		{vcdm, "4.3", "a context that is not one is refused", issue(`"@context":[` + v2 + `,{"a":1}]`), no(malformedValue)},

		{vcdm, "4.4", "an id is a URL", issue(`"id":"https://example.edu/credentials/1"`), holds("verifiableCredential.id", "https://example.edu/credentials/1")},
		{vcdm, "4.4", "a credential needs no id", issue(`"id":null`), yes},
		{vcdm, "4.4", "an id may be a DID", issue(`"id":"did:example:credential"`), yes},
		{vcdm, "4.4", "an id that is no URL is refused", issue(`"id":"not-a-url"`), no(malformedValue)},
		{vcdm, "4.4", "an id with blanks is refused", issue(`"id":"https ://example.edu/1"`), no(malformedValue)},
		{vcdm, "4.4", "a web address without host is refused", issue(`"id":"https:///credentials"`), no(malformedValue)},
		{vcdm, "4.4", "an id is one", issue(`"id":["did:example:a","did:example:b"]`), no(malformedValue)},
		{vcdm, "4.4", "an id is not a list of one", issue(`"id":["did:example:a"]`), no(malformedValue)},
		{vcdm, "4.4", "an id is not a number", issue(`"id":12345`), no(malformedValue)},
		{vcdm, "4.4", "an id is not an object", issue(`"id":{"a":"did:example:a"}`), no(malformedValue)},
		{vcdm, "4.4", "an id is not null", func(t *testing.T) answer {
			return shared.post(t, "/credentials/issue", `{"credential":{"@context":[`+v2+`],"type":["VerifiableCredential"],"id":null,"issuer":"did:example:a","credentialSubject":{"id":"did:example:b"}}}`)
		}, no(malformedValue)},
		{vcdm, "4.4", "the id of a subject is one", issue(`"credentialSubject":{"id":["did:example:a","did:example:b"]}`), no(malformedValue)},
		{vcdm, "4.4", "the id of a subject is a URL", issue(`"credentialSubject":{"id":"amina"}`), no(malformedValue)},

		{vcdm, "4.5", "a credential has a type", issue(`"type":null`), no(malformedValue)},
		{vcdm, "4.5", "one of its types is VerifiableCredential", issue(`"@context":[` + v2 + `,"` + vocab + `"],"type":["Other"]`), no(malformedValue)},
		{vcdm, "4.5", "the type may be a text", issue(`"type":"VerifiableCredential"`), yes},
		{vcdm, "4.5", "a type may be a URL", issue(`"type":["VerifiableCredential","https://example.org/#Extra"]`), yes},
		{vcdm, "4.5", "a type may be a term that a context maps to a URL", issue(`"@context":[` + v2 + `,{"Extra":"https://example.org/#Extra"}],"type":["VerifiableCredential","Extra"]`), yes},
		{vcdm, "4.5", "a term that is mapped to no URL is refused", issue(`"@context":[` + v2 + `,{"Extra":"https ://not-a-url#Extra"}],"type":["VerifiableCredential","Extra"]`), no(malformedValue)},
		{vcdm, "4.5", "a term that nothing maps is refused", issue(`"type":["VerifiableCredential","Extra"]`), no(lossError)},
		{vcdm, "4.5", "nor if the vocabulary is taken away", issue(`"@context":[` + v2 + `,{"@vocab":null}],"type":["VerifiableCredential","Extra"]`), no(malformedValue)},
		{vcdm, "4.5", "the order of types is free: last", issue(`"type":["https://example.org/#A","https://example.org/#B","VerifiableCredential"]`), yes},
		{vcdm, "4.5", "the order of types is free: between", issue(`"type":["https://example.org/#A","VerifiableCredential","https://example.org/#B"]`), yes},
		{vcdm, "4.5", "types are texts", issue(`"type":["VerifiableCredential",2]`), no(malformedValue)},
		{vcdm, "4.5", "types are not none", issue(`"type":[]`), no(malformedValue)},
		{vcdm, "4.5", "a type that was added later is refused", tampered(`"type":["VerifiableCredential","Extra"]`), no(lossError)},

		{vcdm, "4.6", "a name is a text", issue(`"name":"Certificat"`), yes},
		{vcdm, "4.6", "a name is not obligatory", issue(``), yes},
		{vcdm, "4.6", "a name may have a language", round("", `"name":{"@value":"Certificat","@language":"fr"}`), yes},
		{vcdm, "4.6", "a name may be in several languages", round("", `"name":[{"@value":"Chien","@language":"fr"},{"@value":"Dog","@language":"en"}]`), yes},
		{vcdm, "4.6", "a name with other members is refused", issue(`"name":{"@value":"Certificat","@language":"fr","url":"did:example:a"}`), no(malformedValue)},
		{vcdm, "4.6", "a name is not a number", issue(`"name":1`), no(malformedValue)},
		{vcdm, "4.6", "a description is a text", issue(`"description":"Un certificat"`), yes},
		{vcdm, "4.6", "a description may have a language", issue(`"description":{"@value":"Un certificat","@language":"fr"}`), yes},
		{vcdm, "4.6", "a description may be in several languages", issue(`"description":[{"@value":"Un","@language":"fr"},{"@value":"One","@language":"en"}]`), yes},
		{vcdm, "4.6", "a description with other members is refused", issue(`"description":{"@value":"Un","@language":"fr","url":"did:example:a"}`), no(malformedValue)},
		{vcdm, "4.6", "an issuer may have name and description", issue(`"issuer":{"id":"did:example:a","name":"Lieu","description":{"@value":"Un lieu","@language":"fr"}}`), yes},
		{vcdm, "4.6", "an issuer's name may be in several languages", issue(`"issuer":{"id":"did:example:a","name":[{"@value":"Lieu","@language":"fr"},{"@value":"Place","@language":"en"}]}`), yes},
		{vcdm, "4.6", "an issuer's name with other members is refused", issue(`"issuer":{"id":"did:example:a","name":{"@value":"Lieu","@language":"fr","url":"did:example:a"}}`), no(malformedValue)},
		{vcdm, "4.6", "an issuer's description with other members is refused", issue(`"issuer":{"id":"did:example:a","description":{"@value":"Lieu","@language":"fr","url":"did:example:a"}}`), no(malformedValue)},

		{vcdm, "11.1", "a text may have a direction", round("", `"name":{"@value":"شهادة","@language":"ar","@direction":"rtl"}`), yes},
		{vcdm, "11.1", "a direction is ltr or rtl", issue(`"name":{"@value":"a","@language":"fr","@direction":"up"}`), no(malformedValue)},
		{vcdm, "11.1", "a language value has a value", issue(`"name":{"@language":"fr"}`), no(malformedValue)},
		{vcdm, "11.1", "its value is a text", issue(`"name":{"@value":1,"@language":"fr"}`), no(malformedValue)},
		{vcdm, "11.1", "its language is a language tag", issue(`"name":{"@value":"a","@language":"f r"}`), no(malformedValue)},
		{vcdm, "11.1", "a changed direction breaks the proof", verifyWith("", `"name":{"@value":"a","@language":"fr","@direction":"ltr"}`, `"name":{"@value":"a","@language":"fr","@direction":"rtl"}`), no(verificationError)},
		{vcdm, "11.1", "a changed language breaks the proof", verifyWith("", `"name":{"@value":"a","@language":"fr"}`, `"name":{"@value":"a","@language":"en"}`), no(verificationError)},

		{vcdm, "4.7", "a credential has an issuer", issue(`"issuer":null`), no(malformedValue)},
		{vcdm, "4.7", "what is issued has one", issue(""), seen(func(t *testing.T, got answer) {
			if issuer := lookUp(t, got.body, "verifiableCredential.issuer"); issuer != shared.issuers[0].DID {
				t.Errorf("%v", issuer)
			}
		})},
		{vcdm, "4.7", "the issuer may be an object with an id", issue(`"issuer":{"id":"did:example:a"}`), yes},
		{vcdm, "4.7", "an issuer that is no URL is refused", issue(`"issuer":"not-a-url"`), no(malformedValue)},
		{vcdm, "4.7", "an issuer that is null is refused", func(t *testing.T) answer {
			return shared.post(t, "/credentials/issue", `{"credential":{"@context":[`+v2+`],"type":["VerifiableCredential"],"issuer":null,"credentialSubject":{"id":"did:example:b"}}}`)
		}, no(malformedValue)},
		{vcdm, "4.7", "an issuer object without id is refused", issue(`"issuer":{"name":"Lieu"}`), no(malformedValue)},
		{vcdm, "4.7", "an issuer object whose id is no URL is refused", issue(`"issuer":{"id":"not-a-url"}`), no(malformedValue)},
		{vcdm, "4.7", "an issuer object whose id is null is refused", issue(`"issuer":{"id":null}`), no(malformedValue)},
		{vcdm, "4.7", "there is one issuer", issue(`"issuer":["did:example:a","did:example:b"]`), no(malformedValue)},
		{vcdm, "4.7", "a credential in another's name does not verify", func(t *testing.T) answer {
			doc := bob.prove(t, plainCredential(t, alice.did, ""), dataintegrity.Options{}, dataintegrity.Further{})
			return askAbout(t, doc, "")
		}, no(cryptographicError)},

		{vcdm, "4.8", "a credential has a subject", issue(`"credentialSubject":null`), no(malformedValue)},
		{vcdm, "4.8", "a subject has claims", issue(`"credentialSubject":{}`), no(malformedValue)},
		{vcdm, "4.8", "there may be several subjects", issue(`"credentialSubject":[{"id":"did:example:a"},{"id":"did:example:b"}]`), yes},
		{vcdm, "4.8", "each of several has claims", issue(`"credentialSubject":[{"id":"did:example:a"},{}]`), no(malformedValue)},
		{vcdm, "4.8", "several are not none", issue(`"credentialSubject":[]`), no(malformedValue)},
		{vcdm, "4.8", "a subject is an object", issue(`"credentialSubject":"did:example:a"`), no(malformedValue)},
		{vcdm, "4.8", "a subject needs no id", issue(`"credentialSubject":{"name":"Amina"}`), yes},

		{vcdm, "4.9", "validFrom has a zone: UTC", issue(`"validFrom":"2023-02-27T05:03:28Z"`), yes},
		{vcdm, "4.9", "validFrom has a zone: an offset", issue(`"validFrom":"2023-02-27T05:03:28-05:00"`), yes},
		{vcdm, "4.9", "validFrom may have fractions", issue(`"validFrom":"2023-02-27T05:03:28.123Z"`), yes},
		{vcdm, "4.9", "validFrom may lie in the future", issue(`"validFrom":"2199-02-27T05:03:28Z"`), yes},
		{vcdm, "4.9", "a validFrom of another form is refused", issue(`"validFrom":"Sat 25 Feb 2023 07:16:31 PM CST"`), no(malformedValue)},
		{vcdm, "4.9", "a day is no validFrom", issue(`"validFrom":"2023-02-27"`), no(malformedValue)},
		{vcdm, "4.9", "a day that does not exist is none", issue(`"validFrom":"2023-02-30T05:03:28Z"`), no(malformedValue)},
		{vcdm, "4.9", "validFrom is issued with its zone", issue(`"validFrom":"2023-02-27T05:03:28"`), no(malformedValue)},
		{vcdm, "4.9", "without zone it is read as UTC", verify(`"validFrom":"2023-02-27T05:03:28"`), yes},
		{vcdm, "4.9", "in UTC it may not have come yet", verify(fmt.Sprintf(`"validFrom":%q`, noon.Add(skew*2).Format("2006-01-02T15:04:05"))), no(validityPeriodError)},
		{vcdm, "4.9", "validUntil has a zone: UTC", issue(`"validUntil":"2033-02-27T05:03:28Z"`), yes},
		{vcdm, "4.9", "validUntil has a zone: an offset", issue(`"validUntil":"2033-02-27T05:03:28+05:30"`), yes},
		{vcdm, "4.9", "validUntil may have fractions", issue(`"validUntil":"2033-02-27T05:03:28.5Z"`), yes},
		{vcdm, "4.9", "validUntil may lie in the past", issue(`"validUntil":"2003-02-27T05:03:28Z"`), yes},
		{vcdm, "4.9", "a validUntil of another form is refused", issue(`"validUntil":"2033-02-27T05:03Z"`), no(malformedValue)},
		{vcdm, "4.9", "the end is not before the beginning", issue(`"validFrom":"2033-02-27T05:03:28Z","validUntil":"2023-02-27T05:03:28Z"`), no(malformedValue)},
		{vcdm, "4.9", "nor across zones", issue(`"validFrom":"2023-02-27T05:00:00Z","validUntil":"2023-02-27T05:30:00+01:00"`), no(malformedValue)},
		{vcdm, "4.9", "the end may be the beginning", issue(`"validFrom":"2033-02-27T05:03:28Z","validUntil":"2033-02-27T06:03:28+01:00"`), yes},
		{vcdm, "4.9", "an end before the beginning does not verify", verify(`"validFrom":"2033-02-27T05:03:28Z","validUntil":"2023-02-27T05:03:28Z"`), no(malformedValue)},

		{vcdm, "4.10", "a status has a type", issue(`"credentialStatus":{"id":"did:example:status"}`), no(malformedValue)},
		{vcdm, "4.10", "its type is a text", issue(`"credentialStatus":{"id":"did:example:status","type":2}`), no(malformedValue)},
		{vcdm, "4.10", "its type is mapped to a URL", issue(`"credentialStatus":{"id":"did:example:status","type":"Extra"}`), no(lossError)},
		{vcdm, "4.10", "a status of any mapped type is issued", issue(`"@context":[` + v2 + `,{"Extra":"https://example.org/#Extra"}],"credentialStatus":{"id":"did:example:status","type":"Extra"}`), yes},
		{vcdm, "4.10", "a status needs no id", issue(`"credentialStatus":{"type":"https://example.org/#Extra"}`), yes},
		{vcdm, "4.10", "the id of a status is a URL", issue(`"credentialStatus":{"id":"not-a-url","type":"https://example.org/#Extra"}`), no(malformedValue)},
		{vcdm, "4.10", "the id of a status is one", issue(`"credentialStatus":{"id":["did:example:a","did:example:b"],"type":"https://example.org/#Extra"}`), no(malformedValue)},
		{vcdm, "4.10", "there may be several", issue(`"credentialStatus":[{"id":"did:example:a","type":"https://example.org/#Extra"},{"id":"did:example:b","type":"https://example.org/#Extra"}]`), yes},
		{vcdm, "4.10", "each of several has a type", issue(`"credentialStatus":[{"type":"https://example.org/#Extra"},{"id":"did:example:b"}]`), no(malformedValue)},
		{vcdm, "4.10", "a status is an object", issue(`"credentialStatus":"https://example.org/status"`), no(malformedValue)},

		{vcdm, "4.11", "a schema has type and id", issue(`"credentialSchema":{"id":"https://example.org/schema.json","type":"JsonSchema"}`), yes},
		{vcdm, "4.11", "there may be several", issue(`"credentialSchema":[{"id":"did:example:1","type":"JsonSchema"},{"id":"did:example:2","type":"JsonSchema"}]`), yes},
		{vcdm, "4.11", "a schema without type is refused", issue(`"credentialSchema":{"id":"https://example.org/schema.json"}`), no(malformedValue)},
		{vcdm, "4.11", "a schema without id is refused", issue(`"credentialSchema":{"type":"JsonSchema"}`), no(malformedValue)},
		{vcdm, "4.11", "the id of a schema is a URL", issue(`"credentialSchema":{"id":"not-a-url","type":"JsonSchema"}`), no(malformedValue)},
		{vcdm, "4.11", "the id of a schema is not a number", issue(`"credentialSchema":{"id":1,"type":"JsonSchema"}`), no(malformedValue)},
		{vcdm, "4.11", "each of several has both", issue(`"credentialSchema":[{"id":"did:example:1","type":"JsonSchema"},{"id":"did:example:2"}]`), no(malformedValue)},

		{vcdm, "4.12", "what is issued is secured", issue(""), holds("verifiableCredential.proof.type", "DataIntegrityProof")},
		{vcdm, "4.12", "or is an envelope", issueAt("/vc-jwt", "", ""), holds("verifiableCredential.type", "EnvelopedVerifiableCredential")},
		{vcdm, "4.12", "what is issued verifies", round("", ""), yes},
		{vcdm, "4.12", "what is not secured does not", tampered(`"proof":null`), no(verificationError)},
		{vcdm, "4.12", "a proof has a type", tampered(`"proof":{"proofPurpose":"assertionMethod"}`), no(malformedValue)},
		{vcdm, "4.12", "a credential whose proof has no type is not issued", issue(`"proof":{"cryptosuite":"eddsa-rdfc-2022"}`), no(malformedValue)},
		{vcdm, "4.12", "a changed claim breaks the proof", tampered(`"credentialSubject":{"id":"did:example:subject","name":"Berthe"}`), no(verificationError)},
		{vcdm, "4.12", "a claim that is taken away breaks it", tampered(`"credentialSubject":{"id":"did:example:subject"}`), no(verificationError)},
		{vcdm, "4.12", "a date that is added breaks it", tampered(`"validUntil":"2099-01-01T00:00:00Z"`), no(verificationError)},

		{vcdm, "1.3", "a document of another kind is refused", func(t *testing.T) answer {
			return askAbout(t, map[string]any{"type": []any{"NonconformingDocument"}}, "")
		}, no(malformedValue)},
		{vcdm, "1.3", "all broken rules are told", issue(`"issuer":"a","validFrom":"b","credentialSubject":{}`), want{kind: malformedValue, see: func(t *testing.T, got answer) {
			if found := items(got.body["problemDetails"]); len(found) != 3 {
				t.Errorf("%v", found)
			}
		}}},
		{vcdm, "7.1", "a credential out of its period is not valid: not yet", verify(`"validFrom":"2099-01-01T00:00:00Z"`), no(validityPeriodError)},
		{vcdm, "7.1", "a credential out of its period is not valid: no more", verify(`"validUntil":"2019-01-01T00:00:00Z"`), no(validityPeriodError)},
		{vcdm, "7.1", "its proof holds all the same", verifyWith(`"checks":["proof"]`, `"validUntil":"2019-01-01T00:00:00Z"`, ""), yes},
		{vcdm, "7.1", "the verified document is given back", verify(""), holds("verifiedDocument.credentialSubject.name", "Amina")},
		{vcdm, "7.2", "a problem has type, title and detail, and its type is a URL", issue(`"id":"not-a-url"`), want{kind: malformedValue, see: func(t *testing.T, got answer) {
			for _, name := range []string{"type", "title", "detail"} {
				if text, _ := got.body[name].(string); text == "" {
					t.Errorf("no %s in %v", name, got.body)
				}
			}
		}}},
	}
}
