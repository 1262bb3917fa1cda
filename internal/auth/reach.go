package auth

import (
	"context"
	"slices"
)

// Places answers where a venue stands, so that a role on a network is one on its
// venues. An unknown slug belongs to nothing.
type Places interface {
	// NetworksOf lists the networks that a venue is a member of, and those that
	// these are part of.
	NetworksOf(ctx context.Context, venue string) ([]string, error)
	// NetworksAbove lists a network and those that it is part of; nil when it is
	// unknown.
	NetworksAbove(ctx context.Context, network string) ([]string, error)
}

// place is a target with all that stands above it, found once a request.
type place struct {
	target Target
	above  []string // slugs of networks
}

func (s Service) locate(ctx context.Context, t Target) (p place, err error) {
	p.target = t
	switch t.Kind {
	case OnVenue:
		p.above, err = s.Places.NetworksOf(ctx, t.Slug)
	case OnNetwork:
		p.above, err = s.Places.NetworksAbove(ctx, t.Slug)
	}
	return p, err
}

// within reports whether a grant's target contains the place.
func (p place) within(t Target) bool {
	switch t.Kind {
	case OnInstance:
		return true
	case OnNetwork:
		return slices.Contains(p.above, t.Slug)
	}
	return t == p.target
}

// hold reports whether one of the grants gives one of the roles over the place.
func hold(grants []Grant, p place, roles ...Role) bool {
	return slices.ContainsFunc(grants, func(g Grant) bool {
		return slices.Contains(roles, g.Role) && p.within(g.Target)
	})
}
