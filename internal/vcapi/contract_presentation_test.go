package vcapi

import (
	"encoding/json"
	"strings"
	"testing"

	"ramure/internal/credential/dataintegrity"
)

// presentation is a small presentation by alice, with members over it.
func presentation(t testing.TB, members string) map[string]any {
	t.Helper()
	doc := object(t, `{"@context":["`+contextV2+`"],"type":["VerifiablePresentation"],"holder":"`+alice.did+`"}`)
	return over(t, doc, members)
}

// byBob is a credential that bob signed, as JSON.
func byBob(t testing.TB, members string) string {
	t.Helper()
	return inJSON(t, bob.prove(t, plainCredential(t, bob.did, members), dataintegrity.Options{}, dataintegrity.Further{}))
}

func inJSON(t testing.TB, doc any) string {
	t.Helper()
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// authenticate is what the proof of a presentation usually is for.
var authenticate = dataintegrity.Options{Purpose: dataintegrity.Authentication, Challenge: "c-1"}

// present asks about a presentation that alice signed with these members.
func present(members func(t *testing.T) string) attempt { return presentWith("", members, nil) }

// presentWith does so with options, and members put over it afterwards.
func presentWith(options string, members, afterwards func(t *testing.T) string) attempt {
	return func(t *testing.T) answer {
		doc := alice.prove(t, presentation(t, given(t, members)), authenticate, dataintegrity.Further{Domains: []string{"d.example"}})
		return showing(t, "verifiablePresentation", over(t, doc, given(t, afterwards)), options)
	}
}

func given(t *testing.T, members func(t *testing.T) string) string {
	t.Helper()
	if members == nil {
		return ""
	}
	return members(t)
}

func showing(t *testing.T, name string, doc any, options string) answer {
	t.Helper()
	body := map[string]any{name: doc}
	if options != "" {
		body["options"] = object(t, "{"+options+"}")
	}
	return shared.post(t, "/presentations/verify", body)
}

// these are fixed members.
func these(members string) func(*testing.T) string { return func(*testing.T) string { return members } }

// with puts one credential of bob's inside.
func with(members string) func(*testing.T) string {
	return func(t *testing.T) string { return `"verifiableCredential":[` + byBob(t, members) + `]` }
}

// asserted puts a credential of alice's inside, with or without a proof of its own.
func asserted(proven bool, issuer, members string) func(*testing.T) string {
	return func(t *testing.T) string {
		doc := plainCredential(t, issuer, "")
		if proven {
			doc = alice.prove(t, doc, dataintegrity.Options{}, dataintegrity.Further{})
		}
		return `"verifiableCredential":[` + inJSON(t, doc) + `]` + members
	}
}

// unproven asks about a presentation that has no proof.
func unproven(name, options string, members func(*testing.T) string) attempt {
	return func(t *testing.T) answer { return showing(t, name, presentation(t, given(t, members)), options) }
}

// contractPresentations are the statements about presentations (§4.3 to §4.5, §4.13).
func contractPresentations() []line {
	v2 := `"` + contextV2 + `"`
	return []line{
		{vcdm, "4.3", "a presentation has @context", presentWith("", nil, these(`"@context":null`)), no(malformedValue)},
		{vcdm, "4.3", "the first context of a presentation is that of version 2", presentWith("", nil, these(`"@context":["`+vocab+`",`+v2+`]`)), no(malformedValue)},
		{vcdm, "4.3", "a presentation does not leave it out", presentWith("", nil, these(`"@context":["`+vocab+`"]`)), no(malformedValue)},
		{vcdm, "4.3", "later contexts of a presentation may be URLs", present(these(`"@context":[` + v2 + `,"` + vocab + `"]`)), yes},
		{vcdm, "4.3", "later contexts of a presentation may be objects", present(these(`"@context":[` + v2 + `,{"Extra":"https://example.org/#Extra"}],"type":["VerifiablePresentation","Extra"]`)), yes},
		{vcdm, "4.3", "a context of a presentation is known", presentWith("", nil, these(`"@context":[`+v2+`,"https://example.com"]`)), no(malformedValue)},
		{vcdm, "4.3", "a context of a presentation is a URL", presentWith("", nil, these(`"@context":[`+v2+`,"https ://not-a-url"]`)), no(malformedValue)},
		{vcdm, "4.3", "a context of a presentation is not a number", presentWith("", nil, these(`"@context":[`+v2+`,123192875]`)), no(malformedValue)},
		{vcdm, "4.4", "a presentation may have an id", present(these(`"id":"urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5"`)), yes},
		{vcdm, "4.4", "the id of a presentation is a URL", presentWith("", nil, these(`"id":"not-a-url"`)), no(malformedValue)},
		{vcdm, "4.5", "a presentation has a type", presentWith("", nil, these(`"type":null`)), no(malformedValue)},
		{vcdm, "4.5", "one of its types is VerifiablePresentation", presentWith("", nil, these(`"type":["VerifiableCredential"]`)), no(malformedValue)},
		{vcdm, "4.5", "a type of a presentation that nothing maps is refused", presentWith("", nil, these(`"type":["VerifiablePresentation","Extra"]`)), no(lossError)},

		{vcdm, "4.13", "a presentation with a proof verifies", present(nil), yes},
		{vcdm, "4.13", "it may hold no credential: an empty list", present(these(`"verifiableCredential":[]`)), yes},
		{vcdm, "4.13", "it may hold one", present(with("")), seen(func(t *testing.T, got answer) {
			if results := items(got.body["credentialResults"]); len(results) != 1 || results[0].(map[string]any)["verified"] != true {
				t.Errorf("%v", results)
			}
		})},
		{vcdm, "4.13", "it may hold several", present(func(t *testing.T) string {
			return `"verifiableCredential":[` + byBob(t, "") + `,` + byBob(t, `"id":"urn:uuid:2","name":"Autre"`) + `]`
		}), yes},
		{vcdm, "4.13", "a single one needs no list", present(func(t *testing.T) string { return `"verifiableCredential":` + byBob(t, "") }), yes},
		{vcdm, "4.13", "a credential in it is not a text", presentWith("", nil, these(`"verifiableCredential":["did:example:vc"]`)), no(malformedValue)},
		{vcdm, "4.13", "nor a number", presentWith("", nil, these(`"verifiableCredential":[1]`)), no(malformedValue)},
		{vcdm, "4.13", "nor a bare token", presentWith("", nil, these(`"verifiableCredential":["eyJhbGciOiJFUzI1NiJ9.e30.AA"]`)), no(malformedValue)},
		{vcdm, "4.13", "a credential in it has a type", presentWith("", nil, these(`"verifiableCredential":[{"@context":[`+v2+`],"issuer":"did:example:a","credentialSubject":{"id":"did:example:b"}}]`)), no(malformedValue)},
		{vcdm, "4.13", "a credential in it has its context", presentWith("", nil, these(`"verifiableCredential":[{"type":["VerifiableCredential"],"issuer":"did:example:a","credentialSubject":{"id":"did:example:b"}}]`)), no(malformedValue)},
		{vcdm, "4.13", "a credential in it is secured", present(func(t *testing.T) string {
			return `"verifiableCredential":[` + inJSON(t, plainCredential(t, bob.did, "")) + `]`
		}), no(verificationError)},
		{vcdm, "4.13", "a credential in it that does not verify spoils it", present(func(t *testing.T) string {
			return `"verifiableCredential":[` + strings.Replace(byBob(t, ""), "Amina", "Berthe", 1) + `]`
		}), no(verificationError)},
		{vcdm, "4.13", "a credential that is exchanged later spoils it", presentWith("", with(""), with(`"name":"Autre"`)), no(verificationError)},
		{vcdm, "4.13", "a credential that is added later spoils it", presentWith("", nil, with("")), no(verificationError)},
		{vcdm, "4.13", "a credential that is taken away spoils it", presentWith("", with(""), these(`"verifiableCredential":[]`)), no(verificationError)},
		{vcdm, "4.13", "an expired credential spoils it", present(with(`"validUntil":"2019-01-01T00:00:00Z"`)), no(validityPeriodError)},
		{vcdm, "4.13", "a holder may be an object", present(these(`"holder":{"id":"` + alice.did + `"}`)), yes},
		{vcdm, "4.13", "a holder that is an object has an id", presentWith("", nil, these(`"holder":{"name":"Alice"}`)), no(malformedValue)},
		{vcdm, "4.13", "a holder is a URL", presentWith("", nil, these(`"holder":"alice"`)), no(malformedValue)},
		{vcdm, "4.13", "a holder is not obligatory", present(these(`"holder":null`)), yes},
		{vcdm, "4.13", "the holder signs", present(these(`"holder":"` + bob.did + `"`)), no(cryptographicError)},
		{vcdm, "4.13", "a spoiled proof is refused", func(t *testing.T) answer {
			doc := alice.prove(t, presentation(t, ""), authenticate, dataintegrity.Further{})
			doc["proof"].(map[string]any)["proofValue"] = "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"
			return showing(t, "verifiablePresentation", doc, "")
		}, no(verificationError)},
		{vcdm, "4.13", "what is called secured has a proof", unproven("verifiablePresentation", "", with("")), no(verificationError)},
		{vcdm, "4.13", "an unsecured presentation is looked at for its credentials", unproven("presentation", "", with("")), yes},
		{vcdm, "4.13", "an unsecured presentation keeps the data model", unproven("presentation", "", these(`"holder":"alice"`)), no(malformedValue)},
		{vcdm, "4.13", "an unsecured presentation loses nothing either", unproven("presentation", "", these(`"unheardOf":1`)), no(lossError)},
		{vcdm, "4.13", "an unsecured presentation answers no challenge", unproven("presentation", `"challenge":"c-1"`, with("")), no(challengeError)},
		{vcdm, "4.13", "the proof of an unsecured presentation is not passed over", func(t *testing.T) answer {
			doc := alice.prove(t, presentation(t, ""), authenticate, dataintegrity.Further{})
			return showing(t, "presentation", over(t, doc, `"id":"urn:uuid:1"`), "")
		}, no(verificationError)},

		{vcdm, "4.13.4", "a self-asserted credential asks for a holder", present(asserted(true, alice.did, `,"holder":null`)), no(malformedValue)},
		{vcdm, "4.13.4", "its issuer is the holder", present(asserted(true, alice.did, "")), yes},
		{vcdm, "4.13.4", "and not another one", present(asserted(true, alice.did, `,"holder":"`+bob.did+`"`)), no(cryptographicError)},
		{vcdm, "4.13.4", "the presentation alone may secure it", present(asserted(false, alice.did, "")), yes},
		{vcdm, "4.13.4", "but only with a holder", present(asserted(false, alice.did, `,"holder":null`)), no(malformedValue)},
		{vcdm, "4.13.4", "and only if the holder issued it", present(asserted(false, bob.did, "")), no(verificationError)},
		{vcdm, "4.13.4", "and only if the presentation is secured", unproven("presentation", "", asserted(false, alice.did, "")), no(verificationError)},
	}
}

// contractExtensions are the statements of §5.
func contractExtensions() []line {
	v2 := `"` + contextV2 + `"`
	const (
		right384 = `"sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"`
		wrong384 = `"sha384-m/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"`
		right256 = `"uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"`
		wrong256 = `"uXZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"`
		prefixed = `"uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA"`
	)
	resource := func(members string) attempt { return issue(`"relatedResource":[{"id":` + v2 + members + `}]`) }
	return []line{
		{vcdm, "5.2", "a context does not redefine a protected term", issue(`"@context":[` + v2 + `,{"VerifiableCredential":"https://example.org/#Bad"}]`), no(malformedValue)},
		{vcdm, "5.2", "nor one that another context protects", issue(`"@context":[` + v2 + `,{"@protected":true,"Extra":"https://example.org/#A"},{"Extra":"https://example.org/#B"}],"type":["VerifiableCredential","Extra"]`), no(malformedValue)},
		{vcdm, "5.2", "it does not when verifying either", tampered(`"@context":[` + v2 + `,{"name":"https://example.org/#Bad"}]`), no(malformedValue)},
		{vcdm, "5.2", "members of one's own are allowed where a context defines them", round("", `"@context":[`+v2+`,{"grade":"https://example.org/#grade"}],"credentialSubject":{"id":"did:example:a","grade":"A"}`), yes},
		{vcdm, "5.2", "and refused where none does", issue(`"credentialSubject":{"id":"did:example:a","grade":"A"}`), no(lossError)},
		{vcdm, "5.2", "the examples vocabulary defines them", round("", `"@context":[`+v2+`,"`+vocab+`"],"type":["VerifiableCredential","Diploma"],"credentialSubject":{"id":"did:example:a","grade":"A"}`), yes},

		{vcdm, "5.3", "a related resource has an id and a digest: digestSRI", resource(`,"digestSRI":` + right384), yes},
		{vcdm, "5.3", "a related resource has an id and a digest: digestMultibase", resource(`,"digestMultibase":` + right256), yes},
		{vcdm, "5.3", "a digest may be a multihash", resource(`,"digestMultibase":` + prefixed), yes},
		{vcdm, "5.3", "it may have both, and a media type", resource(`,"mediaType":"application/ld+json","digestSRI":` + right384 + `,"digestMultibase":` + right256), yes},
		{vcdm, "5.3", "it is an object", issue(`"relatedResource":["https://example.org/a"]`), no(malformedValue)},
		{vcdm, "5.3", "it has an id", issue(`"relatedResource":[{"digestSRI":` + right384 + `}]`), no(malformedValue)},
		{vcdm, "5.3", "its id is a URL", issue(`"relatedResource":[{"id":"not-a-url","digestSRI":` + right384 + `}]`), no(malformedValue)},
		{vcdm, "5.3", "no id comes twice", issue(`"relatedResource":[{"id":` + v2 + `,"digestSRI":` + right384 + `},{"id":` + v2 + `,"digestMultibase":` + right256 + `}]`), no(malformedValue)},
		{vcdm, "5.3", "it has a digest", resource(``), no(malformedValue)},
		{vcdm, "5.3", "a media type alone is none", resource(`,"mediaType":"application/ld+json"`), no(malformedValue)},
		{vcdm, "5.3", "a digestSRI of another form is refused", resource(`,"digestSRI":"sha256-ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"`), no(malformedValue)},
		{vcdm, "5.3", "a digestSRI of an unknown hash is refused", resource(`,"digestSRI":"md5-1B2M2Y8AsgTpgAmY7PhCfg=="`), no(malformedValue)},
		{vcdm, "5.3", "a digestMultibase of another form is refused", resource(`,"digestMultibase":"uZTQ0MjM1NiAgcmVwb3J0"`), no(malformedValue)},
		{vcdm, "5.3", "a digestMultibase of an unknown base is refused", resource(`,"digestMultibase":"mWZVc7WaX1h4D8rJVb"`), no(malformedValue)},
		{vcdm, "5.3", "a wrong digestSRI is refused when issuing", resource(`,"digestSRI":` + wrong384), no(cryptographicError)},
		{vcdm, "5.3", "a wrong digestMultibase is refused when issuing", resource(`,"digestMultibase":` + wrong256), no(cryptographicError)},
		{vcdm, "5.3", "one wrong digest of two is refused", resource(`,"digestSRI":` + right384 + `,"digestMultibase":` + wrong256), no(cryptographicError)},
		{vcdm, "5.3", "a wrong digest is refused when verifying", verify(`"relatedResource":{"id":` + v2 + `,"digestSRI":` + wrong384 + `}`), no(cryptographicError)},
		{vcdm, "5.3", "a right one verifies", verify(`"relatedResource":{"id":` + v2 + `,"digestSRI":` + right384 + `}`), yes},
		{vcdm, "5.3", "a resource that can be had is compared", func(t *testing.T) answer {
			shared.put("https://example.org/logo", []byte("hello"))
			return verify(`"relatedResource":{"id":"https://example.org/logo","digestSRI":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}`)(t)
		}, yes},
		{vcdm, "5.3", "and refused when it differs", func(t *testing.T) answer {
			shared.put("https://example.org/logo2", []byte("hello2"))
			return verify(`"relatedResource":{"id":"https://example.org/logo2","digestSRI":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}`)(t)
		}, no(cryptographicError)},

		{vcdm, "5.4", "a refresh service has a type", issue(`"refreshService":{"type":"https://example.org/#Refresh","id":"https://example.org/refresh"}`), yes},
		{vcdm, "5.4", "there may be several refresh services", issue(`"refreshService":[{"type":"https://example.org/#Refresh","id":"did:example:1"},{"type":"https://example.org/#Refresh","id":"did:example:2"}]`), yes},
		{vcdm, "5.4", "a refresh service without type is refused", issue(`"refreshService":{"id":"https://example.org/refresh"}`), no(malformedValue)},
		{vcdm, "5.4", "the id of a refresh service is a URL", issue(`"refreshService":{"type":"https://example.org/#Refresh","id":"not-a-url"}`), no(malformedValue)},
		{vcdm, "5.5", "terms of use have a type", issue(`"termsOfUse":{"type":"https://example.org/#Terms"}`), yes},
		{vcdm, "5.5", "terms of use may have an id", issue(`"termsOfUse":{"type":"https://example.org/#Terms","id":"https://example.org/terms"}`), yes},
		{vcdm, "5.5", "there may be several terms of use, alike", round("", `"termsOfUse":[{"type":"https://example.org/#Terms"},{"type":"https://example.org/#Terms"}]`), yes},
		{vcdm, "5.5", "terms of use without type are refused", issue(`"termsOfUse":{"id":"https://example.org/terms"}`), no(malformedValue)},
		{vcdm, "5.5", "the id of terms of use is a URL", issue(`"termsOfUse":{"type":"https://example.org/#Terms","id":"not-a-url"}`), no(malformedValue)},
		{vcdm, "5.5", "terms of use of a presentation have a type too", presentWith("", nil, these(`"termsOfUse":{"id":"https://example.org/terms"}`)), no(malformedValue)},
		{vcdm, "5.6", "evidence has a type", issue(`"evidence":{"type":"https://example.org/#Evidence"}`), yes},
		{vcdm, "5.6", "evidence may be several", round("", `"evidence":[{"type":"https://example.org/#Evidence"},{"type":"https://example.org/#Evidence"}]`), yes},
		{vcdm, "5.6", "evidence without type is refused", issue(`"evidence":{"id":"https://example.org/evidence"}`), no(malformedValue)},
		{vcdm, "5.6", "evidence is an object", issue(`"evidence":"https://example.org/evidence"`), no(malformedValue)},
		{vcdm, "5.6", "the id of evidence is a URL", issue(`"evidence":{"type":"https://example.org/#Evidence","id":"not-a-url"}`), no(malformedValue)},
		{vcdm, "5.10", "a reserved extension has a type: confidenceMethod", issue(`"@context":[` + v2 + `,"` + vocab + `"],"confidenceMethod":{"id":"https://example.org/c"}`), no(malformedValue)},
		{vcdm, "5.10", "a reserved extension has a type: renderMethod", issue(`"@context":[` + v2 + `,"` + vocab + `"],"renderMethod":{"id":"https://example.org/r"}`), no(malformedValue)},
		{vcdm, "6.1", "JSON that says a name twice is refused", func(t *testing.T) answer {
			return shared.post(t, "/credentials/issue", `{"credential":{"id":"urn:uuid:1","id":"urn:uuid:2"}}`)
		}, no(parsingError)},
		{vcdm, "6.1", "keywords of JSON-LD do not stand in for members", issue(`"@type":"VerifiableCredential"`), no(lossError)},
		{vcdm, "6.1", "null says nothing and is refused", func(t *testing.T) answer {
			return shared.post(t, "/credentials/issue", `{"credential":{"@context":[`+v2+`],"type":["VerifiableCredential"],"issuer":"did:example:a","credentialSubject":{"name":null}}}`)
		}, no(lossError)},
	}
}

// contractDataModel1 are the statements of version 1.1 that test suites of
// cryptosuites still rely upon.
func contractDataModel1() []line {
	const v1 = `"@context":["` + contextV1 + `"],"issuanceDate":"2023-01-01T00:00:00Z"`
	return []line{
		{vcdm1, "4.1", "a credential of version 1.1 is issued and verified", round("", v1+`,"credentialSubject":{"id":"did:example:a"}`), yes},
		{vcdm1, "4.1", "with words of its own", round("/ecdsa-rdfc-2019/p-384", `"@context":["`+contextV1+`",{"name":"https://schema.org/name"}],"issuanceDate":"2023-01-01T00:00:00Z"`), yes},
		{vcdm1, "4.9", "with a status of the adapter's", round("/bitstring-status-list", `"@context":["`+contextV1+`"],"issuanceDate":"2023-01-01T00:00:00Z","credentialSubject":{"id":"did:example:a"}`), yes},
		{vcdm1, "4.6", "issuanceDate is obligatory", issue(`"@context":["` + contextV1 + `"],"credentialSubject":{"id":"did:example:a"}`), no(malformedValue)},
		{vcdm1, "4.6", "issuanceDate is a date-time", issue(`"@context":["` + contextV1 + `"],"issuanceDate":"2023-01-01","credentialSubject":{"id":"did:example:a"}`), no(malformedValue)},
		{vcdm1, "4.8", "expirationDate is not before it", issue(v1 + `,"expirationDate":"2022-01-01T00:00:00Z","credentialSubject":{"id":"did:example:a"}`), no(malformedValue)},
		{vcdm1, "4.9", "a status has type and id", issue(v1 + `,"credentialStatus":{"type":"https://example.org/#S"},"credentialSubject":{"id":"did:example:a"}`), no(malformedValue)},
		{vcdm1, "5.4", "a refresh service has type and id", issue(v1 + `,"refreshService":{"type":"https://example.org/#R"},"credentialSubject":{"id":"did:example:a"}`), no(malformedValue)},
	}
}
