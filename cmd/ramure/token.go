package main

import (
	"fmt"
	"strings"
	"time"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/config"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make an API token and print it once."`
	List   tokenList   `cmd:"" help:"List the tokens, without their secrets."`
	Revoke tokenRevoke `cmd:"" help:"End a token."`
}

// Help adds an example.
func (tokenCommand) Help() string {
	return "Example:\n\n    ramure token create --venue eric-embrun --scope issue,revoke,read --name atelier"
}

type tokenCreate struct {
	config.Config `embed:"" group:"settings"`
	Venue         string   `required:"" placeholder:"SLUG" help:"Venue that the token acts for."`
	Scope         []string `required:"" placeholder:"SCOPE" help:"What it may do: read, issue, revoke, separated by commas."`
	Name          string   `required:"" help:"What the token is for."`
}

// Help adds an example.
func (*tokenCreate) Help() string {
	return "The token stands alone on standard output. Only its hash is kept: it can't be shown again.\n\n" +
		"Example:\n\n    TOKEN=$(ramure token create --venue eric-embrun --scope issue,revoke,read --name atelier)"
}

// Run prints the token alone on standard output.
func (c *tokenCreate) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		rights := make([]auth.Right, len(c.Scope))
		for i, name := range c.Scope {
			rights[i] = auth.Right(name)
		}
		secret, err := core.Tokens.Create(s, c.Venue, c.Name, rights)
		if err != nil {
			return missing(err, "error.venue.unknown", "slug", c.Venue)
		}
		fmt.Fprintln(s.stdout, secret)
		fmt.Fprintln(s.stderr, "Keep this token: it is not shown again.")
		return nil
	})
}

type tokenList struct {
	config.Config `embed:"" group:"settings"`
	Venue         string `placeholder:"SLUG" help:"Only the tokens of this venue."`
}

// Help adds an example.
func (*tokenList) Help() string {
	return "One line for each token, newest first, with tabs between: id, venue, rights, state, name.\n\n" +
		"Example:\n\n    ramure token list --venue eric-embrun"
}

// Run prints a line for each token: id, venue, rights, state, name.
func (c *tokenList) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		if c.Venue != "" {
			if _, err := core.Store.Venue(s, c.Venue); err != nil {
				return missing(err, "error.venue.unknown", "slug", c.Venue)
			}
		}
		tokens, err := core.Store.Tokens(s, c.Venue)
		for _, t := range tokens {
			fmt.Fprintf(s.stdout, "%s\t%s\t%s\t%s\t%s\n", t.ID, t.Venue, listed(t.Rights), state(t), t.Name)
		}
		return err
	})
}

// listed writes rights as --scope takes them.
func listed(rights []auth.Right) string {
	names := make([]string, len(rights))
	for i, right := range rights {
		names[i] = string(right)
	}
	return strings.Join(names, ",")
}

func state(t auth.Token) string {
	if t.RevokedAt == nil {
		return "active"
	}
	return "revoked " + t.RevokedAt.Format(time.DateOnly)
}

type tokenRevoke struct {
	config.Config `embed:"" group:"settings"`
	ID            string `arg:"" help:"Id of the token, from the list."`
}

// Help adds an example.
func (*tokenRevoke) Help() string {
	return "It is refused within a second. Revoking it again changes nothing. An id that begins with " +
		"a hyphen is given after --.\n\n" +
		"Example:\n\n    ramure token revoke tBTj-ubQ0S010H_2CXE_Ug\n    ramure token revoke -- -Bsp8r2LQ0m0a9dQ7cWn3w"
}

// Run ends the token at once.
func (c *tokenRevoke) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		if err := core.Store.RevokeToken(s, c.ID, s.env.Now()); err != nil {
			return missing(err, "error.token.unknown", "id", c.ID)
		}
		fmt.Fprintln(s.stderr, "The token is revoked.")
		return nil
	})
}
