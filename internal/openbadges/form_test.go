package openbadges

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// older turns a credential, and all endorsements inside, into the form of data
// model 1.1.
func older(value any) map[string]any {
	turned := map[string]any{}
	for name, member := range value.(map[string]any) {
		switch v := member.(type) {
		case map[string]any:
			member = older(v)
		case []any:
			list := slices.Clone(v)
			for i, element := range list {
				if object, isObject := element.(map[string]any); isObject {
					list[i] = older(object)
				}
			}
			member = list
		}
		turned[name] = member
	}
	if contexts, found := turned["@context"].([]any); found && contexts[0] == ContextVC2 {
		contexts = slices.Clone(contexts)
		contexts[0] = ContextVC1
		turned["@context"] = contexts
		for today, before := range map[string]string{form20.begin: form11.begin, form20.end: form11.end} {
			if date, present := turned[today]; present {
				turned[before] = date
				delete(turned, today)
			}
		}
	}
	return turned
}

// The older form is read with the same rules, and never ours.
func TestOlderForm(t *testing.T) {
	t.Parallel()
	doc := older(full(t))
	if !IsOlderForm(doc) || IsOlderForm(full(t)) || IsOlderForm(nil) {
		t.Fatal("the form is not told")
	}
	if found := Validate(doc); found != nil {
		t.Fatal(found)
	}
	if found := Validate(doc, Strict); !has(found, "$.@context[0]", RuleContext) || !has(found, "$.validFrom", RuleRequired) {
		t.Errorf("as ours: %v", found)
	}
	for _, test := range []struct {
		path  string
		value any
		rule  string
	}{
		{"$.issuanceDate", "yesterday", RuleDateTime},
		{"$.issuanceDate", "2026-11-22T10:00:00", RuleDateTime},
		{"$.expirationDate", "2020-01-01T00:00:00Z", RuleDateOrder},
		{"$.validFrom", "2026-01-01T00:00:00Z", RuleOtherForm},
		{"$.validUntil", "2066-01-01T00:00:00Z", RuleOtherForm},
		{"$.validUntil", true, RuleOtherForm},
		{"$.issuer.id", "relative", RuleIRI},
		{"$.endorsement[0].issuanceDate", "yesterday", RuleDateTime},
	} {
		doc := older(full(t))
		set(doc, test.path, test.value)
		wantOnly(t, Validate(doc), test.path, test.rule)
	}
	remove(doc, "$.issuanceDate")
	wantOnly(t, Validate(doc), "$.issuanceDate", RuleRequired)
}

// A date under its name of the other form is only let through where it says the
// same: who reads one form does not see it.
func TestDatesOfTheOtherForm(t *testing.T) {
	t.Parallel()
	doc := full(t)
	doc["issuanceDate"] = doc["validFrom"]
	if found := Validate(doc); found != nil {
		t.Errorf("the same date: %v", found)
	}
	wantOnly(t, Validate(map[string]any{}, Strict)[:1], "$.@context", RuleRequired)
	doc["issuanceDate"] = "2020-01-01T00:00:00Z"
	wantOnly(t, Validate(doc), "$.issuanceDate", RuleOtherForm)
	doc = full(t)
	doc["expirationDate"] = "2027-01-01T00:00:00Z"
	wantOnly(t, Validate(doc), "$.expirationDate", RuleOtherForm)
	doc = older(full(t))
	doc["validUntil"] = doc["expirationDate"]
	if found := Validate(doc); found != nil {
		t.Errorf("the same end: %v", found)
	}
}

// Both forms are read into one shape.
func TestCurrent(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]map[string]any{"2.0": full(t), "1.1": older(full(t))} {
		before := write(t, doc)
		var c AchievementCredential
		if err := json.Unmarshal(write(t, Current(doc)), &c); err != nil {
			t.Fatal(name, err)
		}
		if c.ValidFrom != full(t)["validFrom"] || c.ValidUntil != full(t)["validUntil"] {
			t.Errorf("%s: from %q until %q", name, c.ValidFrom, c.ValidUntil)
		}
		if string(write(t, doc)) != string(before) {
			t.Errorf("%s: the document itself was changed", name)
		}
	}
}

// A document is put into the shape as its JSON would be: whole, with sets of one, with
// several status entries, with members that no shape has, and of both forms.
func TestShapeIsWhatJSONSays(t *testing.T) {
	t.Parallel()
	count := 0
	try := func(doc map[string]any) {
		if Validate(doc) == nil {
			mustFit(t, doc)
			count++
		}
	}
	for _, name := range []string{"full.json", "workload.json", "sample.json"} {
		try(decode(t, read(t, name)))
		try(older(decode(t, read(t, name))))
	}
	for _, path := range paths(full(t), "$") {
		doc := full(t)
		switch value := get(doc, path).(type) {
		case []any:
			set(doc, path, value[0])
		case map[string]any:
			set(doc, path, []any{value})
		default:
			if strings.HasSuffix(path, "]") {
				continue
			}
			remove(doc, path)
		}
		try(doc)
	}
	for path, value := range map[string]any{
		"$.issuer": "did:web:usages.example", "$.licence": "CC-BY", "$.credentialSubject.creditsEarned": json.Number("2.50"),
		"$.credentialStatus": []any{full(t)["credentialStatus"], full(t)["credentialStatus"]},
		"$.proof":            map[string]any{"type": "Other", "verificationMethod": "urn:x:y", "proofPurpose": "assertionMethod", "jws": 7},
	} {
		doc := full(t)
		set(doc, path, value)
		try(doc)
	}
	if t.Logf("%d documents", count); count < 150 {
		t.Error("too few")
	}
}

// The W3C lets a credential have several status entries; Open Badges, and we, one.
func TestSeveralStatusEntries(t *testing.T) {
	t.Parallel()
	doc := full(t)
	one := doc["credentialStatus"].(map[string]any)
	other := map[string]any{"id": "https://usages.example/revoked#b", "type": TypeRevocationListEntry}
	doc["credentialStatus"] = []any{one, other}
	if found := Validate(doc); found != nil {
		t.Error(found)
	}
	wantOnly(t, Validate(func() map[string]any { d := ours(t); d["credentialStatus"] = []any{one}; return d }(), Strict),
		"$.credentialStatus", RuleType)
	entries := StatusEntries(doc)
	if len(entries) != 2 || entries[0].StatusListIndex != one["statusListIndex"] || entries[1].Type != TypeRevocationListEntry {
		t.Errorf("%+v", entries)
	}
	var c AchievementCredential
	if err := json.Unmarshal(write(t, Current(doc)), &c); err != nil || *c.CredentialStatus != entries[0] {
		t.Errorf("%+v, %v", c.CredentialStatus, err)
	}
	if got := StatusEntries(full(t)); len(got) != 1 || got[0] != entries[0] {
		t.Errorf("one: %+v", got)
	}
	if got := StatusEntries(map[string]any{"credentialStatus": []any{"x", nil}}); got != nil {
		t.Errorf("none: %+v", got)
	}
	other["id"] = "relative"
	wantOnly(t, Validate(doc), "$.credentialStatus[1].id", RuleIRI)
}

// What a proof must have depends on its kind; of a kind that we do not know, only
// what every proof has.
func TestKindsOfProof(t *testing.T) {
	t.Parallel()
	proof := func(members string) map[string]any {
		doc := full(t)
		doc["proof"] = decode(t, []byte(`{"verificationMethod":"did:web:a.example#k","proofPurpose":"assertionMethod",`+members+`}`))
		return doc
	}
	for _, members := range []string{
		`"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","proofValue":"z1","@context":["` + ContextVC2 + `"]`,
		`"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","proofValue":"z1","@context":"` + ContextVC2 + `"`,
		`"type":"Ed25519Signature2020","proofValue":"z1","created":"2026-11-22T10:00:00Z"`,
		`"type":"JsonWebSignature2020","jws":"a..b"`,
	} {
		if found := Validate(proof(members)); found != nil {
			t.Errorf("%s: %v", members, found)
		}
	}
	for members, path := range map[string]string{
		`"type":"DataIntegrityProof","proofValue":"z1"`:               "$.proof.cryptosuite",
		`"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`: "$.proof.proofValue",
		`"type":"Ed25519Signature2020"`:                               "$.proof.proofValue",
	} {
		wantOnly(t, Validate(proof(members)), path, RuleRequired)
	}
	wantOnly(t, Validate(proof(`"type":"X","@context":7`)), "$.proof.@context", RuleType)
	wantOnly(t, Validate(proof(`"type":"X","@id":"urn:x:y"`)), "$.proof.@id", RuleKeyword)
}

func write(t testing.TB, doc any) []byte {
	t.Helper()
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
