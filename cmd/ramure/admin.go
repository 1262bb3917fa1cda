package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/config"
	"ramure/internal/problem"
)

type adminCommand struct {
	Invite adminInvite `cmd:"" help:"Print a one-time link by which somebody signs in with a role."`
}

// Help adds an example.
func (adminCommand) Help() string {
	return "Example:\n\n    ramure admin invite --email camille@example.org --role venueHead --venue eric-embrun"
}

type adminInvite struct {
	config.Config `embed:"" group:"settings"`
	Email         string `placeholder:"ADDRESS" help:"Address of the person; whoever has it already signs in as themselves. Without one, the link is all that there is."`
	Name          string `placeholder:"NAME" help:"Name of the person (default: the address)."`
	Role          string `required:"" placeholder:"ROLE" help:"prescriber, mediator, venueHead (of a venue); labelCommittee, coordinator (of a network); auditor, operator (of everything)."`
	Venue         string `placeholder:"SLUG" help:"Venue that the role is for."`
	Network       string `placeholder:"SLUG" help:"Network that the role is for."`
}

// Help adds an example.
func (*adminInvite) Help() string {
	return "The link stands alone on standard output, works once, within two weeks, and gives whoever opens it the role: hand it over in private.\n\n" +
		"Example:\n\n    ramure admin invite --email camille@example.org --role venueHead --venue eric-embrun\n" +
		"    ramure admin invite --name \"Le comité\" --role operator"
}

// Run prints the link alone on standard output.
func (c *adminInvite) Run(s *session) error {
	target, err := c.target()
	if err != nil {
		return misuse{err}
	}
	return s.withCore(c.Config, func(core *app.Core) error {
		link, err := core.People.InviteFromShell(s, auth.Invitation{Name: c.name(), Email: c.Email, Role: auth.Role(c.Role), Target: target})
		if problem.Is(err, problem.NotFound) {
			return missing(err, "error.venue.unknown", "slug", target.Slug)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(s.stdout, link)
		fmt.Fprintln(s.stderr, "Hand this link over in private: it works once, for whoever opens it.")
		return nil
	})
}

func (c *adminInvite) name() string {
	if c.Name == "" {
		return c.Email
	}
	return c.Name
}

func (c *adminInvite) target() (auth.Target, error) {
	switch {
	case c.Email == "" && c.Name == "":
		return auth.Target{}, fmt.Errorf("give --email, or --name for somebody without an address")
	case c.Venue != "" && c.Network != "":
		return auth.Target{}, fmt.Errorf("give --venue or --network, not both: a role is for one place")
	case c.Venue != "":
		return auth.Target{Kind: auth.OnVenue, Slug: c.Venue}, nil
	case c.Network != "":
		return auth.Target{Kind: auth.OnNetwork, Slug: c.Network}, nil
	}
	return auth.Target{Kind: auth.OnInstance}, nil
}
