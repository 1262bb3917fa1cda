package openbadges

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const (
	level1    = "urn:uuid:5a3d9c1e-0001-4000-8000-0000000000b1"
	levels    = "urn:uuid:5a3d9c1e-0001-4000-8000-0000000000aa"
	marks     = "urn:uuid:5a3d9c1e-0001-4000-8000-0000000000ab"
	subject   = "$.credentialSubject"
	described = subject + ".achievement.resultDescription"
)

// TestRules breaks one rule at a time: the violation stands at the path that
// was changed unless want says another, and it is the only one.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path  string
		value any
		rule  string
		want  string
	}{
		{"$.@context[0]", "https://www.w3.org/2018/credentials/examples/v1", RuleContext, ""},
		{"$.@context[0]", ContextVC2 + "/", RuleContext, ""},
		{"$.@context[0]", map[string]any{"name": "x"}, RuleContext, ""},
		{"$.@context[1]", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.json", RuleContext, ""},
		{"$.@context[1]", "http://purl.imsglobal.org/spec/ob/v3p0/context.json", RuleContext, ""},
		{"$.@context[1]", "https://example.org/context.json", RuleContext, ""},
		{"$.@context", []any{ContextVC2}, RuleContext, "$.@context[1]"},
		{"$.@context", ContextVC2, RuleType, ""},
		{"$.endorsement[0].@context[0]", ContextOB3, RuleContext, ""},
		{"$.type", []any{TypeVerifiableCredential}, RuleTypeName, ""},
		{"$.type", []any{TypeOpenBadgeCredential}, RuleTypeName, ""},
		{"$.type", TypeVerifiableCredential, RuleTypeName, ""},
		{"$.type", []any{TypeVerifiableCredential, "openBadgeCredential"}, RuleTypeName, ""},
		{"$.image.type", "Picture", RuleTypeName, ""},
		{"$.image.type", []any{TypeImage}, RuleType, ""},
		{subject + ".achievement.type", []any{"Badge"}, RuleTypeName, ""},
		{"$.id", "credentials/1", RuleIRI, ""},
		{"$.issuer", "did:web", RuleIRI, ""},
		{"$.issuer.url", "usages.example", RuleIRI, ""},
		{"$.credentialStatus.statusListCredential", "/status/3", RuleIRI, ""},
		{"$.validFrom", "2026-11-02T09:00:00", RuleDateTime, ""},
		{"$.validUntil", "2031-11-02", RuleDateTime, ""},
		{"$.awardedDate", "02/11/2026", RuleDateTime, ""},
		{subject + ".activityStartDate", "2026-09-01", RuleDateTime, ""},
		{"$.validUntil", "2026-11-02T09:00:00Z", RuleDateOrder, ""},
		{"$.validUntil", "2026-11-02T10:00:00+01:00", RuleDateOrder, ""},
		{"$.validFrom", "2031-11-02T09:00:01Z", RuleDateOrder, "$.validUntil"},
		{"$.issuer.dateOfBirth", "1990-02-30", RuleDate, ""},
		{"$.issuer.email", "contact at usages.example", RuleEmail, ""},
		{"$.issuer.address.addressCountryCode", "fr", RuleCountry, ""},
		{"$.issuer.address.geo.latitude", "44.5", RuleType, ""},
		{"$.issuer.endorsementJwt[0]", "e30.e30", RuleJWS, ""},
		{subject + ".achievement.inLanguage", "français", RuleLanguage, ""},
		{subject + ".achievement.creditsAvailable", "2.5", RuleType, ""},
		{subject + ".achievement.creditsAvailable", json.Number("1e400"), RuleNumber, ""},
		{subject + ".achievement.achievementType", "competency", RuleVocabulary, ""},
		{subject + ".achievement.achievementType", "ext:", RuleVocabulary, ""},
		{subject + ".achievement.achievementType", "ext:un mot", RuleVocabulary, ""},
		{subject + ".achievement.alignment[0].targetType", "Competency", RuleVocabulary, ""},
		{described + "[0].resultType", "Level", RuleVocabulary, ""},
		{described + "[1].valueMin", json.Number("0"), RuleType, ""},
		{subject + ".identifier[0].identityType", "email", RuleVocabulary, ""},
		{subject + ".result[2].status", "ext:Done", RuleVocabulary, ""},
		{subject + ".identifier[0].identityHash", "sha256$b5809d8a", RuleIdentityHash, ""},
		{subject + ".identifier[0].identityHash", "sha1$" + strings.Repeat("0", 40), RuleIdentityHash, ""},
		{subject + ".identifier[0].identityHash", "a@example.com", RuleIdentityHash, ""},
		{subject + ".identifier[0].id", "urn:x:y", RuleUnknownMember, ""},
		{"$.image.width", json.Number("1"), RuleUnknownMember, ""},
		{"$.Name", "another case", RuleUnknownMember, ""},
		{subject + ".achievement.NAME", "another case", RuleUnknownMember, ""},
		{"$.@type", []any{"X"}, RuleKeyword, ""},
		{"$.issuer.@context", []any{ContextVC2, ContextOB3}, RuleKeyword, ""},
		{"$.licence", nil, RuleNull, ""},
		{"$.licence", map[string]any{"list": []any{"x", []any{}}}, RuleEmptyArray, "$.licence.list[1]"},
		{"$.licence", map[string]any{"étape 1": nil}, RuleNull, `$.licence["\u00e9tape 1"]`},
		{"$.credentialStatus.id", "https://usages.example/status/3", RuleStatusID, ""},
		{"$.credentialStatus.statusListIndex", json.Number("94001"), RuleType, ""},
		{"$.credentialStatus.statusListIndex", "094", RuleIndex, ""},
		{"$.credentialStatus.statusListIndex", "-1", RuleIndex, ""},
		{"$.credentialStatus.statusListIndex", "+1", RuleIndex, ""},
		{"$.credentialStatus.statusListIndex", "1.0", RuleIndex, ""},
		{"$.credentialStatus.statusListIndex", "0x1", RuleIndex, ""},
		{"$.credentialStatus.statusSize", json.Number("0"), RuleNumber, ""},
		{"$.credentialStatus.statusSize", json.Number("1.5"), RuleNumber, ""},
		{"$.credentialStatus.statusSize", json.Number("2"), RuleNumber, ""},
		{"$.credentialStatus.statusPurpose", "", RuleEmpty, ""},
		{"$.relatedResource", []any{map[string]any{"id": "urn:x:y"}}, RuleRequired, "$.relatedResource[0].digestSRI"},
		{subject + ".result[0].resultDescription", level1, RuleResultDescriptionUnknown, ""},
		{subject + ".result[0].achievedLevel", levels, RuleLevelUnknown, ""},
		{subject + ".result[1].achievedLevel", level1, RuleLevelUnknown, ""},
		{subject + ".result[1].value", "15", RuleValueNotAllowed, ""},
		{described + "[0].requiredLevel", marks, RuleLevelUnknown, ""},
		{described + "[1].requiredValue", "5", RuleValueNotAllowed, ""},
		{described + "[2].id", marks, RuleDuplicate, ""},
		{described + "[0].rubricCriterionLevel[0].id", "urn:uuid:5a3d9c1e-0001-4000-8000-0000000000b2", RuleDuplicate,
			described + "[0].rubricCriterionLevel[1].id"},
	} {
		t.Run(fmt.Sprintf("%s/%s", test.path, test.rule), func(t *testing.T) {
			t.Parallel()
			doc := full(t)
			set(doc, test.path, test.value)
			if test.want == "" {
				test.want = test.path
			}
			found := Validate(doc)
			if test.rule == RuleDuplicate && test.path == described+"[2].id" {
				found = found[:1] // the results now point into the wrong description
			}
			wantOnly(t, found, test.want, test.rule)
		})
	}
}

