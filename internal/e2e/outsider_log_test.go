package e2e

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"ramure/internal/translog"
)

// longLog grows the log of a site in steps, a checkpoint at each, to more than
// ten thousand leaves. A few are of badges, whose ids it answers; the others are
// written where the store writes them, for speed.
func (s *site) longLog() (badges []string) {
	s.tb.Helper()
	token := s.venue("atelier")
	achievement := s.achievement(token)
	db := openRaw(s.tb, s.Config.DatabaseURL)
	size := 0
	for _, grown := range []int{1, 2, 250, 3, 256, 511, 1000, 4096, 4000, 13} {
		badges = append(badges, s.issue(token, order(achievement, nil)))
		s.writeLeaves(db, size, grown)
		size += grown
		if err := s.Log.Drain(s.tb.Context()); err != nil {
			s.tb.Fatal(err)
		}
	}
	return badges
}

func openRaw(tb testing.TB, url string) *sql.DB {
	tb.Helper()
	driver, name := "pgx", url
	if path, found := strings.CutPrefix(url, "sqlite:"); found {
		driver, name = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_txlock=immediate"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// writeLeaves adds leaves that wait for their places.
func (s *site) writeLeaves(db *sql.DB, first, count int) {
	s.tb.Helper()
	tx, err := db.BeginTx(s.tb.Context(), nil)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer tx.Rollback()
	for n := first; n < first+count; n += 100 {
		text, args := `INSERT INTO log_leaf (id, log, kind, data, hash, created_at) VALUES `, []any{}
		for i := n; i < min(n+100, first+count); i++ {
			text += fmt.Sprintf("($%d,1,'release',$%d,$%d,$%d),", len(args)+1, len(args)+2, len(args)+3, len(args)+4)
			args = append(args, s.leafRow(i)...)
		}
		if _, err := tx.ExecContext(s.tb.Context(), strings.TrimSuffix(text, ","), args...); err != nil {
			s.tb.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		s.tb.Fatal(err)
	}
}

// leafRow is a leaf of a kind that stands for nothing stored.
func (s *site) leafRow(n int) []any {
	s.tb.Helper()
	at := time.Now().UTC()
	value := sha256.Sum256(fmt.Appendf(nil, "version %d", n))
	leaf, err := translog.HashLeaf(translog.KindRelease, translog.Day(at), "did:web:badges.example",
		"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", value[:])
	if err != nil {
		s.tb.Fatal(err)
	}
	data, err := leaf.Marshal()
	if err != nil {
		s.tb.Fatal(err)
	}
	hash := translog.LeafHash(data)
	return []any{rowKey(at), data, hash[:], at.Format("2006-01-02T15:04:05.000000Z")}
}

// rowKey is a UUIDv7 of that instant.
func rowKey(at time.Time) []byte {
	id := binary.BigEndian.AppendUint64(nil, uint64(at.UnixMilli())<<16)
	id = append(id, make([]byte, 8)...)
	if _, err := rand.Read(id[6:]); err != nil {
		panic(err)
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}
