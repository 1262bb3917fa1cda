package bench

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// key is an award of a set, by its public id and by the row key that the floor
// asks for.
type key struct {
	id  string // 22 base64url characters
	row string // 32 hexadecimal digits
}

// sampleSize bounds how many awards of a set are asked for: public ids are
// random, so the first ones in their order are a fair sample.
const sampleSize = 200_000

func (i installation) keys(tb testing.TB) []key {
	tb.Helper()
	db := i.open(tb)
	defer db.Close()
	query := `SELECT public_id, CAST(id AS TEXT) FROM award ORDER BY public_id LIMIT $1`
	if i.engine == "sqlite" {
		query = `SELECT public_id, hex(id) FROM award ORDER BY public_id LIMIT $1`
	}
	rows, err := db.QueryContext(tb.Context(), query, sampleSize)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	var list []key
	for rows.Next() {
		var k key
		if err := rows.Scan(&k.id, &k.row); err != nil {
			tb.Fatal(err)
		}
		k.row = strings.ToLower(strings.ReplaceAll(k.row, "-", ""))
		list = append(list, k)
	}
	if err := rows.Err(); err != nil || len(list) == 0 {
		tb.Fatalf("no award in the set: %v", err)
	}
	return list
}

// anyOf asks for one of the keys at random each time; for each connection a
// sequence of its own that is the same in every run.
func anyOf(keys []key, request func(key) []byte) func() maker {
	var connections uint64
	return func() maker {
		connections++
		chance := rand.New(rand.NewPCG(connections, uint64(len(keys))))
		return func() []byte { return request(keys[chance.IntN(len(keys))]) }
	}
}

// The questions that readers ask.
func askJSON(k key) []byte { return get("/credentials/"+k.id, "application/vc") }
func askPage(k key) []byte { return get("/v/"+k.id, "text/html,application/xhtml+xml,*/*;q=0.8") }
func askRow(k key) []byte  { return get("/"+k.row, "application/vc") }
