package credential_test

import (
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/openbadges"
)

// dropped are the ways in which JSON-LD processors leave content out, or let others
// choose its meaning, without a word (VC Data Integrity, Securing Data Losslessly,
// Context Injection): what changes is at the top of the badge, or in its subject.
var dropped = map[string]func(doc, subject map[string]any){
	"an undefined term":       func(doc, _ map[string]any) { doc["level"] = "expert" },
	"an undefined term below": func(_, subject map[string]any) { subject["mention"] = "très bien" },
	"an undefined type": func(doc, _ map[string]any) {
		doc["type"] = list("VerifiableCredential", "OpenBadgeCredential", "Golden")
	},
	"a relative type": func(_, subject map[string]any) { subject["type"] = list("AchievementSubject", "golden/1") },
	"a relative id": func(doc, _ map[string]any) {
		doc["evidence"] = list(map[string]any{"id": "preuves/1", "type": list("Evidence")})
	},
	"a relative value of an id": func(_, subject map[string]any) {
		subject["source"] = map[string]any{"id": "x", "type": list("Profile"), "url": "page"}
	},
	"an accented host": func(doc, _ map[string]any) {
		doc["evidence"] = list(map[string]any{"id": "https://médiathèque.example/1", "type": list("Evidence")})
	},
	"an over-long IRI": func(doc, _ map[string]any) {
		doc["evidence"] = list(map[string]any{"id": "https://e.example/" + strings.Repeat("a", 2083), "type": list("Evidence")})
	},
	"an IRI with a blank": func(doc, _ map[string]any) {
		doc["evidence"] = list(map[string]any{"id": "https://e.example/a b", "type": list("Evidence")})
	},
	"a malformed language": func(doc, _ map[string]any) { doc["description"] = map[string]any{"@value": "x", "@language": "a b"} },
	"a direction": func(doc, _ map[string]any) {
		doc["description"] = map[string]any{"@value": "x", "@language": "fr", "@direction": "rtl"}
	},
	"an index":           func(_, subject map[string]any) { subject["@index"] = "x" },
	"an unknown keyword": func(_, subject map[string]any) { subject["@nothing"] = "x" },
	"a null":             func(doc, _ map[string]any) { doc["description"] = nil },
	"an empty list":      func(doc, _ map[string]any) { doc["evidence"] = []any{} },
	"a list in a list":   func(doc, _ map[string]any) { doc["evidence"] = list(list(map[string]any{"type": list("Evidence")})) },
	"an inline context": func(doc, _ map[string]any) {
		doc["@context"] = append(doc["@context"].([]any), map[string]any{"level": "urn:x:level"})
	},
	"a redefinition inline": func(doc, _ map[string]any) {
		doc["@context"] = append(doc["@context"].([]any), map[string]any{"name": "urn:x:name"})
	},
	"a context below":             func(_, subject map[string]any) { subject["@context"] = map[string]any{"achievement": "urn:x:a"} },
	"a known context below":       func(_, subject map[string]any) { subject["@context"] = vc2 },
	"a context of nothing below":  func(_, subject map[string]any) { subject["@context"] = nil },
	"a blank node for the person": func(_, subject map[string]any) { subject["id"] = "_:b0" },
	"what is said of the badge elsewhere": func(doc, _ map[string]any) {
		doc["evidence"] = list(map[string]any{"id": doc["id"], "type": list("Evidence"), "name": "x"})
	},
	"what is said backwards": func(_, subject map[string]any) {
		subject["@reverse"] = map[string]any{"evidence": map[string]any{"id": "urn:x:y"}}
	},
	"what is included":          func(doc, _ map[string]any) { doc["@included"] = list(map[string]any{"id": "urn:x:y", "name": "x"}) },
	"a member by its IRI":       func(doc, _ map[string]any) { doc["https://schema.org/expires"] = "2099-01-01T00:00:00Z" },
	"a member by a compact IRI": func(doc, _ map[string]any) { doc["cred:validUntil"] = "2099-01-01T00:00:00Z" },
	"a date of another datatype": func(doc, _ map[string]any) {
		doc["awardedDate"] = map[string]any{"@value": "2026", "@type": "urn:x:date"}
	},
	"the same value twice": func(doc, _ map[string]any) {
		doc["evidence"] = append(doc["evidence"].([]any), doc["evidence"].([]any)[0])
	},
	"a member in capitals":                  func(doc, _ map[string]any) { doc["VALIDUNTIL"] = "2099-01-01T00:00:00Z" },
	"a number that no double holds exactly": func(_, subject map[string]any) { subject["creditsEarned"] = number("9007199254740993") },
}

