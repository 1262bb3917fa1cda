package credential_test

import (
	"context"
	"crypto"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

const (
	vc1        = openbadges.ContextVC1
	vc2        = openbadges.ContextVC2
	ob3        = openbadges.ContextOB3
	obVersions = "https://purl.imsglobal.org/spec/ob/v3p0/context"
	extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
	integrity  = "https://w3id.org/security/data-integrity/v2"
	ed2020     = "https://w3id.org/security/suites/ed25519-2020/v1"
	statusV1   = "https://www.w3.org/ns/credentials/status/v1"
)

// unsigned is the issuer's badge as a decoded document without a proof.
func (i *issuer) unsigned(t testing.TB) map[string]any {
	t.Helper()
	doc := decode(t, i.sign(t, i.badge()).Document)
	delete(doc, "proof")
	return doc
}

// olden turns a badge, and the endorsements inside, into the form of data model 1.1.
// The words of the status entry and of the proof are in contexts of their own there.
func olden(doc map[string]any, more ...string) map[string]any {
	doc = maps.Clone(doc)
	contexts := []any{vc1, doc["@context"].([]any)[1]}
	for _, one := range append([]string{statusV1}, more...) {
		contexts = append(contexts, one)
	}
	doc["@context"] = contexts
	for today, before := range map[string]string{"validFrom": "issuanceDate", "validUntil": "expirationDate"} {
		if date, present := doc[today]; present {
			doc[before] = date
			delete(doc, today)
		}
	}
	return doc
}

// proven adds proofs of an issuer to a document, each of a suite, one beside the other.
func (i *issuer) proven(t testing.TB, doc map[string]any, suites ...string) map[string]any {
	t.Helper()
	doc = maps.Clone(doc)
	var proofs []any
	for _, suite := range suites {
		proofs = append(proofs, i.prove(t, doc, dataintegrity.Options{Suite: suite}))
	}
	doc["proof"] = proofs
	return doc
}

// prove makes one proof of a document.
func (i *issuer) prove(t testing.TB, doc map[string]any, o dataintegrity.Options) map[string]any {
	t.Helper()
	doc = maps.Clone(doc)
	delete(doc, "proof")
	var key crypto.Signer = i.proof
	if strings.HasPrefix(o.Suite, "ecdsa") {
		key = i.jwt
	}
	o.VerificationMethod, o.Created = i.method(t, key.Public()), noon
	proof, _, err := dataintegrity.Sign(context.Background(), doc, o, key)
	if err != nil {
		t.Fatal(err)
	}
	return proof.Map()
}

// tokenOf seals claims as a VC-JWT of the issuer.
func (i *issuer) tokenOf(t testing.TB, claims map[string]any) string {
	t.Helper()
	thumbprint, err := did.Thumbprint(i.jwt.Public())
	if err != nil {
		t.Fatal(err)
	}
	return i.seal(t, string(encoded(t, claims)), base+"/keys/"+thumbprint)
}

// changed is a copy of an object, of which some members are others; gone{} takes one
// out.
func changed(object map[string]any, members map[string]any) map[string]any {
	object = maps.Clone(object)
	if object == nil {
		object = map[string]any{}
	}
	for name, value := range members {
		if object[name] = value; value == any(gone{}) {
			delete(object, name)
		}
	}
	return object
}

// inside copies a document with another object in place of the one at the path.
func inside(doc map[string]any, path string, change func(map[string]any) map[string]any) map[string]any {
	name, rest, deeper := strings.Cut(path, ".")
	child, _ := doc[name].(map[string]any)
	if deeper {
		return changed(doc, map[string]any{name: inside(child, rest, change)})
	}
	return changed(doc, map[string]any{name: change(child)})
}

// asked is a verification of a document by sources that the test may change.
func (i *issuer) asked(t testing.TB, doc any, change ...func(*credential.Sources)) credential.Report {
	t.Helper()
	src := i.sources(&facts{})
	for _, one := range change {
		one(&src)
	}
	input, isText := doc.(string)
	if !isText {
		input = string(encoded(t, doc))
	}
	r := credential.Verify(t.Context(), []byte(input), src)
	complete(t, r)
	return r
}

func list(values ...any) []any { return slices.Clone(values) }

func number(text string) json.Number { return json.Number(text) }
