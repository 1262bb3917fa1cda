package credential_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// noon is when everything here happens.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	base        = "https://badges.example"
	achievement = base + "/achievements/AAAAAAAAAAAAAAAAAAAAAA"
	slotIndex   = "94567"
)

// issuer is a venue with real keys, and its document.
type issuer struct {
	id       string
	proof    ed25519.PrivateKey
	jwt      *ecdsa.PrivateKey
	document did.Document
}

func newIssuer(t testing.TB, slug string) *issuer {
	t.Helper()
	_, proof, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	jwt, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{id: did.Web(base, slug), proof: proof, jwt: jwt}
	i.publish(t, did.PublishedKey{Public: proof.Public()}, did.PublishedKey{Public: jwt.Public()})
	return i
}

func (i *issuer) publish(t testing.TB, keys ...did.PublishedKey) {
	t.Helper()
	document, err := did.NewDocument(i.id, keys)
	if err != nil {
		t.Fatal(err)
	}
	i.document = document
}

func (i *issuer) method(t testing.TB, public crypto.PublicKey) string {
	t.Helper()
	method, err := did.MethodID(i.id, public)
	if err != nil {
		t.Fatal(err)
	}
	return method
}

func (i *issuer) key(t testing.TB) credential.Key {
	t.Helper()
	thumbprint, err := did.Thumbprint(i.proof.Public())
	if err != nil {
		t.Fatal(err)
	}
	return credential.Key{Signer: i.proof, Method: i.method(t, i.proof.Public()), Thumbprint: thumbprint}
}

// badge is a credential of the issuer that has every kind of member that we
// write.
func (i *issuer) badge() openbadges.AchievementCredential {
	profile := openbadges.Profile{ID: i.id, Type: []string{"Profile"}, Name: "ERIC d’Embrun", URL: base + "/issuers/atelier"}
	return openbadges.AchievementCredential{
		Context: []string{openbadges.ContextVC2, openbadges.ContextOB3},
		ID:      base + "/credentials/BBBBBBBBBBBBBBBBBBBBBB", Type: []string{"VerifiableCredential", "OpenBadgeCredential"},
		Name: "Vérifier une information", Issuer: profile,
		ValidFrom: "2026-11-22T10:00:00Z", ValidUntil: "2029-11-22T10:00:00Z", AwardedDate: "2026-11-22T11:00:00Z",
		CredentialSubject: openbadges.AchievementSubject{
			ID: "urn:uuid:6d2d9a60-1111-4222-8333-944445555666", Type: []string{"AchievementSubject"},
			Achievement: mastered(openbadges.Profile{ID: i.id, Type: []string{"Profile"}}),
			Identifier: []openbadges.IdentityObject{{Type: "IdentityObject", Hashed: true, IdentityType: "name",
				IdentityHash: openbadges.IdentityHash("lucie le goff", "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a")}},
			Result: []openbadges.Result{{Type: []string{"Result"}, ResultDescription: achievement + "#maitrise",
				AchievedLevel: achievement + "#niveau-3"}},
		},
		Evidence: []openbadges.Evidence{
			{ID: "https://example.org/preuve", Type: []string{"Evidence"}, Name: "Carte de veille", Narrative: "Trois sources."},
			{Type: []string{"Evidence"}, Narrative: "Observé en séance."}},
		CredentialStatus: &openbadges.StatusEntry{ID: base + "/status/1#" + slotIndex, Type: "BitstringStatusListEntry",
			StatusPurpose: "revocation", StatusListIndex: slotIndex, StatusListCredential: base + "/status/1"},
	}
}

func mastered(creator openbadges.Profile) openbadges.Achievement {
	level := func(id, name string) openbadges.RubricCriterionLevel {
		return openbadges.RubricCriterionLevel{ID: achievement + "#niveau-" + id, Type: []string{"RubricCriterionLevel"},
			Name: name, Level: id, Description: "Ce que l’on sait faire à ce degré."}
	}
	return openbadges.Achievement{
		ID: achievement, Type: []string{"Achievement"}, AchievementType: "Competency",
		Name: "Vérifier une information", Description: "Recouper ses sources.",
		Criteria: openbadges.Criteria{Narrative: "Avoir comparé **trois** sources.\n\n* l’une officielle"},
		Creator:  &creator, InLanguage: "fr", Version: "1", Tag: []string{"information", "sources"},
		Alignment: []openbadges.Alignment{{Type: []string{"Alignment"}, TargetCode: "acunum.c1.4", TargetName: "Vérifier",
			TargetFramework: "ACUNUM", TargetType: "ceasn:Competency", TargetURL: base + "/competences/acunum.c1.4"}},
		ResultDescription: []openbadges.ResultDescription{{ID: achievement + "#maitrise", Type: []string{"ResultDescription"},
			Name: "Degré de maîtrise", ResultType: "RubricCriterionLevel", RequiredLevel: achievement + "#niveau-3",
			RubricCriterionLevel: []openbadges.RubricCriterionLevel{level("3", "Indépendant"), level("5", "Avancé")}}},
	}
}

// sign issues a credential as the act of awarding does.
func (i *issuer) sign(t testing.TB, c openbadges.AchievementCredential) credential.Signed {
	t.Helper()
	draft, err := credential.Prepare(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := draft.Sign(t.Context(), i.key(t), noon)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// envelope makes the VC-JWT of a signed credential.
func (i *issuer) envelope(t testing.TB, document []byte) string {
	t.Helper()
	thumbprint, err := did.Thumbprint(i.jwt.Public())
	if err != nil {
		t.Fatal(err)
	}
	token, err := credential.Envelope(document, "ES256", base+"/keys/"+thumbprint, i.jwt)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// seal signs any payload at all as a VC-JWT, with the key that has that name.
func (i *issuer) seal(t testing.TB, payload, kid string) string {
	t.Helper()
	token, err := vcjwt.Sign([]byte(payload), "ES256", kid, i.jwt)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// raw signs bytes with the key of tokens, as ES256 does.
func (i *issuer) raw(t testing.TB, message []byte) []byte {
	t.Helper()
	digest := sha256.Sum256(message)
	asn1, err := i.jwt.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := did.FixedWidth(asn1, &i.jwt.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return signature
}

// facts are sources that answer what the test says.
type facts struct {
	revoked   credential.StatusAnswer
	statusErr error
	logErr    error
	asked     [32]byte
}

func (f *facts) Status(_ context.Context, issuer, _ string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	if entry.StatusListIndex != slotIndex || !strings.HasPrefix(issuer, "did:") {
		return credential.StatusAnswer{}, credential.ErrBadList
	}
	return f.revoked, f.statusErr
}

func (f *facts) Included(_ context.Context, _ string, docHash [32]byte) (credential.Inclusion, error) {
	f.asked = docHash
	return credential.Inclusion{Index: 7, Size: 9, Day: "2026-11-22", Origin: "badges.example/log"}, f.logErr
}

// sources answer for that issuer, everything being well.
func (i *issuer) sources(f *facts) credential.Sources {
	return credential.Sources{Keys: did.Chain{did.Self{}, did.Static{i.id: i.document}}, Status: f, Log: f, Now: noon,
		Standing: func(string) credential.Standing { return credential.OfNetwork }}
}

func (i *issuer) verify(t testing.TB, input []byte) credential.Report {
	t.Helper()
	return credential.Verify(t.Context(), input, i.sources(&facts{}))
}
