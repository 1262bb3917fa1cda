package credential_test

import (
	"context"
	"crypto"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// What breaks a rule is named with its path, and never becomes a draft.
func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	type badge = openbadges.AchievementCredential
	of := func(c *badge) *openbadges.AchievementSubject { return &c.CredentialSubject }
	cases := []struct {
		name, path, rule string
		spoil            func(*badge)
	}{
		{"a proof already", "$.proof", "unsigned", func(c *badge) { c.Proof = []openbadges.Proof{{Type: "DataIntegrityProof"}} }},
		{"no context", "$.@context", "null", func(c *badge) { c.Context = nil }},
		{"contexts in another order", "$.@context[0]", "context", func(c *badge) { slices.Reverse(c.Context) }},
		{"an unknown context", "$", "lossless", func(c *badge) {
			c.Context = append(c.Context, "https://evil.example/context.json")
		}},
		{"a type too few", "$.type", "typeName", func(c *badge) { c.Type = c.Type[:1] }},
		{"an undefined type", "$", "lossless", func(c *badge) { c.Type = append(c.Type, "GoldenCredential") }},
		{"no id", "$.id", "empty", func(c *badge) { c.ID = "" }},
		{"a relative id", "$.id", "iri", func(c *badge) { c.ID = "credentials/1" }},
		{"an issuer without id", "$.issuer.id", "empty", func(c *badge) { c.Issuer.ID = "" }},
		{"no beginning", "$.validFrom", "empty", func(c *badge) { c.ValidFrom = "" }},
		{"a beginning without zone", "$.validFrom", "dateTime", func(c *badge) { c.ValidFrom = "2026-11-22T10:00:00" }},
		{"a beginning with fractions", "$.validFrom", "dateTime", func(c *badge) { c.ValidFrom = "2026-11-22T10:00:00.5Z" }},
		{"an end before the beginning", "$.validUntil", "dateOrder", func(c *badge) { c.ValidUntil = "2020-01-01T00:00:00Z" }},
		{"a day of award that is none", "$.awardedDate", "dateTime", func(c *badge) { c.AwardedDate = "2026-02-30T12:00:00Z" }},
		{"nobody", "$.credentialSubject.id", "required", func(c *badge) { of(c).ID, of(c).Identifier = "", nil }},
		{"a hash that is none", "$.credentialSubject.identifier[0].identityHash", "identityHash",
			func(c *badge) { of(c).Identifier[0].IdentityHash = "sha256$00" }},
		{"a hash of MD5", "$.credentialSubject.identifier[0].identityHash", "identityHash",
			func(c *badge) { of(c).Identifier[0].IdentityHash = "md5$d41d8cd98f00b204e9800998ecf8427e" }},
		{"no name of the achievement", "$.credentialSubject.achievement.name", "empty",
			func(c *badge) { of(c).Achievement.Name = "" }},
		{"no criteria", "$.credentialSubject.achievement.criteria.narrative", "required",
			func(c *badge) { of(c).Achievement.Criteria = openbadges.Criteria{} }},
		{"a type of achievement of its own", "$.credentialSubject.achievement.achievementType", "vocabulary",
			func(c *badge) { of(c).Achievement.AchievementType = "Golden" }},
		{"an alignment to an accented host", "$.credentialSubject.achievement.alignment[0].targetUrl", "iri",
			func(c *badge) { of(c).Achievement.Alignment[0].TargetURL = "https://médiathèque.example/1" }},
		{"a level twice", "$.credentialSubject.achievement.resultDescription[0].rubricCriterionLevel[1].id", "duplicate",
			func(c *badge) {
				levels := of(c).Achievement.ResultDescription[0].RubricCriterionLevel
				levels[1].ID = levels[0].ID
			}},
		{"a required level of no description", "$.credentialSubject.achievement.resultDescription[0].requiredLevel", "levelUnknown",
			func(c *badge) { of(c).Achievement.ResultDescription[0].RequiredLevel = achievement + "#niveau-9" }},
		{"a level that is not described", "$.credentialSubject.result[0].achievedLevel", "levelUnknown",
			func(c *badge) { of(c).Result[0].AchievedLevel = achievement + "#niveau-9" }},
		{"a result of another achievement", "$.credentialSubject.result[0].resultDescription", "resultDescriptionUnknown",
			func(c *badge) { of(c).Result[0].ResultDescription = base + "/achievements/other#maitrise" }},
		{"relative evidence", "$.evidence[0].id", "iri", func(c *badge) { c.Evidence[0].ID = "preuves/1" }},
		{"evidence of 2,000 characters", "$.evidence[0].id", "iri",
			func(c *badge) { c.Evidence[0].ID = "https://example.org/" + strings.Repeat("a", 2000) }},
		{"a status that is the list", "$.credentialStatus.id", "statusId",
			func(c *badge) { c.CredentialStatus.ID = c.CredentialStatus.StatusListCredential }},
		{"another purpose", "$.credentialStatus.statusPurpose", "statusType",
			func(c *badge) { c.CredentialStatus.StatusPurpose = "suspension" }},
		{"an index with a zero before", "$.credentialStatus.statusListIndex", "index",
			func(c *badge) { c.CredentialStatus.StatusListIndex = "007" }},
		{"the same tag twice", "$", "lossless", func(c *badge) { of(c).Achievement.Tag = []string{"a", "a"} }},
		{"an endorsement that no context defines", "$.endorsementJwt", "unsignable", func(c *badge) { c.EndorsementJWT = []string{"e30.e30.AA"} }},
	}
	for _, c := range cases {
		unsigned := newIssuer(t, "atelier").badge()
		c.spoil(&unsigned)
		draft, err := credential.Prepare(t.Context(), unsigned)
		var broken *problem.Error
		if draft != nil || !errors.As(err, &broken) || broken.Kind != problem.Invalid {
			t.Errorf("%s: draft %v, error %v", c.name, draft != nil, err)
			continue
		}
		if !slices.ContainsFunc(broken.Violations, func(v problem.Violation) bool { return v.Path == c.path && v.Rule == c.rule }) {
			t.Errorf("%s: %s %s is not named in %v", c.name, c.path, c.rule, broken.Violations)
		}
	}
}

