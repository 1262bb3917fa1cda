package e2e

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// droppedContent adds to signed credentials what a JSON-LD processor drops without
// a word, or says otherwise, beside and in place of every value: what was never
// signed must not be shown as signed (VC Data Integrity §2.5, Securing Data
// Losslessly). The twelve cases are those of trust.md T5, each in every place.
func droppedContent(t *testing.T) corpus {
	a, here := newAttacker(t), elsewhere{}
	documents := generated(t, a, 8)
	for name, document := range documents {
		here.mustHold(t, name, document)
	}
	return corpus{name: "dropped and redefined content, at every value", least: 5000, many: true,
		attacks: refusing(here, func(yield func(string, []byte) bool) {
			for _, name := range slices.Sorted(maps.Keys(documents)) {
				for path, changed := range additions(t, documents[name]) {
					if !yield(name+" "+path, changed) {
						return
					}
				}
			}
		})}
}

// generated signs credentials of many shapes and of both data models, in turn with
// each suite.
func generated(t *testing.T, a attacker, n int) map[string][]byte {
	t.Helper()
	dice, list := rand.New(rand.NewPCG(4, 4)), map[string][]byte{}
	suites := []struct{ alg, suite string }{{"EdDSA", "eddsa-rdfc-2022"}, {"ES256", "ecdsa-rdfc-2019"}, {"ES384", "ecdsa-jcs-2019"}, {"EdDSA", "eddsa-jcs-2022"}}
	for i := range n {
		s := suites[i%len(suites)]
		issuer, _ := a.didKey(s.alg)
		doc := thinned(dice, badgeOf(issuer))
		if i%3 == 2 {
			doc = older(doc)
		}
		list[fmt.Sprintf("credential %d (%s)", i, s.suite)] = a.prove(doc, s.alg, s.suite)
	}
	return list
}

// older turns a credential into the data model 1.1.
func older(doc map[string]any) map[string]any {
	contexts := doc["@context"].([]any)
	doc["@context"] = []any{"https://www.w3.org/2018/credentials/v1", contexts[1], "https://w3id.org/security/data-integrity/v2"}
	doc["issuanceDate"] = doc["validFrom"]
	delete(doc, "validFrom")
	return doc
}

// optional are members of badgeOf that a credential may be without.
var optional = []string{"evidence", "result", "alignment", "tag", "url", "narrative", "achievementType", "level", "targetCode", "name"}

// thinned leaves out some of what is optional.
func thinned(dice *rand.Rand, doc map[string]any) map[string]any {
	var thin func(value any) any
	thin = func(value any) any {
		switch v := value.(type) {
		case map[string]any:
			_, named := v["achievement"] // the results stand and fall with their descriptions
			for member, inner := range v {
				needed := member == "name" && (v["criteria"] != nil || v["resultType"] != nil || v["level"] != nil)
				if slices.Contains(optional, member) && !named && !needed && v["targetName"] == nil && dice.IntN(3) == 0 && member != "level" && member != "narrative" {
					delete(v, member)
					continue
				}
				v[member] = thin(inner)
			}
		case []any:
			for i := range v {
				v[i] = thin(v[i])
			}
		}
		return value
	}
	return thin(doc).(map[string]any)
}

// additions are documents with one thing more, or one thing said in another way.
func additions(t testing.TB, document []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		original := parsed(t, document)
		visit("$", original, original, func(path string, value any, put func(any)) bool {
			for _, kind := range slices.Sorted(maps.Keys(dropped)) {
				put(dropped[kind](value))
				changed := written(t, original)
				put(value)
				if !bytes.Equal(changed, written(t, original)) && !yield(path+" "+kind, changed) {
					return false
				}
			}
			return true
		})
	}
}

