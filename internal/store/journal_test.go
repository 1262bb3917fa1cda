package store_test

import (
	"testing"
	"time"

	"ramure/internal/journal"
	"ramure/internal/store"
)

// The database itself refuses to change an entry or to let it go.
func TestJournalIsAppendOnly(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s := open(t, url(t), store.Options{})
		if err := s.WriteEntry(t.Context(), journal.Entry{At: time.Unix(1, 0), Actor: "operator", Act: journal.RoleGiven, Subject: "x"}); err != nil {
			t.Fatal(err)
		}
		attempts := []string{`UPDATE journal SET actor = 'x'`, `DELETE FROM journal`, `UPDATE journal SET at = at`}
		if s.Engine() == "sqlite" {
			attempts = append(attempts, `REPLACE INTO journal SELECT id, public_id, at, 'x', act, venue, subject, detail, network FROM journal`)
		} else {
			attempts = append(attempts, `TRUNCATE journal`)
		}
		for _, text := range attempts {
			if _, err := s.Database().ExecContext(t.Context(), text); err == nil {
				t.Errorf("%s went through", text)
			}
		}
	})
}
