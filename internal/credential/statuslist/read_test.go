package statuslist

import (
	"encoding/json"
	"errors"
	"strconv"
	"testing"
	"time"
)

var (
	now  = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	want = Entry{
		List: "https://usages.example/status/3", Index: "94001",
		Purpose: PurposeRevocation, Issuer: "did:web:usages.example",
	}
)

func list(t testing.TB, revoked ...int) map[string]any {
	t.Helper()
	b := New()
	for _, i := range revoked {
		b.Set(i, true)
	}
	data, err := json.Marshal(Unsigned(Params{
		ID: want.List, Issuer: want.Issuer, Bits: b,
		ValidFrom: now.Add(-time.Hour), ValidUntil: now.Add(23 * time.Hour), TTL: time.Minute,
	}))
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestUnsigned(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(Unsigned(Params{
		ID: want.List, Issuer: want.Issuer, Bits: New(), TTL: time.Minute,
		ValidFrom: now.Add(999 * time.Millisecond), ValidUntil: now.Add(24 * time.Hour).In(time.FixedZone("", 3600)),
	}))
	if err != nil {
		t.Fatal(err)
	}
	wantText := `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://usages.example/status/3",` +
		`"type":["VerifiableCredential","BitstringStatusListCredential"],"issuer":"did:web:usages.example",` +
		`"validFrom":"2026-11-22T10:00:00Z","validUntil":"2026-11-23T10:00:00Z",` +
		`"credentialSubject":{"id":"https://usages.example/status/3#list","type":"BitstringStatusList",` +
		`"statusPurpose":"revocation","encodedList":"` + Encode(New()) + `","ttl":60000}}`
	if string(data) != wantText {
		t.Errorf("got  %s\nwant %s", data, wantText)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	doc := list(t, 0, 94001, Entries-1)
	for index, revoked := range map[int]bool{0: true, 1: false, 94000: false, 94001: true, 94002: false, Entries - 1: true} {
		asked := want
		asked.Index = strconv.Itoa(index)
		if got, err := Read(doc, asked, now); err != nil || got != revoked {
			t.Errorf("bit %d: %v, %v", index, got, err)
		}
	}
}

func TestReadTakesOtherForms(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(doc, subject map[string]any){
		"issuer as an object":  func(doc, _ map[string]any) { doc["issuer"] = map[string]any{"id": want.Issuer} },
		"no id":                func(doc, _ map[string]any) { delete(doc, "id") },
		"no dates":             func(doc, _ map[string]any) { delete(doc, "validFrom"); delete(doc, "validUntil") },
		"several purposes":     func(_, s map[string]any) { s["statusPurpose"] = []any{"suspension", "revocation"} },
		"subject type array":   func(_, s map[string]any) { s["type"] = []any{TypeList} },
		"clock a little ahead": func(doc, _ map[string]any) { doc["validFrom"] = format(now.Add(skew)) },
		"valid a second more":  func(doc, _ map[string]any) { doc["validUntil"] = format(now.Add(time.Second)) },
	} {
		doc := list(t, 94001)
		change(doc, doc["credentialSubject"].(map[string]any))
		if revoked, err := Read(doc, want, now); err != nil || !revoked {
			t.Errorf("%s: %v, %v", name, revoked, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(doc, subject map[string]any, asked *Entry)
		want   error
	}{
		"no list type":        {func(doc, _ map[string]any, _ *Entry) { doc["type"] = []any{typeVerifiable} }, ErrMalformed},
		"no credential type":  {func(doc, _ map[string]any, _ *Entry) { doc["type"] = TypeCredential }, ErrMalformed},
		"no subject":          {func(doc, _ map[string]any, _ *Entry) { delete(doc, "credentialSubject") }, ErrMalformed},
		"subject of no type":  {func(_, s map[string]any, _ *Entry) { delete(s, "type") }, ErrMalformed},
		"two subjects":        {func(doc, s map[string]any, _ *Entry) { doc["credentialSubject"] = []any{s, s} }, ErrMalformed},
		"another list":        {func(doc, _ map[string]any, _ *Entry) { doc["id"] = want.List + "0" }, ErrWrongList},
		"id of another type":  {func(doc, _ map[string]any, _ *Entry) { doc["id"] = 7 }, ErrWrongList},
		"no list asked":       {func(doc, _ map[string]any, e *Entry) { delete(doc, "id"); e.List = "" }, ErrWrongList},
		"another issuer":      {func(doc, _ map[string]any, _ *Entry) { doc["issuer"] = "did:web:else.example" }, ErrIssuer},
		"no issuer":           {func(doc, _ map[string]any, e *Entry) { delete(doc, "issuer"); e.Issuer = "" }, ErrIssuer},
		"another purpose":     {func(_, s map[string]any, _ *Entry) { s["statusPurpose"] = "suspension" }, ErrPurpose},
		"no purpose":          {func(_, s map[string]any, e *Entry) { s["statusPurpose"] = ""; e.Purpose = "" }, ErrPurpose},
		"past its validity":   {func(doc, _ map[string]any, _ *Entry) { doc["validUntil"] = format(now) }, ErrStale},
		"long past":           {func(doc, _ map[string]any, _ *Entry) { doc["validUntil"] = "2020-01-01T00:00:00Z" }, ErrStale},
		"not valid yet":       {func(doc, _ map[string]any, _ *Entry) { doc["validFrom"] = format(now.Add(skew + time.Second)) }, ErrNotYetValid},
		"end without zone":    {func(doc, _ map[string]any, _ *Entry) { doc["validUntil"] = "2036-11-22T10:00:00" }, ErrMalformed},
		"end of another type": {func(doc, _ map[string]any, _ *Entry) { doc["validUntil"] = nil }, ErrMalformed},
		"no encodedList":      {func(_, s map[string]any, _ *Entry) { delete(s, "encodedList") }, ErrMalformed},
		"short list":          {func(_, s map[string]any, _ *Entry) { s["encodedList"] = pack(t, make([]byte, 100)) }, ErrTooShort},
		"bomb":                {func(_, s map[string]any, _ *Entry) { s["encodedList"] = pack(t, make([]byte, 8<<20)) }, ErrTooLarge},
		"index over the end":  {func(_, _ map[string]any, e *Entry) { e.Index = strconv.Itoa(Entries) }, ErrRange},
		"index of any list":   {func(_, _ map[string]any, e *Entry) { e.Index = "99999999999999999999999" }, ErrRange},
		"index with a zero":   {func(_, _ map[string]any, e *Entry) { e.Index = "094001" }, ErrMalformed},
	} {
		doc, asked := list(t), want
		test.change(doc, doc["credentialSubject"].(map[string]any), &asked)
		if revoked, err := Read(doc, asked, now); !errors.Is(err, test.want) || revoked {
			t.Errorf("%s: %v, %v, want %v", name, revoked, err, test.want)
		}
	}
	if _, err := Read(nil, want, now); !errors.Is(err, ErrMalformed) {
		t.Errorf("nothing: %v", err)
	}
}

func TestParseIndex(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"0": 0, "7": 7, "94001": 94001, "131071": 131071, "16777215": 16777215} {
		if got, err := ParseIndex(s); err != nil || got != want {
			t.Errorf("%s: %d, %v", s, got, err)
		}
	}
	for s, want := range map[string]error{
		"": ErrMalformed, "00": ErrMalformed, "094": ErrMalformed, "-1": ErrMalformed, "+1": ErrMalformed, " 1": ErrMalformed,
		"1.0": ErrMalformed, "1e3": ErrMalformed, "0x1": ErrMalformed, "١": ErrMalformed, "1_0": ErrMalformed,
		"16777216": ErrRange, "18446744073709551616": ErrRange, "99999999999999999999x": ErrMalformed,
	} {
		if got, err := ParseIndex(s); !errors.Is(err, want) {
			t.Errorf("%q: %d, %v, want %v", s, got, err, want)
		}
	}
}

// FuzzParseIndex: what is taken is written back alike.
func FuzzParseIndex(f *testing.F) {
	for _, seed := range []string{"0", "94001", "094", "-1", "16777216", "99999999999999999999", "1\n", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		index, err := ParseIndex(s)
		if err == nil && (strconv.Itoa(index) != s || index >= maxInflated*8) {
			t.Fatalf("%q was read as %d", s, index)
		}
		if err != nil && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrRange) {
			t.Fatalf("nameless error %v", err)
		}
	})
}
