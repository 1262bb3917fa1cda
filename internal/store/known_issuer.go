package store

import (
	"context"
	"encoding/json"
	"time"

	"ramure/internal/problem"
	"ramure/internal/standing"
)

func scanKnownIssuer(r row) (i standing.Issuer, err error) {
	var since Time
	err = r.Scan(&i.ID, &i.Name, &i.Note, &since)
	i.Since = since.Time
	return i, err
}

// AddKnownIssuer puts an issuer on the operator's list; problem.Conflict when its
// id is there.
func (s *Store) AddKnownIssuer(ctx context.Context, i standing.Issuer) error {
	id, err := s.newID(i.Since)
	if err != nil {
		return err
	}
	return s.write(ctx, "add the known issuer", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO known_issuer (id, issuer_id, name, note, since)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (issuer_id) DO NOTHING`, id, i.ID, i.Name, i.Note, Time{i.Since})
		if err != nil {
			return err
		}
		if added == 0 {
			return problem.New(problem.Conflict, "error.trust.listed").With("id", i.ID)
		}
		return touch(ctx, tx)
	})
}

// KnownIssuers lists the issuers of the operator's list by name.
func (s *Store) KnownIssuers(ctx context.Context) ([]standing.Issuer, error) {
	return readAll(ctx, s, "list the known issuers", scanKnownIssuer,
		`SELECT issuer_id, name, note, since FROM known_issuer ORDER BY name, issuer_id`)
}

func scanRegistry(r row) (g standing.Registry, err error) {
	var issuers []byte
	var since, read Time
	if err = r.Scan(&g.Source, &g.Name, &g.Note, &issuers, &since, &read); err != nil {
		return standing.Registry{}, err
	}
	g.Since, g.ReadAt = since.Time, read.Time
	return g, json.Unmarshal(issuers, &g.Issuers)
}

// PutRegistry stores a registry, in the place of the one of the same source if
// there is one; it is listed since the first time.
func (s *Store) PutRegistry(ctx context.Context, g standing.Registry) error {
	id, err := s.newID(g.Since)
	if err != nil {
		return err
	}
	issuers, err := json.Marshal(g.Issuers)
	if err != nil {
		return err
	}
	return s.write(ctx, "put the registry", func(ctx context.Context, tx *transaction) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO issuer_registry (id, source, name, note, issuers, since, read_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (source) DO UPDATE SET name = excluded.name, note = excluded.note,
				issuers = excluded.issuers, read_at = excluded.read_at`,
			id, g.Source, g.Name, g.Note, string(issuers), Time{g.Since}, Time{g.ReadAt})
		if err != nil {
			return err
		}
		return touch(ctx, tx)
	})
}

// KeepRegistry stores what a registry said at a moment; problem.NotFound when it is
// not on the list.
func (s *Store) KeepRegistry(ctx context.Context, source string, issuers map[string]string, at time.Time) error {
	said, err := json.Marshal(issuers)
	if err != nil {
		return err
	}
	return s.write(ctx, "keep the registry", func(ctx context.Context, tx *transaction) error {
		kept, err := changed(ctx, tx, `UPDATE issuer_registry SET issuers = $1, read_at = $2 WHERE source = $3`,
			string(said), Time{at}, source)
		if err != nil {
			return err
		}
		if kept == 0 {
			return notFound()
		}
		return touch(ctx, tx)
	})
}

// Registries lists the registries by name.
func (s *Store) Registries(ctx context.Context) ([]standing.Registry, error) {
	return readAll(ctx, s, "list the registries", scanRegistry,
		`SELECT source, name, note, issuers, since, read_at FROM issuer_registry ORDER BY name, source`)
}

// RemoveKnown takes the issuer of that id, or the registry of that source, off the
// list; problem.NotFound.
func (s *Store) RemoveKnown(ctx context.Context, id string) error {
	return s.write(ctx, "remove what is known", func(ctx context.Context, tx *transaction) error {
		issuers, err := changed(ctx, tx, `DELETE FROM known_issuer WHERE issuer_id = $1`, id)
		if err != nil {
			return err
		}
		registries, err := changed(ctx, tx, `DELETE FROM issuer_registry WHERE source = $1`, id)
		if err != nil {
			return err
		}
		if issuers+registries == 0 {
			return notFound()
		}
		return touch(ctx, tx)
	})
}
