package credential_test

import (
	"context"
	"crypto/ed25519"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// Of several proofs, each of a suite that we know must hold.
func TestSetsOfProofs(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	doc := changed(i.unsigned(t), map[string]any{"@context": list(vc2, ob3, ed2020)})
	rdfc := i.prove(t, doc, dataintegrity.Options{Suite: "eddsa-rdfc-2022"})
	curve := i.prove(t, doc, dataintegrity.Options{Suite: "ecdsa-rdfc-2019"})
	jcs := i.prove(t, doc, dataintegrity.Options{Suite: "eddsa-jcs-2022"})
	old := i.prove(t, doc, dataintegrity.Options{Suite: "Ed25519Signature2020"})
	strangers := stranger.prove(t, doc, dataintegrity.Options{Suite: "eddsa-rdfc-2022"})
	login := i.prove(t, doc, dataintegrity.Options{Purpose: "authentication"})
	bound := i.prove(t, doc, dataintegrity.Options{Challenge: "c", Domain: "d"})
	spoilt := i.prove(t, changed(doc, map[string]any{"name": "Autre"}), dataintegrity.Options{Suite: "ecdsa-jcs-2019"})
	derived := changed(rdfc, map[string]any{"cryptosuite": "ecdsa-sd-2023", "proofValue": "u2V0A"})
	posing := changed(strangers, map[string]any{"verificationMethod": rdfc["verificationMethod"]})
	cases := []struct {
		name    string
		proofs  any
		verdict credential.Verdict
		text    string
		suite   string
	}{
		{"one alone", rdfc, credential.Valid, "ok embedded", "eddsa-rdfc-2022"},
		{"two curves", list(rdfc, curve), credential.Valid, "ok embedded", "eddsa-rdfc-2022"},
		{"all four", list(curve, rdfc, jcs, old), credential.Valid, "ok embedded", "ecdsa-rdfc-2019"},
		{"one over JSON", list(jcs), credential.Valid, "ok embedded", "eddsa-jcs-2022"},
		{"one of an older kind", list(old), credential.Valid, "ok embedded", "Ed25519Signature2020"},
		{"one beside for a login", list(rdfc, login), credential.Valid, "ok embedded", "eddsa-rdfc-2022"},
		{"one beside for a challenge", list(bound, rdfc), credential.Valid, "ok embedded", "eddsa-rdfc-2022"},
		{"one beside of a kind unknown", list(derived, rdfc), credential.Valid, "ok embeddedBeside", "eddsa-rdfc-2022"},
		{"one beside of a type unknown", list(rdfc, changed(rdfc, map[string]any{"type": "BbsBlsSignature2020", "proofValue": "x", "cryptosuite": gone{}})), credential.Valid, "ok embeddedBeside", "eddsa-rdfc-2022"},
		{"only one of a kind unknown", derived, credential.Unverifiable, "unknown unsupportedSuite", ""},
		{"only several of kinds unknown", list(derived, changed(derived, map[string]any{"cryptosuite": "bbs-2023", "proofValue": "u2"})), credential.Unverifiable, "unknown unsupportedSuite", ""},
		{"only one for a login", login, credential.Invalid, "failed otherPurpose", ""},
		{"a good one and a spoilt one", list(rdfc, spoilt), credential.Invalid, "failed altered", ""},
		{"a spoilt one and a good one", list(spoilt, rdfc), credential.Invalid, "failed altered", ""},
		{"a spoilt one and one unknown", list(spoilt, derived), credential.Invalid, "failed altered", ""},
		{"a stranger's beside", list(rdfc, strangers), credential.Invalid, "failed keyNotPublished", ""},
		{"a stranger's that poses beside", list(rdfc, posing), credential.Invalid, "failed altered", ""},
		{"the same twice", list(rdfc, rdfc), credential.Invalid, "failed malformedProof", ""},
		{"one with a value that is none", list(rdfc, changed(curve, map[string]any{"proofValue": "z0OIl"})), credential.Invalid, "failed malformedProof", ""},
		{"one with the value of another", changed(curve, map[string]any{"proofValue": rdfc["proofValue"]}), credential.Invalid, "failed altered", ""},
	}
	for _, c := range cases {
		r := i.asked(t, changed(doc, map[string]any{"proof": c.proofs}))
		expect(t, c.name, r, c.verdict, credential.CheckProof, c.text)
		if r.Suite != c.suite {
			t.Errorf("%s: suite %q, want %q", c.name, r.Suite, c.suite)
		}
	}
	t.Logf("%d sets", len(cases))
}

// A key that can't be had leaves the whole proof unknown, whatever the others say.
func TestSetWithAnUnreachableKey(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022", "ecdsa-rdfc-2019")
	half := func(s *credential.Sources) { s.Keys = only{i.method(t, i.proof.Public()), s.Keys} }
	r := i.asked(t, doc, half)
	expect(t, "half", r, credential.Unverifiable, credential.CheckProof, "unknown unreachable")
	if r.Suite != "" {
		t.Errorf("suite %s of a proof that nobody knows", r.Suite)
	}
}

// only resolves one method, and is away for all others.
type only struct {
	method string
	did.Resolver
}

func (o only) Resolve(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	if method != o.method {
		return did.VerificationKey{}, did.ErrUnavailable
	}
	return o.Resolver.Resolve(ctx, issuer, method)
}

// In a chain, a later proof signs the earlier ones too; each is held by itself.
func TestChainsOfProofs(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.unsigned(t)
	first := i.prove(t, doc, dataintegrity.Options{Suite: "eddsa-rdfc-2022"})
	first["id"] = "urn:uuid:11111111-1111-4111-8111-111111111111"
	first = resigned(t, i, doc, first)
	second := chained(t, i, changed(doc, map[string]any{"proof": list(first)}), "urn:uuid:11111111-1111-4111-8111-111111111111")
	valid := list(first, second)
	expect(t, "a chain", i.asked(t, changed(doc, map[string]any{"proof": valid})), credential.Valid, credential.CheckProof, "ok embedded")
	expect(t, "turned round", i.asked(t, changed(doc, map[string]any{"proof": list(second, first)})), credential.Valid, credential.CheckProof, "ok embedded")
	expect(t, "without its beginning", i.asked(t, changed(doc, map[string]any{"proof": list(second)})), credential.Invalid, credential.CheckProof, "failed malformedProof")
	another := resigned(t, i, doc, changed(first, map[string]any{"created": "2026-11-22T11:00:00Z"}))
	expect(t, "upon another beginning", i.asked(t, changed(doc, map[string]any{"proof": list(another, second)})), credential.Invalid, credential.CheckProof, "failed altered")
	spoilt := changed(first, map[string]any{"proofValue": second["proofValue"]})
	expect(t, "upon a spoilt beginning", i.asked(t, changed(doc, map[string]any{"proof": list(spoilt, second)})), credential.Invalid, credential.CheckProof, "failed malformedProof")
}

// resigned gives a proof another value, over the members that it has now.
func resigned(t *testing.T, i *issuer, doc, proof map[string]any) map[string]any {
	t.Helper()
	options := changed(proof, map[string]any{"@context": doc["@context"], "proofValue": gone{}})
	config, err := dataintegrity.DocHash(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	content, err := dataintegrity.DocHash(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return changed(proof, map[string]any{"proofValue": did.EncodeMultibase(ed25519.Sign(i.proof, append(config[:], content[:]...)))})
}

// chained makes a proof upon an earlier one.
func chained(t *testing.T, i *issuer, doc map[string]any, previous string) map[string]any {
	t.Helper()
	o := dataintegrity.Options{VerificationMethod: i.method(t, i.jwt.Public()), Created: noon}
	proof, err := dataintegrity.Add(t.Context(), doc, o, dataintegrity.Further{Previous: []string{previous}}, i.jwt)
	if err != nil {
		t.Fatal(err)
	}
	return proof.Map()
}

// Each proof has its own end, and says so.
func TestEndsOfProofs(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.unsigned(t)
	ending := func(suite string, end time.Time) map[string]any {
		var key = i.proof
		o := dataintegrity.Options{Suite: suite, VerificationMethod: i.method(t, key.Public()), Created: noon}
		proof, err := dataintegrity.Add(t.Context(), doc, o, dataintegrity.Further{Expires: end}, key)
		if err != nil {
			t.Fatal(err)
		}
		return proof.Map()
	}
	lasting := i.prove(t, doc, dataintegrity.Options{Suite: "ecdsa-rdfc-2019"})
	for name, suite := range map[string]string{"statements": "eddsa-rdfc-2022", "JSON": "eddsa-jcs-2022"} {
		past, good := ending(suite, noon.Add(-time.Second)), ending(suite, noon.Add(time.Hour))
		expect(t, name, i.asked(t, changed(doc, map[string]any{"proof": good})), credential.Valid, credential.CheckProof, "ok embedded")
		r := i.asked(t, changed(doc, map[string]any{"proof": list(lasting, past)}))
		expect(t, name, r, credential.Invalid, credential.CheckProof, "failed expired")
		if got := r.Check(credential.CheckProof).Args["until"]; got != openbadges.FormatDateTime(noon.Add(-time.Second)) {
			t.Errorf("until %q", got)
		}
	}
}

// A proof over JSON names the contexts that it signs: those that say what the badge
// means must be among them, and others may only stand behind.
func TestContextsOfProofsOverJSON(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.unsigned(t)
	sign := func(contexts ...any) map[string]any {
		return i.prove(t, changed(doc, map[string]any{"@context": contexts}), dataintegrity.Options{Suite: "eddsa-jcs-2022"})
	}
	for name, c := range map[string]struct {
		proof, contexts any
		verdict         credential.Verdict
		text            string
	}{
		"all of them":                {sign(vc2, ob3), list(vc2, ob3), credential.Valid, "ok embedded"},
		"one more behind":            {sign(vc2, ob3), list(vc2, ob3, extensions), credential.Valid, "ok embedded"},
		"one more between":           {sign(vc2, ob3), list(vc2, extensions, ob3), credential.Invalid, "unknown notReached"},
		"Open Badges not signed":     {sign(vc2), list(vc2, ob3), credential.Invalid, "failed unsignedContent"},
		"another Open Badges":        {sign(vc2, obVersions+"-3.0.2.json"), list(vc2, ob3), credential.Invalid, "failed malformedProof"},
		"one fewer than were signed": {sign(vc2, ob3, extensions), list(vc2, ob3), credential.Invalid, "failed malformedProof"},
		"none":                       {changed(sign(vc2, ob3), map[string]any{"@context": gone{}}), list(vc2, ob3), credential.Invalid, "failed altered"},
	} {
		r := i.asked(t, changed(doc, map[string]any{"proof": list(c.proof), "@context": c.contexts}))
		expect(t, name, r, c.verdict, credential.CheckProof, c.text)
	}
}

// Whoever stops waiting is told that nothing was found out, not that it is bad.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, doc := range map[string]map[string]any{"statements": i.proven(t, i.unsigned(t), "eddsa-rdfc-2022"), "JSON": i.proven(t, i.unsigned(t), "eddsa-jcs-2022")} {
		r := credential.Verify(ctx, encoded(t, doc), i.sources(&facts{}))
		expect(t, name, r, credential.Unverifiable, credential.CheckProof, "unknown interrupted")
	}
}