// None of what would be dropped passes under a proof over statements, of either form,
// whether it is put in after the signature or the issuer itself would sign it.
func TestNothingIsDropped(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	forms := map[string]map[string]any{"2.0": i.proven(t, i.unsigned(t), "eddsa-rdfc-2022"),
		"1.1": i.proven(t, olden(i.unsigned(t), integrity), "eddsa-rdfc-2022")}
	tried := 0
	for form, original := range forms {
		for name, put := range dropped {
			doc := decode(t, encoded(t, original))
			put(doc, doc["credentialSubject"].(map[string]any))
			r := i.asked(t, doc)
			if tried++; r.Verdict != credential.Invalid || r.Check(credential.CheckProof).Status == credential.OK {
				t.Errorf("%s, %s: %s", form, name, r.Verdict)
			}
			delete(doc, "proof")
			o := dataintegrity.Options{VerificationMethod: i.key(t).Method, Created: noon}
			proof, _, err := dataintegrity.Sign(t.Context(), doc, o, i.proof)
			if err != nil {
				continue // nobody can
			}
			doc["proof"] = proof.Map()
			if r := i.asked(t, doc); r.Verdict != credential.Invalid {
				t.Errorf("%s, %s, by the issuer: %s", form, name, r.Verdict)
			}
		}
	}
	t.Logf("%d documents with dropped content: 0 verified", tried)
	if len(dropped) < 12 || tried < 48 {
		t.Error("too few")
	}
}

// On every leaf of generated credentials: a sibling that no context defines, another
// name, the member twice, a null in its place. None verifies.
func TestNoLeafHasRoomForMore(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	src := i.sources(&facts{})
	src.Status = nil
	credentials, tried := 0, 0
	for seed := uint64(0); credentials < 100 && seed < 1000; seed++ {
		c := credential.Generated(seed)
		c.Issuer = openbadges.Profile{ID: i.id, Type: []string{"Profile"}}
		c.ValidFrom, c.ValidUntil, c.RefreshService = "2026-11-22T10:00:00Z", "", nil
		draft, err := credential.Prepare(t.Context(), c)
		if err != nil {
			continue
		}
		signed, err := draft.Sign(t.Context(), i.key(t), noon)
		if err != nil || len(signed.Document) > 4<<10 {
			continue
		}
		if r := credential.Verify(t.Context(), signed.Document, src); r.Check(credential.CheckProof).Status != credential.OK {
			t.Fatalf("seed %d: %+v", seed, r.Check(credential.CheckProof))
		}
		credentials++
		tried += refuseOnEveryLeaf(t, src, decode(t, signed.Document))
	}
	t.Logf("%d generated credentials, %d changes of their leaves: 0 verified", credentials, tried)
	if credentials < 100 || tried < 10_000 {
		t.Error("too few")
	}
}

func refuseOnEveryLeaf(t *testing.T, src credential.Sources, original map[string]any) (tried int) {
	whole := func(v any) any { return v }
	refuse := func(path string, doc any) {
		tried++
		r := credential.Verify(t.Context(), write(doc), src)
		if r.Check(credential.CheckProof).Status == credential.OK {
			t.Errorf("%s verifies", path)
		}
	}
	walk("$", original, whole, func(path string, value any, put func(any) any) {
		switch v := value.(type) {
		case map[string]any:
			refuse(path+" with a sibling", put(changed(v, map[string]any{"colour": "gold"})))
		case []any:
		default:
			refuse(path+" as null", put(nil))
			if !strings.HasSuffix(path, "]") {
				refuse(path+" twice", put(twin{v, v}))
			}
		}
	})
	rename("$", original, whole, func(c change) {
		if c.kind == "under a longer name" {
			tried++
			if r := credential.Verify(t.Context(), c.document, src); r.Check(credential.CheckProof).Status == credential.OK {
				t.Errorf("%s renamed verifies", c.path)
			}
		}
	})
	return tried
}
