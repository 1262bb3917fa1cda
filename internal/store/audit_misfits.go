package store

import (
	"context"
	"fmt"

	"ramure/internal/award"
)

// Misfits tells the rows that break the rules of the tables themselves. The
// engines keep these rules for what goes through them; a disk does not.
func (l ledger) Misfits(ctx context.Context, do func(award.Finding) error) error {
	for _, look := range []func(context.Context, func(award.Finding) error) error{
		l.loose, l.untimely, l.elsewhere, l.contradictory,
	} {
		if err := look(ctx, do); err != nil {
			return err
		}
	}
	return nil
}

// reference is a column that must lead to a row.
type reference struct {
	table, name, column string // name tells a row of the table
	parent, key         string
}

// references are all foreign keys. Rows of an award have no name but its key.
var references = []reference{
	{"achievement", "public_id", "venue", "venue", "id"},
	{"achievement_version", "achievement", "achievement", "achievement", "id"},
	{"achievement_withdrawal", "achievement", "achievement", "achievement", "id"},
	{"holder", "subject", "venue", "venue", "id"},
	{"status_list", "number", "venue", "venue", "id"},
	{"award", "public_id", "venue", "venue", "id"},
	{"award", "public_id", "achievement", "achievement", "id"},
	{"award", "public_id", "holder", "holder", "id"},
	{"award", "public_id", "list", "status_list", "id"},
	{"credential", "award", "award", "award", "id"},
	{"credential_jwt", "award", "award", "award", "id"},
	{"name_decision", "award", "award", "award", "id"},
	{"revocation", "award", "award", "award", "id"},
	{"revocation", "award", "list", "status_list", "id"},
	{"log_leaf", "idx", "award", "award", "id"},
	{"signing_key", "thumbprint", "issuer", "venue", "id"},
	{"api_token", "public_id", "venue", "venue", "id"},
}

// loose tells references to nothing.
func (l ledger) loose(ctx context.Context, do func(award.Finding) error) error {
	for _, one := range references {
		err := l.report(ctx, do, one.table, one.column+" leads to no "+one.parent, fmt.Sprintf(
			`SELECT c.%s FROM %s c LEFT JOIN %s p ON p.%s = c.%s WHERE c.%s IS NOT NULL AND p.%s IS NULL`,
			one.name, one.table, one.parent, one.key, one.column, one.column, one.key))
		if err != nil {
			return err
		}
	}
	return l.report(ctx, do, "award", "its version of the achievement is not there",
		`SELECT a.public_id FROM award a
		LEFT JOIN achievement_version n ON n.achievement = a.achievement AND n.version = a.version
		WHERE n.version IS NULL`)
}

// timed are the tables whose row key was made of an instant that the row holds.
var timed = []struct{ table, name, at string }{
	{"venue", "slug", "created_at"},
	{"achievement", "public_id", "created_at"},
	{"holder", "subject", "created_at"},
	{"status_list", "number", "created_at"},
	{"award", "public_id", "issued_at"},
	{"log_leaf", "idx", "created_at"},
	{"signing_key", "thumbprint", "created_at"},
	{"api_token", "public_id", "created_at"},
}

// untimely tells rows whose key says another millisecond than they do, or is no
// UUIDv7 (RFC 9562 §5.7).
func (l ledger) untimely(ctx context.Context, do func(award.Finding) error) error {
	for _, one := range timed {
		err := inPages(ctx, l.tx, rowID{}, scanTimed, func(r timedRow) error {
			if r.id.says(r.at) {
				return nil
			}
			return do(award.Finding{Table: one.table, Row: rowName(r.name), Detail: one.at + " is not the instant of its row key"})
		}, fmt.Sprintf(`SELECT id, %s, %s FROM %s WHERE id > $1 ORDER BY id LIMIT $2`, one.name, one.at, one.table))
		if err != nil {
			return err
		}
	}
	return nil
}

type timedRow struct {
	id   rowID
	name any
	at   seenTime
}

func scanTimed(r row) (t timedRow, id rowID, err error) {
	err = r.Scan(&t.id, &t.name, &t.at)
	return t, t.id, err
}

// says reports whether the key is one that newID makes at that instant.
func (id rowID) says(at seenTime) bool {
	var milliseconds int64
	for _, b := range id[:6] {
		milliseconds = milliseconds<<8 | int64(b)
	}
	return id[6]>>4 == 7 && id[8]>>6 == 2 && at.UnixMilli() == milliseconds
}

// elsewhere tells rows of a log that this deployment does not have.
func (l ledger) elsewhere(ctx context.Context, do func(award.Finding) error) error {
	for table, name := range map[string]string{"log_leaf": "idx", "log_node": "pos", "log_checkpoint": "size", "log_head": "log"} {
		err := l.report(ctx, do, table, "is of another log", fmt.Sprintf(`SELECT %s FROM %s WHERE log <> %d`, name, table, logID))
		if err != nil {
			return err
		}
	}
	return nil
}

// contradictory tells rows that cannot stand beside others of their table or of
// another.
func (l ledger) contradictory(ctx context.Context, do func(award.Finding) error) error {
	err := l.report(ctx, do, "name_decision", "a decision of this award is missing",
		`SELECT a.public_id FROM name_decision n JOIN award a ON a.id = n.award
		GROUP BY a.public_id HAVING MAX(n.ordinal) <> COUNT(*)`)
	if err != nil {
		return err
	}
	err = l.report(ctx, do, "revocation", "its slot is not that of its award",
		`SELECT r.award FROM revocation r JOIN award a ON a.id = r.award WHERE r.list <> a.list OR r.idx <> a.idx`)
	if err != nil {
		return err
	}
	err = l.report(ctx, do, "revocation", "list and idx are not those of the award",
		`SELECT a.public_id FROM revocation r JOIN award a ON a.id = r.award WHERE r.list <> a.list OR r.idx <> a.idx`)
	if err != nil {
		return err
	}
	return l.report(ctx, do, "erased_award", "this award is still there",
		`SELECT e.public_id FROM erased_award e JOIN award a ON a.public_id = e.public_id`)
}

// report tells each row that a statement finds, which gives its name.
func (l ledger) report(ctx context.Context, do func(award.Finding) error, table, detail, text string) error {
	return inTurn(ctx, l.tx, scalar[any], func(name any) error {
		return do(award.Finding{Table: table, Row: rowName(name), Detail: detail})
	}, text)
}

// rowName names a row for the operator, who has the database: by its row key
// where there is no other name.
func rowName(name any) string {
	switch v := name.(type) {
	case nil:
		return "(waiting)"
	case []byte:
		return fmt.Sprintf("%x", v)
	}
	return fmt.Sprint(name)
}
