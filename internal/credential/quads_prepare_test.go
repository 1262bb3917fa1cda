package credential

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

type badge = openbadges.AchievementCredential

// asStranger verifies stored bytes with all of JSON-LD, and gives their hash.
func asStranger(t *testing.T, signed Signed, key Key) {
	t.Helper()
	doc, err := jsonld.DecodeObject(signed.Document)
	if err != nil {
		t.Fatal(err)
	}
	proof := doc["proof"].([]any)[0].(map[string]any)
	docHash, err := dataintegrity.Verify(t.Context(), doc, proof, key.Signer.Public())
	if err != nil || docHash != signed.DocHash {
		t.Errorf("%v, hash %x instead of %x:\n%s", err, docHash, signed.DocHash, signed.Document)
	}
}

// TestSignedOnTheTypedPath signs generated credentials: strangers verify them, and
// the stored bytes are those of the whole struct.
func TestSignedOnTheTypedPath(t *testing.T) {
	t.Parallel()
	key, signed := benchKey(), 0
	for seed := range uint64(400) {
		c := newAuthor(seed).credential()
		draft, err := Prepare(t.Context(), *c)
		if err != nil || draft.content.guarded {
			continue
		}
		made, err := draft.Sign(t.Context(), key, benchTime)
		if err != nil {
			t.Fatal(err)
		}
		asStranger(t, made, key)
		var read badge
		if err := json.Unmarshal(made.Document, &read); err != nil {
			t.Fatal(err)
		}
		c.Proof = read.Proof
		if !bytes.Equal(mustEncode(t, c), made.Document) {
			t.Errorf("seed %d: stored\n%s", seed, made.Document)
		}
		signed++
	}
	if signed < 300 {
		t.Errorf("only %d were signed", signed)
	}
}

