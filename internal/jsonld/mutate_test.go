package jsonld

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// place where a leaf hangs: set changes it, in holder under name or index.
type leaf struct {
	holder any
	name   string
	index  int
	value  any
}

func (l leaf) set(value any) {
	switch h := l.holder.(type) {
	case map[string]any:
		h[l.name] = value
	case []any:
		h[l.index] = value
	}
}

// leaves lists every leaf of a document, contexts and JSON literals apart.
func leavesAt(value any) []leaf {
	var found []leaf
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if name == "@context" || name == "jwk" {
				continue
			}
			if below := leavesAt(member); below != nil {
				found = append(found, below...)
			} else {
				found = append(found, leaf{holder: v, name: name, value: member})
			}
		}
	case []any:
		for i, item := range v {
			if below := leavesAt(item); below != nil {
				found = append(found, below...)
			} else {
				found = append(found, leaf{holder: v, index: i, value: item})
			}
		}
	}
	return found
}

// objectsOf lists every object of a document.
func objectsOf(value any) []map[string]any {
	var found []map[string]any
	switch v := value.(type) {
	case map[string]any:
		found = append(found, v)
		for name, member := range v {
			if name != "@context" && name != "jwk" {
				found = append(found, objectsOf(member)...)
			}
		}
	case []any:
		for _, item := range v {
			found = append(found, objectsOf(item)...)
		}
	}
	return found
}

// change is one thing that a forger may do to a leaf. A change that is not
// refused must change the signed bytes.
type change struct {
	name    string
	refused bool // at every leaf, whatever it is
	to      func(old any) any
}

func fixed(value any) func(any) any { return func(any) any { return value } }

var changes = []change{
	{"null", true, fixed(nil)},
	{"empty array", true, fixed([]any{})},
	{"array of null", true, fixed([]any{nil})},
	{"nested array", true, func(old any) any { return []any{[]any{old}} }},
	{"twice", true, func(old any) any { return []any{old, old} }},
	{"in an object", false, func(old any) any { return map[string]any{"@value": old} }},
	{"undefined term", true, fixed(map[string]any{"inconnu": "a"})},
	{"undefined type", true, fixed(map[string]any{"type": "Inconnu"})},
	{"relative id", true, fixed(map[string]any{"id": "a/b"})},
	{"accented id", true, fixed(map[string]any{"id": "https://é.example/"})},
	{"over-long id", true, fixed(map[string]any{"id": "urn:" + strings.Repeat("a", MaxIRI)})},
	{"blank node label", true, fixed(map[string]any{"id": "_:b0"})},
	{"inline context", true, fixed(map[string]any{"@context": map[string]any{"x": "urn:x"}, "x": "a"})},
	{"direction", true, fixed(map[string]any{"@value": "a", "@language": "ar", "@direction": "rtl"})},
	{"bad language", true, fixed(map[string]any{"@value": "a", "@language": "a b"})},
	{"language null", true, fixed(map[string]any{"@value": "a", "@language": nil})},
	{"keyword", true, fixed(map[string]any{"@reverse": map[string]any{}})},
	{"control character", true, fixed("a\x01")},
	{"DEL", true, fixed("a\x7f")},
	{"invalid UTF-8", true, fixed("a\xff")},
	{"exponent", true, fixed(json.Number("1e3"))},
	{"text", false, fixed("autre")},
	{"relative IRI", false, fixed("a/b")},
	{"accented IRI", false, fixed("https://é.example/")},
	{"over-long IRI", false, fixed("urn:" + strings.Repeat("a", MaxIRI))},
	{"IRI with a space", false, fixed("urn:a b")},
	{"longer text", false, func(old any) any { return fmt.Sprint(old, "x") }},
	{"the same as text", false, func(old any) any {
		switch v := old.(type) {
		case string:
			return strings.ToUpper(v) + "."
		case json.Number:
			return numberTerm(string(v), "").Value
		}
		return fmt.Sprint(old)
	}},
	{"number", false, fixed(json.Number("41.5"))},
	{"truth", false, func(old any) any { return old != true }},
	{"array of one more", false, func(old any) any { return []any{old, "urn:un:de:plus"} }},
}

