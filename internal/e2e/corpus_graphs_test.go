package e2e

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
)

// graphs are documents that cost a careless verifier minutes: blank nodes that are
// hard to tell apart, nesting, thousands of equal nodes. All are signed, or say
// they are, and each is put wherever a document may hold objects.
func graphs(t *testing.T) corpus {
	a := newAttacker(t)
	p := poisoner{a, proofOf(t, a)}
	return corpus{name: "poison graphs: cliques 5…40, depth 1…10,000, 2,000 equal nodes", least: 400, heavy: 16,
		attacks: refusing(elsewhere{}, func(yield func(string, []byte) bool) {
			for _, family := range []iter.Seq2[string, []byte]{p.cliques(), p.depths(), p.crowds()} {
				for name, document := range family {
					if !yield(name, document) {
						return
					}
				}
			}
		})}
}

// poisoner puts poison into documents that bear a proof of the right form.
type poisoner struct {
	attacker
	proof map[string]any
}

// proofOf is a proof that was made for another document.
func proofOf(t testing.TB, a attacker) map[string]any {
	t.Helper()
	issuer, _ := a.didKey("EdDSA")
	return parsed(t, a.prove(badgeOf(issuer), "EdDSA", ""))["proof"].(map[string]any)
}

// places are where a value may stand, so that it reaches as far as a value can.
var places = map[string]func(doc map[string]any, poison any){
	"evidence":     func(doc map[string]any, poison any) { doc["evidence"] = poison },
	"terms of use": func(doc map[string]any, poison any) { doc["termsOfUse"] = poison },
	"related resource": func(doc map[string]any, poison any) {
		doc["relatedResource"] = poison
	},
	"endorsement": func(doc map[string]any, poison any) { doc["endorsement"] = poison },
	"issuer's other identifiers": func(doc map[string]any, poison any) {
		doc["issuer"].(map[string]any)["otherIdentifier"] = poison
	},
	"related achievements": func(doc map[string]any, poison any) {
		doc["credentialSubject"].(map[string]any)["achievement"].(map[string]any)["related"] = poison
	},
	"results": func(doc map[string]any, poison any) { doc["credentialSubject"].(map[string]any)["result"] = poison },
	"proof":   func(doc map[string]any, poison any) { doc["proof"].(map[string]any)["nonce"] = poison },
	"proofs":  func(doc map[string]any, poison any) { doc["proof"] = poison },
	"an unknown member": func(doc map[string]any, poison any) {
		doc["mention"] = poison
	},
}

// in puts poison into each place of a badge, and into presentations.
func (p poisoner) in(what string, poison any, yield func(string, []byte) bool) bool {
	issuer, _ := p.didKey("EdDSA")
	for _, place := range slices.Sorted(maps.Keys(places)) {
		doc := badgeOf(issuer)
		doc["proof"] = maps.Clone(p.proof)
		places[place](doc, poison)
		if !yield(what+" in "+place, written(p.t, doc)) {
			return false
		}
	}
	for _, member := range []string{"verifiableCredential", "holder", "termsOfUse"} {
		shown := map[string]any{"@context": badgeOf(issuer)["@context"], "type": []any{"VerifiablePresentation"}, member: poison, "proof": p.proof}
		if !yield(what+" in a presentation's "+member, written(p.t, shown)) {
			return false
		}
	}
	return true
}

// cliques are n nodes without a name, each of which points at all the others.
func (p poisoner) cliques() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for n := 5; n <= 40; n++ {
			nodes := make([]any, n)
			for i := range nodes {
				others := make([]any, 0, n-1)
				for j := range n {
					if j != i {
						others = append(others, map[string]any{"id": fmt.Sprintf("_:b%d", j)})
					}
				}
				nodes[i] = map[string]any{"id": fmt.Sprintf("_:b%d", i), "type": []any{"Evidence"}, "endorsement": others}
			}
			if !p.in(fmt.Sprintf("a clique of %d", n), nodes, yield) {
				return
			}
		}
	}
}