// dropped says what may become of a value, so that naive processing loses it or
// reads it otherwise. A value for which a case makes no sense stays as it is.
var dropped = map[string]func(any) any{
	"01 a member that no context defines": member("mention", "très bien"),
	"02 a member that is null":            member("description", nil),
	"03 null in place":                    func(any) any { return nil },
	"04 null beside":                      beside(nil),
	"05 a relative IRI in place":          inPlace("preuves/1"),
	"06 a relative @type":                 member("@type", "Golden"),
	"07 an undefined type beside":         beside("Golden"),
	"08 an over-long IRI":                 inPlace("https://usages.example/" + strings.Repeat("a", 2000)),
	"09 an accented host":                 inPlace("https://médiathèque.example/x"),
	"10 a malformed @language":            text(func(s string) any { return map[string]any{"@value": s, "@language": "fr FR"} }),
	"11 @direction":                       text(func(s string) any { return map[string]any{"@value": s, "@direction": "rtl"} }),
	"12 an unknown keyword":               member("@mention", "x"),
	"13 @index":                           member("@index", "x"),
	"14 @reverse":                         member("@reverse", map[string]any{"evidence": map[string]any{"id": "https://evil.example/x"}}),
	"15 @included":                        member("@included", []any{map[string]any{"id": "https://evil.example/x"}}),
	"16 @graph":                           member("@graph", []any{map[string]any{"id": "https://evil.example/x"}}),
	"17 @nest":                            member("@nest", map[string]any{"name": "autre"}),
	"18 a context of its own":             member("@context", map[string]any{"name": "https://evil.example/name"}),
	"19 a null context":                   member("@context", nil),
	"20 a context that drops":             member("@context", map[string]any{"narrative": nil, "name": nil}),
	"21 a free-floating text":             beside("flottant"),
	"22 an object of an @id alone":        func(any) any { return map[string]any{"@id": "https://evil.example/x"} },
	"23 an empty object beside":           beside(map[string]any{}),
	"24 a list in a list":                 func(v any) any { return []any{[]any{v}} },
	"25 a @list":                          func(v any) any { return map[string]any{"@list": []any{v}} },
	"26 a @set with more":                 func(v any) any { return map[string]any{"@set": []any{v, "autre"}} },
	"27 a value object with more":         text(func(s string) any { return map[string]any{"@value": s, "mention": "x"} }),
	"28 a blank node's label":             member("@id", "_:b0"),
	"29 an id without a scheme":           member("id", "usages.example/x"),
	"30 an id with a blank":               member("id", "https://usages.example/a b"),
	"31 the twin of a name, in capitals":  capitals,
	"32 an IRI as a name":                 member("https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative", "autre"),
	"33 a @json literal":                  text(func(s string) any { return map[string]any{"@value": map[string]any{"a": s}, "@type": "@json"} }),
	"34 a text of controls":               text(func(s string) any { return s + "\u0007" }),
	"35 __proto__":                        member("__proto__", map[string]any{"name": "autre"}),
	"36 a type under another name":        member("rdf:type", "Golden"),
}

func member(name string, value any) func(any) any {
	return func(v any) any {
		object, isObject := v.(map[string]any)
		if !isObject {
			return v
		}
		object = maps.Clone(object)
		object[name] = value
		return object
	}
}

func beside(more any) func(any) any {
	return func(v any) any {
		if list, isList := v.([]any); isList {
			return append(slices.Clone(list), more)
		}
		return []any{v, more}
	}
}

func inPlace(iri string) func(any) any { return text(func(string) any { return iri }) }

func text(change func(string) any) func(any) any {
	return func(v any) any {
		if s, isText := v.(string); isText {
			return change(s)
		}
		return v
	}
}

// capitals adds to each member a twin that careless readers take for it.
func capitals(v any) any {
	object, isObject := v.(map[string]any)
	if !isObject {
		return v
	}
	object = maps.Clone(object)
	for name := range v.(map[string]any) {
		object[strings.ToUpper(name)] = "autre"
	}
	return object
}

// visit goes to every value of a document; put sets another in its place, until it
// is called again.
func visit(path string, value any, root map[string]any, see func(path string, value any, put func(any)) bool) bool {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			inner, put := v[name], func(other any) { v[name] = other }
			if !see(path+"."+name, inner, put) || !visit(path+"."+name, inner, root, see) {
				return false
			}
		}
	case []any:
		for i, inner := range v {
			put, step := func(other any) { v[i] = other }, fmt.Sprintf("%s[%d]", path, i)
			if !see(step, inner, put) || !visit(step, inner, root, see) {
				return false
			}
		}
	}
	return true
}