// TestOrdinaryBadgesTakeTheTypedPath keeps the other path from becoming the usual
// one unseen.
func TestOrdinaryBadgesTakeTheTypedPath(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]badge{
		"the standard workload": workload(t), "every member": *everything().credential(),
	} {
		draft, err := Prepare(t.Context(), c)
		if err != nil || draft.content.guarded {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGuardedPathTakesTheRest lists what the typed path leaves to the other one:
// it is signed all the same, with the bytes that a stranger finds.
func TestGuardedPathTakesTheRest(t *testing.T) {
	t.Parallel()
	endorsement := openbadges.EndorsementCredential{
		Context: []string{openbadges.ContextVC2, openbadges.ContextOB3}, ID: "https://badges.example.fr/endorsements/1",
		Type: openbadges.Types{openbadges.TypeVerifiableCredential, openbadges.TypeEndorsementCredential}, Name: "Appui",
		Issuer: openbadges.Profile{ID: "did:web:b.example", Type: openbadges.Types{openbadges.TypeProfile}}, ValidFrom: "2026-11-22T10:00:00Z",
		CredentialSubject: openbadges.EndorsementSubject{ID: "did:web:badges.example.fr", Type: openbadges.Types{openbadges.TypeEndorsementSubject}},
	}
	key := benchKey()
	for name, change := range map[string]func(*openbadges.AchievementCredential){
		"an endorsement of the badge":  func(c *badge) { c.Endorsement = []openbadges.EndorsementCredential{endorsement} },
		"an endorsement of the issuer": func(c *badge) { c.Issuer.Endorsement = []openbadges.EndorsementCredential{endorsement} },
		"an endorsement of the achievement": func(c *badge) {
			c.CredentialSubject.Achievement.Endorsement = []openbadges.EndorsementCredential{endorsement}
		},
		"another context of Open Badges": func(c *badge) {
			c.Context[1] = strings.Replace(c.Context[1], "3.0.3", "3.0.2", 1)
			c.CredentialSubject.Achievement.InLanguage = "" // which 3.0.2 does not know
		},
		"a third context": func(c *badge) {
			c.Context = append(c.Context, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
			c.RefreshService = &openbadges.RefreshService{ID: "https://badges.example.fr/r", Type: "1EdTechCredentialRefresh"}
		},
		"a schema": func(c *badge) {
			c.CredentialSchema = []openbadges.CredentialSchema{{ID: "https://a.example/s", Type: "JsonSchema"}}
		},
		"terms of use":            func(c *badge) { c.TermsOfUse = []openbadges.TermsOfUse{{Type: "https://a.example/Terms"}} },
		"a second type":           func(c *badge) { c.Evidence[0].Type = append(c.Evidence[0].Type, "https://a.example/Projet") },
		"the badge's id again":    func(c *badge) { c.Evidence[0] = openbadges.Evidence{ID: c.ID, Type: c.Evidence[0].Type, Genre: "x"} },
		"seven hundred tags":      func(c *badge) { c.CredentialSubject.Achievement.Tag = manyTexts(700) },
		"twenty organisations up": func(c *badge) { c.Issuer.ParentOrg = ancestors(20) },
	} {
		c := workload(t)
		change(&c)
		draft, err := Prepare(t.Context(), c)
		if err != nil || !draft.content.guarded {
			t.Errorf("%s: guarded %t, %v", name, err == nil, err)
			continue
		}
		signed, err := draft.Sign(t.Context(), key, benchTime)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		asStranger(t, signed, key)
	}
}

func manyTexts(n int) (texts []string) {
	for i := range n {
		texts = append(texts, "n"+strings.Repeat("o", i%9)+string(rune('A'+i%26))+time.Duration(i).String())
	}
	return texts
}

func ancestors(n int) *openbadges.Profile {
	if n == 0 {
		return nil
	}
	return &openbadges.Profile{ID: "urn:x:" + strings.Repeat("a", n), Type: openbadges.Types{openbadges.TypeProfile}, ParentOrg: ancestors(n - 1)}
}

// TestNeitherPathTakesIt: what cannot be signed is an Invalid problem on whichever
// path it came.
func TestNeitherPathTakesIt(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*openbadges.AchievementCredential){
		"no UTF-8":               func(c *badge) { c.Name = "Embrun\xff" },
		"no UTF-8 below":         func(c *badge) { c.Evidence[0].Name = "\xe2\x80" },
		"half a pair":            func(c *badge) { c.Name = "\xed\xa0\x80" },
		"a control character":    func(c *badge) { c.Name = "a\x07" },
		"no character of XML":    func(c *badge) { c.Name = "a\uffff" },
		"the same tag twice":     func(c *badge) { c.CredentialSubject.Achievement.Tag = []string{"a", "a"} },
		"the same type twice":    func(c *badge) { c.Type = append(c.Type, openbadges.TypeAchievementCredential) },
		"a number too exact":     func(c *badge) { c.CredentialSubject.CreditsEarned = 0.30000000000000004 },
		"a number too great":     func(c *badge) { c.CredentialSubject.CreditsEarned = 1 << 53 },
		"a number too small":     func(c *badge) { c.CredentialSubject.CreditsEarned = 1e-7 },
		"scattered content":      func(c *badge) { c.Evidence[0].ID = c.ID },
		"an unknown type":        func(c *badge) { c.Type = append(c.Type, "Certificat") },
		"sixty-five nodes":       func(c *badge) { c.Evidence = make([]openbadges.Evidence, 65) },
		"half a megabyte":        func(c *badge) { c.Description = strings.Repeat("é", 300<<10) },
		"a level of no where":    func(c *badge) { c.CredentialSubject.Result[0].AchievedLevel = "urn:x:y" },
		"a profile without type": func(c *badge) { c.Issuer.Type = nil },
	} {
		c := workload(t)
		change(&c)
		for i := range c.Evidence {
			if c.Evidence[i].Type == nil {
				c.Evidence[i].Type = openbadges.Types{openbadges.TypeEvidence}
			}
		}
		if _, err := Prepare(t.Context(), c); !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDraftKeepsWhatWasLinted: the caller's struct shares its arrays with nobody.
func TestDraftKeepsWhatWasLinted(t *testing.T) {
	t.Parallel()
	c, key := workload(t), benchKey()
	draft, err := Prepare(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	c.Evidence[0].Name, c.Context[0] = "Autre projet", "https://evil.example/"
	signed, err := draft.Sign(t.Context(), key, benchTime)
	if err != nil || bytes.Contains(signed.Document, []byte("Autre projet")) {
		t.Errorf("%v\n%s", err, signed.Document)
	}
	asStranger(t, signed, key)
}

func TestSignList(t *testing.T) {
	t.Parallel()
	bits := statuslist.New()
	bits.Set(94001, true)
	params := statuslist.Params{ID: "https://badges.example.fr/status/1", Issuer: "did:web:badges.example.fr:issuers:eric",
		Bits: bits, ValidFrom: benchTime, ValidUntil: benchTime.Add(time.Hour), TTL: time.Minute}
	key := benchKey()
	for _, ttl := range []time.Duration{0, time.Minute} {
		params.TTL = ttl
		signed, err := SignList(t.Context(), statuslist.Unsigned(params), key, benchTime)
		if err != nil {
			t.Fatal(err)
		}
		asStranger(t, signed, key)
	}
	for name, spoil := range map[string]func(*statuslist.Credential){
		"a relative id":     func(c *statuslist.Credential) { c.ID = "/status/1" },
		"no issuer":         func(c *statuslist.Credential) { c.Issuer = "" },
		"another context":   func(c *statuslist.Credential) { c.Context = append(c.Context, openbadges.ContextOB3) },
		"another type":      func(c *statuslist.Credential) { c.Type[1] = "StatusList2021Credential" },
		"no type":           func(c *statuslist.Credential) { c.Type = c.Type[1:] },
		"no list":           func(c *statuslist.Credential) { c.CredentialSubject.EncodedList = "" },
		"the list's own id": func(c *statuslist.Credential) { c.CredentialSubject.ID = c.ID },
	} {
		list := statuslist.Unsigned(params)
		spoil(&list)
		if _, err := SignList(t.Context(), list, key, benchTime); !errors.Is(err, errUntyped) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProofIsReadBack: a proof that would be stored otherwise than it was made
// stays in the house.
func TestProofIsReadBack(t *testing.T) {
	t.Parallel()
	proof := openbadges.Proof{Type: "DataIntegrityProof", Cryptosuite: "eddsa-rdfc-2022", Created: "2026-11-22T10:00:00Z",
		VerificationMethod: "did:web:a#k", ProofPurpose: "assertionMethod", ProofValue: "z" + strings.Repeat("2", ed25519.SignatureSize)}
	made, err := content{document: []byte(`{"id":"urn:x:1"}`)}.with(proof)
	if err != nil {
		t.Fatal(err)
	}
	text := made[len(`{"id":"urn:x:1"`):]
	for i := range text {
		spoilt := bytes.Clone(text)
		spoilt[i] ^= 1
		if endsWith(spoilt, proof) || endsWith(text[:i], proof) {
			t.Errorf("%s is taken for the proof", spoilt)
		}
	}
	if endsWith(append(text, ' '), proof) || !endsWith(text, proof) {
		t.Error("the end is not seen")
	}
	proof.Nonce = "more"
	if _, err := (content{document: []byte(`{}`)}).with(proof); !errors.Is(err, errAltered) {
		t.Errorf("a member more: %v", err)
	}
}
