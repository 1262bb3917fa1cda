package credential

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// guarded gives the canonical form that a stranger finds in the JSON.
func guarded(text []byte) ([]byte, error) {
	doc, err := jsonld.DecodeObject(text)
	if err != nil {
		return nil, err
	}
	return jsonld.Canonical(context.Background(), doc)
}

// canonicalOf gives the canonical form that the typed path makes.
func canonicalOf(p *plan, shape any, text []byte) ([]byte, error) {
	graph, err := p.graph(shape, text)
	if err != nil {
		return nil, err
	}
	return graph.Canonicalize(context.Background(), jsonld.Options{BlankNodes: jsonld.MaxBlankNodes})
}

// TestTypedPathEqualsGuardedPath is the proof of the typed path: over thousands
// of credentials it gives the bytes that the guarded path finds in the JSON.
// Where it hesitates, the other refuses too, or one of the named reasons holds.
func TestTypedPathEqualsGuardedPath(t *testing.T) {
	t.Parallel()
	const wanted = 6_500
	agreed, conforming, refused, cautious := 0, 0, 0, 0
	largest := 0
	for seed := range uint64(wanted) {
		c := newAuthor(seed).credential()
		text := mustEncode(t, c)
		want, wantErr := guarded(text)
		got, err := canonicalOf(achievementPlan, c, text)
		switch {
		case err == nil && (wantErr != nil || !bytes.Equal(got, want)):
			t.Fatalf("seed %d: %s\ntyped\n%s\nguarded (%v)\n%s", seed, text, got, wantErr, want)
		case err == nil:
			agreed++
			largest = max(largest, bytes.Count(got, []byte("\n")))
			if c.Conforms() {
				conforming++
			}
		case wantErr != nil:
			refused++
		case !strings.Contains(err.Error(), "is the document's") && !strings.Contains(err.Error(), "says too much"):
			t.Errorf("seed %d: %v, though the guarded path takes it", seed, err)
		default:
			cautious++
		}
	}
	t.Logf("%d credentials agree (the largest of %d statements), of which %d conform; both refuse %d, %d left to the guarded path",
		agreed, largest, conforming, refused, cautious)
	if agreed < 5_000 || conforming < 4_000 || largest < 200 {
		t.Error("too few, or too small")
	}
}

// TestKnownAnswers are canonical forms that another implementation made.
func TestKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"canonical/doc0", "canonical/doc1", "canonical/doc2", "canonical/doc3"} {
		var c openbadges.AchievementCredential
		want := readKnown(t, name, &c)
		got, err := canonicalOf(achievementPlan, &c, mustEncode(t, c))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	var list statuslist.Credential
	want := readKnown(t, "judged/statuslist", &list)
	got, err := canonicalOf(statusListPlan, &list, mustEncode(t, list))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("status list: %v\n%s", err, got)
	}
}

