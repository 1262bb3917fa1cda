package auth_test

import (
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/journal"
	"ramure/internal/problem"
)

// Who may give what, where: the table whole.
func TestWhoMayGive(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	head := s.session(role(auth.RoleVenueHead, auth.OnVenue, "atelier"))
	mediator := s.session(role(auth.RoleMediator, auth.OnVenue, "atelier"))
	coordinator := s.session(role(auth.RoleCoordinator, auth.OnNetwork, "sud"))
	operator := s.session(role(auth.RoleOperator, auth.OnInstance, ""))
	nobody := s.session()
	for _, c := range []struct {
		name string
		by   auth.Session
		role auth.Role
		at   auth.Target
		kind problem.Kind // "" for allowed
	}{
		{"a head, at home", head, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "atelier"}, ""},
		{"a head, another head", head, auth.RoleVenueHead, auth.Target{Kind: auth.OnVenue, Slug: "atelier"}, ""},
		{"a head, next door", head, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "phare"}, problem.NotFound},
		{"a head, the network", head, auth.RoleCoordinator, auth.Target{Kind: auth.OnNetwork, Slug: "sud"}, problem.NotFound},
		{"a head, everything", head, auth.RoleOperator, auth.Target{Kind: auth.OnInstance}, problem.NotFound},
		{"a mediator, at home", mediator, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "atelier"}, problem.Forbidden},
		{"a coordinator, a venue below", coordinator, auth.RoleVenueHead, auth.Target{Kind: auth.OnVenue, Slug: "phare"}, ""},
		{"a coordinator, a network below", coordinator, auth.RoleCoordinator, auth.Target{Kind: auth.OnNetwork, Slug: "alpes"}, ""},
		{"a coordinator, another network's venue", coordinator, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "ailleurs"}, problem.NotFound},
		{"a coordinator, an auditor", coordinator, auth.RoleAuditor, auth.Target{Kind: auth.OnNetwork, Slug: "sud"}, problem.Forbidden},
		{"an operator, anything", operator, auth.RoleOperator, auth.Target{Kind: auth.OnInstance}, ""},
		{"an operator, a venue that is not there", operator, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "nowhere"}, problem.NotFound},
		{"an operator, a mediator of everything", operator, auth.RoleMediator, auth.Target{Kind: auth.OnInstance}, problem.Invalid},
		{"nobody", nobody, auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "atelier"}, problem.NotFound},
	} {
		err := s.Give(t.Context(), c.by, s.someone().ID, c.role, c.at, "192.0.2.0/24")
		if c.kind == "" {
			s.must(err)
			continue
		}
		s.fails(c.name, err, c.kind)
	}
}

// What is given can be taken back by those who could have given it, is journalled,
// and a venue keeps a head.
func TestRolesEnd(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	head := s.session(role(auth.RoleVenueHead, auth.OnVenue, "atelier"))
	stranger := s.session(role(auth.RoleVenueHead, auth.OnVenue, "phare"))
	at := auth.Target{Kind: auth.OnVenue, Slug: "atelier"}
	s.must(s.Give(t.Context(), head, s.someone().ID, auth.RoleMediator, at, "192.0.2.0/24"))
	members, err := s.store.Members(t.Context(), at)
	s.must(err)
	for _, m := range members {
		s.fails("a stranger", s.End(t.Context(), stranger, m.Grant.ID, ""), problem.NotFound)
		err := s.End(t.Context(), head, m.Grant.ID, "192.0.2.0/24")
		if m.Grant.Role == auth.RoleVenueHead {
			s.fails("the last head", err, problem.Conflict)
			continue
		}
		s.must(err)
	}
	entries, _, err := s.store.Entries(t.Context(), journal.Question{Venues: []string{"atelier"}})
	s.must(err)
	acts := map[journal.Act]int{}
	for _, e := range entries {
		acts[e.Act]++
	}
	if acts[journal.RoleGiven] != 2 || acts[journal.RoleEnded] != 1 {
		t.Errorf("%v", acts)
	}
}

