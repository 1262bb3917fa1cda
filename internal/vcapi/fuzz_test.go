package vcapi

import (
	"encoding/base64"
	"testing"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
)

// FuzzVerify gives the verifiers anything at all. They accept what was signed, in
// whatever spelling, and nothing else.
func FuzzVerify(f *testing.F) {
	known := map[string]bool{}
	for _, seed := range signedSeeds(f) {
		f.Add([]byte(inJSON(f, seed)))
		if r := judged(f, seed); r.Verified {
			known[statements(f, r.Document)] = true
		} else {
			f.Fatalf("a seed does not hold: %v", r.Errors)
		}
	}
	f.Add([]byte(`{"@context":["` + contextV2 + `",{}],"type":"VerifiableCredential","proof":[{},{"previousProof":[]}]}`))
	f.Fuzz(func(t *testing.T, input []byte) {
		doc, err := jsonld.DecodeObject(input)
		if err != nil {
			t.Skip()
		}
		if r := judged(t, doc); r.Verified && !known[statements(t, r.Document)] {
			t.Fatalf("accepted, though nobody signed it: %s", input)
		}
	})
}

// judged asks for the kind of document that it says it is.
func judged(t testing.TB, doc map[string]any) report {
	t.Helper()
	if isPresentation(doc) || doc["type"] == presentationEnvelope.name {
		return shared.verifyPresentation(t.Context(), doc, options{}, true)
	}
	return shared.verifyCredential(t.Context(), doc, options{})
}

func statements(t testing.TB, doc map[string]any) string {
	t.Helper()
	canonical, err := jsonld.Canonical(t.Context(), expandable(doc), permitted()...)
	if err != nil {
		t.Fatal(err)
	}
	return string(canonical)
}

// signedSeeds are documents of each kind that hold.
func signedSeeds(f *testing.F) []map[string]any {
	f.Helper()
	once := dataintegrity.Further{}
	set := alice.prove(f, plainCredential(f, alice.did, `"name":{"@value":"Nom","@language":"fr","@direction":"ltr"}`),
		dataintegrity.Options{}, dataintegrity.Further{ID: "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff6"})
	set = bob.prove(f, set, dataintegrity.Options{}, dataintegrity.Further{Previous: []string{"urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff6"}})
	shown := presentation(f, `"verifiableCredential":[`+byBob(f, "")+`]`)
	claims := presentation(f, `"holder":"`+carol.did+`","verifiableCredential":[`+inJSON(f, wrap("EnvelopedVerifiableCredential", "application/vc+jwt", token(f, "", vcjwt.Options{})))+`]`)
	return []map[string]any{
		set,
		carol.prove(f, plainCredential(f, carol.did, `"validUntil":"2999-01-01T00:00:00Z"`), dataintegrity.Options{}, once),
		dan.prove(f, plainCredential(f, dan.did, `"evidence":[{"type":"Evidence"}],"@context":["`+contextV2+`",{"Evidence":"https://words.example/Evidence"}]`), dataintegrity.Options{}, once),
		alice.prove(f, shown, authenticate, once),
		wrap("EnvelopedVerifiableCredential", "application/vc+jwt", token(f, `"iat":1`, vcjwt.Options{})),
		wrap("EnvelopedVerifiablePresentation", "application/vp+jwt", signToken(f, carol, claims, vcjwt.Options{Typ: "vp+jwt"})),
	}
}

// FuzzDigest reads digests: what was read has the length of its hash, and is read
// again from its other spelling.
func FuzzDigest(f *testing.F) {
	f.Add("sha256-" + base64.StdEncoding.EncodeToString(make([]byte, 32)))
	f.Add("uEiBZVenOaZfWHgPytuP-2-UwirFoQoRvW1htfx9633knNA")
	f.Add("zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n")
	f.Add("sha384- sha512-x")
	f.Fuzz(func(t *testing.T, text string) {
		found := parseSRI(text)
		if one, ok := parseMultibase(text); ok {
			found = append(found, one)
		}
		for _, one := range found {
			if len(one.sum) != one.hash.Size() {
				t.Fatalf("%s: %d bytes", text, len(one.sum))
			}
			again, ok := parseMultibase("u" + base64.RawURLEncoding.EncodeToString(one.sum))
			if !ok || string(again.sum) != string(one.sum) {
				t.Fatalf("%s is not read again", text)
			}
		}
	})
}

// FuzzMoment reads dates: each has one instant, which is read again from its
// ordinary form.
func FuzzMoment(f *testing.F) {
	for _, seed := range []string{"2026-11-22T11:00:00Z", "2026-11-22T11:00:00", "2024-02-29T23:59:59.123456789012+14:00", "0000-01-01T00:00:00-13:59"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, _, ok := readMoment(text)
		if !ok || at.UTC().Year() < 0 || at.UTC().Year() > 9999 {
			return
		}
		again, zoned, ok := readMoment(at.UTC().Format(time.RFC3339Nano))
		if !ok || !zoned || !again.Equal(at) {
			t.Fatalf("%s is %v, then %v", text, at, again)
		}
	})
}
