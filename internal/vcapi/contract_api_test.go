package vcapi

import (
	"net/http"
	"strings"
	"testing"
)

// contractAPI are the rules of the VC API that test suites rely upon.
func contractAPI() []line {
	return []line{
		{vcAPI, "issue", "an issued credential is answered with 201", issue(""), seen(func(t *testing.T, got answer) {
			if got.status != http.StatusCreated {
				t.Errorf("%d", got.status)
			}
		})},
		{vcAPI, "issue", "members beside credential and options are passed over", func(t *testing.T) answer {
			return shared.post(t, "/credentials/issue", map[string]any{"@context": []any{contextV2}, "credential": plainCredential(t, "did:example:a", ""), "options": map[string]any{"unheardOf": 1}})
		}, yes},
		{vcAPI, "issue", "the issuer is this one, whatever the request names", issue(`"issuer":{"id":"did:example:a","name":"Lieu"}`), seen(func(t *testing.T, got answer) {
			if lookUp(t, got.body, "verifiableCredential.issuer.id") != shared.issuers[0].DID || lookUp(t, got.body, "verifiableCredential.issuer.name") != "Lieu" {
				t.Errorf("%v", got.body)
			}
		})},
		{vcAPI, "issue", "a body that is no JSON is refused", posted("/credentials/issue", "credential=1"), no(parsingError)},
		{vcAPI, "issue", "a body that is no object is refused", posted("/credentials/issue", "[]"), no(parsingError)},
		{vcAPI, "issue", "a body without credential is refused", posted("/credentials/issue", "{}"), no(parsingError)},
		{vcAPI, "issue", "a credential that is a text is refused", posted("/credentials/issue", `{"credential":"x"}`), no(parsingError)},
		{vcAPI, "issue", "options are an object", posted("/credentials/issue", `{"credential":{},"options":[]}`), no(parsingError)},
		{vcAPI, "issue", "an option of another kind is refused", issueAt("", `"challenge":1`, ""), no(parsingError)},
		{vcAPI, "verify", "a credential that holds is answered with 200", verify(""), seen(func(t *testing.T, got answer) {
			if got.status != http.StatusOK || len(items(got.body["errors"])) != 0 {
				t.Errorf("%d %v", got.status, got.body)
			}
		})},
		{vcAPI, "verify", "a body that is no JSON is refused", posted("/credentials/verify", "x"), no(parsingError)},
		{vcAPI, "verify", "a body without credential is refused", posted("/credentials/verify", "{}"), no(parsingError)},
		{vcAPI, "verify", "an empty credential is refused", posted("/credentials/verify", `{"verifiableCredential":{}}`), no(malformedValue)},
		{vcAPI, "verify", "a credential that is a number is refused", posted("/credentials/verify", `{"verifiableCredential":1}`), no(parsingError)},
		{vcAPI, "verify", "a text that is no token is refused", posted("/credentials/verify", `{"verifiableCredential":"x"}`), no(parsingError)},
		{vcAPI, "verify", "checks are texts", verifyWith(`"checks":[1]`, "", ""), no(parsingError)},
		{vcAPI, "verify presentation", "a body that is no JSON is refused", posted("/presentations/verify", "x"), no(parsingError)},
		{vcAPI, "verify presentation", "a body without presentation is refused", posted("/presentations/verify", "{}"), no(parsingError)},
		{vcAPI, "verify presentation", "a document of another kind is refused", posted("/presentations/verify", `{"verifiablePresentation":{"type":["NonconformingDocument"]}}`), no(malformedValue)},
		{vcAPI, "verify presentation", "a presentation that is a text is refused", posted("/presentations/verify", `{"verifiablePresentation":"x"}`), no(parsingError)},
		{vcAPI, "issue presentation", "a presentation is secured and verifies", roundPresentation("", "/presentations/issue"), yes},
		{vcAPI, "issue presentation", "by its other name too", roundPresentation("/ecdsa-rdfc-2019/p-384", "/presentations/prove"), yes},
		{vcAPI, "issue presentation", "its proof authenticates the holder, if nothing else is asked for", func(t *testing.T) answer {
			return shared.post(t, "/presentations/prove", map[string]any{"presentation": presentation(t, "")})
		}, holds("verifiablePresentation.proof.proofPurpose", "authentication")},
		{vcAPI, "issue presentation", "its proof asserts, if that is asked for", func(t *testing.T) answer {
			return shared.post(t, "/presentations/prove", map[string]any{"presentation": presentation(t, ""), "options": object(t, `{"proofPurpose":"assertionMethod"}`)})
		}, holds("verifiablePresentation.proof.proofPurpose", "assertionMethod")},
		{vcAPI, "issue presentation", "as a token too", roundPresentation("/vc-jwt/eddsa", "/presentations/issue"), yes},
		{vcAPI, "issue presentation", "a malformed one is refused", posted("/presentations/issue", `{"presentation":{"@context":["`+contextV2+`"],"type":["Other"]}}`), no(malformedValue)},
		{vcAPI, "issue presentation", "a purpose of another kind is refused", func(t *testing.T) answer {
			return shared.post(t, "/presentations/issue", map[string]any{"presentation": presentation(t, ""), "options": object(t, `{"proofPurpose":"keyAgreement"}`)})
		}, no(generationError)},
	}
}

func posted(path, body string) attempt {
	return func(t *testing.T) answer { return shared.post(t, path, body) }
}

// roundPresentation has a presentation of bob's credential secured, and verified
// with the challenge that was asked for.
func roundPresentation(prefix, path string) attempt {
	return func(t *testing.T) answer {
		options := object(t, `{"challenge":"c-9","domain":"d.example"}`)
		doc := presentation(t, `"verifiableCredential":[`+byBob(t, "")+`]`)
		issued := shared.post(t, prefix+path, map[string]any{"presentation": doc, "options": options})
		accepted(t, issued)
		return shared.post(t, prefix+"/presentations/verify", map[string]any{"verifiablePresentation": issued.body["verifiablePresentation"], "options": options})
	}
}

// A body beyond the limit is refused by the hall, and the list of issuers is what
// suites take.
func TestDoor(t *testing.T) {
	t.Parallel()
	got := shared.post(t, "/credentials/issue", `{"credential":{"a":"`+strings.Repeat("a", 600<<10)+`"}}`)
	if got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %v", got.status, got.body)
	}
	described := shared.get(t, "/vc-api", "application/json")
	issuers := items(described.body["issuers"])
	if described.status != http.StatusOK || len(issuers) != len(lines) || len(items(described.body["vpVerifiers"])) != len(lines) {
		t.Fatalf("%d %v", described.status, described.body)
	}
	first := issuers[0].(map[string]any)
	if first["id"] != shared.issuers[0].DID || first["endpoint"] != shared.Base+"/credentials/issue" {
		t.Errorf("%v", first)
	}
}

// An adapter without its parts is a mistake of wiring, said at once.
func TestNewRefusesAnIncompleteConfiguration(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{Base: "http://localhost"}); err == nil {
		t.Error("accepted")
	}
}
