package store

import (
	"context"
	"encoding/base64"
	"io"

	"ramure/internal/journal"
)

// WriteEntry adds an entry that belongs to no other change.
func (s *Store) WriteEntry(ctx context.Context, e journal.Entry) error {
	return s.write(ctx, "write the journal", func(ctx context.Context, tx *transaction) error {
		return s.insertEntry(ctx, tx, e)
	})
}

// insertEntry adds an entry in the transaction of what it tells.
func (s *Store) insertEntry(ctx context.Context, tx *transaction, e journal.Entry) error {
	id, err := s.newID(e.At)
	if err != nil {
		return err
	}
	var public [16]byte
	if _, err := io.ReadFull(s.rand, public[:]); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO journal (id, public_id, at, actor, act, venue, subject, detail, network)
		VALUES ($1, $2, $3, $4, $5, (SELECT id FROM venue WHERE slug = $6), $7, $8, $9)`,
		id, base64.RawURLEncoding.EncodeToString(public[:]), Time{e.At}, e.Actor, string(e.Act), e.Venue, e.Subject, e.Detail, e.From)
	return err
}

// selectEntries reads the journal, and the records that are one by themselves: an
// award names who issued it, a revocation who took it back.
const selectEntries = `SELECT at, actor, act, venue, subject, detail, network, key FROM (
	SELECT j.at, j.actor, j.act, COALESCE(v.slug, '') AS venue, j.subject, j.detail, j.network, 'j' || j.public_id AS key
		FROM journal j LEFT JOIN venue v ON v.id = j.venue
	UNION ALL
	SELECT a.issued_at, a.issued_by, 'award.issued', v.slug, a.public_id, '', '', 'i' || a.public_id
		FROM award a JOIN venue v ON v.id = a.venue
	UNION ALL
	SELECT r.revoked_at, r.revoked_by, 'award.revoked', v.slug, a.public_id, r.reason, '', 'r' || a.public_id
		FROM revocation r JOIN award a ON a.id = r.award JOIN venue v ON v.id = a.venue) e`

// keyed is an entry with its place in the order.
type keyed struct {
	journal.Entry
	key string
}

func scanEntry(r row) (e keyed, err error) {
	var at Time
	err = r.Scan(&at, &e.Actor, &e.Act, &e.Venue, &e.Subject, &e.Detail, &e.From, &e.key)
	e.At = at.Time
	return e, err
}

// Entries lists entries, newest first, with the cursor of the next page.
func (s *Store) Entries(ctx context.Context, q journal.Question) ([]journal.Entry, string, error) {
	c, err := entryConditions(q)
	if err != nil {
		return nil, "", err
	}
	limit := min(pageSize(q.Limit), 200)
	found, err := readAll(ctx, s, "read the journal", scanEntry,
		selectEntries+c.where()+` ORDER BY at DESC, key DESC LIMIT `+c.bind(limit+1), c.args...)
	if err != nil {
		return nil, "", err
	}
	found, next := page(found, limit, func(e keyed) cursor { return cursor{e.At, e.key} })
	entries := make([]journal.Entry, len(found))
	for i, e := range found {
		entries[i] = e.Entry
	}
	return entries, next, nil
}

func entryConditions(q journal.Question) (c conditions, err error) {
	c.add(`1 = 1`)
	if !q.All {
		if len(q.Venues) == 0 {
			c.add(`1 = 0`)
			return c, nil
		}
		first := len(c.args) + 1
		for _, slug := range q.Venues {
			c.bind(slug)
		}
		c.texts = append(c.texts, `venue IN `+list(first, len(q.Venues)))
	}
	if q.Actor != "" {
		c.add(`actor = ?`, q.Actor)
	}
	if !q.Since.IsZero() {
		c.add(`at >= ?`, Time{q.Since})
	}
	if !q.Until.IsZero() {
		c.add(`at < ?`, Time{q.Until})
	}
	if q.Cursor == "" {
		return c, nil
	}
	from, err := parseCursor(q.Cursor)
	if err == nil {
		c.add(`(at, key) < (?, ?)`, Time{from.at}, from.id)
	}
	return c, err
}
