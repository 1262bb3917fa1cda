package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/jsonld"
)

type yield = func(func(context.Context) bool) bool

// all gives uploads one after the other.
func all(next yield, inputs ...string) bool {
	for _, input := range inputs {
		if !next(asUpload([]byte(input))) {
			return false
		}
	}
	return true
}

func nodeNamed(n int) jsonld.Term {
	return jsonld.Term{Kind: jsonld.Blank, Value: fmt.Sprintf("n%d", n)}
}

func linked(from, to int) jsonld.Quad {
	return jsonld.Quad{Subject: nodeNamed(from), Predicate: jsonld.Term{Kind: jsonld.IRI, Value: "urn:p"}, Object: nodeNamed(to)}
}

// cliques: every node stands to every other as every other does.
func cliques(next yield) {
	for n := 5; n <= 40; n++ {
		var quads []jsonld.Quad
		for i := range n {
			for j := range n {
				if i != j {
					quads = append(quads, linked(i, j))
				}
			}
		}
		if !next(asGraph(quads)) {
			return
		}
	}
}

// depths nests arrays and objects, closed and left open.
func depths(next yield) {
	for n := 1; n <= 10_000; n++ {
		input := strings.Repeat("[", n) + strings.Repeat("]", n)
		if n%2 == 0 {
			input = strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n)
		}
		if n%3 == 0 {
			input = input[:len(input)/2]
		}
		if !all(next, input) {
			return
		}
	}
}

// equals: as statements, rings and stars and rows; as documents, evidence and
// alignments and endorsements that say nothing of their own.
func equals(document map[string]any) func(yield) {
	return func(next yield) {
		for _, n := range []int{10, 40, 63, 64, 100, 500, 1_000, 2_000} {
			var ring, star, row, pairs []jsonld.Quad
			for i := range n {
				ring, star = append(ring, linked(i, (i+1)%n)), append(star, linked(n, i))
				row, pairs = append(row, linked(i, i)), append(pairs, linked(i, i^1))
			}
			for _, quads := range [][]jsonld.Quad{ring, star, row, pairs, slices.Concat(ring, pairs)} {
				if !next(asGraph(quads)) {
					return
				}
			}
			same := `{"type":"Evidence","narrative":"x"}`
			nested := `{"type":"Profile","endorsement":[` + strings.TrimSuffix(strings.Repeat(`{"type":["EndorsementCredential"]},`, n), ",") + `]}`
			if !all(next, with(document, "evidence", "["+strings.TrimSuffix(strings.Repeat(same+",", n), ",")+"]"), with(document, "issuer", nested)) {
				return
			}
		}
	}
}

// doubles writes a member twice in each object of the document, and at the end of
// each depth.
func doubles(document map[string]any) func(yield) {
	return func(next yield) {
		text, _ := json.Marshal(document)
		for place := range text {
			if text[place] != '{' || text[place+1] == '}' {
				continue
			}
			end := bytes.IndexByte(text[place:], ':') + place
			if !all(next, string(text[:place+1])+string(text[place+1:end])+":1,"+string(text[place+1:])) {
				return
			}
		}
		for depth := 1; depth <= 40; depth++ {
			if !all(next, strings.Repeat(`{"a":`, depth)+`{"b":1,"\u0062":2}`+strings.Repeat("}", depth)) {
				return
			}
		}
		all(next, `{`+strings.TrimSuffix(strings.Repeat(`"a":1,`, 80_000), ",")+`}`)
	}
}

func wides(document map[string]any) func(yield) {
	return func(next yield) {
		const room = 500 << 10
		many := func(item string, n int) string {
			return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
		}
		for _, value := range []string{
			many("1", 1_500), many("{}", 1_500), many("[]", 1_500), many(`"x"`, 1_500), many("1", 100_000), many("null", 100_000),
			`"` + strings.Repeat("a", room) + `"`, `"` + strings.Repeat("é", room/2) + `"`, `"` + strings.Repeat(`\u00e9`, room/6) + `"`, `"` + strings.Repeat(`\"`, room/2) + `"`,
			strings.Repeat("9", room), "0." + strings.Repeat("9", room), "1e" + strings.Repeat("9", room), "-" + strings.Repeat("1", room),
			`"https://example.org/` + strings.Repeat("a", 1_900) + `"`, `"data:image/png;base64,` + strings.Repeat("A", room) + `"`, `"https://example.org/` + strings.Repeat("a", room) + `"`,
		} {
			for _, member := range []string{"evidence", "name", "id", "validFrom", "undefined"} {
				if !all(next, with(document, member, value)) {
					return
				}
			}
		}
		names := map[string]any{}
		for n := range 1_500 {
			names[fmt.Sprintf("%s%d", strings.Repeat("n", 200), n)] = 1
		}
		text, _ := json.Marshal(names)
		all(next, string(text), with(document, strings.Repeat("n", room), "1"), strings.Repeat(" ", 1<<20), strings.Repeat(" ", room)+"{}", strings.Repeat("\x00", room), strings.Repeat("\xff", room))
	}
}

