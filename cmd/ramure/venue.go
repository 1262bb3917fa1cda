package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/mediation"
)

type venueCommand struct {
	Create venueCreate `cmd:"" help:"Make a venue an issuer."`
	List   venueList   `cmd:"" help:"List the venues."`
}

// Help adds an example.
func (venueCommand) Help() string {
	return "Example:\n\n    ramure venue create --slug eric-embrun --name \"ERIC d'Embrun\" --commune 05046"
}

type venueCreate struct {
	config.Config `embed:"" group:"settings"`
	Slug          string `required:"" help:"Short name for addresses; it never changes."`
	Name          string `required:"" help:"Name that people read."`
	Commune       string `required:"" placeholder:"INSEE" help:"INSEE code of the commune."`
	JWTAlg        string `name:"jwt-alg" enum:"RS256,ES256" default:"RS256" help:"Algorithm of VC-JWTs: RS256, or ES256 for bodies held to the RGS."`
}

// Help adds an example.
func (*venueCreate) Help() string {
	return "The venue gets its keys and its DID, which is printed alone on standard output.\n\n" +
		"Example:\n\n    ramure venue create --slug eric-embrun --name \"ERIC d'Embrun\" --commune 05046"
}

// Run prints the DID of the new issuer.
func (c *venueCreate) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		venue, err := core.Network.Join(s, mediation.Venue{Slug: c.Slug, Name: c.Name, Commune: c.Commune, JWTAlg: c.JWTAlg})
		if err != nil {
			return err
		}
		fmt.Fprintln(s.stdout, core.Award.Addresses.Issuer(venue.Slug))
		fmt.Fprintf(s.stderr, "The venue is an issuer. Its page is %s. Next: ramure token create --venue %s --scope issue,revoke,read --name NAME\n",
			core.Award.Addresses.Profile(venue.Slug), venue.Slug)
		return nil
	})
}

type venueList struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*venueList) Help() string {
	return "One line for each venue, by name, with tabs between: slug, INSEE code, name.\n\n" +
		"Example:\n\n    ramure venue list"
}

// Run prints a line for each venue: slug, INSEE code, name.
func (c *venueList) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		venues, err := core.Store.Venues(s)
		for _, v := range venues {
			fmt.Fprintf(s.stdout, "%s\t%s\t%s\n", v.Slug, v.Commune, v.Name)
		}
		return err
	})
}
