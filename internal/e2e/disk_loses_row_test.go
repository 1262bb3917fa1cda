package e2e

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/translog"
)

// A row is lost or added by hand, below all rules of the engine. The check tells
// it, wherever something else that is stored speaks of it.
func TestDiskLosesRow(t *testing.T) {
	t.Parallel()
	a := newArchives(t, "sqlite")
	a.sound()
	for name, loss := range map[string]struct {
		statements string
		table      string // that tells it
	}{
		"venue":              {`DELETE FROM venue WHERE slug = 'atelier'`, "award"},
		"key":                {`DELETE FROM signing_key WHERE issuer IS NOT NULL AND use = 'proof'`, "log_leaf"},
		"log key":            {`DELETE FROM signing_key WHERE issuer IS NULL`, "log_checkpoint"},
		"achievement":        {`DELETE FROM achievement`, "achievement_version"},
		"version":            {`DELETE FROM achievement_version WHERE version = 1`, "achievement_version"},
		"last version":       {`DELETE FROM achievement_version WHERE version = 2`, "achievement"},
		"holder":             {`DELETE FROM holder WHERE ref = '42'`, "holder"},
		"award":              {`DELETE FROM award WHERE key = 'order-1'`, "credential"},
		"credential":         {`DELETE FROM credential WHERE award = (SELECT id FROM award WHERE key = 'order-2')`, "award"},
		"list":               {`DELETE FROM status_list`, "award"},
		"revocation":         {`DELETE FROM revocation`, "revocation"},
		"leaf":               {`DELETE FROM log_leaf WHERE idx = 3`, "log_leaf"},
		"waiting leaf":       {`DELETE FROM log_leaf WHERE idx IS NULL`, "log_leaf"},
		"link of a leaf":     {`UPDATE log_leaf SET award = NULL WHERE kind = 'issue' AND idx IS NOT NULL`, "log_leaf"},
		"node":               {`DELETE FROM log_node WHERE pos = 5`, "log_node"},
		"head":               {`DELETE FROM log_head`, "log_head"},
		"last checkpoint":    {`DELETE FROM log_checkpoint WHERE size = (SELECT size FROM log_head)`, "log_head"},
		"a revocation added": {`INSERT INTO revocation SELECT id, list, idx, issued_at, 'x', 'x' FROM award WHERE key = 'order-1'`, "revocation"},
		"another day": {`UPDATE log_leaf SET id = unhex('018000000000' || substr(hex(id), 13)), created_at = '2022-04-06T17:50:41.664000Z'
			WHERE idx = (SELECT MAX(idx) FROM log_leaf WHERE kind = 'status')`, "log_leaf"},
		"an old list": {`UPDATE status_list SET signatures = signatures - 1`, "status_list"},
		"an award, whole": {`UPDATE log_leaf SET award = NULL WHERE award = (SELECT id FROM award WHERE key = 'order-1');
			DELETE FROM credential_jwt; DELETE FROM credential WHERE award = (SELECT id FROM award WHERE key = 'order-1');
			DELETE FROM name_decision; DELETE FROM award WHERE key = 'order-1'`, "log_leaf"},
	} {
		t.Run(name, func(t *testing.T) {
			done, err := a.without(t, loss.statements)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range done.Findings {
				if f.Table == loss.table {
					return
				}
			}
			t.Errorf("%s does not tell it: %v", loss.table, done.Findings)
		})
	}
}

// A badge was revoked, with its record and its leaf, and the list that was signed
// does not say so.
func TestListHidesRevocation(t *testing.T) {
	t.Parallel()
	a := newArchives(t, "sqlite")
	db := rawSQLite(t, a.disk.(*sqliteDisk).sound)
	row := query(t, db, `SELECT a.id, f.data FROM award a JOIN log_leaf f ON f.award = a.id WHERE a.key = 'order-1'`)[0]
	issued, err := translog.ParseLeaf(row[1].([]byte))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().UTC()
	leaf, err := translog.RevokeLeaf(translog.Day(at), issued.Issuer, issued.Thumbprint, translog.LeafHash(row[1].([]byte))).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	hash, written := translog.LeafHash(leaf), at.Format("2006-01-02T15:04:05.000000Z")
	for text, args := range map[string][]any{
		`INSERT INTO log_leaf (id, log, award, kind, data, hash, created_at) VALUES (?, 1, ?, 'revoke', ?, ?, ?)`: {rowKey(at), row[0], leaf, hash[:], written},
		`INSERT INTO revocation SELECT id, list, idx, ?, 'x', 'x' FROM award WHERE id = ?`:                        {written, row[0]},
	} {
		if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := a.check()
	if err != nil || done.Found != 1 || done.Findings[0].Table != "revocation" {
		t.Errorf("%v, %v", done.Findings, err)
	}
}

// A list is signed anew, and the older version of it is put back: it is validly
// signed and says the same, but it is not the latest.
func TestOldListIsPutBack(t *testing.T) {
	t.Parallel()
	a := newArchives(t, "sqlite")
	db := rawSQLite(t, a.disk.(*sqliteDisk).sound)
	old := query(t, db, `SELECT document, valid_from, valid_until FROM status_list`)[0]
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	tomorrow := quietEnv()
	tomorrow.Now = func() time.Time { return time.Now().Add(13 * time.Hour) }
	core, err := app.Open(t.Context(), a.config, tomorrow)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(core.Award.RenewLists(t.Context()), core.Close()); err != nil {
		t.Fatal(err)
	}
	a.sound()
	db = rawSQLite(t, a.disk.(*sqliteDisk).sound)
	if _, err := db.ExecContext(t.Context(), `UPDATE status_list SET document = ?, valid_from = ?, valid_until = ?`, old...); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := a.check()
	if err != nil || done.Found != 1 || done.Findings[0].Table != "status_list" {
		t.Errorf("%v, %v", done.Findings, err)
	}
}

// A person asks to be forgotten: what is left is sound, for one whose badge was
// revoked too.
func TestErasedPersonLeavesArchivesSound(t *testing.T) {
	t.Parallel()
	a := newArchives(t, "sqlite")
	var erase []string
	for _, table := range []string{"credential_jwt", "credential", "name_decision", "revocation"} {
		erase = append(erase, `DELETE FROM `+table+` WHERE award IN (SELECT id FROM award WHERE key IN ('order-1', 'order-3'))`)
	}
	erase = append([]string{
		`INSERT INTO erased_award (public_id, erased_at) SELECT public_id, issued_at FROM award WHERE key IN ('order-1', 'order-3')`,
		`UPDATE log_leaf SET award = NULL WHERE award IN (SELECT id FROM award WHERE key IN ('order-1', 'order-3'))`,
	}, append(erase, `DELETE FROM award WHERE key IN ('order-1', 'order-3')`, `DELETE FROM holder WHERE id NOT IN (SELECT holder FROM award)`)...)
	done, err := a.without(t, strings.Join(erase, ";"))
	if err != nil || done.Found != 0 || done.Rows.Awards != 3 {
		t.Errorf("%d awards, %v, %v", done.Rows.Awards, done.Findings, err)
	}
}

// without checks a copy in which statements were run.
func (a *archives) without(t *testing.T, statements string) (app.Fscked, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "spoiled.db")
	copyFile(t, a.disk.(*sqliteDisk).sound, path)
	db := rawSQLite(t, path)
	dropTriggers(t, db)
	for _, one := range strings.Split(statements, ";") {
		if _, err := db.ExecContext(t.Context(), one); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sound := a.config.DatabaseURL
	a.config.DatabaseURL = "sqlite:" + path
	defer func() { a.config.DatabaseURL = sound }()
	return a.check()
}
