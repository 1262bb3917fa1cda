package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/translog"
)

// tableRows are rows of one table.
type tableRows struct {
	table   string
	columns []string
	values  [][]any
}

// Columns of the tables that a batch writes.
var (
	holderTable = []string{"id", "venue", "ref", "subject", "given_name", "family_name", "email", "birth_year", "over15", "created_at"}
	awardTable  = []string{"id", "public_id", "venue", "achievement", "version", "holder", "level", "awarded_on",
		"valid_from", "valid_until", "issued_at", "issued_by", "list", "idx", "key", "fingerprint"}
	credentialTable = []string{"award", "document", "doc_hash", "commit_salt", "name_salt", "thumbprint"}
	decisionTable   = []string{"award", "ordinal", "shown", "decided_by", "decided_at", "how"}
	leafTable       = []string{"id", "log", "award", "kind", "data", "hash", "created_at"}
)

// insert writes the rows of all records, parents first.
func (w *writing) insert(ctx context.Context) error {
	holders := tableRows{"holder", holderTable, nil}
	awards := tableRows{"award", awardTable, nil}
	credentials := tableRows{"credential", credentialTable, nil}
	decisions := tableRows{"name_decision", decisionTable, nil}
	leaves := tableRows{"log_leaf", leafTable, nil}
	for n, i := range w.part {
		r, on := w.records[i], w.grounds[n]
		ids, err := w.newIDs(r)
		if err != nil {
			return err
		}
		holder, known := w.holders[r.Holder.Ref]
		if !known {
			holder = ids.holder
			holders.values = append(holders.values, holderValues(holder, on.venue, r))
		}
		awards.values = append(awards.values, awardValues(ids.award, holder, on, r))
		credentials.values = append(credentials.values, putCredential(ids.award, r).args)
		if r.Consent != nil {
			decisions.values = append(decisions.values, decisionValues(ids.award, r))
		}
		leaves.values = append(leaves.values, insertLeaf(ids.leaf, issueLeaf(&ids.award, r)).args)
	}
	for _, rows := range []tableRows{holders, awards, credentials, decisions, leaves} {
		if len(rows.values) == 0 {
			continue
		}
		if err := w.dialect.insert(ctx, w.tx, rows); err != nil {
			return err
		}
	}
	return nil
}

func awardValues(id, holder rowID, on ground, r award.Record) []any {
	return []any{id, string(r.ID), on.venue, on.achievement, r.Version, holder, r.Level, day(r.AwardedOn),
		Time{r.ValidFrom}, optionalTime{r.ValidUntil}, Time{r.IssuedAt}, r.IssuedBy, on.list, r.Slot.Index, r.Key, r.Fingerprint[:]}
}

func holderValues(id, venue rowID, r award.Record) []any {
	h := r.Holder
	return []any{id, venue, orNull(h.Ref), h.Subject, h.GivenName, h.FamilyName,
		orNull(h.Email), orNull(h.BirthYear), h.Over15, Time{r.IssuedAt}}
}

func decisionValues(id rowID, r award.Record) []any {
	return []any{id, 1, r.ShowName, r.Consent.By, Time{r.Consent.At}, r.Consent.How}
}

func issueLeaf(id *rowID, r award.Record) pendingLeaf {
	return pendingLeaf{award: id, kind: translog.KindIssue, data: r.Leaf, at: r.IssuedAt}
}

// recordIDs are the row keys of one record.
type recordIDs struct{ holder, award, leaf rowID }

func (s *Store) newIDs(r award.Record) (ids recordIDs, err error) {
	for _, id := range []*rowID{&ids.holder, &ids.award, &ids.leaf} {
		if *id, err = s.newID(r.IssuedAt); err != nil {
			return ids, err
		}
	}
	return ids, nil
}
