package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/standing"
)

type trustCommand struct {
	Add    trustAdd    `cmd:"" help:"Put an issuer elsewhere, or a registry of issuers, on the list of those that are known here."`
	List   trustList   `cmd:"" help:"List the issuers and registries that are known here."`
	Remove trustRemove `cmd:"" help:"Take an issuer or a registry off the list."`
}

// Help adds an example.
func (trustCommand) Help() string {
	return "Whoever verifies a badge is told whether its issuer is of this network, known here, or unknown. " +
		"It never makes a bad badge good.\n\n" +
		"Example:\n\n    ramure trust add did:web:badges.univ.example --name \"Université d'exemple\""
}

type trustAdd struct {
	config.Config `embed:"" group:"settings"`
	ID            string `arg:"" placeholder:"ID|ADDRESS|FILE" help:"Id of the issuer as its badges give it: a DID, or an https address. With --registry, address or file of the registry."`
	Name          string `required:"" help:"Name that people know it by."`
	Note          string `help:"Why it is known, for whoever keeps the list."`
	Registry      bool   `help:"It is a list of issuers that others keep: {\"registry\": {\"did:…\": {\"name\": \"…\"}}}. An address is read again once a day."`
	SharesName    bool   `name:"shares-name" help:"Add it although its name looks like that of an issuer that is known already: it is the same one."`
}

// Help adds examples.
func (*trustAdd) Help() string {
	return "A name that may be taken for that of a venue of this network, or of another known issuer, is refused, " +
		"unless --shares-name says that they are one. A registry that is added again is read again.\n\n" +
		"Example:\n\n    ramure trust add did:web:badges.univ.example --name \"Université d'exemple\" --note \"convention de 2026\"\n" +
		"    ramure trust add --registry https://registry.example/issuers.json --name \"Un réseau ami\"\n" +
		"    ramure trust add --registry issuers.json --name \"Un réseau ami\""
}

// Run puts it on the list, and says what was added.
func (c *trustAdd) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		if !c.Registry {
			added, err := core.Standing.Add(s, standing.Issuer{ID: c.ID, Name: c.Name, Note: c.Note}, c.SharesName)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.stderr, "%s is known here from now on.\n", printable(added.Name))
			return nil
		}
		added, err := c.registry(s, core.Standing)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.stderr, "%d issuers of %s are known here from now on.\n", len(added.Issuers), printable(added.Name))
		return nil
	})
}

// registry reads a registry from its address, or from a file.
func (c *trustAdd) registry(s *session, act *standing.Service) (standing.Registry, error) {
	if isAddress(c.ID) {
		return act.AddRegistry(s, c.ID, c.Name, c.Note)
	}
	list, err := os.ReadFile(c.ID)
	if err != nil {
		return standing.Registry{}, misuse{err}
	}
	return act.AddFile(s, filepath.Base(c.ID), c.Name, c.Note, list)
}

type trustList struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*trustList) Help() string {
	return "One line for each, issuers first, by name, with tabs between: what it is, its id (of a registry, its address, " +
		"or \"file:\" and its file), the day since which it is known, its name, the note. For a registry, how many issuers it " +
		"lists and the day when it was last read stand before the note.\n\n" +
		"Example:\n\n    ramure trust list"
}

// Run prints a line for each issuer, then for each registry.
func (c *trustList) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		issuers, registries, err := core.Standing.List(s)
		for _, i := range issuers {
			fmt.Fprintf(s.stdout, "issuer\t%s\t%s\t%s\t%s\n", i.ID, i.Since.Format(time.DateOnly), i.Name, i.Note)
		}
		for _, r := range registries {
			fmt.Fprintf(s.stdout, "registry\t%s\t%s\t%s\t%d\t%s\t%s\n", r.Source, r.Since.Format(time.DateOnly), r.Name,
				len(r.Issuers), r.ReadAt.Format(time.DateOnly), r.Note)
		}
		return err
	})
}

type trustRemove struct {
	config.Config `embed:"" group:"settings"`
	ID            string `arg:"" help:"Id of the issuer, or source of the registry, from the list."`
}

// Help adds an example.
func (*trustRemove) Help() string {
	return "Its badges verify as before; it is said to be unknown, within a second. With a registry, all that it lists goes.\n\n" +
		"Example:\n\n    ramure trust remove did:web:badges.univ.example\n    ramure trust remove file:issuers.json"
}

// Run takes it off the list.
func (c *trustRemove) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		if err := core.Standing.Remove(s, c.ID); err != nil {
			return err
		}
		fmt.Fprintln(s.stderr, "It is not known here any more.")
		return nil
	})
}
