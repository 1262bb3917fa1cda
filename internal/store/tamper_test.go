package store_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"strings"
	"testing"
	"time"

	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/translog"

	"ramure/internal/keyring"
)

// logged is a store whose log has leaves with and without a place.
func logged(t *testing.T, url string) (*store.Store, ed25519.PublicKey) {
	t.Helper()
	s := open(t, url, store.Options{})
	must(t, s.AddVenue(t.Context(), mediation.Venue{Slug: "atelier", Name: "Atelier", Commune: "13055", JWTAlg: "RS256", CreatedAt: time.Now()}))
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	signer, err := translog.NewSigner("example.org/log", private)
	must(t, err)
	for i, use := range []keyring.Use{keyring.Proof, keyring.Status, keyring.JWT} {
		_, err := s.AddKey(t.Context(), keyring.Sealed{Issuer: "atelier", Use: use, Algorithm: keyring.Ed25519,
			Thumbprint: strings.Repeat("A", 41) + string(rune('B'+i)) + "A", Public: []byte{1}, Secret: []byte{2}, CreatedAt: time.Now()})
		must(t, err)
		if use == keyring.JWT {
			break // its leaf stays pending
		}
		must(t, s.Sequence(t.Context(), func(ctx context.Context, tx translog.Tx) error {
			_, err := translog.Sequence(ctx, tx, signer, time.Now, 0)
			return err
		}))
	}
	return s, private.Public().(ed25519.PublicKey)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestLogCannotBeChanged(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s, public := logged(t, url(t))
		other := `x'` + strings.Repeat("ab", 32) + `'`
		if s.Engine() == "postgres" {
			other = `'\x` + strings.Repeat("ab", 32) + `'::bytea`
		}
		attacks := []string{
			`UPDATE log_leaf SET data = ` + other,
			`UPDATE log_leaf SET hash = ` + other,
			`UPDATE log_leaf SET kind = 'issue'`,
			`UPDATE log_leaf SET created_at = '2000-01-01T00:00:00.000000Z'`,
			`UPDATE log_leaf SET log = 2`,
			`UPDATE log_leaf SET idx = 7 WHERE idx = 1`,
			`UPDATE log_leaf SET idx = NULL WHERE idx = 1`,
			`UPDATE log_leaf SET idx = 0 WHERE idx IS NULL`,
			`DELETE FROM log_leaf`,
			`DELETE FROM log_leaf WHERE idx IS NULL`,
			`UPDATE log_node SET hash = ` + other,
			`UPDATE log_node SET pos = 99 WHERE pos = 0`,
			`DELETE FROM log_node WHERE pos = 0`,
			`UPDATE log_checkpoint SET root = ` + other,
			`UPDATE log_checkpoint SET note = ` + other + ` WHERE size = 1`,
			`DELETE FROM log_checkpoint`,
			`INSERT INTO log_checkpoint (log, size, root, note, at) SELECT log, size, ` + other + `, note, at FROM log_checkpoint`,
			`INSERT INTO log_node (log, pos, hash) VALUES (1, 0, ` + other + `)`,
		}
		if s.Engine() == "postgres" {
			attacks = append(attacks, `TRUNCATE log_leaf`, `TRUNCATE log_node`, `TRUNCATE log_checkpoint`,
				`INSERT INTO log_node (log, pos, hash) VALUES (1, 0, `+other+`) ON CONFLICT (log, pos) DO UPDATE SET hash = excluded.hash`)
		} else {
			attacks = append(attacks,
				`REPLACE INTO log_node (log, pos, hash) VALUES (1, 0, `+other+`)`,
				`REPLACE INTO log_checkpoint (log, size, root, note, at) VALUES (1, 1, `+other+`, `+other+`, '2000')`,
				`REPLACE INTO log_leaf (id, log, kind, data, hash, idx, created_at)
					SELECT id, log, kind, `+other+`, hash, idx, created_at FROM log_leaf WHERE idx = 0`,
				`REPLACE INTO log_leaf (id, log, kind, data, hash, idx, created_at)
					SELECT randomblob(16), log, kind, `+other+`, hash, idx, created_at FROM log_leaf WHERE idx = 0`)
		}
		for _, attack := range attacks {
			result, err := s.Database().Exec(attack)
			if err == nil {
				rows, _ := result.RowsAffected()
				t.Errorf("%s: done to %d rows", attack, rows)
			}
		}
		sound(t, s, public)
	})
}

// sound checks the whole log.
func sound(t *testing.T, s *store.Store, public ed25519.PublicKey) {
	t.Helper()
	must(t, s.Archive(t.Context(), func(ctx context.Context, all translog.Archive) error {
		report, err := translog.Fsck(ctx, all, public)
		if err == nil && (report.Found != 0 || report.Leaves == 0) {
			t.Errorf("got %+v", report)
		}
		return err
	}))
}

// What an award stands on never goes, even where no foreign key holds it.
func TestGroundStays(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s := open(t, url(t), store.Options{})
		recordOne(t, s)
		for _, statement := range []string{`DELETE FROM venue`, `DELETE FROM achievement_version`, `DELETE FROM achievement`, `DELETE FROM status_list`} {
			if _, err := s.Database().Exec(statement); err == nil {
				t.Errorf("%s: done", statement)
			}
		}
	})
}

// Documents are compressed by lz4 where the server has it, and a usual one stays
// in its row.
func TestDocumentsAreCompressed(t *testing.T) {
	t.Parallel()
	s := open(t, quick(t).Database(t), store.Options{})
	ready(t, s)
	r := record(1)
	text, err := os.ReadFile("../jsonld/testdata/canonical/doc0.json")
	must(t, err)
	r.Document = text
	_, err = s.RecordAward(t.Context(), operator, r)
	must(t, err)
	var available bool
	must(t, s.Database().QueryRow(`SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'`).Scan(&available))
	var kind string
	var size, beside int
	must(t, s.Database().QueryRow(`SELECT pg_column_compression(document), pg_column_size(document),
			pg_relation_size(reltoastrelid) FROM credential, pg_class WHERE pg_class.oid = 'credential'::regclass`).Scan(&kind, &size, &beside))
	if kind != "lz4" && available || kind == "" || size >= len(text) || beside != 0 {
		t.Errorf("%s (lz4 is there: %t), %d bytes of %d, %d beside the row", kind, available, size, len(text), beside)
	}
}

// An erasure deletes the rows of an award; its leaf stays, and nothing says any
// more whose it was.
func TestErasureLeavesTheLogWhole(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s, public := logged(t, url(t))
		r := recordOne(t, s)
		_, err := s.KeepJWT(t.Context(), r.ID, "a.b.c", "t", time.Now())
		must(t, err)
		for _, statement := range []string{
			`INSERT INTO erased_award (public_id, erased_at) SELECT public_id, issued_at FROM award`,
			`DELETE FROM name_decision`, `DELETE FROM revocation`,
			`DELETE FROM credential_jwt`, `DELETE FROM credential`, `DELETE FROM award`, `DELETE FROM holder`,
		} {
			_, err := s.Database().Exec(statement)
			must(t, err)
		}
		if _, err := s.PublicAward(t.Context(), r.ID); !problem.Is(err, problem.Gone) {
			t.Errorf("got %v, want gone", err)
		}
		var leaves, linked int
		must(t, s.Database().QueryRow(`SELECT COUNT(*), COUNT(award) FROM log_leaf`).Scan(&leaves, &linked))
		if leaves == 0 || linked != 0 {
			t.Errorf("%d leaves, %d of them still name their award", leaves, linked)
		}
		sound(t, s, public)
	})
}
