package storetest

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"ramure/internal/auth"
	"ramure/internal/journal"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// user is somebody new, with an address of their own.
func (w *world) user() auth.User {
	w.Helper()
	id := w.id()
	u := auth.User{ID: id, Name: "Camille " + id[18:], Email: "Camille." + id[18:] + "@Example.org", Language: "fr", CreatedAt: cut(dawn)}
	w.must(w.AddUser(w.ctx(), u))
	return u
}

func (w *world) entry(act journal.Act, actor, venue string) journal.Entry {
	return journal.Entry{At: cut(dawn.Add(time.Duration(w.next()) * time.Second)), Actor: actor, Act: act, Venue: venue, Subject: "x"}
}

// grant gives a role.
func (w *world) grant(u auth.User, r auth.Role, t auth.Target) auth.Grant {
	w.Helper()
	g := auth.Grant{ID: w.id(), User: u.ID, Role: r, Target: t, GivenBy: "operator", GivenAt: cut(dawn.Add(time.Duration(w.next()) * time.Second))}
	w.must(w.AddGrant(w.ctx(), g, w.entry(journal.RoleGiven, "operator", "")))
	return g
}

func on(slug string) auth.Target { return auth.Target{Kind: auth.OnVenue, Slug: slug} }

// nest makes region ⊃ departement, with atelier in the latter and phare in neither.
func (w *world) nest() {
	w.Helper()
	w.must(w.AddNetwork(w.ctx(), mediation.Network{Slug: "region", Name: "Région", CreatedAt: dawn}))
	w.must(w.AddNetwork(w.ctx(), mediation.Network{Slug: "departement", Name: "Département", Parent: "region", CreatedAt: dawn}))
	w.must(w.AddMember(w.ctx(), "departement", "atelier", dawn))
	w.must(w.AddMember(w.ctx(), "departement", "atelier", dawn))
}

