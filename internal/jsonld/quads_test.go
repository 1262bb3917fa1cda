package jsonld

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// What another implementation made of the same documents, byte for byte.
func TestCanonicalEqualsKnownAnswers(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, folder := range []string{"canonical", "judged"} {
		paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			name := filepath.Base(path)
			document := loose(t, readFile(t, folder, name))
			// doc4 has what Quads refuses before it begins: place alone must
			// still write it as everyone does.
			p := setOut(context.Background())
			if err := p.placeAll(document, leavesOf(document), optionsFor(name)); err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			got, err := Canonicalize(context.Background(), p.quads, Options{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if want := readFile(t, folder, strings.TrimSuffix(name, ".json")+".nq"); string(got) != string(want) {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
			compared++
		}
	}
	if compared != 16 {
		t.Errorf("compared %d documents, want 16", compared)
	}
}

func TestQuadsKeepsTheRulesOfDecode(t *testing.T) {
	t.Parallel()
	document := loose(t, readFile(t, "canonical", "doc4.json"))
	if _, err := Quads(context.Background(), document); !errors.Is(err, ErrJSON) {
		t.Errorf("got %v, want %v", err, ErrJSON)
	}
}

// credential puts members into a small credential; a member "x: null" there
// would be refused as null.
func credential(t *testing.T, members string) map[string]any {
	t.Helper()
	document, err := DecodeObject([]byte(`{
		"@context":["` + vc2 + `","` + ob303 + `"],
		"id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],
		"issuer":{"id":"did:web:a.example","type":["Profile"]},
		"credentialSubject":{"type":["AchievementSubject"]}` + members + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestQuadsRefusesWhatWouldNotBeSigned(t *testing.T) {
	t.Parallel()
	long := "https://example.org/" + strings.Repeat("a", MaxIRI)
	cases := []struct {
		name, members string
		family        error
		rule, path    string
	}{
		{"undefined term", `"level":"expert"`, ErrLoss, "undefinedTerm", "$.level"},
		{"undefined term below", `"evidence":[{"level":1}]`, ErrLoss, "undefinedTerm", "$.evidence[0].level"},
		{"term of another class", `"salt":"a"`, ErrLoss, "undefinedTerm", "$.salt"},
		{"term in another case", `"Issuer":"urn:x"`, ErrLoss, "undefinedTerm", "$.Issuer"},
		{"name that is an IRI", `"https://schema.org/email":"a"`, ErrLoss, "undefinedTerm", "$['https://schema.org/email']"},
		{"expiry under its IRI", `"https://www.w3.org/2018/credentials#validUntil":{"@value":"2031-01-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`, ErrLoss, "undefinedTerm", ""},
		{"empty name", `"":"a"`, ErrLoss, "undefinedTerm", "$['']"},
		{"class used as property", `"evidence":{"type":"Achievement","Criteria":{"narrative":"a"}}`, ErrLoss, "classAsProperty", "$.evidence.Criteria"},
		{"undefined type", `"evidence":{"type":["Evidence","Proof"]}`, ErrLoss, "undefinedType", "$.evidence.type[1]"},
		{"relative type", `"evidence":{"type":"a/b"}`, ErrLoss, "undefinedType", "$.evidence.type"},
		{"keyword as type", `"evidence":{"type":"@json"}`, ErrLoss, "undefinedType", "$.evidence.type"},
		{"alias as type", `"evidence":{"type":"id"}`, ErrLoss, "undefinedType", "$.evidence.type"},
		{"type under its IRI", `"evidence":{"type":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence"}`, ErrLoss, "notCompact", "$.evidence.type"},
		{"property as type", `"evidence":{"type":"criteria"}`, ErrLoss, "undefinedType", "$.evidence.type"},
		{"type that is not text", `"evidence":{"type":[1]}`, ErrLoss, "typeNotText", "$.evidence.type[0]"},
		{"type null", `"evidence":{"type":null}`, ErrLoss, "typeNotText", "$.evidence.type"},
		{"no types", `"evidence":{"type":[]}`, ErrLoss, "emptyArray", "$.evidence.type"},
		{"type twice", `"evidence":{"type":["Evidence","Evidence"]}`, ErrLoss, "repeated", "$.evidence.type"},
		{"relative id", `"evidence":{"id":"preuve"}`, ErrLoss, "relativeIRI", "$.evidence.id"},
		{"empty id", `"evidence":{"id":""}`, ErrLoss, "relativeIRI", "$.evidence.id"},
		{"scheme alone", `"evidence":{"id":"urn:"}`, ErrLoss, "relativeIRI", "$.evidence.id"},
		{"label of a blank node", `"evidence":{"id":"_:b0"}`, ErrLoss, "relativeIRI", "$.evidence.id"},
		{"id with a space", `"evidence":{"id":"urn:a b"}`, ErrLoss, "iriCharacter", "$.evidence.id"},
		{"id with a bracket", `"evidence":{"id":"urn:a> <urn:b"}`, ErrLoss, "iriCharacter", "$.evidence.id"},
		{"accented host", `"evidence":{"id":"https://médiathèque.example/"}`, ErrLoss, "iriCharacter", "$.evidence.id"},
		{"over-long id", `"evidence":{"id":"` + long + `"}`, ErrLimit, "iriLength", "$.evidence.id"},
		{"id that is not text", `"evidence":{"id":["urn:a"]}`, ErrLoss, "idNotText", "$.evidence.id"},
		{"id null", `"evidence":{"id":null}`, ErrLoss, "idNotText", "$.evidence.id"},
		{"relative value of an id term", `"termsOfUse":"conditions"`, ErrLoss, "relativeIRI", "$.termsOfUse"},
		{"accented value of an id term", `"termsOfUse":["https://é.example/"]`, ErrLoss, "iriCharacter", "$.termsOfUse[0]"},
		{"over-long value of an id term", `"termsOfUse":"` + long + `"`, ErrLimit, "iriLength", "$.termsOfUse"},
		{"keyword under an alias", `"evidence":{"@id":"urn:a"}`, ErrLoss, "notCompact", "$.evidence['@id']"},
		{"type under its keyword", `"evidence":{"@type":"Evidence"}`, ErrLoss, "notCompact", "$.evidence['@type']"},
		{"unknown keyword", `"@foo":1`, ErrLoss, "keyword", "$['@foo']"},
		{"@reverse", `"@reverse":{"evidence":"urn:a"}`, ErrLoss, "keyword", "$['@reverse']"},
		{"@index", `"@index":"a"`, ErrLoss, "keyword", "$['@index']"},
		{"@included", `"@included":[]`, ErrLoss, "keyword", "$['@included']"},
		{"@nest", `"@nest":{"name":"a"}`, ErrLoss, "keyword", "$['@nest']"},
		{"@graph", `"@graph":[{"name":"a"}]`, ErrLoss, "keyword", "$['@graph']"},
		{"@language alone", `"name":{"@language":"fr"}`, ErrLoss, "keyword", "$.name['@language']"},
		{"@set", `"name":{"@set":["a"]}`, ErrLoss, "keyword", "$.name['@set']"},
		{"@list", `"name":{"@list":["a"]}`, ErrLoss, "keyword", "$.name['@list']"},
		{"@direction", `"name":{"@value":"a","@language":"ar","@direction":"rtl"}`, ErrLoss, "keyword", "$.name['@direction']"},
		{"bad language", `"name":{"@value":"a","@language":"fr_FR"}`, ErrLoss, "language", "$.name"},
		{"empty language", `"name":{"@value":"a","@language":""}`, ErrLoss, "language", "$.name"},
		{"long language", `"name":{"@value":"a","@language":"francaise"}`, ErrLoss, "language", "$.name"},
		{"language null", `"name":{"@value":"a","@language":null}`, ErrLoss, "language", "$.name"},
		{"language of a number", `"name":{"@value":1,"@language":"fr"}`, ErrLoss, "language", "$.name"},
		{"language and type", `"name":{"@value":"a","@language":"fr","@type":"urn:a"}`, ErrLoss, "typeAndLanguage", "$.name"},
		{"value null", `"name":{"@value":null}`, ErrLoss, "null", "$.name"},
		{"value null with language", `"name":{"@value":null,"@language":"fr"}`, ErrLoss, "null", "$.name"},
		{"value with relative type", `"name":{"@value":"a","@type":"date"}`, ErrLoss, "undefinedType", "$.name"},
		{"value with types", `"name":{"@value":"a","@type":["urn:a"]}`, ErrLoss, "typeNotText", "$.name"},
		{"value with a type twice", `"name":{"@value":"a","@type":"urn:a","type":"urn:a"}`, ErrLoss, "sameMeaning", "$.name.type"},
		{"value with an id", `"name":{"@value":"a","id":"urn:a"}`, ErrLoss, "keyword", "$.name.id"},
		{"value with a property", `"name":{"@value":"a","name":"b"}`, ErrLoss, "keyword", "$.name.name"},
		{"value of a list", `"name":{"@value":["a"]}`, ErrLoss, "null", "$.name"},
		{"plain value in an object", `"name":{"@value":"a"}`, ErrLoss, "notCompact", "$.name"},
		{"expiry in an object", `"validUntil":{"@value":"2031-01-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`, ErrLoss, "notCompact", "$.validUntil"},
		{"number in an object", `"name":{"@value":1,"@type":"http://www.w3.org/2001/XMLSchema#integer"}`, ErrLoss, "notCompact", "$.name"},
		{"text for a number", `"evidence":{"type":["Profile","Result"],"narrative":{"@value":"1","@type":"http://www.w3.org/2001/XMLSchema#double"}}`, ErrLoss, "datatype", "$.evidence.narrative"},
		{"number for a date", `"validFrom":2026`, ErrLoss, "datatype", "$.validFrom"},
		{"truth for a date", `"validFrom":true`, ErrLoss, "datatype", "$.validFrom"},
		{"language string without language", `"name":{"@value":"a","@type":"` + rdfLang + `"}`, ErrLoss, "datatype", "$.name"},
		{"null", `"name":null`, ErrLoss, "null", "$.name"},
		{"null in a list", `"name":["a",null]`, ErrLoss, "null", "$.name[1]"},
		{"empty array", `"evidence":[]`, ErrLoss, "emptyArray", "$.evidence"},
		{"nested array", `"name":[["a"]]`, ErrLoss, "nestedArray", "$.name[0]"},
		{"value twice", `"name":["a","b","a"]`, ErrLoss, "repeated", "$.name"},
		{"reference twice", `"termsOfUse":["urn:a","urn:a"]`, ErrLoss, "repeated", "$.termsOfUse"},
		{"scalar in a graph", `"proof":"urn:a"`, ErrLoss, "notAnObject", "$.proof"},
		{"value in a graph", `"proof":{"@value":"a"}`, ErrLoss, "notAnObject", "$.proof"},
		{"bare reference in a graph", `"proof":{"id":"urn:a"}`, ErrLoss, "emptyNode", "$.proof"},
		{"undefined purpose", `"proof":{"type":"DataIntegrityProof","proofPurpose":"amusement"}`, ErrLoss, "undefinedType", "$.proof.proofPurpose"},
		{"purpose under its IRI", `"proof":{"type":"DataIntegrityProof","proofPurpose":"https://w3id.org/security#assertionMethod"}`, ErrLoss, "notCompact", "$.proof.proofPurpose"},
		{"inline context below", `"evidence":{"@context":{"level":"urn:level"},"level":1}`, ErrContext, "place", "$.evidence['@context']"},
		{"context below", `"evidence":{"@context":["` + ob303 + `"]}`, ErrContext, "place", "$.evidence['@context']"},
		{"inline context in a graph", `"proof":{"@context":[{"level":"urn:level"}],"level":1}`, ErrContext, "inline", "$.proof['@context'][0]"},
		{"second credential of the same id", `"endorsement":[{"id":"urn:uuid:1","type":["VerifiableCredential"],"validUntil":"2031-01-01T00:00:00Z"}]`, ErrLoss, "scattered", ""},
		{"name said elsewhere", `"evidence":[{"id":"urn:uuid:1","name":"a"}]`, ErrLoss, "scattered", "$.evidence[0]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Quads(context.Background(), credential(t, ","+c.members))
			wantRefusal(t, err, c.family, c.rule, c.path)
		})
	}
}

func TestQuadsRefusesContexts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, context, rule, path string
	}{
		{"text", `"` + vc2 + `"`, "list", "$['@context']"},
		{"null", `null`, "list", "$['@context']"},
		{"object", `{"level":"urn:level"}`, "list", "$['@context']"},
		{"empty", `[]`, "list", "$['@context']"},
		{"inline", `["` + vc2 + `",{"level":"urn:level"}]`, "inline", "$['@context'][1]"},
		{"null in the list", `["` + vc2 + `",null]`, "inline", "$['@context'][1]"},
		{"list in the list", `[["` + vc2 + `"]]`, "inline", "$['@context'][0]"},
		{"unknown", `["` + vc2 + `","https://example.org/c"]`, "unknown", "$['@context'][1]"},
		{"other scheme", `["http://www.w3.org/ns/credentials/v2"]`, "unknown", "$['@context'][0]"},
		{"trailing slash", `["` + vc2 + `/"]`, "unknown", "$['@context'][0]"},
		{"fragment", `["` + vc2 + `#"]`, "unknown", "$['@context'][0]"},
		{"examples, not asked for", `["` + vc2 + `","` + examplesURL + `"]`, "unknown", "$['@context'][1]"},
		{"redefined terms, 3.0.1", `["` + vc2 + `","` + ob301 + `"]`, "protectedTerm", "$['@context'][1]"},
		{"redefined terms, 3.0", `["` + vc2 + `","` + ob30 + `"]`, "protectedTerm", "$['@context'][1]"},
		{"redefined terms, both data models", `["` + vc1 + `","` + vc2 + `"]`, "protectedTerm", "$['@context'][1]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			document := credential(t, "")
			value, err := Decode([]byte(c.context))
			if err != nil {
				t.Fatal(err)
			}
			document["@context"] = value
			_, err = Quads(context.Background(), document)
			wantRefusal(t, err, ErrContext, c.rule, c.path)
		})
	}
	document := credential(t, "")
	delete(document, "@context")
	_, err := Quads(context.Background(), document)
	wantRefusal(t, err, ErrContext, "missing", "$")
}

func TestQuadsAccepts(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"picture as data: IRI beyond the limit":  `"image":{"id":"data:image/png;base64,` + strings.Repeat("A", 100_000) + `","type":"Image"}`,
		"empty object":                           `"evidence":{}`,
		"bare reference":                         `"evidence":{"id":"urn:a"}`,
		"same values in two objects":             `"evidence":[{"name":"a"},{"name":"a"}]`,
		"type without a term":                    `"evidence":{"type":["Evidence","https://example.org/Preuve"]}`,
		"IPv6 host":                              `"evidence":{"id":"https://[2001:db8::1]/a?b=%20#c"}`,
		"long IRI, just allowed":                 `"evidence":{"id":"urn:` + strings.Repeat("a", MaxIRI-5) + `"}`,
		"language":                               `"name":{"@value":"a","@language":"FR-fr"}`,
		"comment on the credential itself":       `"endorsement":[{"type":["VerifiableCredential","EndorsementCredential"],"credentialSubject":{"id":"urn:uuid:1","type":["EndorsementSubject"],"endorsementComment":"a"}}]`,
		"issuer named again":                     `"evidence":{"id":"did:web:a.example","type":["Profile"],"name":"b"}`,
		"empty list":                             `"evidence":{"type":["ResultDescription"],"allowedValue":[]}`,
		"list with repetition":                   `"evidence":{"type":["ResultDescription"],"allowedValue":["a","a"]}`,
		"text that looks like Turtle in a value": `"name":"\" . <urn:a> <urn:b> \"c"`,
	}
	for name, members := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, err := Canonical(context.Background(), credential(t, ""))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Canonical(context.Background(), credential(t, ","+members))
			if err != nil || string(got) == string(plain) {
				t.Errorf("%v; changed: %t", err, string(got) != string(plain))
			}
		})
	}
}

