package openbadges

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// FuzzValidate: whatever the document, the answer is bounded, the same each
// time, and no complaint means that the structs can hold it.
func FuzzValidate(f *testing.F) {
	for _, name := range []string{"full.json", "workload.json", "sample.json"} {
		f.Add(read(f, name))
		f.Add(write(f, older(decode(f, read(f, name)))))
	}
	for _, seed := range []string{
		`{}`, `{"@context":null,"type":[],"credentialSubject":[{}]}`,
		`{"credentialSubject":{"achievement":{"resultDescription":[7,{"id":1}]},"result":[null,{"resultDescription":"x"}]}}`,
		`{"issuer":{"parentOrg":{"parentOrg":{"endorsement":[{"issuer":{}}]}}},"NAME":{"":[[]]}}`,
		`{"credentialStatus":{"type":"BitstringStatusListEntry","statusSize":1e999}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var doc map[string]any
		if decoder.Decode(&doc) != nil {
			return
		}
		for _, options := range [][]Option{nil, {Strict}} {
			found := Validate(doc, options...)
			if len(found) > MaxViolations || !reflect.DeepEqual(found, Validate(doc, options...)) {
				t.Fatalf("%d violations, or not the same twice", len(found))
			}
			for _, v := range found {
				if !strings.HasPrefix(v.Path, "$") || v.Rule == "" || v.Detail == "" {
					t.Fatalf("nameless violation %v", v)
				}
			}
			if found == nil {
				mustFit(t, doc)
			}
		}
	})
}

// mustFit holds the two ways into the shape against each other. A context that is no
// address fits into neither: it never gets that far.
func mustFit(t testing.TB, doc map[string]any) {
	t.Helper()
	for _, context := range doc["@context"].([]any) {
		if _, isText := context.(string); !isText {
			return
		}
	}
	var want AchievementCredential
	if err := json.Unmarshal(write(t, Current(doc)), &want); err != nil {
		t.Fatalf("valid, but: %v", err)
	}
	if got := Shape(doc); !reflect.DeepEqual(*got, want) {
		t.Fatalf("shaped\n%+v\nread\n%+v", *got, want)
	}
}
