package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/keyring"
)

// Venues gives all venues.
func (l ledger) Venues(ctx context.Context, do func(award.VenueRow) error) error {
	return inTurn(ctx, l.tx, scanVenueRow, do,
		`SELECT slug, name, commune, jwt_alg, created_at, folded_name FROM venue ORDER BY slug`)
}

func scanVenueRow(r row) (v award.VenueRow, err error) {
	var created seenTime
	err = r.Scan(&v.Slug, &v.Name, &v.Commune, &v.JWTAlg, &created, &v.Folded)
	v.CreatedAt = created.Time
	return v, err
}

// Keys gives all signing keys.
func (l ledger) Keys(ctx context.Context, do func(keyring.Sealed) error) error {
	return inTurn(ctx, l.tx, scanSeenKey, do, selectKey+` ORDER BY k.created_at, k.id`)
}

func scanSeenKey(r row) (k keyring.Sealed, err error) {
	var issuer *string
	var created seenTime
	var retired seenOptional
	err = r.Scan(&issuer, &k.Use, &k.Algorithm, &k.Thumbprint, &k.Public, &k.Secret, &created, &retired)
	k.Issuer, k.CreatedAt, k.RetiredAt = orEmpty(issuer), created.Time, retired.at
	return k, err
}

// Versions gives the versions of all achievements.
func (l ledger) Versions(ctx context.Context, do func(award.VersionRow) error) error {
	return inTurn(ctx, l.tx, scanVersionRow, do, `SELECT a.public_id, COALESCE(v.slug, ''), COALESCE(n.version, 0),
			n.definition, n.document, n.created_at, a.latest_version, a.created_at
		FROM achievement a
		LEFT JOIN venue v ON v.id = a.venue
		LEFT JOIN achievement_version n ON n.achievement = a.id
		ORDER BY a.id, n.version`)
}

func scanVersionRow(r row) (a award.VersionRow, err error) {
	var definition *string
	var created, first seenTime
	err = r.Scan(&a.ID, &a.Venue, &a.Version, &definition, &a.Document, &created, &a.Latest, &first)
	a.CreatedAt, a.FirstAt = created.Time, first.Time
	if err == nil && definition != nil {
		a.Exact = readDefinition(&a.Definition, *definition)
	}
	return a, err
}

// readDefinition reads a definition as far as it can be read, and says whether
// it is written as we would write it.
func readDefinition(into *award.Definition, text string) bool {
	read, err := decodeDefinition(text)
	if err != nil {
		return false
	}
	*into = read
	again, err := encodeDefinition(read)
	return err == nil && sameJSON(text, again)
}

// Lists gives all status lists.
func (l ledger) Lists(ctx context.Context, do func(award.ListRow) error) error {
	return inTurn(ctx, l.tx, scanListRow, do, `SELECT l.number, COALESCE(v.slug, ''), l.permutation_key, l.size, l.next_counter,
			l.document, l.valid_from, l.valid_until, l.signatures, l.created_at
		FROM status_list l LEFT JOIN venue v ON v.id = l.venue ORDER BY l.number`)
}

func scanListRow(r row) (l award.ListRow, err error) {
	var from, until, created seenTime
	err = r.Scan(&l.Number, &l.Venue, &l.Key, &l.Size, &l.Next, &l.Document, &from, &until, &l.Signatures, &created)
	l.ValidFrom, l.ValidUntil, l.CreatedAt = from.Time, until.Time, created.Time
	return l, err
}

// Slots gives the indexes of a list that awards have.
func (l ledger) Slots(ctx context.Context, number int, do func(award.SlotRow) error) error {
	return inTurn(ctx, l.tx, scanSlotRow, do, `SELECT a.idx, r.award IS NOT NULL FROM award a
		JOIN status_list l ON l.id = a.list
		LEFT JOIN revocation r ON r.award = a.id
		WHERE l.number = $1 ORDER BY a.idx`, number)
}

func scanSlotRow(r row) (s award.SlotRow, err error) {
	err = r.Scan(&s.Index, &s.Revoked)
	return s, err
}