func TestQuadsKeepsLimits(t *testing.T) {
	t.Parallel()
	list := func(n int, item string) string {
		return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
	}
	// Root, subject and n evidences: n + 1 blank nodes.
	exactly := credential(t, `,"evidence":`+list(MaxBlankNodes-1, "{}"))
	if quads, err := Quads(context.Background(), exactly); err != nil || len(quads) < MaxBlankNodes {
		t.Errorf("%d blank nodes: %v", MaxBlankNodes, err)
	}
	_, err := Quads(context.Background(), credential(t, `,"evidence":`+list(MaxBlankNodes, "{}")))
	wantRefusal(t, err, ErrLimit, "blankNodes", fmt.Sprintf("$.evidence[%d]", MaxBlankNodes-1))
	_, err = Quads(context.Background(), credential(t, `,"credentialSchema":{"type":["ResultDescription"],"allowedValue":`+list(MaxBlankNodes, `"a"`)+`}`))
	wantRefusal(t, err, ErrLimit, "blankNodes", "")

	document := credential(t, "")
	document["name"] = nested(MaxDepth)
	_, err = Quads(context.Background(), document)
	wantRefusal(t, err, ErrLimit, "depth", "")
	document["name"] = make([]any, MaxNodes)
	_, err = Quads(context.Background(), document)
	wantRefusal(t, err, ErrLimit, "nodes", "")
	document["name"] = strings.Repeat("a", MaxBytes)
	_, err = Quads(context.Background(), document)
	wantRefusal(t, err, ErrLimit, "size", "$.name")
	for _, foreign := range []any{1, 1.5, []string{"a"}, struct{}{}} {
		document["name"] = foreign
		_, err = Quads(context.Background(), document)
		wantRefusal(t, err, ErrJSON, "kind", "$.name")
	}
	document["name"] = "a\xff"
	_, err = Quads(context.Background(), document)
	wantRefusal(t, err, ErrJSON, "utf8", "$.name")

	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Quads(cancelled, credential(t, "")); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}