var accessPromises = map[string]func(*world){
	"an account is found by its id and by its address in any case": func(w *world) {
		u := w.user()
		got, err := w.open().User(w.ctx(), u.ID)
		w.must(err)
		w.same(got, u)
		got, err = w.UserByEmail(w.ctx(), auth.FoldEmail(" "+u.Email+" "))
		w.must(err)
		w.same(got, u)
		_, err = w.UserByEmail(w.ctx(), "")
		w.fails(err, problem.NotFound)
		twin := u
		twin.ID = w.id()
		w.fails(w.AddUser(w.ctx(), twin), problem.Conflict)
	},
	"accounts without an address do not meet": func(w *world) {
		for range 2 {
			w.must(w.AddUser(w.ctx(), auth.User{ID: w.id(), Name: "Sans", Language: "fr", CreatedAt: dawn}))
		}
	},
	"an account changes, but not into another's": func(w *world) {
		u, other := w.user(), w.user()
		u.Name, u.Email, u.Language = "Camille Roux", "autre@example.org", "en"
		w.must(w.ChangeUser(w.ctx(), u))
		got, err := w.User(w.ctx(), u.ID)
		w.must(err)
		w.same(got, u)
		u.Email = other.Email
		w.fails(w.ChangeUser(w.ctx(), u), problem.Conflict)
		u.ID = w.id()
		u.Email = "x@example.org"
		w.fails(w.ChangeUser(w.ctx(), u), problem.NotFound)
	},
	"an account ends with its sessions and roles, and frees its address": func(w *world) {
		u := w.user()
		w.grant(u, auth.RoleMediator, on("atelier"))
		n, hash := w.session(u)
		w.must(w.EndUser(w.ctx(), u.ID, "operator", dawn))
		w.fails(w.EndUser(w.ctx(), u.ID, "operator", dawn), problem.NotFound)
		got, err := w.SessionByHash(w.ctx(), hash)
		w.must(err)
		if got.EndedAt == nil || got.User.EndedAt == nil || len(got.Grants) != 0 || got.ID != n.ID {
			w.Errorf("%+v", got)
		}
		_, err = w.UserByEmail(w.ctx(), auth.FoldEmail(u.Email))
		w.fails(err, problem.NotFound)
	},
	"a role is given once while it stands, by name of its place": func(w *world) {
		w.nest()
		u := w.user()
		for _, t := range []auth.Target{on("atelier"), {Kind: auth.OnNetwork, Slug: "region"}, {Kind: auth.OnInstance}} {
			g := w.grant(u, auth.RoleMediator, t)
			got, err := w.open().Grant(w.ctx(), g.ID)
			w.must(err)
			w.same(got, g)
			again := g
			again.ID = w.id()
			w.fails(w.AddGrant(w.ctx(), again, w.entry(journal.RoleGiven, "operator", "")), problem.Conflict)
			w.must(w.EndGrant(w.ctx(), g.ID, dawn, w.entry(journal.RoleEnded, "user:x", "")))
			w.fails(w.EndGrant(w.ctx(), g.ID, dawn, w.entry(journal.RoleEnded, "user:x", "")), problem.NotFound)
			w.must(w.AddGrant(w.ctx(), again, w.entry(journal.RoleGiven, "operator", "")))
		}
		for _, t := range []auth.Target{on("nowhere"), {Kind: auth.OnNetwork, Slug: "nowhere"}} {
			g := auth.Grant{ID: w.id(), User: u.ID, Role: auth.RoleMediator, Target: t, GivenBy: "operator", GivenAt: dawn}
			w.fails(w.AddGrant(w.ctx(), g, w.entry(journal.RoleGiven, "operator", "")), problem.NotFound)
		}
	},
	"the last head of a venue stays": func(w *world) {
		first, second := w.user(), w.user()
		a, b := w.grant(first, auth.RoleVenueHead, on("atelier")), w.grant(second, auth.RoleVenueHead, on("atelier"))
		w.grant(first, auth.RoleVenueHead, on("phare"))
		w.must(w.EndGrant(w.ctx(), a.ID, dawn, w.entry(journal.RoleEnded, "operator", "")))
		w.fails(w.EndGrant(w.ctx(), b.ID, dawn, w.entry(journal.RoleEnded, "operator", "")), problem.Conflict)
		w.fails(w.EndUser(w.ctx(), second.ID, "operator", dawn), problem.Conflict)
		w.fails(w.EndUser(w.ctx(), first.ID, "operator", dawn), problem.Conflict)
	},
	"two heads who end each other at once leave one": func(w *world) {
		for range 5 {
			a := w.grant(w.user(), auth.RoleVenueHead, on("phare"))
			b := w.grant(w.user(), auth.RoleVenueHead, on("phare"))
			var both sync.WaitGroup
			for _, g := range []auth.Grant{a, b} {
				instance := w.open()
				both.Go(func() { _ = instance.EndGrant(w.ctx(), g.ID, dawn, w.entry(journal.RoleEnded, "operator", "")) })
			}
			both.Wait()
			members, err := w.Members(w.ctx(), on("phare"))
			w.must(err)
			if len(members) != 1 {
				w.Fatalf("%d heads are left", len(members))
			}
		}
	},
	"members are listed by name, on that target alone": func(w *world) {
		w.nest()
		u, v := w.user(), w.user()
		b, a := w.grant(v, auth.RoleMediator, on("atelier")), w.grant(u, auth.RoleVenueHead, on("atelier"))
		w.grant(u, auth.RoleCoordinator, auth.Target{Kind: auth.OnNetwork, Slug: "region"})
		w.grant(u, auth.RoleOperator, auth.Target{Kind: auth.OnInstance})
		got, err := w.Members(w.ctx(), on("atelier"))
		w.must(err)
		w.same(got, []auth.Member{{User: u, Grant: a}, {User: v, Grant: b}})
		for _, t := range []auth.Target{{Kind: auth.OnNetwork, Slug: "region"}, {Kind: auth.OnInstance}} {
			got, err := w.Members(w.ctx(), t)
			w.must(err)
			if len(got) != 1 || got[0].User.ID != u.ID {
				w.Errorf("%v: %+v", t, got)
			}
		}
	},
	"a venue stands in its networks and in those above": func(w *world) {
		w.nest()
		for venue, want := range map[string][]string{"atelier": {"departement", "region"}, "phare": nil, "nowhere": nil} {
			got, err := w.NetworksOf(w.ctx(), venue)
			w.must(err)
			w.same(got, want)
		}
		for network, want := range map[string][]string{"departement": {"departement", "region"}, "region": {"region"}, "nowhere": nil} {
			got, err := w.NetworksAbove(w.ctx(), network)
			w.must(err)
			w.same(got, want)
		}
		for network, want := range map[string][]string{"departement": {"atelier"}, "region": {"atelier"}, "nowhere": nil} {
			got, err := w.MembersOf(w.ctx(), network)
			w.must(err)
			w.same(got, want)
		}
		w.fails(w.AddMember(w.ctx(), "nowhere", "atelier", dawn), problem.NotFound)
		w.fails(w.AddMember(w.ctx(), "region", "nowhere", dawn), problem.NotFound)
		w.fails(w.AddNetwork(w.ctx(), mediation.Network{Slug: "region", Name: "x", CreatedAt: dawn}), problem.Conflict)
		w.fails(w.AddNetwork(w.ctx(), mediation.Network{Slug: "x", Name: "x", Parent: "nowhere", CreatedAt: dawn}), problem.NotFound)
	},
	"an invitation is used once, by one": func(w *world) {
		i, hash := w.invitation(on("atelier"))
		got, err := w.open().InvitationByHash(w.ctx(), hash)
		w.must(err)
		w.same(got, i)
		used := make([]error, 4)
		var all sync.WaitGroup
		for n := range used {
			u := auth.User{ID: w.id(), Name: "Nouveau", Language: "fr", CreatedAt: cut(dawn)}
			g := auth.Grant{ID: w.id(), User: u.ID, Role: i.Role, Target: i.Target, GivenBy: i.By, GivenAt: cut(dawn)}
			e := w.entry(journal.InvitationUsed, u.Actor(), "atelier")
			all.Go(func() { used[n] = w.UseInvitation(w.ctx(), hash, u, true, g, e) })
		}
		all.Wait()
		won := 0
		for _, err := range used {
			if err == nil {
				won++
				continue
			}
			w.fails(err, problem.Gone)
		}
		members, err := w.Members(w.ctx(), on("atelier"))
		w.must(err)
		if won != 1 || len(members) != 1 {
			w.Errorf("%d used it, %d members", won, len(members))
		}
	},
	"an invitation waits where it was made, until it is withdrawn or ends": func(w *world) {
		i, hash := w.invitation(on("atelier"))
		for _, c := range []struct {
			at   auth.Target
			now  time.Time
			want int
		}{{on("atelier"), dawn, 1}, {on("phare"), dawn, 0}, {on("atelier"), i.EndsAt, 0}, {auth.Target{Kind: auth.OnInstance}, dawn, 0}} {
			got, err := w.Invitations(w.ctx(), c.at, c.now)
			w.must(err)
			if len(got) != c.want {
				w.Errorf("%+v: %d wait", c, len(got))
			}
		}
		w.fails(w.EndInvitation(w.ctx(), i.ID, on("phare"), dawn, w.entry(journal.InvitationEnded, "operator", "")), problem.NotFound)
		w.must(w.EndInvitation(w.ctx(), i.ID, on("atelier"), dawn, w.entry(journal.InvitationEnded, "operator", "atelier")))
		w.fails(w.EndInvitation(w.ctx(), i.ID, on("atelier"), dawn, w.entry(journal.InvitationEnded, "operator", "")), problem.NotFound)
		u := w.user()
		g := auth.Grant{ID: w.id(), User: u.ID, Role: i.Role, Target: i.Target, GivenBy: i.By, GivenAt: dawn}
		w.fails(w.UseInvitation(w.ctx(), hash, u, false, g, w.entry(journal.InvitationUsed, u.Actor(), "")), problem.Gone)
	},
}

func (w *world) invitation(t auth.Target) (auth.Invitation, [32]byte) {
	w.Helper()
	i := auth.Invitation{ID: w.id(), Name: "Nouveau", Email: fmt.Sprintf("n%d@example.org", w.next()), Role: auth.RoleMediator, Target: t,
		By: "operator", CreatedAt: cut(dawn), EndsAt: cut(dawn.Add(time.Hour))}
	hash := sha256.Sum256([]byte(i.ID))
	w.must(w.AddInvitation(w.ctx(), i, hash, w.entry(journal.InvitationMade, "operator", t.Slug)))
	return i, hash
}
