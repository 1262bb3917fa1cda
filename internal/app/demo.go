package app

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"ramure/internal/auth"
	"ramure/internal/demo"
	"ramure/internal/mediation"
	"ramure/schemas"
)

// Demonstrate loads the fictional network and prints what to look at: one
// address for each kind of verdict, a token to issue with, and a way to sign in for
// each role.
func (a *App) Demonstrate(ctx context.Context, out io.Writer) error {
	file, err := schemas.FS.Open("data/acunum-cycle.csv")
	if err != nil {
		return err
	}
	defer file.Close()
	modules, err := mediation.LoadModules(file, a.Catalog)
	if err != nil {
		return err
	}
	rows, err := demo.Load(ctx, demo.Config{Network: a.Network, Award: a.Award, Modules: modules,
		Scope: auth.Operator, Now: a.Env.Now})
	if err != nil {
		return err
	}
	if err := a.Log.Drain(ctx); err != nil {
		return err
	}
	token, err := a.Tokens.Create(ctx, demo.Issuer, "démonstration", []auth.Right{auth.Read, auth.Issue, auth.Revoke})
	if err != nil {
		return err
	}
	if err := a.judge(ctx, rows); err != nil {
		return err
	}
	links, err := a.people(ctx)
	if err != nil {
		return err
	}
	return a.printTable(out, rows, token, links)
}

// judge gives each row the verdict of today: a badge of an old demonstration
// may have begun or ended since it was made.
func (a *App) judge(ctx context.Context, rows []demo.Row) error {
	for i, row := range rows {
		view, err := a.Award.Examine(ctx, row.ID)
		if err != nil {
			return err
		}
		rows[i].Verdict = view.Report.Verdict
	}
	return nil
}

func (a *App) printTable(out io.Writer, rows []demo.Row, token string, links []link) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "Ramure demonstration, every person and venue invented\t\n\n")
	fmt.Fprintf(table, "home\t\t%s/\n", a.Config.BaseURL)
	for _, row := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\n", row.Kind, row.Verdict, a.Award.Addresses.Verification(row.ID))
	}
	fmt.Fprintf(table, "issuer\t\t%s\n", a.Award.Addresses.Profile(demo.Issuer))
	fmt.Fprintf(table, "API token\t%s\t%s\n", demo.Issuer, token)
	for _, l := range links {
		fmt.Fprintf(table, "sign in, once\t%s\t%s\n", l.role, l.address)
	}
	return table.Flush()
}