// Every leaf of every document, changed in every way: each change is refused, or
// it changes the bytes that are signed. What is refused everywhere is refused.
func TestEveryLeafIsSigned(t *testing.T) {
	t.Parallel()
	for name, document := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := mustCanonical(t, name, document)
			copied := clone(document).(map[string]any)
			leaves := leavesAt(copied)
			if len(leaves) < 3 {
				t.Fatalf("%d leaves", len(leaves))
			}
			for _, l := range leaves {
				for _, c := range changes {
					l.set(c.to(l.value))
					after, err := Canonical(context.Background(), copied, optionsFor(name)...)
					judgeChange(t, c, l, before, after, err, name == "examples.json")
				}
				l.set(l.value)
			}
			if string(mustCanonical(t, name, copied)) != string(before) {
				t.Fatal("the changes were not undone")
			}
		})
	}
}

// judgeChange fails the test when a change went through unseen. With the
// examples context undefined words have a meaning.
func judgeChange(t *testing.T, c change, l leaf, before, after []byte, err error, examples bool) {
	t.Helper()
	undefined := examples && strings.HasPrefix(c.name, "undefined")
	switch {
	case err == nil && c.refused && !undefined:
		t.Errorf("%s at %s[%d] is accepted", c.name, l.name, l.index)
	case err == nil && string(after) == string(before):
		t.Errorf("%s at %s[%d] leaves the signed bytes alone", c.name, l.name, l.index)
	case err != nil && !isRefusal(err):
		t.Errorf("%s at %s[%d]: %v", c.name, l.name, l.index, err)
	}
}

func isRefusal(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.Path != "" && refusal.Rule != ""
}

func mustCanonical(t *testing.T, name string, document map[string]any) []byte {
	t.Helper()
	got, err := Canonical(context.Background(), document, optionsFor(name)...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return got
}

// Every object of every document: an undefined member is refused with its path,
// and so is every member under another name or under its IRI.
func TestEveryMemberIsATerm(t *testing.T) {
	t.Parallel()
	for name, document := range documents(t) {
		if name == "examples.json" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := mustCanonical(t, name, document)
			copied := clone(document).(map[string]any)
			for _, body := range objectsOf(copied) {
				body["inconnu"] = "a"
				_, err := Quads(context.Background(), copied)
				if !errors.Is(err, ErrLoss) {
					t.Errorf("an undefined member of an object with %d: %v", len(body), err)
				}
				delete(body, "inconnu")
				for _, member := range namesOf(body) {
					renameMember(t, before, copied, body, member)
				}
			}
		})
	}
}

func namesOf(body map[string]any) []string {
	var names []string
	for name := range body {
		if name != "@context" {
			names = append(names, name)
		}
	}
	return names
}

// renameMember puts a member under names that mean the same in JSON-LD.
func renameMember(t *testing.T, before []byte, document, body map[string]any, name string) {
	t.Helper()
	value := body[name]
	delete(body, name)
	others := []string{name + "x", strings.ToUpper(name), "@" + name, "https://schema.org/" + name,
		"https://purl.imsglobal.org/spec/vc/ob/vocab.html#" + name, "https://www.w3.org/2018/credentials#" + name,
		strings.ToUpper(name[:1]) + name[1:]}
	for _, other := range others {
		if other == name {
			continue
		}
		body[other] = value
		after, err := Canonical(context.Background(), document)
		if err == nil && string(after) == string(before) {
			t.Errorf("%s under %s leaves the signed bytes alone", name, other)
		}
		delete(body, other)
	}
	if after, err := Canonical(context.Background(), document); err == nil && string(after) == string(before) {
		t.Errorf("without %s the signed bytes are the same", name)
	}
	body[name] = value
}

// A credential that an object of its own comments on: nothing that a reader
// looks for in the credential may move there, whatever class the object takes.
func TestMovedMembersAreRefused(t *testing.T) {
	t.Parallel()
	mustCanonical(t, "as it was", readDocument(t, "judged", "endorsement.json"))
	for _, types := range [][]any{
		{"EndorsementSubject"},
		{"EndorsementSubject", "VerifiableCredential", "OpenBadgeCredential"},
		{"https://www.w3.org/2018/credentials#VerifiableCredential"},
	} {
		document := readDocument(t, "judged", "endorsement.json")
		endorsement := document["endorsement"].([]any)[0].(map[string]any)
		subject := endorsement["credentialSubject"].(map[string]any)
		subject["type"] = types
		for _, name := range namesOf(document) {
			if name == "id" || name == "type" || name == "endorsement" {
				continue
			}
			value := document[name]
			delete(document, name)
			subject[name] = value
			if _, err := Quads(context.Background(), document); !errors.Is(err, ErrLoss) {
				t.Errorf("%s moved into a %v: %v", name, types, err)
			}
			delete(subject, name)
			document[name] = value
		}
	}
}
