package jsonld

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"testing"

	"ramure/schemas"
)

// Every embedded context has its pin, every pin its context, and they agree.
func TestPinsMatchTheEmbeddedContexts(t *testing.T) {
	t.Parallel()
	embedded := schemas.Contexts()
	slices.Sort(embedded)
	if pinned := slices.Sorted(maps.Keys(pins)); !slices.Equal(pinned, embedded) {
		t.Fatalf("pinned %v, embedded %v", pinned, embedded)
	}
	for url, pin := range pins {
		data, known := schemas.Context(url)
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); !known || got != pin {
			t.Errorf("%s: %s, pinned %s", url, got, pin)
		}
	}
}

// A context that names another would bring in what nobody read.
func TestNoContextImportsAnother(t *testing.T) {
	t.Parallel()
	for url := range pins {
		data, _ := schemas.Context(url)
		var document any
		if err := json.Unmarshal(data, &document); err != nil {
			t.Fatal(err)
		}
		walkContexts(document, func(context any) {
			switch context.(type) {
			case map[string]any, nil:
			default:
				t.Errorf("%s: an @context that is neither an object nor null", url)
			}
		})
		for _, keyword := range []string{`"@import"`, `"@base"`, `"@language"`} {
			if bytes.Contains(data, []byte(keyword)) {
				t.Errorf("%s: %s", url, keyword)
			}
		}
	}
}

func walkContexts(value any, see func(context any)) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if name == "@context" {
				see(member)
			}
			walkContexts(member, see)
		}
	case []any:
		for _, item := range v {
			walkContexts(item, see)
		}
	}
}

func TestChangedContextIsRefused(t *testing.T) {
	t.Parallel()
	read := func(url string) ([]byte, bool) {
		data, known := schemas.Context(url)
		return append(data, '\n'), known
	}
	_, err := openLibrary(map[string]string{vc2: pins[vc2]}, read)
	wantRefusal(t, err, ErrContext, "pin", vc2)
	_, err = openLibrary(map[string]string{"https://example.org/": pins[vc2]}, schemas.Context)
	wantRefusal(t, err, ErrContext, "pin", "https://example.org/")
}

// What our reading of contexts does not know must never be passed over.
func TestUnknownContextFeaturesAreRefused(t *testing.T) {
	t.Parallel()
	cases := []string{
		`[]`, `{}`, `{"@context":[]}`, `{"@context":"https://www.w3.org/ns/credentials/v2"}`, `{"@context":{},"x":1}`,
		`{"@context":{"@import":"https://www.w3.org/ns/credentials/v2"}}`,
		`{"@context":{"@version":1}}`, `{"@context":{"@base":"https://example.org/"}}`,
		`{"@context":{"@language":"fr"}}`, `{"@context":{"@propagate":false}}`, `{"@context":{"@vocab":"relative"}}`,
		`{"@context":{"@protected":"yes"}}`, `{"@context":{"":"https://example.org/"}}`,
		`{"@context":{"a":null}}`, `{"@context":{"a":{"@type":"@id"}}}`, `{"@context":{"a":{"@id":1}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@container":"@index"}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@container":["@list"]}}}`,
		`{"@context":{"a":{"@reverse":"https://example.org/a"}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@language":"fr"}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@prefix":true}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@nest":"@nest"}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@context":"https://www.w3.org/ns/credentials/v2"}}}`,
		`{"@context":{"a":{"@id":"https://example.org/a","@context":{"b":null}}}}`,
	}
	for _, text := range cases {
		if _, err := parseContext([]byte(text)); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}

// Definitions that no table has today, but that a changed one could.
func TestBadDefinitionsAreRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`{"@context":{"a":"b","b":"a"}}`:                                         "cyclicTerm",
		`{"@context":{"a":{"@id":"https://example.org/a","@type":"b"},"b":"a"}}`: "cyclicTerm",
		`{"@context":{"a":"relative"}}`:                                          "termIRI",
		`{"@context":{"a":"@graph"}}`:                                            "termIRI",
		`{"@context":{"a":{"@id":"https://example.org/a","@type":"relative"}}}`:  "termType",
		`{"@context":{"a":{"@id":"https://example.org/a","@type":"@none"}}}`:     "termType",
	}
	for text, want := range cases {
		l, err := parseContext([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if _, broken := newVocabulary(new(memory)).apply(l, byDocument); broken != want {
			t.Errorf("%s: %q, want %q", text, broken, want)
		}
	}
}

// The library is shared by all requests: sixteen at once must agree, under the
// race detector too, and the memory must not grow beyond its limit.
func TestLibraryIsSharedSafely(t *testing.T) {
	t.Parallel()
	documents := documents(t)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for name, document := range documents {
				got, err := Canonical(context.Background(), document, optionsFor(name)...)
				if err != nil || len(got) == 0 {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
	group.Wait()
}
