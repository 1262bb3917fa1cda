package app

import (
	"context"

	"ramure/internal/auth"
	"ramure/internal/demo"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// demoNetwork holds the venues of the demonstration.
const demoNetwork = "reseau-de-demonstration"

// demoPeople are those whom the demonstration invents, one for each role.
var demoPeople = []struct {
	name string
	role auth.Role
	at   auth.Target
}{
	{"Camille Roux", auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: demo.Issuer}},
	{"Dominique Faure", auth.RoleVenueHead, auth.Target{Kind: auth.OnVenue, Slug: demo.Issuer}},
	{"Sacha Blanc", auth.RolePrescriber, auth.Target{Kind: auth.OnVenue, Slug: demo.Issuer}},
	{"Claude Meunier", auth.RoleCoordinator, auth.Target{Kind: auth.OnNetwork, Slug: demoNetwork}},
	{"Lou Garnier", auth.RoleLabelCommittee, auth.Target{Kind: auth.OnNetwork, Slug: demoNetwork}},
	{"Andréa Colin", auth.RoleAuditor, auth.Target{Kind: auth.OnInstance}},
	{"Maxime Henry", auth.RoleOperator, auth.Target{Kind: auth.OnInstance}},
}

// link is a one-time way in with a role.
type link struct {
	role    auth.Role
	address string
}

// people makes a link for each role. Whoever followed one before comes back as the
// same person: their address, which nobody can write to, is theirs.
func (a *App) people(ctx context.Context) (links []link, err error) {
	if err := a.groupDemo(ctx); err != nil {
		return nil, err
	}
	for _, p := range demoPeople {
		address, err := a.People.InviteFromShell(ctx, auth.Invitation{Name: p.name, Email: string(p.role) + "@demo.invalid", Role: p.role, Target: p.at})
		if err != nil {
			return nil, err
		}
		links = append(links, link{p.role, address})
	}
	return links, nil
}

// groupDemo makes the network, once, with all venues that are there.
func (a *App) groupDemo(ctx context.Context) error {
	now := a.Env.Now()
	err := a.Store.AddNetwork(ctx, mediation.Network{Slug: demoNetwork, Name: "Réseau de démonstration", CreatedAt: now})
	if err != nil && !problem.Is(err, problem.Conflict) {
		return err
	}
	venues, err := a.Store.Venues(ctx)
	for _, v := range venues {
		if err == nil {
			err = a.Store.AddMember(ctx, demoNetwork, v.Slug, now)
		}
	}
	return err
}
