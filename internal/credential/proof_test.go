package credential_test

import (
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// A proof that was made for something else proves nothing here.
func TestProofOfSomethingElse(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	mine := decode(t, i.sign(t, i.badge()).Document)
	another := i.badge()
	another.ID = base + "/credentials/CCCCCCCCCCCCCCCCCCCCCC"
	theirs := decode(t, i.sign(t, another).Document)
	resign := func(change func(*dataintegrity.Options)) []any {
		o := dataintegrity.Options{VerificationMethod: i.key(t).Method, Created: noon, Purpose: "assertionMethod"}
		change(&o)
		unsigned := decode(t, i.sign(t, i.badge()).Document)
		delete(unsigned, "proof")
		proof, _, err := dataintegrity.Sign(t.Context(), unsigned, o, i.proof)
		if err != nil {
			t.Fatal(err)
		}
		return []any{proof.Map()}
	}
	cases := []struct {
		name string
		put  any
		text string
	}{
		{"of another credential", theirs["proof"], "failed altered"},
		{"made to log in", resign(func(o *dataintegrity.Options) { o.Purpose = "authentication" }), "failed otherPurpose"},
		{"the same one again", append(slices.Clone(mine["proof"].([]any)), mine["proof"].([]any)[0]), "failed malformedProof"},
		{"five of them", slices.Repeat(mine["proof"].([]any), 5), "failed tooManyProofs"},
		{"none at all", []any{}, "failed noProof"},
		{"a text", "proof", "failed noProof"},
		{"a list of texts", []any{"proof"}, "failed noProof"},
	}
	for _, c := range cases {
		spoilt := decode(t, encoded(t, mine))
		spoilt["proof"] = c.put
		r := i.verify(t, encoded(t, spoilt))
		if r.Verdict != credential.Invalid {
			t.Errorf("%s: %s", c.name, r.Verdict)
		}
		if schema := r.Check(credential.CheckSchema); schema.Status == credential.OK {
			expect(t, c.name, r, credential.Invalid, credential.CheckProof, c.text)
		}
	}
	delete(mine, "proof")
	expect(t, "unsigned", i.verify(t, encoded(t, mine)), credential.Invalid, credential.CheckProof, "failed noProof")
}

// A proof with an end of its own holds until then.
func TestProofThatEnds(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := decode(t, i.sign(t, i.badge()).Document)
	delete(doc, "proof")
	proof, err := signWithEnd(t, i, doc, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{proof}
	expect(t, "before its end", i.verify(t, encoded(t, doc)), credential.Valid, credential.CheckProof, "ok embedded")
	src := i.sources(&facts{})
	src.Now = noon.Add(2 * time.Hour)
	expect(t, "after its end", credential.Verify(t.Context(), encoded(t, doc), src), credential.Invalid, credential.CheckProof, "failed expired")
}

// signWithEnd makes a proof by hand, since ours have no end.
func signWithEnd(t *testing.T, i *issuer, doc map[string]any, end time.Time) (map[string]any, error) {
	t.Helper()
	proof := map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
		"verificationMethod": i.key(t).Method, "created": openbadges.FormatDateTime(noon), "expires": openbadges.FormatDateTime(end)}
	options := map[string]any{"@context": doc["@context"]}
	for name, value := range proof {
		options[name] = value
	}
	configHash, err := dataintegrity.DocHash(t.Context(), options)
	if err != nil {
		return nil, err
	}
	docHash, err := dataintegrity.DocHash(t.Context(), doc)
	if err != nil {
		return nil, err
	}
	proof["proofValue"] = did.EncodeMultibase(ed25519.Sign(i.proof, slices.Concat(configHash[:], docHash[:])))
	return proof, nil
}

// A level outside of its description is found, though the issuer signed it.
func TestSignedLevelOfNoDescription(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	for path, text := range map[string]string{"achievedLevel": "failed levelUnknown", "resultDescription": "failed resultDescriptionUnknown"} {
		doc := decode(t, i.sign(t, i.badge()).Document)
		result := doc["credentialSubject"].(map[string]any)["result"].([]any)[0].(map[string]any)
		result[path] = base + "/achievements/other#niveau-1"
		expect(t, path, i.verify(t, i.signAnyway(t, doc)), credential.Invalid, credential.CheckResults, text)
	}
}

// signAnyway signs a document that Prepare would refuse.
func (i *issuer) signAnyway(t *testing.T, doc map[string]any) []byte {
	t.Helper()
	delete(doc, "proof")
	proof, _, err := dataintegrity.Sign(t.Context(), doc, dataintegrity.Options{VerificationMethod: i.key(t).Method, Created: noon}, i.proof)
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{proof.Map()}
	return encoded(t, doc)
}
