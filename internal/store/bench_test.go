package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/store"
	"ramure/internal/store/pgtest"
	"ramure/internal/translog"
)

// benchOnEachEngine measures on a SQLite file and on a PostgreSQL that syncs
// its writes, as in earnest.
func benchOnEachEngine(b *testing.B, measure func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { measure(b, benchStore(b, "sqlite:"+b.TempDir()+"/ramure.db")) })
	b.Run("postgres", func(b *testing.B) {
		if os.Getenv("RAMURE_TEST_POSTGRES") != "" {
			measure(b, benchStore(b, pgtest.Database(b)))
			return
		}
		measure(b, benchStore(b, pgtest.New(b, pgtest.Options{}).Database(b)))
	})
}

// benchStore is an instance with the atelier, ready to award.
func benchStore(b *testing.B, url string) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), url, store.Options{Now: time.Now})
	mustB(b, err)
	b.Cleanup(func() { mustB(b, s.Close()) })
	mustB(b, s.Migrate(b.Context()))
	err = s.AddVenue(b.Context(), mediation.Venue{Slug: "atelier", Name: "Atelier", Commune: "13055", JWTAlg: "RS256", CreatedAt: time.Now()})
	if !problem.Is(err, problem.Conflict) {
		mustB(b, err)
	}
	mustB(b, s.AddAchievement(b.Context(), operator, award.Achievement{ID: achievement, Document: []byte("{}"), CreatedAt: time.Now()}, []byte("leaf")))
	mustB(b, s.AddStatusList(b.Context(), "atelier", []byte("key"), 1<<30, sign))
	_, err = s.Database().Exec(`CREATE TABLE floor (id ` + map[string]string{"sqlite": "BLOB PRIMARY KEY", "postgres": "UUID PRIMARY KEY"}[s.Engine()] +
		`, document ` + map[string]string{"sqlite": "BLOB", "postgres": "BYTEA"}[s.Engine()] + `)`)
	mustB(b, err)
	return s
}

func mustB(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// lap lets so many callers do as many acts each, and answers the time it took.
func lap(b *testing.B, callers, each int, act func() error) time.Duration {
	b.Helper()
	failures := make([]error, callers)
	began := time.Now()
	var group sync.WaitGroup
	for caller := range callers {
		group.Go(func() {
			for range each {
				if err := act(); err != nil {
					failures[caller] = err
					return
				}
			}
		})
	}
	group.Wait()
	took := time.Since(began)
	for _, err := range failures {
		mustB(b, err)
	}
	return took
}

// BenchmarkRecordAward sets an award against its floor: one INSERT of the
// document, committed alone. They run in turn, since machines drift; the ratio
// is that of the median laps, greater than 1 when the award is the faster.
func BenchmarkRecordAward(b *testing.B) {
	benchOnEachEngine(b, func(b *testing.B, s *store.Store) {
		var serial atomic.Int64
		for _, callers := range []int{1, 16} {
			b.Run(fmt.Sprintf("%d", callers), func(b *testing.B) {
				const each = 32
				var product, floor []float64
				for b.Loop() {
					product = append(product, lap(b, callers, each, func() error {
						_, err := s.RecordAward(context.Background(), operator, benchRecord(serial.Add(1)))
						return err
					}).Seconds())
					floor = append(floor, lap(b, callers, each, func() error {
						return bareInsert(s.Database(), serial.Add(1))
					}).Seconds())
				}
				slices.Sort(product)
				slices.Sort(floor)
				p, f := product[len(product)/2], floor[len(floor)/2]
				acts := float64(callers * each)
				b.ReportMetric(acts/p, "awards/s")
				b.ReportMetric(acts/f, "inserts/s")
				b.ReportMetric(f/p, "ratio")
				b.ReportMetric(0, "ns/op")
			})
		}
	})
}

func bareInsert(db *sql.DB, n int64) error {
	var id [16]byte
	copy(id[:], fmt.Sprintf("%016d", n))
	var key any = id
	if _, postgres := db.Driver().(interface{ OpenConnector(string) (any, error) }); !postgres {
		key = id[:]
	}
	_, err := db.ExecContext(context.Background(), `INSERT INTO floor (id, document) VALUES ($1, $2)`, key, benchDocument)
	return err
}

var (
	benchDocument = func() []byte { d, _ := os.ReadFile("../jsonld/testdata/canonical/doc0.json"); return d }()
	benchDay      = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

// benchRecord is the n-th award of the atelier, of doc0.
func benchRecord(n int64) award.Record {
	now := time.Now()
	r := award.Record{ID: award.ID(fmt.Sprintf("%022d", n)), Key: fmt.Sprint(n), Achievement: achievement, Version: 1,
		AwardedOn: "2026-11-22", ValidFrom: now, IssuedAt: now, NameSalt: "00112233445566778899aabbccddeeff",
		Thumbprint: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
		Document:   benchDocument, Slot: award.Slot{List: 1, Index: int(n)}}
	r.Holder.GivenName, r.Holder.FamilyName = "Zoé", "Le Goff"
	r.Holder.Subject = fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n)
	copy(r.DocHash[:], r.Key)
	copy(r.Fingerprint[:], r.Key)
	leaf, err := translog.IssueLeaf(translog.Day(now), "did:web:example.org:issuers:atelier", r.Thumbprint,
		translog.Commit(r.CommitSalt, r.DocHash)).Marshal()
	if err != nil {
		panic(err)
	}
	r.Leaf = leaf
	return r
}

var _ scope.Scope = auth.Operator("")