// readKnown reads a document into a shape that holds all of it, and gives its
// canonical form.
func readKnown(t *testing.T, name string, shape any) []byte {
	t.Helper()
	text, err := os.ReadFile("../jsonld/testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(shape); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want, err := os.ReadFile("../jsonld/testdata/" + name + ".nq")
	if err != nil {
		t.Fatal(err)
	}
	return want
}

// TestTypedPathReadsEveryByte changes the JSON at each of its bytes: the struct says
// something else then, and the path refuses.
func TestTypedPathReadsEveryByte(t *testing.T) {
	t.Parallel()
	c := everything().credential()
	text := mustEncode(t, c)
	if _, err := achievementPlan.graph(c, text); err != nil {
		t.Fatal(err)
	}
	tried := 0
	refuses := func(change string, at int, spoilt []byte) {
		tried++
		if _, err := achievementPlan.graph(c, spoilt); !errors.Is(err, errUntyped) {
			t.Fatalf("%s at %d (…%s…): %v", change, at, text[max(0, at-20):min(len(text), at+20)], err)
		}
	}
	for i := range text {
		switch i % 3 { // each kind of change meets each kind of place
		case 0:
			spoilt := bytes.Clone(text)
			spoilt[i] ^= 0x20 >> (i % 6)
			refuses("another byte", i, spoilt)
		case 1:
			refuses("a byte less", i, slices.Delete(bytes.Clone(text), i, i+1))
		case 2:
			refuses("a byte more", i, slices.Insert(bytes.Clone(text), i, 'a'))
		}
		if i%7 == 0 {
			refuses("the end", i, text[:i])
		}
	}
	for _, more := range []string{" ", "\n", "}", `{"id":"urn:x:1"}`} {
		refuses("more", len(text)-1, append(bytes.Clone(text), more...))
	}
	t.Logf("%d spoilt texts of a credential of %d bytes refused", tried, len(text))
}

// TestEveryFieldIsSaid puts other values into every field of every shape, one at
// a time: they change the signed bytes, which stay those of the guarded path, or
// are refused. Nothing is dropped. What a table knows, the typed path says.
func TestEveryFieldIsSaid(t *testing.T) {
	t.Parallel()
	said, before := map[string]bool{}, map[*plan][]byte{}
	for shape, class := range classes {
		unchanged := wholeDocument(shape)
		var err error
		before[unchanged.plan], err = canonicalOf(unchanged.plan, unchanged.content, mustEncode(t, unchanged.content))
		if err != nil {
			t.Fatal(err)
		}
		for i := range shape.NumField() {
			field := shape.Field(i)
			name := shape.String() + "." + field.Name
			for _, sample := range samplesOf(field) {
				doc := wholeDocument(shape)
				if setFirst(reflect.ValueOf(doc.content).Elem(), shape, i, sample) && doc.says(t, name, before[doc.plan]) {
					said[name] = true
				}
			}
			json, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if _, tabled := class.terms[json]; tabled && !said[name] {
				t.Errorf("%s is in the tables, but is never said", name)
			}
		}
	}
	t.Logf("%d fields of %d shapes are said", len(said), len(classes))
}

// document is a document of ours in which every member is said, with its plan.
type document struct {
	content any
	plan    *plan
}

func wholeDocument(holding reflect.Type) document {
	if holding.PkgPath() != reflect.TypeFor[statuslist.Credential]().PkgPath() {
		return document{content: everything().credential(), plan: achievementPlan}
	}
	list := statuslist.Unsigned(statuslist.Params{ID: "https://badges.example.fr/status/1", Issuer: "did:web:badges.example.fr",
		Bits: statuslist.New(), ValidFrom: benchTime, ValidUntil: benchTime.Add(time.Hour), TTL: time.Minute})
	return document{content: &list, plan: statusListPlan}
}

// says compares what the typed path and Prepare make of a changed document with
// the guarded path and with the unchanged document. It tells whether the typed
// path took it.
func (d document) says(t *testing.T, name string, before []byte) bool {
	t.Helper()
	text := mustEncode(t, d.content)
	want, wantErr := guarded(text)
	agree := func(path string, got []byte) {
		if wantErr != nil || !bytes.Equal(got, want) || bytes.Equal(got, before) {
			t.Errorf("%s: the %s drops it, or says it in another way (%v):\n%s", name, path, wantErr, text)
		}
	}
	if c, isBadge := d.content.(*openbadges.AchievementCredential); isBadge {
		if draft, err := Prepare(t.Context(), *c); err == nil && draft.content.docHash != sha256.Sum256(want) {
			t.Errorf("%s: the draft drops it, or says it in another way (%v):\n%s", name, wantErr, text)
		}
	}
	got, err := canonicalOf(d.plan, d.content, text)
	if err == nil {
		agree("typed path", got)
	}
	return err == nil
}

// setFirst puts a value into a field of the first object of a shape; it tells
// whether that changed anything.
func setFirst(v reflect.Value, shape reflect.Type, at int, value reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && setFirst(v.Elem(), shape, at, value)
	case reflect.Slice:
		return v.Len() > 0 && setFirst(v.Index(0), shape, at, value)
	case reflect.Struct:
		if v.Type() == shape {
			changed := !reflect.DeepEqual(v.Field(at).Interface(), value.Interface())
			v.Field(at).Set(value)
			return changed
		}
		for i := range v.NumField() {
			if setFirst(v.Field(i), shape, at, value) {
				return true
			}
		}
	}
	return false
}

// samplesOf gives values of the field's type, of which some formats take one.
func samplesOf(f reflect.StructField) []reflect.Value {
	var samples []reflect.Value
	add := func(values ...any) {
		for _, value := range values {
			samples = append(samples, reflect.ValueOf(value).Convert(f.Type))
		}
	}
	switch f.Type.Kind() {
	case reflect.String:
		add("un \"autre\" texte\n", "https://example.org/autre", "2027-01-01T00:00:00Z", "1991-03-01", "pt", "BE", "z@y.example", "Percent",
			"Award", "CFItem", "isbn", "7", openbadges.IdentityHash("x", "y"), "https://badges.example.fr/status/9")
	case reflect.Float64, reflect.Int64:
		add(3.5, 7)
	case reflect.Bool:
		add(false, true)
	case reflect.Slice:
		samples = append(samples, reflect.Zero(f.Type), sliceOf(f.Type, reflect.Zero(f.Type.Elem())))
		if f.Type.Elem().Kind() == reflect.String {
			samples = append(samples, sliceOf(f.Type, reflect.ValueOf("autre")))
		}
	case reflect.Struct:
		sample := reflect.New(f.Type).Elem()
		a := newAuthor(3)
		a.fresh = 1000 // no name of the document's
		a.object(sample)
		samples = append(samples, reflect.Zero(f.Type), sample)
	default:
		samples = append(samples, reflect.Zero(f.Type))
		if f.Type.Kind() == reflect.Pointer {
			samples = append(samples, reflect.New(f.Type.Elem()))
		}
	}
	return samples
}

func sliceOf(slice reflect.Type, item reflect.Value) reflect.Value {
	return reflect.Append(reflect.Zero(slice), item.Convert(slice.Elem()))
}
