package standing_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/standing"
)

const (
	university = "did:web:univ.example"
	twin       = "did:web:univ.example:twin"
	hosted     = "https://badges.univ.example/issuer.json"
	stranger   = "did:web:elsewhere.example"
	ownVenue   = "did:web:badges.example:issuers:moulin"
)

// Who is known is known by its id, and under its own name.
func TestStanding(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(university, "Université d'Avignon")
	w.add(hosted, "Ville de Toulon")
	w.file(`{"registry":{"` + stranger + `:listed":{"name":"GRETA Provence"},"did:web:thief.example":{"name":"ERIC Marseille"},
		"did:web:copy.example":{"name":"Universite d’Avignon"},"` + stranger + `:second":{"name":"GRETA Provence"}}}`)
	cases := []struct {
		what, id, name string
		want           credential.Standing
		like           string
	}{
		{"a venue", ownVenue, "Tiers-lieu Le Moulin", credential.OfNetwork, ""},
		{"a venue under another name", ownVenue, "Le Moulin", credential.OfNetwork, ""},
		{"a venue that says no name", ownVenue, "", credential.OfNetwork, ""},
		{"a venue under the name of its neighbour", ownVenue, "ERIC Marseille", credential.UnknownStanding, "ÉRIC Marseille"},
		{"a known DID", university, "Université d'Avignon", credential.Known, ""},
		{"a known DID that says no name", university, "", credential.Known, ""},
		{"a known DID under a new name", university, "Avignon Université", credential.Known, ""},
		{"a known address", hosted, "Ville de Toulon", credential.Known, ""},
		{"a known DID under the name of a venue", university, "ERlC Marseilie", credential.UnknownStanding, "ÉRIC Marseille"},
		{"a known DID under the name of another", university, "Ville de Toulon", credential.UnknownStanding, "Ville de Toulon"},
		{"one of a registry", stranger + ":listed", "GRETA Provence", credential.Known, ""},
		{"its second id", stranger + ":second", "GRETA Provence", credential.Known, ""},
		{"a registry that lists a thief of a venue's name", "did:web:thief.example", "ERIC Marseille", credential.UnknownStanding, "ÉRIC Marseille"},
		{"a registry that lists a copy of the operator's", "did:web:copy.example", "Université d'Avignon", credential.UnknownStanding, "Université d'Avignon"},
		{"a stranger", stranger, "Association des Amis", credential.UnknownStanding, ""},
		{"a stranger without a name", stranger, " — ", credential.UnknownStanding, ""},
		{"a stranger under a known name", stranger, "université d’avignon", credential.UnknownStanding, "Université d'Avignon"},
		{"an id that begins like a known one", university + ":x", "Autre", credential.UnknownStanding, ""},
		{"an id in capitals", "DID:WEB:UNIV.EXAMPLE", "Autre", credential.UnknownStanding, ""},
		{"no id", "", "Autre", credential.UnknownStanding, ""},
	}
	for _, c := range cases {
		got, like, err := w.Standing(t.Context(), c.id, c.name)
		if err != nil || got != c.want || like != c.like {
			t.Errorf("%s: %s, like %q, %v; want %s, like %q", c.what, got, like, err, c.want, c.like)
		}
	}
}

