package openbadges

import (
	"encoding/json"
	"math"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// whole is a credential of ours in which every member of every class is said.
func whole(t testing.TB) *AchievementCredential {
	t.Helper()
	doc := ours(t)
	for _, name := range []string{"statusSize", "statusMessage", "statusReference"} {
		remove(doc, "$.credentialStatus."+name)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	c := new(AchievementCredential)
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// valid asks the judge: Validate, of the JSON.
func valid(t testing.TB, c *AchievementCredential) []Violation {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		return []Violation{{Rule: err.Error()}}
	}
	return Validate(decode(t, data), Strict)
}

func TestConformsToWholeDocument(t *testing.T) {
	t.Parallel()
	c := whole(t)
	if found := valid(t, c); found != nil || !c.Conforms() {
		t.Errorf("Validate: %v, Conforms: %t", found, c.Conforms())
	}
	if (&AchievementCredential{}).Conforms() {
		t.Error("an empty credential conforms")
	}
}

// texts that one format or another takes.
var anyTexts = []string{
	"", "x", "a b", "2026-11-22T10:00:00Z", "2031-11-22T10:00:00Z", "2026-11-22T10:00:00+01:00", "2026-11-22T10:00:00.0Z",
	"2026-02-30T10:00:00Z", "1990-02-28", "urn:uuid:5a3d9c1e-0001-4000-8000-0000000000b1", level1, levels, marks,
	"https://usages.example/", "https://usages.example:8080/a?b#c", "https:///a", "http://é.example", "data:,x", "did:web:a", "relative",
	"fr", "FR", "fr-FR", "a@b.example", "Competency", "CFItem", "Percent", "RubricCriterionLevel", "Status", "Completed", "ext:ours",
	"emailAddress", "7", "07", "3.5", "revocation", "suspension", "BitstringStatusListEntry", "1EdTechRevocationList", "DataIntegrityProof",
	"e30.e30.AA", "sha256$" + strings.Repeat("ab", 32), "md5$" + strings.Repeat("ab", 16), ContextVC2, ContextOB3,
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json", "VerifiableCredential", "Profile", "Image", "sha384-x",
}

// TestConformsAgreesWithValidate changes one place of the whole credential at a
// time, in every way that is at hand: Conforms says what Validate says. It may
// hesitate about proofs, which we never sign over.
func TestConformsAgreesWithValidate(t *testing.T) {
	t.Parallel()
	count, conforming, hesitant := 0, 0, 0
	judge := func(c *AchievementCredential) func(path, change string) {
		return func(path, change string) {
			count++
			found, conforms := valid(t, c), c.Conforms()
			switch {
			case conforms && found != nil:
				t.Errorf("%s %s: conforms, but %v", path, change, found)
			case conforms:
				conforming++
			case found == nil:
				hesitant++
				if !strings.Contains(path, ".Proof") {
					t.Errorf("%s %s: is valid, but does not conform", path, change)
				}
			}
		}
	}
	c := whole(t)
	c.Issuer.Endorsement, c.CredentialSubject.Achievement.Endorsement = nil, nil // one of the three tells enough,
	c.Endorsement[0].Issuer = Profile{ID: c.Issuer.ID, Type: Types{TypeProfile}} // and one profile
	changeEach(reflect.ValueOf(c).Elem(), "$", judge(c))
	t.Logf("%d credentials: %d conform, %d were left to Validate", count, conforming, hesitant)
	if count < 9_000 || conforming < 5_000 {
		t.Errorf("only %d credentials, of which %d conform", count, conforming)
	}
}

// changeEach visits every place below v with each change in force, and takes the
// change back.
func changeEach(v reflect.Value, path string, visit func(path, change string)) {
	before := reflect.New(v.Type()).Elem()
	before.Set(v)
	try := func(change string, value reflect.Value) {
		v.Set(value)
		visit(path, change)
		v.Set(before)
	}
	try("is nothing", reflect.Zero(v.Type()))
	switch v.Kind() {
	case reflect.String:
		for _, text := range anyTexts {
			try("= "+text, reflect.ValueOf(text).Convert(v.Type()))
		}
	case reflect.Bool:
		try("is turned", reflect.ValueOf(!v.Bool()))
	case reflect.Float64:
		for _, f := range []float64{-1.5, 1e300, math.Copysign(0, -1), math.Inf(1), math.NaN()} {
			try("is a number", reflect.ValueOf(f))
		}
	case reflect.Slice:
		try("is empty", reflect.MakeSlice(v.Type(), 0, 0))
		try("is doubled", reflect.AppendSlice(reflect.AppendSlice(reflect.Zero(v.Type()), v), v))
		try("gains nothing", reflect.Append(reflect.AppendSlice(reflect.Zero(v.Type()), v), reflect.Zero(v.Type().Elem())))
		for i := range v.Len() {
			changeEach(v.Index(i), path+"[]", visit)
		}
	case reflect.Pointer:
		try("holds nothing", reflect.New(v.Type().Elem()))
		if !v.IsNil() {
			changeEach(v.Elem(), path, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			changeEach(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}

// TestEveryFieldHasALine keeps a new member of a shape from never being signed
// in the quick way.
func TestEveryFieldHasALine(t *testing.T) {
	t.Parallel()
	made := layouts{}
	made.of(reflect.TypeFor[AchievementCredential](), classAchievementCredential)
	for shape, l := range made {
		for _, f := range l.fields {
			if f.need == unsignable && f.name != "endorsementJwt" {
				t.Errorf("%s.%s is in no table", shape, f.name)
			}
		}
	}
	if len(made) < 24 {
		t.Errorf("only %d shapes", len(made))
	}
}

// FuzzPlainHost: where the short way says that a web address is one, so does the
// parser.
func FuzzPlainHost(f *testing.F) {
	for _, seed := range append(anyTexts, "https://a.example", "https://-", "http://a%41/", "https://a/[b]?c=%20", "https://a//:b@c", "https://a:b") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		scheme, rest, _ := strings.Cut(s, ":")
		if !isScheme(scheme) || !hasIRICharacters(rest) || !hasPlainHost(rest) || scheme != "http" && scheme != "https" {
			return
		}
		if parsed, err := url.Parse(s); err != nil || parsed.Hostname() == "" {
			t.Fatalf("%q: %v", s, err)
		}
	})
}

func BenchmarkConforms(b *testing.B) {
	c := new(AchievementCredential)
	if err := json.Unmarshal(read(b, "workload.json"), c); err != nil {
		b.Fatal(err)
	}
	c.CredentialSubject.Achievement.ResultDescription[0].ResultType = ResultStatus // as its result has one
	b.ReportAllocs()
	for b.Loop() {
		if !c.Conforms() {
			b.Fatal(valid(b, c))
		}
	}
}
