package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/store/pgtest"
	"ramure/internal/translog"
)

var operator = auth.Operator("atelier")

// ready makes all that an award of the atelier needs, unless it is there.
func ready(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.AddVenue(t.Context(), mediation.Venue{Slug: "atelier", Name: "Atelier", Commune: "13055", JWTAlg: "RS256", CreatedAt: time.Now()})
	if !problem.Is(err, problem.Conflict) {
		must(t, err)
	}
	must(t, s.AddAchievement(t.Context(), operator, award.Achievement{ID: achievement, Document: []byte("{}"), CreatedAt: time.Now()}, []byte("leaf")))
	must(t, s.AddStatusList(t.Context(), "atelier", []byte("key"), 1000, sign))
}

const achievement award.AchievementID = "achievement-0000000000"

func sign(l award.StatusList) (award.SignedList, error) {
	return award.SignedList{Document: fmt.Append(nil, l.Revoked), ValidFrom: time.Now(),
		ValidUntil: time.Now().Add(time.Hour), Leaf: fmt.Appendf(nil, "list %d", time.Now().UnixNano())}, nil
}

// record is the n-th award of the atelier.
func record(n int) award.Record {
	r := award.Record{ID: award.ID(fmt.Sprintf("%022d", n)), Key: fmt.Sprint(n), Achievement: achievement, Version: 1,
		AwardedOn: "2026-11-22", ValidFrom: time.Now(), IssuedAt: time.Now(), NameSalt: "salt", Thumbprint: "t",
		Document: []byte(strings.Repeat("x", 3700)), Slot: award.Slot{List: 1, Index: n}, Leaf: fmt.Appendf(nil, "leaf %d", n)}
	r.Holder.Subject = fmt.Sprintf("urn:uuid:%d", n)
	return r
}

// recordOne prepares the atelier and awards once, with a leaf that fsck takes.
func recordOne(t *testing.T, s *store.Store) award.Record {
	t.Helper()
	ready(t, s)
	r := record(1)
	r.Consent = &award.Consent{By: "Zoé", At: time.Now(), How: "signed"}
	_, err := s.RecordAward(t.Context(), operator, r)
	must(t, err)
	return r
}

// fill awards until an award fails, and answers how many succeeded and why the
// next one did not.
func fill(t *testing.T, s *store.Store, from int) (int, error) {
	t.Helper()
	for n := from; n < from+10_000; n++ {
		if _, err := s.RecordAward(t.Context(), operator, record(n)); err != nil {
			return n - from, err
		}
	}
	t.Fatal("the disk never fills")
	return 0, nil
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	s := open(t, "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{})
	ready(t, s)
	var pages int
	must(t, s.Database().QueryRow(`PRAGMA page_count`).Scan(&pages))
	limit := func(pages int) {
		_, err := s.Database().Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages))
		must(t, err)
	}
	limit(pages + 40)
	written, err := fill(t, s, 0)
	var full *problem.Error
	if !errors.As(err, &full) || full.Kind != problem.Full || full.RetryAfter == 0 {
		t.Fatalf("after %d awards: got %v", written, err)
	}
	for range 3 { // it stays full, and says so in the same words
		if _, err := s.RecordAward(t.Context(), operator, record(written)); !problem.Is(err, problem.Full) {
			t.Fatalf("got %v", err)
		}
	}
	items, _, err := s.Awards(t.Context(), operator, award.Query{Limit: 1000, Now: time.Now()})
	must(t, err)
	if len(items) != written || written == 0 {
		t.Errorf("%d awards were acknowledged, %d are there", written, len(items))
	}
	limit(1 << 30)
	_, err = s.RecordAward(t.Context(), operator, record(written))
	must(t, err)
}

// A file that another process keeps locked is a database that is away.
func TestBusyFile(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "ramure.db")
	s := open(t, url, store.Options{Timeout: time.Second})
	recordOne(t, s)
	holder, err := open(t, url, store.Options{}).Database().Conn(t.Context())
	must(t, err)
	_, err = holder.ExecContext(t.Context(), `BEGIN IMMEDIATE`)
	must(t, err)
	_, err = s.RecordAward(t.Context(), operator, record(2))
	if !problem.Is(err, problem.Unavailable) {
		t.Errorf("got %v", err)
	}
	if _, err := s.PublicAward(t.Context(), record(1).ID); err != nil {
		t.Errorf("reads must go on: %v", err)
	}
	_, err = holder.ExecContext(t.Context(), `ROLLBACK`)
	must(t, err)
	must(t, holder.Close())
	_, err = s.RecordAward(t.Context(), operator, record(2))
	must(t, err)
}

// cut ends all connections of the database but the one that asks.
func cut(t *testing.T, s *store.Store) {
	t.Helper()
	var ended int
	must(t, s.Database().QueryRow(`SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&ended))
	if ended == 0 {
		t.Fatal("no connection was there to be cut")
	}
}

func TestCutConnections(t *testing.T) {
	t.Parallel()
	url := quick(t).Database(t)
	s, other := open(t, url, store.Options{}), open(t, url, store.Options{})
	r := recordOne(t, s)
	err := s.RecordRevocation(t.Context(), operator, r.ID, award.Revocation{At: time.Now()}, []byte("revoked"),
		func(l award.StatusList) (award.SignedList, error) { // in the middle of the transaction
			cut(t, other)
			return sign(l)
		})
	var away *problem.Error
	if !errors.As(err, &away) || away.Kind != problem.Unavailable || away.RetryAfter == 0 {
		t.Fatalf("got %v", err)
	}
	kept, err := s.PublicAward(t.Context(), r.ID)
	must(t, err)
	if kept.Revocation != nil {
		t.Error("a transaction that was cut has left a revocation")
	}
	must(t, s.RecordRevocation(t.Context(), operator, r.ID, award.Revocation{At: time.Now()}, []byte("revoked"), sign))
}

func TestServerKilled(t *testing.T) {
	t.Parallel()
	server := pgtest.New(t, pgtest.Options{})
	s := open(t, server.Database(t), store.Options{})
	r := recordOne(t, s)
	must(t, server.Kill())
	for name, act := range map[string]func() error{
		"read":     func() error { _, err := s.PublicAward(t.Context(), r.ID); return err },
		"write":    func() error { _, err := s.RecordAward(t.Context(), operator, record(2)); return err },
		"sequence": func() error { return s.Sequence(t.Context(), func(context.Context, translog.Tx) error { return nil }) },
		"clock":    func() error { _, _, err := s.ClockSkew(t.Context(), time.Now); return err },
		"ping":     func() error { return s.Ping(t.Context()) },
	} {
		if err := act(); !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	must(t, server.Restart())
	_, err := s.PublicAward(t.Context(), r.ID)
	must(t, err)
	_, err = s.RecordAward(t.Context(), operator, record(2))
	must(t, err)
}

// A write that began is not undone because its caller left.
func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s := open(t, url(t), store.Options{})
		r := recordOne(t, s)
		ctx, leave := context.WithCancel(t.Context())
		err := s.RecordRevocation(ctx, operator, r.ID, award.Revocation{At: time.Now()}, []byte("revoked"),
			func(l award.StatusList) (award.SignedList, error) { leave(); return sign(l) })
		must(t, err)
		if _, err := s.RecordAward(ctx, operator, record(2)); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who left before: got %v", err)
		}
		_, err = s.PublicAward(t.Context(), record(2).ID)
		if !problem.Is(err, problem.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}
