package store

import (
	"context"
	"fmt"
	"time"

	"ramure/internal/award"
	"ramure/internal/translog"
)

// ReserveSlots takes up to count counters from the venue's open list;
// problem.NotFound when none has room, so that AddStatusList is due.
func (s *Store) ReserveSlots(ctx context.Context, venue string, count int) (block award.Block, err error) {
	if count < 1 {
		return block, fmt.Errorf("reserve slots: %d of them", count)
	}
	err = s.write(ctx, "reserve slots", func(ctx context.Context, tx *transaction) error {
		block, err = reserve(ctx, tx, venue, count)
		return err
	})
	return block, err
}

// reserve moves the counter of the oldest list with room. The counter may pass
// the size of the list: what is over is not part of the block.
func reserve(ctx context.Context, tx *transaction, venue string, count int) (block award.Block, err error) {
	var next, size int64
	err = tx.QueryRowContext(ctx, `UPDATE status_list SET next_counter = next_counter + $1
		WHERE next_counter < size AND id = (
			SELECT l.id FROM status_list l JOIN venue v ON v.id = l.venue
			WHERE v.slug = $2 AND l.next_counter < l.size ORDER BY l.number LIMIT 1)
		RETURNING number, permutation_key, next_counter, size`, count, venue).
		Scan(&block.List, &block.Key, &next, &size)
	first := next - int64(count)
	block.First, block.Count = uint64(first), int(min(int64(count), size-first))
	return block, err
}

const selectList = `SELECT l.number, v.slug, l.document, l.valid_until, l.signatures
	FROM status_list l JOIN venue v ON v.id = l.venue`

func scanList(r row) (l award.StatusList, err error) {
	var until Time
	err = r.Scan(&l.Number, &l.Venue, &l.Document, &until, &l.Signatures)
	l.ValidUntil = until.Time
	return l, err
}

// revokedIn reads the indexes of a list whose bit is set.
func revokedIn(ctx context.Context, q querier, number int) ([]int, error) {
	return all(ctx, q, scalar[int], `SELECT r.idx FROM revocation r
		JOIN status_list l ON l.id = r.list
		WHERE l.number = $1 ORDER BY r.idx`, number)
}

// StatusList gives a list by its public number, its document and its bits being
// of the same moment; problem.NotFound.
func (s *Store) StatusList(ctx context.Context, number int) (l award.StatusList, err error) {
	err = s.snapshot(ctx, "read the status list", func(ctx context.Context, tx *transaction) error {
		if l, err = scanList(tx.QueryRowContext(ctx, selectList+` WHERE l.number = $1`, number)); err != nil {
			return err
		}
		l.Revoked, err = revokedIn(ctx, tx, number)
		return err
	})
	return l, err
}

// ListsEnding gives the numbers of the lists whose signature ends before t.
func (s *Store) ListsEnding(ctx context.Context, t time.Time) ([]int, error) {
	return readAll(ctx, s, "list the status lists", scalar[int],
		`SELECT number FROM status_list WHERE valid_until < $1 ORDER BY number`, Time{t})
}

// AddStatusList opens a new list for the venue with a permutation key and its
// first signature; size is its number of entries. When another caller has just
// opened one that has room, there is nothing left to do.
func (s *Store) AddStatusList(ctx context.Context, venue string, key []byte, size int, sign award.Resign) error {
	return s.write(ctx, "add the status list", func(ctx context.Context, tx *transaction) error {
		if err := touch(ctx, tx); err != nil { // first of all: its row keeps numbers and openings apart
			return err
		}
		if err := knownVenue(ctx, tx, venue); err != nil {
			return err
		}
		open, err := scalar[bool](tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM status_list l
			JOIN venue v ON v.id = l.venue WHERE v.slug = $1 AND l.next_counter < l.size)`, venue))
		if err != nil || open {
			return err
		}
		return s.openList(ctx, tx, venue, key, size, sign)
	})
}

func (s *Store) openList(ctx context.Context, tx *transaction, venue string, key []byte, size int, sign award.Resign) error {
	number, err := scalar[int](tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM status_list`))
	if err != nil {
		return err
	}
	signed, err := sign(award.StatusList{Number: number, Venue: venue})
	if err != nil {
		return err
	}
	now := s.now()
	id, err := s.newID(now)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO status_list (id, number, venue, permutation_key, size, next_counter,
			document, valid_from, valid_until, signatures, created_at)
		VALUES ($1, $2, (SELECT id FROM venue WHERE slug = $3), $4, $5, 0, $6, $7, $8, 1, $9)`,
		id, number, venue, key, size, signed.Document, Time{signed.ValidFrom}, Time{signed.ValidUntil}, Time{now})
	if err != nil {
		return err
	}
	return s.putLeaf(ctx, tx, pendingLeaf{kind: translog.KindStatus, data: signed.Leaf, at: now})
}

// ResignList signs a list anew, in one transaction, and answers it.
func (s *Store) ResignList(ctx context.Context, number int, sign award.Resign) (l award.StatusList, err error) {
	err = s.write(ctx, "sign the status list anew", func(ctx context.Context, tx *transaction) error {
		if err := lockList(ctx, tx, number); err != nil {
			return err
		}
		l, err = s.resign(ctx, tx, number, s.now(), sign)
		return err
	})
	return l, err
}

// lockList keeps other signatures of the list out until the transaction ends.
// Counting the signature takes the lock of the row on either engine.
func lockList(ctx context.Context, tx *transaction, number int) error {
	locked, err := changed(ctx, tx, `UPDATE status_list SET signatures = signatures + 1 WHERE number = $1`, number)
	if err == nil && locked == 0 {
		err = notFound()
	}
	return err
}

// resign signs the present bits of a locked list and stores the new version
// with its leaf.
func (s *Store) resign(ctx context.Context, tx *transaction, number int, at time.Time, sign award.Resign) (award.StatusList, error) {
	l, err := scanList(tx.QueryRowContext(ctx, selectList+` WHERE l.number = $1`, number))
	if err != nil {
		return l, err
	}
	if l.Revoked, err = revokedIn(ctx, tx, number); err != nil {
		return l, err
	}
	signed, err := sign(l)
	if err != nil {
		return l, err
	}
	l.Document, l.ValidUntil = signed.Document, stored(signed.ValidUntil)
	_, err = tx.ExecContext(ctx, `UPDATE status_list SET document = $1, valid_from = $2, valid_until = $3
		WHERE number = $4`, l.Document, Time{signed.ValidFrom}, Time{signed.ValidUntil}, number)
	if err != nil {
		return l, err
	}
	if err := s.putLeaf(ctx, tx, pendingLeaf{kind: translog.KindStatus, data: signed.Leaf, at: at}); err != nil {
		return l, err
	}
	return l, touch(ctx, tx)
}
