package store

import (
	"context"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// dialect is what the two engines do not say alike.
type dialect struct {
	name      string             // sqlite or postgres
	steps     fs.FS              // a folder of that name with NNNN_noun.sql
	goose     goose.Dialect      // how goose keeps its own table
	locker    lock.SessionLocker // one migration at a time; nil where the file's lock does
	forUpdate string             // locks the rows of a SELECT; SQLite's writer holds all of them
	clock     string             // the server's clock; empty when there is no server
	// assignLeaves sets idx to $1, $1+1, … for the row keys that encodeKeys
	// made of a list, in its order.
	assignLeaves string
	encodeKeys   func([]rowID) any
	// bulk is how many awards of a batch one transaction takes: so few that those
	// who write one at a time are not kept waiting. insert writes many rows, in a
	// transaction of transactAlone.
	bulk   int
	insert func(ctx context.Context, tx *transaction, rows tableRows) error
}
