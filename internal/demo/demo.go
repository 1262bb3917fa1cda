package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// Network is what the demonstration asks of the act of that name.
type Network interface {
	Join(ctx context.Context, v mediation.Venue) (mediation.Venue, error)
	Equip(ctx context.Context, slug string) error
}

// Config is what a demonstration is made with.
type Config struct {
	Network Network
	Award   *award.Service
	Modules []mediation.Module // of the ACUNUM cycle
	// Scope gives the right to act for a venue.
	Scope func(venue string) scope.Scope
	Now   func() time.Time
}

// Row is one line of the table that is printed: an award and what to expect.
type Row struct {
	Kind    string // what it shows
	Verdict credential.Verdict
	ID      award.ID
}

// Load makes what is missing of the demonstration and answers its table. It
// can be repeated, and interrupted.
func Load(ctx context.Context, c Config) ([]Row, error) {
	achievements := map[string]award.Achievement{}
	for _, v := range venues {
		if err := c.join(ctx, v); err != nil {
			return nil, fmt.Errorf("venue %s: %w", v.Slug, err)
		}
		if err := c.define(ctx, v, achievements); err != nil {
			return nil, fmt.Errorf("achievements of %s: %w", v.Slug, err)
		}
	}
	var rows []Row
	for _, s := range scenes {
		row, err := c.play(ctx, s, achievements)
		if err != nil {
			return nil, fmt.Errorf("award %q: %w", s.key, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (c Config) join(ctx context.Context, v venue) error {
	_, err := c.Network.Join(ctx, v.Venue)
	if problem.Is(err, problem.Conflict) { // it joined at an earlier start
		return c.Network.Equip(ctx, v.Slug)
	}
	return err
}

// define makes the achievements of a venue that are not there yet, known by
// their names.
func (c Config) define(ctx context.Context, v venue, all map[string]award.Achievement) error {
	known, err := c.known(ctx, v.Slug)
	if err != nil {
		return err
	}
	for _, m := range c.Modules {
		if !v.teaches(m) {
			continue
		}
		d := definition(m)
		a, found := known[d.Name]
		if !found {
			if a, err = c.Award.Define(ctx, c.Scope(v.Slug), d); err != nil {
				return err
			}
		}
		all[m.Code] = a
	}
	return nil
}

func (c Config) known(ctx context.Context, slug string) (map[string]award.Achievement, error) {
	known := map[string]award.Achievement{}
	for cursor := ""; ; {
		page, next, err := c.Award.Achievements(ctx, c.Scope(slug), cursor, 100)
		if err != nil {
			return nil, err
		}
		for _, a := range page {
			known[a.Definition.Name] = a
		}
		if next == "" {
			return known, nil
		}
		cursor = next
	}
}

// play makes the award of a scene. Its key makes it one award for ever; its
// dates are counted from the day, so they stay out of the fingerprint.
func (c Config) play(ctx context.Context, s scene, all map[string]award.Achievement) (Row, error) {
	a := all[s.module]
	order := s.order(c.Now())
	order.Achievement, order.Key = a.ID, "demo/"+s.key
	order.Fingerprint = sha256.Sum256([]byte(order.Key))
	receipt, err := c.Award.Issue(ctx, c.Scope(a.Venue), order)
	if err != nil {
		return Row{}, err
	}
	if s.revoked != "" {
		_, err = c.Award.Revoke(ctx, c.Scope(a.Venue), receipt.ID, s.revoked)
		if problem.Is(err, problem.Conflict) { // revoked at an earlier start
			err = nil
		}
	}
	return Row{Kind: s.kind, Verdict: s.verdict, ID: receipt.ID}, err
}