// TestReadingAllows lists what a foreign document may do and ours may not: it
// is valid in reading, and Strict names the rule at the path.
func TestReadingAllows(t *testing.T) {
	t.Parallel()
	if found := Validate(ours(t), Strict); found != nil {
		t.Fatalf("our own form: %v", found)
	}
	for _, test := range []struct {
		path  string
		value any
		rule  string
	}{
		{"$.issuer", "did:web:usages.example", RuleType},
		{"$.issuer.type", TypeProfile, RuleArray},
		{"$.proof", map[string]any{"type": "Other", "verificationMethod": "urn:x:y", "proofPurpose": "assertionMethod"}, RuleArray},
		{"$.termsOfUse", map[string]any{"type": "Policy"}, RuleArray},
		{"$.credentialSchema", map[string]any{"id": "urn:x:y", "type": "T"}, RuleArray},
		{"$.@context", []any{ContextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context.json", map[string]any{"a": "urn:x:a"}}, RuleContext},
		{"$.validFrom", "2026-11-02T10:00:00+01:00", RuleDateTime},
		{"$.validFrom", "2026-11-02T09:00:00.5Z", RuleDateTime},
		{"$.licence", "CC-BY", RuleUnknownMember},
		{"$.endorsementJwt", []any{"eyJh.eyJi.c2ln"}, RuleUnsignable},
		{"$.credentialStatus", map[string]any{"id": "https://usages.example/revoked", "type": TypeRevocationListEntry}, RuleStatusType},
		{"$.credentialStatus.statusPurpose", "suspension", RuleStatusType},
		{"$.credentialSubject.achievement.criteria", map[string]any{}, RuleRequired},
		{"$.credentialSubject.identifier[0].identityHash", "md5$" + strings.Repeat("0a", 16), RuleIdentityHash},
		{"$.credentialSubject.result[0].status", "Completed", RuleStatusUnexpected},
		{"$.credentialSubject.activityEndDate", "2026-08-31T16:00:00Z", RuleDateOrder},
	} {
		doc := ours(t)
		set(doc, test.path, test.value)
		if found := Validate(doc); found != nil {
			t.Errorf("%s: in reading: %v", test.path, found)
		}
		want := test.path
		switch test.rule {
		case RuleRequired:
			want += ".narrative"
		case RuleContext:
			want += "[2]"
		}
		found := Validate(doc, Strict)
		if test.path == "$.credentialStatus" {
			want += ".type"
		}
		wantOnly(t, found, want, test.rule)
	}
}

func TestSubjectNeedsIDOrIdentifier(t *testing.T) {
	t.Parallel()
	doc := full(t)
	remove(doc, "$.credentialSubject.id")
	if found := Validate(doc); found != nil {
		t.Errorf("an identifier is enough: %v", found)
	}
	remove(doc, "$.credentialSubject.identifier")
	wantOnly(t, Validate(doc), "$.credentialSubject.id", RuleRequired)
}

func TestContextAlone(t *testing.T) {
	t.Parallel()
	if found := ValidateContext(full(t)); found != nil {
		t.Errorf("%v", found)
	}
	for value, rule := range map[string]string{"": RuleRequired, "[]": RuleEmptyArray, `"x"`: RuleType, "null": RuleNull} {
		doc := map[string]any{}
		if value != "" {
			doc = decode(t, []byte(`{"@context":`+value+`}`))
		}
		wantOnly(t, ValidateContext(doc), "$.@context", rule)
	}
	swapped := map[string]any{"@context": []any{ContextOB3, ContextVC2}}
	if found := ValidateContext(swapped); len(found) != 2 || found[0].Path != "$.@context[0]" || found[0].Rule != RuleContext {
		t.Errorf("swapped: %v", found)
	}
}

func TestKnownAchievementType(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"Competency": true, "ext:Atelier": true, "ext:a-b.c_1": true, "Atelier": false, "ext:é": false, "": false, "ext:a|b": false,
	} {
		if KnownAchievementType(word) != want {
			t.Errorf("%q: want %v", word, want)
		}
	}
}

func TestValueInRange(t *testing.T) {
	t.Parallel()
	for value, ok := range map[string]bool{
		"0": true, "20": true, "7.25": true, "B+": true, "Infinity": true, "0x20": true,
		"-0.01": false, "20.5": false, "1e9": false,
	} {
		doc := full(t)
		remove(doc, described+"[1].allowedValue")
		set(doc, subject+".result[1].value", value)
		found := Validate(doc)
		if ok && found != nil {
			t.Errorf("%s: %v", value, found)
		}
		if !ok {
			wantOnly(t, found, subject+".result[1].value", RuleValueOutOfRange)
		}
	}
}

func TestRelatedResourceTwice(t *testing.T) {
	t.Parallel()
	doc := full(t)
	list := get(doc, "$.relatedResource").([]any)
	doc["relatedResource"] = append(list, list[0])
	wantOnly(t, Validate(doc), "$.relatedResource[1].id", RuleDuplicate)
}

// TestViolationsAreOrderedAndBounded: all are reported, in the order of the
// tables, and a document of rubbish does not make an endless list.
func TestViolationsAreOrderedAndBounded(t *testing.T) {
	t.Parallel()
	got := fmt.Sprint(Validate(map[string]any{"type": []any{"X"}, "zz": nil, "aa": nil}))
	again := fmt.Sprint(Validate(map[string]any{"aa": nil, "zz": nil, "type": []any{"X"}}))
	if got != again {
		t.Errorf("two orders:\n%s\n%s", got, again)
	}
	var at []int
	for _, path := range []string{"$.@context", "$.id", "$.issuer", "$.validFrom", "$.credentialSubject", "$.type", "$.aa", "$.zz"} {
		at = append(at, strings.Index(got, path+" "))
	}
	for i, position := range at {
		if position < 0 || i > 0 && position < at[i-1] {
			t.Fatalf("positions %v in %s", at, got)
		}
	}
	evidence := make([]any, 10*MaxViolations)
	doc := full(t)
	doc["evidence"] = evidence
	if n := len(Validate(doc)); n != MaxViolations {
		t.Errorf("%d violations", n)
	}
}

// TestNoViolationHoldsTheRejectedValue: what is refused is not echoed.
func TestNoViolationHoldsTheRejectedValue(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-value"
	for _, path := range paths(full(t), "$") {
		doc := full(t)
		if _, ok := get(doc, path).(string); !ok {
			continue
		}
		set(doc, path, secret+" ")
		if text := fmt.Sprint(Validate(doc)); strings.Contains(text, secret) {
			t.Errorf("%s: %s", path, text)
		}
	}
	long := strings.Repeat("é", 300)
	found := Validate(map[string]any{long: nil})
	if last := found[len(found)-1]; len(last.Path) > 400 || last.Rule != RuleNull {
		t.Errorf("a long name is cut: %d bytes, %s", len(last.Path), last.Rule)
	}
}

func TestStandAloneDocuments(t *testing.T) {
	t.Parallel()
	contexts := []any{ContextVC2, ContextOB3}
	achievement := get(ours(t), subject+".achievement").(map[string]any)
	profile := get(ours(t), "$.issuer").(map[string]any)
	endorsement := get(full(t), "$.endorsement[0]").(map[string]any)
	for name, found := range map[string][]Violation{
		"achievement": ValidateAchievement(achievement, Strict),
		"profile":     ValidateProfile(profile, Strict),
		"endorsement": ValidateEndorsement(endorsement),
	} {
		if found != nil {
			t.Errorf("%s: %v", name, found)
		}
	}
	achievement["@context"], profile["@context"] = contexts, contexts
	if found := ValidateAchievement(achievement, Strict); found != nil {
		t.Errorf("with contexts: %v", found)
	}
	profile["@context"] = []any{ContextOB3, ContextVC2}
	found := ValidateProfile(profile)
	if !has(found, "$.@context[0]", RuleContext) || !has(found, "$.@context[1]", RuleContext) {
		t.Errorf("contexts in the wrong order: %v", found)
	}
	delete(endorsement, "name")
	wantOnly(t, ValidateEndorsement(endorsement), "$.name", RuleRequired)
	if found := Validate(nil); !has(found, "$.credentialSubject", RuleRequired) {
		t.Errorf("nil: %v", found)
	}
}