// A control character can't even be written: the reader of our own JSON refuses it.
func TestPrepareRefusesControlCharacters(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\x00b", "a\x07b", "a\x7fb", "a\ufffeb"} {
		unsigned := newIssuer(t, "atelier").badge()
		unsigned.Name = text
		if _, err := credential.Prepare(t.Context(), unsigned); err == nil {
			t.Errorf("%q is prepared", text)
		}
	}
}

func TestDraftIsSpentByItsFirstUse(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	draft, err := credential.Prepare(t.Context(), i.badge())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := draft.Sign(t.Context(), i.key(t), noon); err != nil {
		t.Fatal(err)
	}
	if signed, err := draft.Sign(t.Context(), i.key(t), noon); !errors.Is(err, credential.ErrDraftSpent) || signed.Document != nil {
		t.Errorf("signed twice: %v", err)
	}
}

// A first use that fails spends the draft too: nobody tries signers on it.
func TestDraftIsSpentByAFailure(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	draft, err := credential.Prepare(t.Context(), i.badge())
	if err != nil {
		t.Fatal(err)
	}
	broken := i.key(t)
	broken.Signer = signer{i.proof, func([]byte) ([]byte, error) { return nil, errors.New("no entropy") }}
	if _, err := draft.Sign(t.Context(), broken, noon); err == nil {
		t.Fatal("signed without a signature")
	}
	if _, err := draft.Sign(t.Context(), i.key(t), noon); !errors.Is(err, credential.ErrDraftSpent) {
		t.Errorf("a failed draft is signed: %v", err)
	}
}

func TestOneOfManySignsADraft(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	key := i.key(t)
	for range 20 {
		draft, err := credential.Prepare(t.Context(), i.badge())
		if err != nil {
			t.Fatal(err)
		}
		if signed := signAtOnce(t.Context(), draft, key, 8); signed != 1 {
			t.Errorf("%d of 8 signed", signed)
		}
	}
}

// signAtOnce counts how many of n callers at the same moment got a signature.
func signAtOnce(ctx context.Context, draft *credential.Draft, key credential.Key, n int) (signed int) {
	var group sync.WaitGroup
	start, results := make(chan struct{}), make(chan error, n)
	for range n {
		group.Go(func() {
			<-start
			_, err := draft.Sign(ctx, key, noon)
			results <- err
		})
	}
	close(start)
	group.Wait()
	close(results)
	for err := range results {
		if err == nil {
			signed++
		} else if !errors.Is(err, credential.ErrDraftSpent) {
			return -1
		}
	}
	return signed
}

// signer is a key whose signature goes through spoil.
type signer struct {
	crypto.Signer
	spoil func([]byte) ([]byte, error)
}

func (s signer) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	signature, err := s.Signer.Sign(r, digest, o)
	if err != nil {
		return nil, err
	}
	return s.spoil(signature)
}

// other is a key that shows the public half of another one.
type other struct {
	crypto.Signer
	public crypto.PublicKey
}

func (o other) Public() crypto.PublicKey { return o.public }

// A signature that does not verify never leaves the house.
func TestSignRefusesItsOwnBadSignature(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	flipped := func(s []byte) ([]byte, error) { s[17] ^= 1; return s, nil }
	for name, broken := range map[string]crypto.Signer{
		"a bit flipped":       signer{i.proof, flipped},
		"cut short":           signer{i.proof, func(s []byte) ([]byte, error) { return s[:63], nil }},
		"empty":               signer{i.proof, func([]byte) ([]byte, error) { return nil, nil }},
		"made by another key": other{stranger.proof, i.proof.Public()},
	} {
		draft, err := credential.Prepare(t.Context(), i.badge())
		if err != nil {
			t.Fatal(err)
		}
		key := i.key(t)
		key.Signer = broken
		if signed, err := draft.Sign(t.Context(), key, noon); err == nil || signed.Document != nil {
			t.Errorf("%s: signed", name)
		}
	}
}

// What was linted is what is signed: the draft keeps it, and a change of the
// caller's copy comes too late.
func TestSignKeepsToWhatWasLinted(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	unsigned := i.badge()
	draft, err := credential.Prepare(t.Context(), unsigned)
	if err != nil {
		t.Fatal(err)
	}
	unsigned.Evidence[0].ID = "https://example.org/autre"
	unsigned.Context[1] = "https://evil.example/context.json"
	signed, err := draft.Sign(t.Context(), i.key(t), noon)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(signed.Document), "autre") || strings.Contains(string(signed.Document), "evil") {
		t.Error("content that was never linted is signed")
	}
	expect(t, "as it was linted", i.verify(t, signed.Document), credential.Valid, credential.CheckProof, "ok embedded")
}
