package award_test

import (
	"bytes"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
)

// What belongs to another venue, or does not exist, or is withdrawn, is not
// awarded.
func TestAchievementThatIsNotToBeAwarded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id := h.define(sc)
	_, foreign := h.Issue(t.Context(), other, h.order(id))
	_, missing := h.Issue(t.Context(), other, h.order("AAAAAAAAAAAAAAAAAAAAAA"))
	h.refused(foreign, problem.NotFound, "")
	if foreign.Error() != missing.Error() {
		t.Errorf("foreign %v, missing %v", foreign, missing)
	}
	kept := h.issue(sc, id)
	_, err := h.Withdraw(t.Context(), sc, id, "Remplacé.")
	h.must(err)
	_, err = h.Issue(t.Context(), sc, h.order(id))
	h.refused(err, problem.Conflict, "error.achievement.withdrawn")
	_, err = h.Revise(t.Context(), sc, id, definition())
	h.refused(err, problem.Conflict, "error.achievement.withdrawn")
	_, err = h.Withdraw(t.Context(), sc, id, "Encore.")
	h.refused(err, problem.Conflict, "")
	view, err := h.Examine(t.Context(), kept.ID)
	h.must(err)
	if view.Report.Verdict != credential.Valid {
		t.Errorf("an award made before is %s", view.Report.Verdict)
	}
}

// An award keeps the version that it was made under.
func TestAwardKeepsItsVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	before := h.issue(sc, id)
	changed := definition()
	changed.Criteria = "Avoir comparé **cinq** sources."
	a, err := h.Revise(t.Context(), sc, id, changed)
	h.must(err)
	after := h.issue(sc, id)
	if a.Version != 2 || before.Version != 1 || after.Version != 2 {
		t.Errorf("versions %d, %d, %d", a.Version, before.Version, after.Version)
	}
	for stored, words := range map[*award.Stored]string{&before: "**trois**", &after: "**cinq**"} {
		if !bytes.Contains(stored.Document, []byte(words)) {
			t.Errorf("version %d lacks %s", stored.Version, words)
		}
	}
	first, err := h.store.PublicAchievement(t.Context(), id, 1)
	h.must(err)
	if !bytes.Contains(first.Document, []byte("**trois**")) {
		t.Error("version 1 has changed")
	}
}