// The walk counts the leaves that it places; a difference is refused whatever
// its cause.
func TestQuadsComparesLeaves(t *testing.T) {
	t.Parallel()
	document := credential(t, "")
	err := setOut(context.Background()).placeAll(document, leavesOf(document)+1, nil)
	wantRefusal(t, err, ErrLoss, "leaves", "$")
}

func TestQuadsLeavesTheDocumentAlone(t *testing.T) {
	t.Parallel()
	document := readDocument(t, "judged", "values.json")
	before := string(appendJCS(nil, document))
	first, err := Quads(context.Background(), document)
	if err != nil {
		t.Fatal(err)
	}
	if after := string(appendJCS(nil, document)); after != before {
		t.Error("the document was changed")
	}
	second, _ := Quads(context.Background(), document)
	for i := range first {
		if first[i] != second[i] {
			t.Fatalf("statement %d differs between two readings", i)
		}
	}
}

// One credential twice in a presentation stands in two graphs: neither says
// anything of the other.
func TestSameCredentialInTwoGraphs(t *testing.T) {
	t.Parallel()
	presentation := readDocument(t, "judged", "presentation.json")
	held := presentation["verifiableCredential"].([]any)
	held[1] = clone(held[0])
	if _, err := Canonical(context.Background(), presentation); err != nil {
		t.Error(err)
	}
}