// No name that looks like a known one is shown as known, whoever bears it.
func TestLookAlikesAreNeverKnown(t *testing.T) {
	t.Parallel()
	w, known, seen := newWorld(t), map[string]string{}, 0
	w.add("did:web:honest.example", "Association honnête")
	for _, row := range rows(t, "../lookalike/testdata/alike.csv") {
		name, alike, how := row[0], row[1], row[2]
		if known[name] == "" {
			known[name] = fmt.Sprintf("did:web:known-%d.example", len(known))
			if name != "ERIC Marseille" && name != "Tiers-lieu Le Moulin" { // those are venues
				w.add(known[name], name)
			}
		}
		for _, id := range []string{stranger, "did:web:honest.example"} {
			got, like, err := w.Standing(t.Context(), id, alike)
			if err != nil || got != credential.UnknownStanding || like == "" {
				t.Errorf("%s, %q for %q: %s, like %q, %v", how, alike, name, got, like, err)
			}
		}
		_, err := w.Add(t.Context(), standing.Issuer{ID: stranger, Name: alike}, false)
		if !problem.Is(err, problem.Conflict) && !problem.Is(err, problem.Invalid) {
			t.Errorf("%s, %q for %q: put on the list, %v", how, alike, name, err)
		}
		seen++
	}
	t.Logf("%d look-alike names × 2 issuers, 0 shown as known", seen)
	if seen < 200 {
		t.Errorf("only %d", seen)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(university, "  Université d'Avignon ")
	_, err := w.Add(t.Context(), standing.Issuer{ID: university, Name: "Autre"}, false)
	w.fails("an id twice", err, problem.Conflict, "error.trust.listed")
	_, err = w.Add(t.Context(), standing.Issuer{ID: twin, Name: "UNIVERSITÉ D’AVIGNON"}, false)
	w.fails("a name that is known", err, problem.Conflict, "error.trust.lookAlike")
	_, err = w.Add(t.Context(), standing.Issuer{ID: twin, Name: "Université d'Avignon"}, true)
	w.must(err)
	for _, id := range []string{university, twin} {
		if got, like, _ := w.Standing(t.Context(), id, "Université d'Avignon"); got != credential.Known || like != "" {
			t.Errorf("%s shares a name: %s, like %q", id, got, like)
		}
	}
	issuers, registries, err := w.List(t.Context())
	if err != nil || len(issuers) != 2 || len(registries) != 0 || issuers[0].Name != "Université d'Avignon" || !issuers[0].Since.Equal(dawn) {
		t.Errorf("listed %v, %v, %v", issuers, registries, err)
	}
	w.must(w.Remove(t.Context(), twin))
	w.fails("removed twice", w.Remove(t.Context(), twin), problem.NotFound, "error.trust.unknown")
	if got, _, _ := w.Standing(t.Context(), twin, ""); got != credential.UnknownStanding {
		t.Errorf("removed: %s", got)
	}
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := make([]byte, 600)
	for i := range long {
		long[i] = 'a'
	}
	for what, i := range map[string]standing.Issuer{
		"no id": {Name: "A"}, "a name as id": {ID: "univ", Name: "A"}, "http": {ID: "http://univ.example", Name: "A"}, "a fragment": {ID: "https://univ.example/#key", Name: "A"},
		"a user": {ID: "https://a@univ.example", Name: "A"}, "another method": {ID: "did:ion:abc", Name: "A"}, "a broken did:key": {ID: "did:key:z6Mk", Name: "A"}, "a broken did:jwk": {ID: "did:jwk:e30", Name: "A"},
		"a broken did:web": {ID: "did:web:", Name: "A"}, "a long id": {ID: "https://univ.example/" + string(make([]byte, 2000)), Name: "A"}, "no name": {ID: university, Name: " "}, "a long name": {ID: university, Name: string(long)},
		"a name on two lines": {ID: university, Name: "A\nB"}, "a name that turns": {ID: university, Name: "A\u202eB"}, "a long note": {ID: university, Name: "A", Note: string(long)}, "a note in another encoding": {ID: university, Name: "A", Note: "\xff"},
	} {
		_, err := w.Add(t.Context(), i, false)
		w.fails(what, err, problem.Invalid, "error.trust.invalid")
	}
}

// A registry is asked once a day; what it said last counts for a week.
func TestRegistryIsAskedOnceADay(t *testing.T) {
	t.Parallel()
	const address = "https://registry.example/list.json"
	w := newWorld(t)
	w.web[address] = `{"registry":{"did:web:a.example":{"name":"A"}}}`
	r, err := w.AddRegistry(t.Context(), address, "Registre", "")
	if err != nil || len(r.Issuers) != 1 {
		t.Fatalf("%v, %v", r, err)
	}
	is := func(what string, id string, want credential.Standing) {
		t.Helper()
		if got, _, err := w.Standing(t.Context(), id, ""); got != want || err != nil {
			t.Errorf("%s: %s is %s, %v", what, id, got, err)
		}
	}
	asks := func(what string, count int, failing bool) {
		t.Helper()
		w.fetched = nil
		if err := w.Refresh(t.Context()); (err != nil) != failing || len(w.fetched) != count {
			t.Errorf("%s: asked %v, %v", what, w.fetched, err)
		}
	}
	w.web[address] = `{"registry":{"did:web:b.example":{"name":"B"}}}`
	w.advance(23 * time.Hour)
	asks("within the day", 0, false)
	is("within the day", "did:web:a.example", credential.Known)
	w.advance(time.Hour)
	asks("after a day", 1, false)
	is("after a day", "did:web:a.example", credential.UnknownStanding)
	is("after a day", "did:web:b.example", credential.Known)
	delete(w.web, address)
	w.advance(7 * 24 * time.Hour)
	asks("away", 1, true)
	is("away for a week", "did:web:b.example", credential.Known)
	w.advance(time.Second + time.Minute)
	is("away for longer", "did:web:b.example", credential.UnknownStanding)
	w.web[address] = "<!doctype html>"
	asks("a page", 1, true)
	is("a page", "did:web:b.example", credential.UnknownStanding)
	w.web[address] = `{"registry":{"did:web:c.example":{"name":"C"}}}`
	asks("back", 1, false)
	is("back", "did:web:c.example", credential.Known)
}

// A registry of a file is neither asked nor forgotten.
func TestRegistryOfAFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.file(`{"meta":{},"registry":{"did:web:a.example":{"name":"A","url":"https://a.example"},"did:web:nameless.example":{},"urn:x":{"name":"X"}}}`)
	w.advance(400 * 24 * time.Hour)
	w.must(w.Refresh(t.Context()))
	for id, want := range map[string]credential.Standing{"did:web:a.example": credential.Known, "did:web:nameless.example": credential.UnknownStanding, "urn:x": credential.UnknownStanding} {
		if got, _, err := w.Standing(t.Context(), id, ""); got != want || err != nil || len(w.fetched) != 0 {
			t.Errorf("%s: %s, %v, fetched %v", id, got, err, w.fetched)
		}
	}
	w.file(`{"registry":{"did:web:b.example":{"name":"B"}}}`)
	if _, registries, err := w.List(t.Context()); err != nil || len(registries) != 1 || registries[0].Source != "file:list.json" {
		t.Errorf("%v, %v", registries, err)
	}
	w.must(w.Remove(t.Context(), "file:list.json"))
}

func TestRegistryRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	large := `{"registry":{"did:web:a.example":{"name":"` + string(make([]byte, 1<<20)) + `"}}}`
	for what, c := range map[string]struct {
		text string
		kind problem.Kind
	}{
		"nothing": {"", problem.Malformed}, "a page": {"<html>", problem.Malformed}, "no registry": {"{}", problem.Malformed}, "a list": {`{"registry":[]}`, problem.Malformed},
		"nobody": {`{"registry":{}}`, problem.Malformed}, "a name that is none": {`{"registry":{"did:web:a.example":{"name":1}}}`, problem.Malformed}, "too large": {large, problem.TooLarge},
	} {
		_, err := w.AddFile(t.Context(), "list.json", "Registre", "", []byte(c.text))
		w.fails(what, err, c.kind, "error.trust.registry")
	}
	for _, address := range []string{"", "http://registry.example", "ftp://x", "https://"} {
		_, err := w.AddRegistry(t.Context(), address, "Registre", "")
		w.fails(address, err, problem.Invalid, "error.trust.invalid")
	}
	_, err := w.AddRegistry(t.Context(), "https://registry.example", "Registre", "")
	w.fails("an address that does not answer", err, problem.Unavailable, "error.outbound.failed")
	w.web["https://registry.example"] = `{"registry":{"did:web:a.example":{"name":"A"}}}`
	_, err = w.AddRegistry(t.Context(), "https://registry.example", "", "")
	w.fails("without a name", err, problem.Invalid, "error.trust.invalid")
	_, err = w.AddFile(t.Context(), "", "Registre", "", nil)
	w.fails("a file without a name", err, problem.Invalid, "error.trust.invalid")
}

// A database that does not answer makes nobody known.
func TestStoreIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.down = errors.New("away")
	if got, _, err := w.Standing(t.Context(), ownVenue, ""); got != credential.UnknownStanding || !errors.Is(err, w.down) {
		t.Errorf("%s, %v", got, err)
	}
}

func FuzzRegistry(f *testing.F) {
	table := names(f)
	for _, seed := range []string{`{"registry":{"did:web:a.example":{"name":"A"}}}`, `{"registry":{"https://a.example":{"name":"É"}}}`, `[]`, `{"registry":{"did:web:a":{"name":"\u0000"}}}`, "\xef\xbb\xbf{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := newWorldWith(t, table)
		if _, err := w.AddFile(t.Context(), "list.json", "R", "", data); err != nil {
			return
		}
		if _, _, err := w.Standing(t.Context(), stranger, "É"); err != nil {
			t.Fatal(err)
		}
	})
}