// depths are nested lists, objects and credentials, in steps up to 10,000.
func (p poisoner) depths() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		issuer, _ := p.didKey("EdDSA")
		frame := badgeOf(issuer)
		frame["proof"], frame["evidence"] = p.proof, "POISON"
		text := string(written(p.t, frame))
		for n := 30; n <= 10_000; n += n/3 + 1 { // fewer than 30 may be good documents
			for name, nest := range map[string]string{
				"lists":   strings.Repeat("[", n) + strings.Repeat("]", n),
				"objects": strings.Repeat(`{"type":["Evidence"],"evidence":`, n) + `{}` + strings.Repeat("}", n),
				"graphs":  strings.Repeat(`{"@graph":[`, n) + strings.Repeat("]}", n),
				"badges":  strings.Repeat(`{"endorsement":[`+`{"type":["EndorsementCredential"],"issuer":`, n) + `{}` + strings.Repeat("}]}", n),
			} {
				document := strings.Replace(text, `"POISON"`, nest, 1)
				bare := strings.Repeat("[", n) + document + strings.Repeat("]", n)
				shown := strings.Repeat(`{"type":["VerifiablePresentation"],"verifiableCredential":[`, n) + document + strings.Repeat("]}", n)
				if !yield(fmt.Sprintf("%d %s", n, name), []byte(document)) || !yield(fmt.Sprintf("%d lists around %s", n, name), []byte(bare)) ||
					!yield(fmt.Sprintf("%d presentations around %s", n, name), []byte(shown)) {
					return
				}
			}
		}
	}
}

// crowds are very many nodes that are equal, or that differ only in a list's order.
func (p poisoner) crowds() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, n := range []int{64, 65, 500, 1_999, 2_000, 2_001, 5_000} {
			for name, node := range map[string]any{
				"equal nodes": map[string]any{"type": []any{"Evidence"}, "narrative": "égal"}, "empty nodes": map[string]any{},
				"equal ids": map[string]any{"id": "https://usages.example/x", "type": []any{"Evidence"}}, "equal texts": "égal", "numbers": 1,
			} {
				if !p.in(fmt.Sprintf("%d %s", n, name), slices.Repeat([]any{node}, n), yield) {
					return
				}
			}
		}
	}
}

// duplicates writes each member of each object of signed documents twice, once
// with its own value and once with another, plainly and behind an escape: which of
// them counts would be up to the reader.
func duplicates(t *testing.T) corpus {
	a, s := newAttacker(t), newSmith(t)
	issuer, _ := a.didKey("EdDSA")
	signed := a.prove(badgeOf(issuer), "EdDSA", "")
	return corpus{name: "duplicate keys at every level", least: 400, attacks: refusing(elsewhere{}, func(yield func(string, []byte) bool) {
		for name, doubled := range twins(t, signed) {
			shown := slices.Concat([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[`), doubled, []byte("]}"))
			if !yield("JSON, "+name, doubled) || !yield("presentation, "+name, shown) {
				return
			}
		}
		for name, doubled := range twins(t, written(t, s.payload)) {
			if !yield("JWT, "+name, []byte(s.around(doubled))) {
				return
			}
		}
	})}
}

// twins are texts of a document with one member twice.
func twins(t testing.TB, document []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		text, seen := string(document), map[string]int{}
		for i, at := range memberNames(text) {
			name := text[at[0]+1 : at[1]-1]
			seen[name]++
			escaped := fmt.Sprintf(`\u%04x%s`, name[0], name[1:])
			for kind, other := range map[string]string{
				"another first": fmt.Sprintf(`"%s":"autre",`, name), "null first": fmt.Sprintf(`"%s":null,`, name),
				"behind an escape": fmt.Sprintf(`"%s":"autre",`, escaped),
			} {
				doubled := text[:at[0]] + other + text[at[0]:]
				if !yield(fmt.Sprintf("%s (%d), %s", name, i, kind), []byte(doubled)) {
					return
				}
			}
		}
	}
}

// memberNames finds the names of members in a compact JSON text: [begin, end) with
// their quotes.
func memberNames(text string) (places [][2]int) {
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		end := i + 1
		for ; text[end] != '"'; end++ {
			if text[end] == '\\' {
				end++
			}
		}
		if end+1 < len(text) && text[end+1] == ':' {
			places = append(places, [2]int{i, end + 1})
		}
		i = end
	}
	return places
}

// parsed reads a document back.
func parsed(t testing.TB, document []byte) map[string]any {
	t.Helper()
	return reread(t, map[string]any{"it": rawJSON(document)})["it"].(map[string]any)
}

type rawJSON []byte

// MarshalJSON gives the text as it is.
func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }
