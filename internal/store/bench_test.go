package store_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/store/pgtest"
	"ramure/internal/translog"
)

// yard is a store to be measured beside its floors: plain statements on a table of
// the same database that do the unavoidable, and nothing else.
type yard struct {
	*testing.B
	*store.Store
	document []byte // doc0
	serial   atomic.Int64
}

// onEachYard measures on a SQLite file and on a PostgreSQL that syncs its writes,
// as in earnest.
func onEachYard(b *testing.B, measure func(*yard)) {
	b.Run("sqlite", func(b *testing.B) { measure(newYard(b, "sqlite:"+b.TempDir()+"/ramure.db")) })
	b.Run("postgres", func(b *testing.B) {
		if os.Getenv("RAMURE_TEST_POSTGRES") != "" {
			measure(newYard(b, pgtest.Database(b)))
			return
		}
		measure(newYard(b, pgtest.New(b, pgtest.Options{}).Database(b)))
	})
}

func newYard(b *testing.B, url string) *yard {
	b.Helper()
	s, err := store.Open(b.Context(), url, store.Options{Now: time.Now})
	y := &yard{B: b, Store: s}
	y.must(err)
	b.Cleanup(func() { y.must(s.Close()) })
	y.document, err = os.ReadFile("../jsonld/testdata/canonical/doc0.json")
	y.must(err)
	y.must(s.Migrate(b.Context()))
	err = s.AddVenue(b.Context(), mediation.Venue{Slug: "atelier", Name: "Atelier", Commune: "13055", JWTAlg: "RS256", CreatedAt: time.Now()})
	if !problem.Is(err, problem.Conflict) {
		y.must(err)
	}
	y.must(s.AddAchievement(b.Context(), operator, award.Achievement{ID: achievement, Document: []byte("{}"), CreatedAt: time.Now()}, []byte("leaf")))
	y.must(s.AddStatusList(b.Context(), "atelier", []byte("key"), 1<<30, sign))
	kinds := map[string]string{"sqlite": "BLOB", "postgres": "BYTEA COMPRESSION lz4"}
	_, err = s.Database().Exec(`CREATE TABLE floor (id TEXT PRIMARY KEY, document ` + kinds[s.Engine()] + `)`)
	y.must(err)
	return y
}

func (y *yard) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

// record is a new award of the atelier, of doc0.
func (y *yard) record() award.Record {
	n := y.serial.Add(1)
	r := record(int(n))
	r.Document, r.NameSalt, r.Thumbprint = y.document, strings.Repeat("5a", 16), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
	r.Holder.GivenName, r.Holder.FamilyName = "Zoé", "Le Goff"
	copy(r.DocHash[:], r.Key)
	leaf, err := translog.IssueLeaf(translog.Day(r.IssuedAt), "did:web:example.org:issuers:atelier", r.Thumbprint,
		translog.Commit(r.CommitSalt, r.DocHash)).Marshal()
	if err != nil {
		panic(err)
	}
	r.Leaf = leaf
	return r
}

func (y *yard) records(n int) []award.Record {
	records := make([]award.Record, n)
	for i := range records {
		records[i] = y.record()
	}
	return records
}

// insert writes documents by one statement, committed alone.
func (y *yard) insert(ctx context.Context, rows int) error {
	places, args := make([]string, rows), make([]any, 0, 2*rows)
	for i := range rows {
		places[i] = fmt.Sprintf("($%d, $%d)", 2*i+1, 2*i+2)
		var id [16]byte
		copy(id[:], fmt.Sprint(y.serial.Add(1)))
		args = append(args, hex.EncodeToString(id[:]), y.document)
	}
	_, err := y.Database().ExecContext(ctx, `INSERT INTO floor (id, document) VALUES `+strings.Join(places, ","), args...)
	return err
}

// lap lets so many callers do as many acts each, and answers the seconds it took.
func (y *yard) lap(callers, each int, act func(context.Context) error) float64 {
	y.Helper()
	failures := make([]error, callers)
	began := time.Now()
	var group sync.WaitGroup
	for caller := range callers {
		group.Go(func() {
			for range each {
				if failures[caller] = act(context.Background()); failures[caller] != nil {
					return
				}
			}
		})
	}
	group.Wait()
	took := time.Since(began).Seconds()
	for _, err := range failures {
		y.must(err)
	}
	return took
}

// duel sets an act against its floor. They run in turn, since machines drift; the
// ratio is that of the median laps, greater than 1 when the act is the faster.
func (y *yard) duel(b *testing.B, callers, each int, act, floor func(context.Context) error) {
	b.Helper()
	var product, least []float64
	for b.Loop() {
		product = append(product, y.lap(callers, each, act))
		least = append(least, y.lap(callers, each, floor))
	}
	slices.Sort(product)
	slices.Sort(least)
	p, f := product[len(product)/2], least[len(least)/2]
	b.ReportMetric(float64(callers*each)/p, "acts/s")
	b.ReportMetric(float64(callers*each)/f, "floor/s")
	b.ReportMetric(f/p, "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkRecordAward: one award against one INSERT of the document.
func BenchmarkRecordAward(b *testing.B) {
	onEachYard(b, func(y *yard) {
		for _, callers := range []int{1, 16} {
			y.Run(fmt.Sprint(callers), func(b *testing.B) {
				y.duel(b, callers, 32, func(ctx context.Context) error {
					_, err := y.RecordAward(ctx, operator, y.record())
					return err
				}, func(ctx context.Context) error { return y.insert(ctx, 1) })
			})
		}
	})
}

// BenchmarkRecordAwards: batches of 500 awards against INSERTs of 50 documents.
func BenchmarkRecordAwards(b *testing.B) {
	onEachYard(b, func(y *yard) {
		y.duel(y.B, 1, 500, func() func(context.Context) error {
			var waiting []award.Record
			return func(ctx context.Context) error { // every 500th act does all of them
				if waiting = append(waiting, y.record()); len(waiting) < 500 {
					return nil
				}
				outcomes, err := y.RecordAwards(ctx, operator, waiting)
				waiting = nil
				for _, o := range outcomes {
					y.must(o.Err)
				}
				return err
			}
		}(), func() func(context.Context) error {
			waiting := 0
			return func(ctx context.Context) error {
				if waiting++; waiting%50 != 0 {
					return nil
				}
				return y.insert(ctx, 50)
			}
		}())
	})
}

// BenchmarkPublicDocument: the bytes of an award by its public id against a SELECT
// by primary key, both of 1,000.
func BenchmarkPublicDocument(b *testing.B) {
	onEachYard(b, func(y *yard) {
		records := y.records(1000)
		_, err := y.RecordAwards(y.Context(), operator, records)
		y.must(err)
		_, err = y.Database().Exec(`INSERT INTO floor (id, document) SELECT a.public_id, c.document FROM award a JOIN credential c ON c.award = a.id`)
		y.must(err)
		plain, err := y.Database().Prepare(`SELECT document FROM floor WHERE id = $1`)
		y.must(err)
		b := y.B
		b.Cleanup(func() { y.must(plain.Close()) })
		var turn atomic.Int64
		next := func() award.ID { return records[int(turn.Add(1))%len(records)].ID }
		y.duel(b, 4, 250, func(ctx context.Context) error {
			_, err := y.PublicDocument(ctx, next())
			return err
		}, func(ctx context.Context) error {
			var document []byte
			return plain.QueryRowContext(ctx, string(next())).Scan(&document)
		})
	})
}
