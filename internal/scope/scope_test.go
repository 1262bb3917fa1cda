package scope

import "testing"

func TestScopeAllowsItsVenueOnly(t *testing.T) {
	t.Parallel()
	s := Grant("atelier", "token:x")
	if !s.Allows("atelier") || s.Allows("phare") || s.Allows("") || s.Allows("Atelier") {
		t.Errorf("%+v", s)
	}
	if s.Venue() != "atelier" || s.Actor() != "token:x" {
		t.Errorf("%q %q", s.Venue(), s.Actor())
	}
}

// A route that forgot to ask for a scope can do nothing with what it has.
func TestZeroScopeAllowsNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []Scope{{}, Grant("", "operator")} {
		for _, venue := range []string{"", "atelier"} {
			if s.Allows(venue) {
				t.Errorf("%+v allows %q", s, venue)
			}
		}
	}
}
