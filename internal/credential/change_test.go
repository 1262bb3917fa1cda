package credential_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"ramure/internal/credential"
	"slices"
	"strings"
	"testing"
)

// Every value, member and structure of a signed credential is changed in every
// way that we can think of: none of the changed documents verifies, unless it says
// the same thing in another order or in the short form that JSON-LD allows.
func TestEveryChangeIsRefused(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	original := decode(t, i.sign(t, i.badge()).Document)
	src := i.sources(&facts{})
	counts, same := map[string]int{}, []string{}
	for change := range changes(original) {
		counts[change.kind]++
		r := credential.Verify(t.Context(), change.document, src)
		complete(t, r)
		proven := r.Check(credential.CheckProof).Status == credential.OK
		if proven && change.sameMeaning(original) {
			same = append(same, change.path+" "+change.kind)
			continue
		}
		if proven || r.Verdict != credential.Invalid {
			t.Errorf("%s %s: %s\n%s", change.path, change.kind, r.Verdict, change.document)
		}
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	t.Logf("%d changes, 0 of another meaning verified, %d of the same meaning", total, len(same))
	if total < 3000 {
		t.Errorf("only %d changes: %v", total, counts)
	}
	if slices.Sort(same); !slices.Equal(same, notSigned()) {
		t.Errorf("what the signature does not cover is now\n%q", same)
	}
}

// Every byte of the JSON is changed too, into three others.
func TestEveryByteOfAJSON(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	document := i.sign(t, i.badge()).Document
	src, tried := i.sources(&facts{}), 0
	for at := range document {
		for _, bit := range []byte{0x01, 0x20, 0x80} {
			tried++
			changed := bytes.Clone(document)
			changed[at] ^= bit
			if r := credential.Verify(t.Context(), changed, src); r.Verdict != credential.Invalid {
				t.Errorf("byte %d, %q for %q: %s", at, changed[at], document[at], r.Verdict)
			}
		}
	}
	t.Logf("%d documents of %d bytes, each changed in one byte: 0 accepted", tried, len(document))
}

// Blanks and the order of members are nobody's meaning.
func TestOtherSpellingsAreValid(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	document := i.sign(t, i.badge()).Document
	var spread bytes.Buffer
	if err := json.Indent(&spread, document, "", "\t"); err != nil {
		t.Fatal(err)
	}
	escaped := bytes.ReplaceAll(document, []byte("é"), []byte(`\u00e9`))
	for name, spelling := range map[string][]byte{"spread": spread.Bytes(), "sorted": write(decode(t, document)), "escaped": escaped} {
		if bytes.Equal(spelling, document) {
			t.Fatalf("%s changes nothing", name)
		}
		expect(t, name, i.verify(t, spelling), credential.Valid, credential.CheckProof, "ok embedded")
	}
}

// notSigned is all that may change under a signature: the short form of a set of
// one, and the order of what RDF holds as sets. That of the levels is one of them
// (the Open Badges context gives them no list): a reader that shows the order of
// a foreign document relies on more than was signed.
func notSigned() (list []string) {
	const subject, rubric = "$.credentialSubject", "$.credentialSubject.achievement.resultDescription[0]"
	for _, path := range []string{"$.type", "$.evidence", subject + ".achievement.tag", rubric + ".rubricCriterionLevel"} {
		list = append(list, path+" turned round")
	}
	for _, path := range []string{"$.issuer.type", "$.evidence[0].type", "$.evidence[1].type", "$.proof", subject + ".type",
		subject + ".result[0].type", subject + ".achievement.type", subject + ".achievement.creator.type",
		subject + ".achievement.alignment[0].type", rubric + ".type",
		rubric + ".rubricCriterionLevel[0].type", rubric + ".rubricCriterionLevel[1].type"} {
		list = append(list, path+" its first alone")
	}
	slices.Sort(list)
	return list
}

// change is a document that differs from the original in one place.
type change struct {
	path, kind string
	document   []byte
}

// sameMeaning compares without regard to what RDF does not know: the order of a
// set, and whether a set of one is written as its value. The only list that our
// words have, allowedValue, we do not write.
func (c change) sameMeaning(original map[string]any) bool {
	var changed map[string]any
	if json.Unmarshal(c.document, &changed) != nil {
		return false
	}
	return normal("", changed) == normal("", original)
}

// shortened are the members whose set of one may be written as its value
// (Open Badges 3.0 §7, Serialization).
var shortened = []string{"type", "proof"}

func normal(name string, value any) string {
	switch v := value.(type) {
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, member := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, fmt.Sprintf("%q:%s", member, normal(member, v[member])))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		parts := make([]string, 0, len(v))
		for _, element := range v {
			parts = append(parts, normal("", element))
		}
		if name != "@context" {
			slices.Sort(parts)
		}
		if len(parts) == 1 && slices.Contains(shortened, name) {
			return parts[0]
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return fmt.Sprintf("%#v", value)
}

// variant is what may become of a value; false when it does not apply.
type variant func(any) (any, bool)

// gone stands for a value that is taken out, twin for a member that is written
// twice.
type (
	gone struct{}
	twin struct{ value, again any }
)

const overlong = "https://example.org/"

func always(v any) variant { return func(any) (any, bool) { return v, true } }

func text(change func(string) any) variant {
	return func(v any) (any, bool) {
		s, ok := v.(string)
		if !ok {
			return nil, false
		}
		return change(s), true
	}
}

func object(change func(map[string]any)) variant {
	return func(v any) (any, bool) {
		o, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		o = maps.Clone(o)
		change(o)
		return o, true
	}
}

func with(name string, value any) variant {
	return object(func(o map[string]any) { o[name] = value })
}

func array(change func([]any) []any) variant {
	return func(v any) (any, bool) {
		a, ok := v.([]any)
		if !ok {
			return nil, false
		}
		return change(slices.Clone(a)), true
	}
}

// variants are applied to every value of a document.
var variants = map[string]variant{
	"gone": always(gone{}), "null": always(nil), "true": always(true), "a number": always(json.Number("7")),
	"another text": always("autre"), "empty": always(""), "an empty list": always([]any{}), "an empty object": always(map[string]any{}),
	"an IRI": always("https://evil.example/x"), "a relative IRI": always("preuves/1"), "a blank node": always("_:b0"),
	"an accented host":    always("https://médiathèque.example/x"),
	"an over-long IRI":    always(overlong + strings.Repeat("a", 2000-len(overlong))),
	"an object with @id":  always(map[string]any{"@id": "https://evil.example/x"}),
	"in a list":           func(v any) (any, bool) { return []any{v}, true },
	"in a list in a list": func(v any) (any, bool) { return []any{[]any{v}}, true },
	"twice in a list":     func(v any) (any, bool) { return []any{v, v}, true },
	"written twice":       func(v any) (any, bool) { return twin{v, v}, true },
	"and another":         func(v any) (any, bool) { return twin{v, "autre"}, true },
	"longer":              text(func(s string) any { return s + "x" }),
	"with a blank":        text(func(s string) any { return s + " " }),
	"with another first":  text(func(s string) any { return "Z" + strings.TrimPrefix(s, s[:1]) }),
	"with a mark":         text(func(s string) any { return s + "\u0301" }),
	"in capitals":         text(func(s string) any { return strings.ToUpper(s) }),
	"with a direction":    text(func(s string) any { return map[string]any{"@value": s, "@direction": "rtl"} }),
	"in a language":       text(func(s string) any { return map[string]any{"@value": s, "@language": "en"} }),
	"of a type":           text(func(s string) any { return map[string]any{"@value": s, "@type": "https://evil.example/t"} }),
	"as a value object":   text(func(s string) any { return map[string]any{"@value": s} }),
	"with an unknown":     with("colour", "gold"),
	"with an IRI member":  with("https://evil.example/p", "x"),
	"with a neighbour":    with("narrative", "autre"),
	"with an id":          with("id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
	"with a level":        with("achievedLevel", achievement+"#niveau-5"),
	"with a type":         with("type", []any{"Evidence"}),
	"with a type unknown": with("type", []any{"Golden"}),
	"with @type":          with("@type", "Golden"),
	"with @id":            with("@id", "https://evil.example/x"),
	"with @direction":     with("@direction", "rtl"),
	"with @language":      with("@language", "en"),
	"with @index":         with("@index", "x"),
	"with @graph":         with("@graph", []any{}),
	"with @included":      with("@included", []any{map[string]any{"id": "https://evil.example/x"}}),
	"with @reverse":       with("@reverse", map[string]any{"evidence": map[string]any{"id": "https://evil.example/x"}}),
	"with a context":      with("@context", map[string]any{"name": "https://evil.example/name"}),
	"with one more":       array(func(a []any) []any { return append(a, "autre") }),
	"with a null more":    array(func(a []any) []any { return append(a, nil) }),
	"with the first more": array(func(a []any) []any { return append(a, a[0]) }),
	"without the first":   array(func(a []any) []any { return a[1:] }),
	"turned round":        array(func(a []any) []any { slices.Reverse(a); return a }),
	"its first alone": func(v any) (any, bool) {
		a, ok := v.([]any)
		if !ok {
			return nil, false
		}
		return a[0], true
	},
}

// renamings are applied to the name of every member.
var renamings = map[string]func(string) string{
	"under a longer name":        func(s string) string { return s + "x" },
	"under its name in capitals": strings.ToUpper,
	"under @id":                  func(string) string { return "@id" },
	"under description":          func(string) string { return "description" },
	"under an IRI":               func(s string) string { return "https://purl.imsglobal.org/spec/vc/ob/vocab.html#" + s },
}

// changes visits the documents that differ from the original in one place.
func changes(original map[string]any) func(yield func(change) bool) {
	before := write(original)
	return func(yield func(change) bool) {
		keep := func(c change) {
			if !bytes.Equal(c.document, before) {
				yield(c)
			}
		}
		walk("$", original, func(v any) any { return v }, func(path string, value any, put func(any) any) {
			for kind, becomes := range variants {
				if changed, applies := becomes(value); applies {
					keep(change{path, kind, write(put(changed))})
				}
			}
		})
		rename("$", original, func(v any) any { return v }, keep)
	}
}

// walk visits every value below the top; put gives the whole document with
// another value in that place.
func walk(path string, value any, whole func(any) any, visit func(string, any, func(any) any)) {
	each(value, func(step string, child any, replace func(any) any) {
		put := func(v any) any { return whole(replace(v)) }
		visit(path+step, child, put)
		walk(path+step, child, put, visit)
	})
}

// rename visits every member with another name.
func rename(path string, value any, whole func(any) any, keep func(change)) {
	if o, ok := value.(map[string]any); ok {
		for name, member := range o {
			for kind, becomes := range renamings {
				renamed := maps.Clone(o)
				delete(renamed, name)
				renamed[becomes(name)] = member
				keep(change{path + "." + name, kind, write(whole(renamed))})
			}
		}
	}
	each(value, func(step string, child any, replace func(any) any) {
		rename(path+step, child, func(v any) any { return whole(replace(v)) }, keep)
	})
}

// each visits the values directly inside an object or a list.
func each(value any, visit func(step string, child any, replace func(any) any)) {
	switch v := value.(type) {
	case map[string]any:
		for name, child := range v {
			visit("."+name, child, func(n any) any {
				copied := maps.Clone(v)
				if copied[name] = n; n == any(gone{}) {
					delete(copied, name)
				}
				return copied
			})
		}
	case []any:
		for at, child := range v {
			visit(fmt.Sprintf("[%d]", at), child, func(n any) any {
				if n == any(gone{}) {
					return slices.Delete(slices.Clone(v), at, at+1)
				}
				copied := slices.Clone(v)
				copied[at] = n
				return copied
			})
		}
	}
}

// write is json.Marshal with sorted members, that can write a member twice.
func write(value any) []byte {
	var b bytes.Buffer
	writeTo(&b, value)
	return b.Bytes()
}

func writeTo(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case map[string]any:
		var parts [][]byte
		for _, name := range slices.Sorted(maps.Keys(v)) {
			values := []any{v[name]}
			if t, ok := v[name].(twin); ok {
				values = []any{t.value, t.again}
			}
			for _, one := range values {
				parts = append(parts, slices.Concat(quoted(name), []byte(":"), write(one)))
			}
		}
		fmt.Fprintf(b, "{%s}", bytes.Join(parts, []byte(",")))
	case []any:
		parts := make([][]byte, len(v))
		for i, one := range v {
			parts[i] = write(one)
		}
		fmt.Fprintf(b, "[%s]", bytes.Join(parts, []byte(",")))
	case twin: // in a list
		fmt.Fprintf(b, "%s,%s", write(v.value), write(v.again))
	default:
		b.Write(quoted(v))
	}
}

func quoted(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
