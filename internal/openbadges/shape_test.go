package openbadges

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// TestShapesHoldTheWholeDocument reads the full document into the structs and
// writes it again: nothing is lost but the members of the status entry that we
// never write.
func TestShapesHoldTheWholeDocument(t *testing.T) {
	t.Parallel()
	var credential AchievementCredential
	strict := json.NewDecoder(bytes.NewReader(withoutForeignStatus(t)))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&credential); err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(credential)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := decode(t, written), decode(t, withoutForeignStatus(t)); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func withoutForeignStatus(t *testing.T) []byte {
	doc := full(t)
	for _, name := range []string{"statusSize", "statusMessage", "statusReference"} {
		remove(doc, "$.credentialStatus."+name)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSmallestCredential: nothing empty is written, and what is written is the
// canonical form.
func TestSmallestCredential(t *testing.T) {
	t.Parallel()
	written, err := json.Marshal(AchievementCredential{
		Context:   []string{ContextVC2, ContextOB3},
		ID:        "urn:uuid:0f5c2b1e-0000-4000-8000-000000000001",
		Type:      []string{TypeVerifiableCredential, TypeOpenBadgeCredential},
		Issuer:    Profile{ID: "did:web:usages.example", Type: []string{TypeProfile}},
		ValidFrom: FormatDateTime(time.Unix(1793610000, 0)),
		CredentialSubject: AchievementSubject{
			ID:   "urn:uuid:7b1d9a60-1111-4222-8333-944445555666",
			Type: []string{TypeAchievementSubject},
			Achievement: Achievement{
				ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555667", Type: []string{TypeAchievement},
				Name: "Veille", Description: "Suivre.", Criteria: Criteria{Narrative: "Un mois."},
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` +
		`"id":"urn:uuid:0f5c2b1e-0000-4000-8000-000000000001","type":["VerifiableCredential","OpenBadgeCredential"],` +
		`"issuer":{"id":"did:web:usages.example","type":["Profile"]},"validFrom":"2026-11-02T09:00:00Z",` +
		`"credentialSubject":{"id":"urn:uuid:7b1d9a60-1111-4222-8333-944445555666","type":["AchievementSubject"],` +
		`"achievement":{"id":"urn:uuid:7b1d9a60-1111-4222-8333-944445555667","type":["Achievement"],` +
		`"name":"Veille","description":"Suivre.","criteria":{"narrative":"Un mois."}}}}`
	if string(written) != want {
		t.Errorf("got  %s\nwant %s", written, want)
	}
	if found := Validate(decode(t, written), Strict); found != nil {
		t.Errorf("%v", found)
	}
}

func TestCompactForms(t *testing.T) {
	t.Parallel()
	var credential AchievementCredential
	err := json.Unmarshal([]byte(`{"type":"A","issuer":"did:web:x","proof": {"type":"P","domain":["a","b"]}}`), &credential)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(credential.Type, Types{"A"}) || credential.Issuer.ID != "did:web:x" {
		t.Errorf("type %v, issuer %v", credential.Type, credential.Issuer)
	}
	if len(credential.Proof) != 1 || !reflect.DeepEqual(credential.Proof[0].Domain, Types{"a", "b"}) {
		t.Errorf("proof %v", credential.Proof)
	}
	for _, bad := range []string{`{"type":7}`, `{"issuer":["x"]}`, `{"proof":"x"}`, `{"proof":["x"]}`} {
		if err := json.Unmarshal([]byte(bad), new(AchievementCredential)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}
