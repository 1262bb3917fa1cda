package api

import (
	"bytes"
	"testing"

	"ramure/internal/problem"
)

// Whatever a body holds, it is a request of ours that is whole, something to verify
// as it stands, or refused as what it is.
func FuzzHandedIn(f *testing.F) {
	for _, seed := range []string{
		`{"url":"https://a.example"}`, `{"credential":{"@context":[]},"recipient":"Lucie"}`, `{"credential":"a.b.c"}`, `{"credential":null}`,
		`{"url":"https://a.example","credential":1}`, `{"url":1}`, `{"@context":[],"url":"x"}`, `{"url":"","credential":""}`, "", " ", "{", "a.b.c", "\x89PNG",
		`{"URL":"https://a.example"}`, `{"url":"https://a.example","url":"https://b.example"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		thing, o, err := handedIn(body)
		if err != nil {
			if kind := problem.KindOf(err); kind != problem.Malformed && kind != problem.Invalid {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		if len(thing.Data) == 0 || (o.Recipient != "" && bytes.Equal(thing.Data, body)) {
			t.Errorf("%q: %q for %q", body, thing.Data, o.Recipient)
		}
	})
}