// A type-scoped context ends with its object, but for values and for bare
// references (JSON-LD API §5.1.2 step 7). The table's contexts hardly show it.
func TestTypeScopedContextsEndWithTheirObject(t *testing.T) {
	t.Parallel()
	l := library{contexts: map[string]*local{}, empty: newVocabulary(new(memory))}
	scoped, err := parseContext([]byte(`{"@context":{"type":"@type","p":"urn:p","q":"urn:q",
		"C":{"@id":"urn:C","@context":{"D":"urn:D","name":"@id","r":"urn:r"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	l.contexts["urn:c"] = scoped
	cases := map[string]string{
		`{"@value":"a","@type":"D"}`:  `_:c14n0 <urn:p> "a"^^<urn:D> .`,
		`{"name":"urn:x"}`:            `_:c14n0 <urn:p> <urn:x> .`,
		`{"q":"a"}`:                   `_:c14n1 <urn:q> "a" .`,
		`{"r":"a"}`:                   "undefinedTerm",
		`{"name":"urn:x","q":"a"}`:    "undefinedTerm",
		`{"type":"D"}`:                "undefinedType",
		`{"type":"C","name":"urn:x"}`: `<urn:x> <` + rdfType + `> <urn:C> .`,
	}
	for value, want := range cases {
		document, err := DecodeObject([]byte(`{"@context":["urn:c"],"type":"C","p":` + value + `}`))
		if err != nil {
			t.Fatal(err)
		}
		p := placer{ctx: context.Background(), library: &l, used: map[derivation]*vocabulary{}}
		if err := p.document(document); err != nil {
			t.Run(value, func(t *testing.T) { wantRefusal(t, err, ErrLoss, want, "") })
			continue
		}
		got, err := Canonicalize(context.Background(), p.quads, Options{})
		if err != nil || !strings.Contains(string(got), want+"\n") {
			t.Errorf("%s: %v, %s", value, err, got)
		}
	}
}

// Types bring their contexts in the order of their names, not of the document.
func TestTypesApplyInTheOrderOfTheirNames(t *testing.T) {
	t.Parallel()
	l := library{contexts: map[string]*local{}, empty: newVocabulary(new(memory))}
	scoped, err := parseContext([]byte(`{"@context":{"type":"@type",
		"A":{"@id":"urn:A","@context":{"p":"urn:ofA"}},"B":{"@id":"urn:B","@context":{"p":"urn:ofB"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	l.contexts["urn:c"] = scoped
	for _, types := range []string{`["A","B"]`, `["B","A"]`} {
		document, err := DecodeObject([]byte(`{"@context":["urn:c"],"p":"a","type":` + types + `}`))
		if err != nil {
			t.Fatal(err)
		}
		p := placer{ctx: context.Background(), library: &l, used: map[derivation]*vocabulary{}}
		if err := p.document(document); err != nil || p.quads[2].Predicate.Value != "urn:ofB" {
			t.Errorf("%s: %v, %v", types, err, p.quads)
		}
	}
}
