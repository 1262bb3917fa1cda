package archtest

import (
	"os"
	"slices"
	"testing"
)

// TestHouse is the guard itself, on this very tree.
func TestHouse(t *testing.T) {
	t.Parallel()
	findings, err := Check(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range findings {
		t.Error(one)
	}
}

// TestTableIsSound checks the data against itself: a misspelt room would allow
// or forbid nothing.
func TestTableIsSound(t *testing.T) {
	t.Parallel()
	for room, allowed := range rooms {
		for _, to := range allowed {
			if _, known := rooms[to]; !known && to != everything {
				t.Errorf("%s may import %q, which is no room", room, to)
			}
		}
		if room != "cmd/ramure" && layer(room) == "" {
			t.Errorf("%s is in no layer", room)
		}
	}
	for _, table := range []map[string][]string{landlords, standard} {
		for library, hosts := range table {
			for _, room := range hosts {
				if _, known := rooms[room]; !known {
					t.Errorf("%s lives in %q, which is no room", library, room)
				}
			}
		}
	}
	for _, one := range reserved {
		for _, room := range one.rooms {
			if _, known := rooms[room]; !known {
				t.Errorf("%s.%s may stand in %q, which is no room", one.of, one.names, room)
			}
		}
	}
}

// TestImportsRunDownwards checks that the table has no circle, and that no
// layer looks up: words below proofs below acts below doors.
func TestImportsRunDownwards(t *testing.T) {
	t.Parallel()
	for _, rule := range []struct {
		name         string
		from, beyond []string
	}{
		{"words look at words alone", words, slices.Concat(proofs, acts, doors, trials, resources)},
		{"proofs look at neither acts nor doors", proofs, slices.Concat(acts, doors, trials)},
		{"acts look at no door", acts, slices.Concat(doors, trials)},
		{"no door looks at app", slices.DeleteFunc(slices.Clone(doors), isApp), []string{"app"}},
		{"only app looks at store", slices.Concat(words, proofs, acts, []string{"public", "api", "httpx", "auth", "cmd/ramure"}), []string{"store"}},
		{"doors don't look at each other's pages", []string{"public", "api"}, []string{"public", "api"}},
		{"one act doesn't look at another", []string{"award", "network", "verifier"}, acts},
		{"a seal knows neither parent nor badges", []string{"credential/vcjwt", "credential/dataintegrity", "credential/statuslist"}, []string{"credential", "openbadges"}},
		{"resources look at nothing", resources, slices.Concat(words, proofs, acts, doors, trials)},
	} {
		for _, from := range rule.from {
			for _, to := range rule.beyond {
				if allows(from, to) {
					t.Errorf("%s, but %s may import %s", rule.name, from, to)
				}
			}
		}
	}
}

func isApp(room string) bool { return room == "app" }
