package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/mediation"
)

type venueCommand struct {
	Create venueCreate `cmd:"" help:"Make a venue an issuer. Example: ramure venue create --slug eric-embrun --name \"ERIC d'Embrun\" --commune 05046"`
	List   venueList   `cmd:"" help:"List the venues. Example: ramure venue list"`
}

type venueCreate struct {
	config.Config `embed:""`
	Slug          string `required:"" help:"Short name for addresses; it never changes."`
	Name          string `required:"" help:"Name that people read."`
	Commune       string `required:"" placeholder:"INSEE" help:"INSEE code of the commune."`
	JWTAlg        string `name:"jwt-alg" enum:"RS256,ES256" default:"RS256" help:"Algorithm of VC-JWTs: RS256, or ES256 for bodies held to the RGS."`
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
	config.Config `embed:""`
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
