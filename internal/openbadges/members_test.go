package openbadges

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestFullDocumentIsValid(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"full.json", "workload.json", "sample.json"} {
		if found := Validate(decode(t, read(t, name))); found != nil {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// TestFullDocumentHoldsEveryMember keeps the mutation tests below from missing
// a line that is added to a table.
func TestFullDocumentHoldsEveryMember(t *testing.T) {
	t.Parallel()
	seen := map[className]map[string]bool{}
	var visit func(value any, name className)
	visit = func(value any, name className) {
		object := value.(map[string]any)
		for _, table := range new(check).tablesFor(name, object) {
			for _, m := range table.members {
				value, present := object[m.name]
				if !present {
					continue
				}
				if seen[name] == nil {
					seen[name] = map[string]bool{}
				}
				seen[name][m.name] = true
				if m.class == "" {
					continue
				}
				elements, isArray := value.([]any)
				if !isArray {
					elements = []any{value}
				}
				for _, element := range elements {
					visit(element, m.class)
				}
			}
		}
	}
	visit(full(t), classAchievementCredential)
	visit(older(full(t)), classAchievementCredential)
	for name, table := range classes {
		switch name {
		case classBitstringEntry:
			name = classCredentialStatus
		case classAchievementCredential11:
			name = classAchievementCredential
		case classEndorsementCredential11:
			name = classEndorsementCredential
		}
		for _, m := range table.members {
			if !seen[name][m.name] && m.need&unsignable == 0 {
				t.Errorf("testdata/full.json has no %s.%s", name, m.name)
			}
		}
	}
}

// TestEveryValueSpoiled puts null, an empty array and a value of another type
// in place of every value of the full document.
func TestEveryValueSpoiled(t *testing.T) {
	t.Parallel()
	count := 0
	for _, path := range paths(full(t), "$") {
		for _, spoil := range []struct {
			value any
			rule  string
		}{{nil, RuleNull}, {[]any{}, RuleEmptyArray}, {other(get(full(t), path)), RuleType}} {
			doc := full(t)
			set(doc, path, spoil.value)
			rule := spoil.rule
			if rule == RuleEmptyArray && strings.HasSuffix(path, "]") {
				rule = RuleType // an array inside an array
			}
			if rule == RuleType && strings.HasSuffix(path, ".issuer") {
				rule = RuleIRI // the issuer may be given by its IRI
			}
			if found := Validate(doc); !has(found, path, rule) {
				t.Errorf("%s = %v: got %v, want %s", path, spoil.value, found, rule)
			}
			count++
		}
	}
	if count < 1500 {
		t.Errorf("only %d spoiled documents", count)
	}
}

// other is a value of another JSON type.
func other(value any) any {
	switch value.(type) {
	case string, []any:
		return json.Number("7")
	}
	return "x"
}

// requiredMembers is the table of credentials as people read it, by the last
// step of the path that leads to the object.
var requiredMembers = []struct{ object, members string }{
	{`^\$$`, "@context id type issuer validFrom credentialSubject"},
	{`\.endorsement\[\]$`, "@context id type name issuer validFrom credentialSubject"},
	{`\.endorsement\[\]\.credentialSubject$`, "id type"},
	{`^\$\.credentialSubject$`, "type achievement"},
	{`\.achievement$`, "id type name description criteria"},
	{`\.criteria$`, ""},
	{`\.evidence\[\]$`, "type"},
	{`\.alignment\[\]$`, "type targetName targetUrl"},
	{`\.resultDescription\[\]$`, "id type name resultType"},
	{`\.rubricCriterionLevel\[\]$`, "id type name"},
	{`\.result\[\]$`, "type"},
	{`\.identifier\[\]$`, "type hashed identityHash identityType"},
	{`\.image$`, "id type"},
	{`\.(issuer|creator|source|parentOrg)$`, "id type"},
	{`\.address$`, "type"},
	{`\.geo$`, "type latitude longitude"},
	{`\.otherIdentifier\[\]$`, "type identifier identifierType"},
	{`\.related\[\]$`, "id type"},
	{`^\$\.credentialStatus$`, "id type statusPurpose statusListIndex statusListCredential"},
	{`\.endorsement\[\]\.credentialStatus$`, "id type"},
	{`\.statusMessage\[\]$`, "status message"},
	{`\.(credentialSchema\[\]|refreshService)$`, "id type"},
	{`\.termsOfUse\[\]$`, "type"},
	{`\.relatedResource\[\]$`, "id"},
	{`\.proof\[\]$`, "type verificationMethod proofPurpose cryptosuite proofValue"},
}

// consequences are the members whose absence is named elsewhere.
var consequences = map[string]Violation{
	"$.credentialSubject.achievement.resultDescription": {
		Path: "$.credentialSubject.result[0].resultDescription", Rule: RuleResultDescriptionUnknown},
	"$.credentialSubject.achievement.resultDescription[0].rubricCriterionLevel": {
		Path: "$.credentialSubject.result[0].achievedLevel", Rule: RuleLevelUnknown},
	"$.credentialSubject.result[0].resultDescription": {
		Path: "$.credentialSubject.result[0].resultDescription", Rule: RuleRequired},
	"$.credentialSubject.result[2].status": {
		Path: "$.credentialSubject.result[2].status", Rule: RuleRequired},
}

// TestEveryMemberRemoved takes every member out, one at a time: those that the
// specification requires are named, of the others nothing is said.
func TestEveryMemberRemoved(t *testing.T) {
	t.Parallel()
	index := regexp.MustCompile(`\[\d+\]`)
	for _, path := range paths(full(t), "$") {
		if strings.HasSuffix(path, "]") {
			continue
		}
		cut := strings.LastIndex(path, ".")
		object, name := index.ReplaceAllString(path[:cut], "[]"), path[cut+1:]
		line := slices.IndexFunc(requiredMembers, func(l struct{ object, members string }) bool {
			return regexp.MustCompile(l.object).MatchString(object)
		})
		if line < 0 {
			t.Errorf("no line for the objects at %s", object)
			continue
		}
		doc := full(t)
		remove(doc, path)
		found := Validate(doc)
		consequence, more := consequences[path]
		switch {
		case slices.Contains(strings.Fields(requiredMembers[line].members), name):
			if !has(found, path, RuleRequired) {
				t.Errorf("%s removed: got %v, want %s", path, found, RuleRequired)
			}
		case more:
			if !has(found, consequence.Path, consequence.Rule) {
				t.Errorf("%s removed: got %v, want %v", path, found, consequence)
			}
		case found != nil:
			t.Errorf("%s removed: got %v, want nothing", path, found)
		}
	}
}

// TestEveryTextEmptied: an empty string does not stand for a required
// value; ours are never empty at all.
func TestEveryTextEmptied(t *testing.T) {
	t.Parallel()
	for _, path := range paths(ours(t), "$") {
		doc := ours(t)
		if _, ok := get(doc, path).(string); !ok {
			continue
		}
		set(doc, path, "")
		if found := Validate(doc, Strict); !has(found, path, RuleEmpty) {
			t.Errorf("%s emptied: got %v", path, found)
		}
	}
	doc := full(t)
	set(doc, "$.credentialSubject.achievement.name", "")
	wantOnly(t, Validate(doc), "$.credentialSubject.achievement.name", RuleEmpty)
	set(doc, "$.credentialSubject.achievement.name", "x")
	set(doc, "$.description", "")
	if found := Validate(doc); found != nil {
		t.Errorf("an optional text may be empty in reading: %v", found)
	}
}

// TestTermsAreInTheContexts: what we may sign is defined by the two contexts.
func TestTermsAreInTheContexts(t *testing.T) {
	t.Parallel()
	var terms strings.Builder
	for _, name := range []string{"credentials-v1", "credentials-v2", "openbadges-3.0.3"} {
		data, err := os.ReadFile("../../schemas/contexts/" + name + ".jsonld")
		if err != nil {
			t.Fatal(err)
		}
		terms.Write(data)
	}
	for name, table := range classes {
		for _, m := range table.members {
			defined := strings.HasPrefix(m.name, "@") || strings.Contains(terms.String(), `"`+m.name+`":`)
			keyword := name == classProof && m.name == "@context" // of proofs over JSON, that we do not make
			if defined == (m.need&unsignable != 0) && !keyword {
				t.Errorf("%s.%s: in a context: %v", name, m.name, defined)
			}
		}
	}
}