// An invitation makes an account and signs in; an address that is taken asks its
// owner to sign in first; it works once.
func TestInvitation(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	head := s.session(role(auth.RoleVenueHead, auth.OnVenue, "atelier"))
	at := auth.Target{Kind: auth.OnVenue, Slug: "atelier"}
	_, err := s.Invite(t.Context(), head, auth.Invitation{Name: "Alex", Email: "alex@example.org", Role: auth.RoleMediator, Target: at}, "")
	s.must(err)
	invited := s.link()
	for range 100 { // a scanner looks
		_, err := s.Service.Invitation(t.Context(), invited)
		s.must(err)
	}
	secret, err := s.Accept(t.Context(), invited, nil, "Alex", "fr", "Firefox", "")
	s.must(err)
	n, err := s.Resume(t.Context(), secret)
	s.must(err)
	if len(n.Grants) != 1 || n.Grants[0].Role != auth.RoleMediator || n.Proved(s.clock) || n.User.Email != "alex@example.org" {
		t.Errorf("%+v", n)
	}
	_, err = s.Accept(t.Context(), invited, nil, "Alex", "fr", "", "")
	s.fails("twice", err, problem.Gone)

	_, err = s.Invite(t.Context(), head, auth.Invitation{Name: "Alex", Email: "ALEX@example.org", Role: auth.RolePrescriber, Target: at}, "")
	s.must(err)
	_, err = s.Accept(t.Context(), s.link(), nil, "Un autre", "fr", "", "")
	s.fails("an address that is taken", err, problem.Unauthenticated)
	_, err = s.Accept(t.Context(), s.link(), &n, "", "", "", "")
	s.must(err)
	n, err = s.Resume(t.Context(), secret)
	s.must(err)
	if len(n.Grants) != 2 {
		t.Errorf("%+v", n.Grants)
	}

	link, err := s.Invite(t.Context(), head, auth.Invitation{Name: "Sans adresse", Role: auth.RoleMediator, Target: at}, "")
	s.must(err)
	if len(s.post) != 3 || link == "" {
		t.Errorf("%d messages", len(s.post))
	}
	s.clock = s.clock.Add(15 * 24 * 60 * 60 * 1e9)
	_, err = s.Service.Invitation(t.Context(), auth.Secret(link[len(link)-43:]))
	s.fails("two weeks later", err, problem.Gone)
	_, err = s.Invite(t.Context(), n, auth.Invitation{Name: "X", Role: auth.RoleMediator, Target: at}, "")
	s.fails("by a mediator", err, problem.Forbidden)
}

// An invitation is withdrawn by those who could have made it, where it waits, and
// the journal says for which role it was.
func TestInvitationIsWithdrawn(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	head := s.session(role(auth.RoleVenueHead, auth.OnVenue, "atelier"))
	mediator := s.session(role(auth.RoleMediator, auth.OnVenue, "atelier"))
	at, elsewhere := auth.Target{Kind: auth.OnVenue, Slug: "atelier"}, auth.Target{Kind: auth.OnVenue, Slug: "phare"}
	_, err := s.Invite(t.Context(), head, auth.Invitation{Name: "Alex", Role: auth.RoleVenueHead, Target: at}, "")
	s.must(err)
	waiting, err := s.store.Invitations(t.Context(), at, s.clock)
	s.must(err)
	id := waiting[0].ID
	s.fails("a mediator", s.Withdraw(t.Context(), mediator, id, at, ""), problem.Forbidden)
	s.fails("another venue", s.Withdraw(t.Context(), head, id, elsewhere, ""), problem.NotFound)
	s.clock = s.clock.Add(time.Second)
	s.must(s.Withdraw(t.Context(), head, id, at, ""))
	s.fails("twice", s.Withdraw(t.Context(), head, id, at, ""), problem.NotFound)
	entries, _, err := s.store.Entries(t.Context(), journal.Question{Venues: []string{"atelier"}, Limit: 1})
	s.must(err)
	if len(entries) != 1 || entries[0].Act != journal.InvitationEnded || entries[0].Detail != string(auth.RoleVenueHead) {
		t.Errorf("%+v", entries)
	}
}