// crowds: lists of contexts, of types and of proofs, and objects of one id.
func crowds(signed []byte) func(yield) {
	return func(next yield) {
		document, err := jsonld.DecodeObject(signed)
		if err != nil {
			return
		}
		contexts := []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
			"https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/multikey/v1", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"}
		kinds := []string{"Achievement", "Alignment", "Evidence", "Image", "Profile", "Result", "ResultDescription", "Related", "Address"}
		proof, _ := json.Marshal(document["proof"].([]any)[0])
		for _, n := range []int{10, 100, 255, 257, 1_000, 1_800} {
			list := func(of []string) string {
				items := make([]string, n)
				for i := range items {
					items[i] = of[(i*i/3+i)%len(of)]
				}
				text, _ := json.Marshal(items)
				return string(text)
			}
			var evidence []string
			for i := range min(n, 280) {
				evidence = append(evidence, fmt.Sprintf(`{"id":"urn:x:%d","type":[%q,%q,%q]}`, i, kinds[i%9], kinds[i/9%9], kinds[i/81%9]))
			}
			var oneID []string
			for range min(n, 350) {
				oneID = append(oneID, fmt.Sprintf(`{"id":%q,"type":"VerifiableCredential"}`, document["id"]))
			}
			inputs := []string{with(document, "@context", list(contexts)), with(document, "@context", list(contexts[:2])), with(document, "type", list(kinds)), with(document, "type", list(kinds[:1])),
				with(document, "evidence", "["+strings.Join(evidence, ",")+"]"), with(document, "evidence", "["+strings.Join(oneID, ",")+"]"),
				with(document, "proof", "["+strings.TrimSuffix(strings.Repeat(string(proof)+",", min(n, 180)), ",")+"]")}
			if !all(next, inputs...) {
				return
			}
		}
	}
}

// tokens: compact JWS that are long, empty, of dots, or deep inside.
func tokens(next yield) {
	enc := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	header, room := enc(`{"alg":"EdDSA","kid":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"}`), 380<<10
	signature := enc(strings.Repeat("s", 64))
	for _, payload := range []string{"", "{}", strings.Repeat("[", room), strings.Repeat(`{"a":`, room/5), `{"iss":"` + strings.Repeat("a", room) + `"}`, strings.Repeat(" ", room),
		`{` + strings.TrimSuffix(strings.Repeat(`"a":1,`, room/6), ",") + `}`, `["` + strings.Repeat(`","`, room/3) + `"]`} {
		if !all(next, header+"."+enc(payload)+"."+signature) {
			return
		}
	}
	all(next, strings.Repeat(".", 500<<10), strings.Repeat("A", 500<<10), "e"+strings.Repeat("A.", 200<<10), enc(strings.Repeat("[", 6<<10))+".e30."+signature,
		enc(`{"alg":"RS256","jwk":{"kty":"RSA","e":"AQAB","n":"`+strings.Repeat("A", 5<<10)+`"}}`)+".e30."+signature, header+".e30."+enc(strings.Repeat("s", room)))
}

// bombs unfold to far more than a list may hold: zeros, lists in lists, many
// members, false lengths.
func bombs(b *testing.B) func(yield) {
	b.Helper()
	var encoded []string
	add := func(packed []byte) { encoded = append(encoded, "u"+base64.RawURLEncoding.EncodeToString(packed)) }
	var packed []byte
	for _, size := range []int64{3 << 20, 16 << 20, 64 << 20, 256 << 20, 1 << 30} {
		packed = squeeze(b, io.LimitReader(zeros{}, size))
		add(packed)
		add(packed[:len(packed)/2])
		add(append(slices.Clone(packed[:len(packed)-4]), 0, 0, 0, 0))
	}
	inner := packed
	for range 10 {
		inner = squeeze(b, bytes.NewReader(inner))
		add(inner)
	}
	member := squeeze(b, io.LimitReader(zeros{}, 1<<20))
	for _, n := range []int{2, 10, 1_000} {
		add(bytes.Repeat(member, n))
	}
	empty := squeeze(b, bytes.NewReader(nil))
	add(bytes.Repeat(empty, 80_000))
	for n := range 30 {
		spoilt := slices.Clone(packed[:100_000])
		spoilt[10+n*37] ^= 0x55
		add(spoilt)
	}
	return func(next yield) {
		for _, text := range encoded {
			if !next(asList(text)) {
				return
			}
		}
	}
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}

func squeeze(b *testing.B, from io.Reader) []byte {
	b.Helper()
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(writer, from); err != nil {
		b.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		b.Fatal(err)
	}
	return packed.Bytes()
}

// with writes the document with one member replaced by JSON text.
func with(document map[string]any, member, value string) string {
	changed := maps.Clone(document)
	delete(changed, member)
	text, _ := json.Marshal(changed)
	name, _ := json.Marshal(member)
	return "{" + string(name) + ":" + value + "," + string(text[1:])
}
