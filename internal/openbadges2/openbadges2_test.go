package openbadges2

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"ramure/internal/openbadges"
)

func TestWholeAssertion(t *testing.T) {
	t.Parallel()
	doc := decode(t, whole)
	if found := append(Validate(doc), ValidateContext(doc)...); len(found) > 0 {
		t.Fatal(found)
	}
	a, err := Shape[Assertion](doc)
	if err != nil {
		t.Fatal(err)
	}
	badge := a.Badge.Object
	issuer := badge.Issuer.Object
	for what, pair := range map[string][2]any{
		"id":           {a.ID, "https://exemple.fr/assertions/1"},
		"recipient":    {a.Recipient.Matches("a@example.com"), true},
		"badge":        {a.Badge.Address, "https://exemple.fr/badges/1"},
		"evidence":     {a.Evidence[0], Evidence{ID: "https://exemple.fr/preuves/1"}},
		"evidence 2":   {a.Evidence[1].Name + a.Evidence[1].Genre, "AfficheImage"},
		"image":        {a.Image.Address, "https://exemple.fr/assertions/1/image.png"},
		"picture":      {badge.Image.Object.Caption, "Une loupe"},
		"criteria":     {badge.Criteria, Criteria{"https://exemple.fr/badges/1/criteres", "Comparer **trois sources**."}},
		"alignment":    {badge.Alignment[0].TargetCode, "1.2"},
		"issuer":       {badge.Issuer.Address, "https://exemple.fr/emetteur"},
		"issuer name":  {issuer.Name, "ERIC d'Embrun"},
		"scope":        {[]string(issuer.Verification.StartsWith), []string{"https://exemple.fr/assertions/"}},
		"hosts":        {[]string(issuer.Verification.AllowedOrigins), []string{"exemple.fr"}},
		"it is hosted": {a.IsSigned(), false},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: %v, want %v", what, pair[0], pair[1])
		}
	}
	if !a.Recipient.Matches(" A@Example.com\n") || a.Recipient.Matches("b@example.com") {
		t.Error("the recipient is matched as typed, trimmed, then in lower case")
	}
}

func TestSignedIsToldApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"verification":{"type":"SignedBadge","creator":"https://exemple.fr/cle"}}`: true,
		`{"verification":{"type":["x","signed"]}}`:                                   true,
		`{"verify":{"type":"signed"}}`:                                               true,
		`{"verification":{"type":"hosted"}}`:                                         false,
		`{"verification":{}}`:                                                        false,
	} {
		a, err := Shape[Assertion](decode(t, text))
		if err != nil || a.IsSigned() != want {
			t.Errorf("%s: %v, %v", text, a.IsSigned(), err)
		}
	}
}

func TestContexts(t *testing.T) {
	t.Parallel()
	for text, rule := range map[string]string{
		`{"@context":"https://w3id.org/openbadges/v2"}`:                          "",
		`{"@context":["https://exemple.fr/1","https://w3id.org/openbadges/v2"]}`: "",
		`{"@context":"https://openbadgespec.org/v2/context.json"}`:               "",
		`{"@context":["https://purl.imsglobal.org/spec/ob/v2p1/context.json"]}`:  "",
		`{}`:                openbadges.RuleRequired,
		`{"@context":null}`: openbadges.RuleRequired,
		`{"@context":[]}`:   openbadges.RuleContext,
		`{"@context":"https://w3id.org/openbadges/v1"}`:                                    openbadges.RuleContext,
		`{"@context":"http://w3id.org/openbadges/v2"}`:                                     openbadges.RuleContext,
		`{"@context":["https://w3id.org/openbadges/v2",{"expires":"https://exemple.fr"}]}`: openbadges.RuleContext,
		`{"@context":7}`: openbadges.RuleContext,
	} {
		found := ValidateContext(decode(t, text))
		if rule == "" && len(found) > 0 || rule != "" && (len(found) == 0 || found[0].Rule != rule) {
			t.Errorf("%s: %v, want %s", text, found, rule)
		}
	}
	if !IsAssertion(decode(t, whole)) || IsAssertion(decode(t, list)) || IsAssertion(map[string]any{"type": TypeAssertion}) {
		t.Error("an assertion says its type and its context")
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	want := time.Date(2016, 12, 31, 23, 59, 0, 0, time.UTC)
	for text, ok := range map[string]bool{
		"2016-12-31T23:59:00Z": true, "2016-12-31T23:59:00+00:00": true, "2017-01-01T00:59:00.000000+01:00": true,
		"2016-12-31T23:59Z": true, "2016-12-31T22:59-01:00": true, "2016-12-31T22:59:00-0100": true, "2016-12-31T22:59-0100": true,
		"2016-12-31T23:59:00": false, "2016-12-31 23:59:00Z": false, "2016-12-31T23:59:00z": false, "2016-12-31T24:59:00Z": false,
		"2016-13-31T23:59:00Z": false, "1483228740": false, "": false, "2016-12-31T23:59:00,5Z": false, "2016-12-31T23:59:60Z": false,
	} {
		got, err := ParseDateTime(text)
		if (err == nil) != ok || ok && !got.Equal(want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestRevocationList(t *testing.T) {
	t.Parallel()
	doc := decode(t, list)
	if found := ValidateRevocationList(doc); len(found) > 0 {
		t.Fatal(found)
	}
	read, err := Shape[RevocationList](doc)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]bool{"urn:uuid:1": true, "urn:uuid:2": true, "urn:uuid:3": false, "abc": false, "": false} {
		entry, found := read.Find(id)
		if found != want || id == "urn:uuid:2" && entry.RevocationReason != "Erreur" {
			t.Errorf("%s: %+v, %v", id, entry, found)
		}
	}
	for _, broken := range []string{`{"revokedAssertions":["x:1"]}`, `{"type":"RevocationList","issuer":"x"}`, `{"type":"RevocationList","revokedAssertions":[7]}`} {
		if len(ValidateRevocationList(decode(t, broken))) == 0 {
			t.Errorf("%s keeps the rules", broken)
		}
	}
}

func TestStandingAlone(t *testing.T) {
	t.Parallel()
	badge := decode(t, whole)["badge"].(map[string]any)
	issuer := badge["issuer"].(map[string]any)
	if found := append(ValidateBadgeClass(badge), ValidateIssuer(issuer)...); len(found) > 0 {
		t.Error(found)
	}
	if len(ValidateIssuer(badge)) == 0 || len(ValidateBadgeClass(issuer)) == 0 {
		t.Error("one is taken for the other")
	}
}

// TestPlainLeavesTheDocumentAlone: the caller goes on using it.
func TestPlainLeavesTheDocumentAlone(t *testing.T) {
	t.Parallel()
	doc := decode(t, `{"a":null,"b":[null,{"c":[]}],"d":[],"e":{"f":null},"g":[1]}`)
	before, _ := json.Marshal(doc)
	said, _ := json.Marshal(Plain(doc))
	after, _ := json.Marshal(doc)
	if string(said) != `{"b":[{}],"e":{},"g":[1]}` || string(before) != string(after) {
		t.Errorf("%s, %s", said, after)
	}
}

// TestRevokedInPart: what is left of a revoked assertion keeps the rules.
func TestRevokedInPart(t *testing.T) {
	t.Parallel()
	for _, left := range []string{`"recipient":{"type":"email"}`, `"issuedOn":7`, `"badge":{"type":"BadgeClass"}`} {
		if len(Validate(decode(t, `{"revoked":true,"id":"urn:uuid:1",`+left+`}`))) == 0 {
			t.Errorf("%s keeps the rules", left)
		}
	}
}

// TestManyViolations: a long list is cut.
func TestManyViolations(t *testing.T) {
	t.Parallel()
	doc := decode(t, whole)
	evidence := make([]any, 1000)
	for i := range evidence {
		evidence[i] = "x"
	}
	doc["evidence"] = evidence
	if found := Validate(doc); len(found) != openbadges.MaxViolations {
		t.Errorf("%d violations", len(found))
	}
}

// FuzzAssertion: what keeps the rules can be shaped, and nothing panics.
func FuzzAssertion(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(list))
	f.Add([]byte(`{"revoked":true,"id":"urn:uuid:1"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var doc map[string]any
		if json.Unmarshal(text, &doc) != nil {
			return
		}
		doc = Plain(doc)
		ValidateContext(doc)
		if len(Validate(doc)) == 0 {
			if _, err := Shape[Assertion](doc); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
		if len(ValidateRevocationList(doc)) == 0 {
			if _, err := Shape[RevocationList](doc); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
	})
}
