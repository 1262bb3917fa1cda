package main

import (
	"fmt"
	"time"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/config"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make an API token and print it once. Example: ramure token create --venue eric-embrun --scope issue,read --name atelier"`
	List   tokenList   `cmd:"" help:"List the tokens, without their secrets. Example: ramure token list --venue eric-embrun"`
	Revoke tokenRevoke `cmd:"" help:"End a token. Example: ramure token revoke ID"`
}

type tokenCreate struct {
	config.Config `embed:""`
	Venue         string   `required:"" placeholder:"SLUG" help:"Venue that the token acts for."`
	Scope         []string `required:"" placeholder:"SCOPE" help:"What it may do: read, issue, revoke, separated by commas."`
	Name          string   `required:"" help:"What the token is for."`
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
			return err
		}
		fmt.Fprintln(s.stdout, secret)
		fmt.Fprintln(s.stderr, "Keep this token: it is not shown again.")
		return nil
	})
}

type tokenList struct {
	config.Config `embed:""`
	Venue         string `placeholder:"SLUG" help:"Only the tokens of this venue."`
}

// Run prints a line for each token: id, venue, rights, state, name.
func (c *tokenList) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		tokens, err := core.Store.Tokens(s, c.Venue)
		for _, t := range tokens {
			state := "active"
			if t.RevokedAt != nil {
				state = "revoked " + t.RevokedAt.Format(time.DateOnly)
			}
			fmt.Fprintf(s.stdout, "%s\t%s\t%v\t%s\t%s\n", t.ID, t.Venue, t.Rights, state, t.Name)
		}
		return err
	})
}

type tokenRevoke struct {
	config.Config `embed:""`
	ID            string `arg:"" help:"Id of the token, from the list."`
}

// Run ends the token at once.
func (c *tokenRevoke) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		return core.Store.RevokeToken(s, c.ID, s.env.Now())
	})
}
