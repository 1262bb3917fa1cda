package jsonld

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"ramure/schemas"
)

// judge is json-gold: it expands, makes statements and names blank nodes by code
// that shares nothing with ours.
type judge struct{ contexts map[string]any }

func newJudge(t testing.TB) judge {
	t.Helper()
	j := judge{contexts: map[string]any{}}
	for url := range pins {
		data, _ := schemas.Context(url)
		var document any
		if err := json.Unmarshal(data, &document); err != nil {
			t.Fatal(err)
		}
		j.contexts[url] = document
	}
	return j
}

// LoadDocument is json-gold's way to contexts: those of the table, no network.
func (j judge) LoadDocument(url string) (*ld.RemoteDocument, error) {
	document, known := j.contexts[url]
	if !known {
		return nil, fmt.Errorf("%s is not in the table", url)
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, nil
}

func (j judge) options() *ld.JsonLdOptions {
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = j
	options.Algorithm = ld.AlgorithmURDNA2015 // not the default
	options.Format = "application/n-quads"
	return options
}

func (j judge) canonical(t testing.TB, document map[string]any) (string, error) {
	t.Helper()
	var standardForm map[string]any // with float64, as json-gold wants it
	if err := json.Unmarshal(appendJCS(nil, document), &standardForm); err != nil {
		t.Fatal(err)
	}
	normal, err := ld.NewJsonLdProcessor().Normalize(standardForm, j.options())
	if err != nil {
		return "", err
	}
	return normal.(string), nil
}

// isRight tells documents that json-gold 0.9.1 handles rightly: it loses the
// graph of presentations, where @container @graph meets "@context": null.
func (j judge) isRight(document map[string]any) bool {
	text := string(appendJCS(nil, document))
	return !strings.Contains(text, `"verifiableCredential"`) && !strings.Contains(text, examplesURL)
}

func TestJudgeAgreesOnDocuments(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	agreed := 0
	for name, document := range documents(t) {
		if !j.isRight(document) {
			continue
		}
		want, err := j.canonical(t, document)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := mustCanonical(t, name, document); string(got) != want {
			t.Errorf("%s: got\n%s\njson-gold\n%s", name, got, want)
		}
		agreed++
	}
	if agreed < 14 {
		t.Errorf("only %d documents were judged", agreed)
	}
}

// Random documents out of all contexts: what we accept, json-gold writes with
// the same bytes.
func TestJudgeAgreesOnRandomDocuments(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	l, err := standard()
	if err != nil {
		t.Fatal(err)
	}
	agreed, refused := 0, 0
	for seed := range uint64(400) {
		writer := author{Rand: rand.New(rand.NewPCG(seed, 1))}
		document := writer.document(l)
		got, err := Canonical(context.Background(), document)
		if err != nil {
			if !isRefusal(err) {
				t.Fatalf("seed %d: %v", seed, err)
			}
			refused++
			continue
		}
		if !j.isRight(document) {
			continue
		}
		want, err := j.canonical(t, document)
		if err != nil || want != string(got) {
			t.Fatalf("seed %d: %s\ngot\n%s\njson-gold (%v)\n%s", seed, appendJCS(nil, document), got, err, want)
		}
		agreed++
	}
	t.Logf("%d random documents agreed, %d refused", agreed, refused)
	if agreed < 200 {
		t.Errorf("only %d documents were judged", agreed)
	}
}

// What json-gold leaves out without a word (its Normalize, with SafeMode on), we
// refuse: the reason for a walk of our own.
func TestJudgeLosesWhatWeRefuse(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	honest, err := j.canonical(t, credential(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, members := range []string{
		`"level":"expert"`, `"name":null`, `"evidence":[]`, `"termsOfUse":"conditions"`,
		`"termsOfUse":"https://-médiathèque-.example/"`, `"termsOfUse":"https://example.org/` + strings.Repeat("a", 2_100) + `"`,
		`"name":{"@value":"a","@language":"a b"}`,
	} {
		forged := credential(t, ","+members)
		if got, err := j.canonical(t, forged); err != nil || got != honest {
			t.Errorf("%.60s: json-gold sees the difference (%v)", members, err)
		}
		if _, err := Quads(context.Background(), forged); !errors.Is(err, ErrLoss) && !errors.Is(err, ErrLimit) {
			t.Errorf("%.60s: %v", members, err)
		}
	}
}
