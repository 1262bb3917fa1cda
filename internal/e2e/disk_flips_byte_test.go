package e2e

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/config"
	"ramure/internal/mediation"
	"ramure/internal/store/pgtest"
)

// A disk changes one byte, in any column of any table. Whoever asks for a check
// of the log is told of it, and in which row: unless nothing else that is stored
// carries the value, which the list of columns says of each.
func TestDiskFlipsByte(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			a := newArchives(t, engine)
			a.sound()
			found := 0
			for _, c := range a.disk.columns(t) {
				how, known := flippable[c.String()]
				switch {
				case !known:
					t.Errorf("column %s is new: say in flippable how it is checked, or why it can't be", c)
				case how.unseen == "":
					found += a.spoil(c, how)
				}
			}
			a.sound()
			t.Logf("%d flipped bytes, all found", found)
			if found < 100 {
				t.Error("too few to mean anything")
			}
		})
	}
}

// archives is an installation at rest, whose disk is about to go wrong.
type archives struct {
	*testing.T
	engine string
	config config.Config
	disk   disk
}

// newArchives issues badges of every kind, and stops.
func newArchives(t *testing.T, engine string) *archives {
	t.Helper()
	c := config.Config{DataDir: t.TempDir(), Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081"}
	if engine == "postgres" {
		c.DatabaseURL = pgtest.Database(t)
	}
	if err := c.Complete(); err != nil {
		t.Fatal(err)
	}
	a := &archives{T: t, engine: engine, config: c}
	core, err := app.Open(t.Context(), c, quietEnv())
	if err != nil {
		t.Fatal(err)
	}
	a.live(core)
	if err := core.Close(); err != nil {
		t.Fatal(err)
	}
	if engine == "postgres" {
		a.disk = openPostgresDisk(t, c.DatabaseURL)
	} else {
		a.disk = openSQLiteDisk(t, strings.TrimPrefix(c.DatabaseURL, "sqlite:"), &a.config)
	}
	return a
}

func quietEnv() app.Env {
	return app.Env{Now: time.Now, Rand: rand.Reader, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// live does what venues do in a year.
func (a *archives) live(core *app.Core) {
	a.Helper()
	ctx := a.Context()
	must := func(err error) {
		a.Helper()
		if err != nil {
			a.Fatal(err)
		}
	}
	for _, slug := range []string{"atelier", "phare"} {
		_, err := core.Network.Join(ctx, mediation.Venue{Slug: slug, Name: "Lieu " + slug, Commune: "13055", JWTAlg: "ES256"})
		must(err)
	}
	at := auth.Operator("atelier")
	definition := award.Definition{Name: "Vérifier une information", Description: "Recouper ses sources.", Criteria: "Avoir comparé **trois** sources.",
		Competences: []string{"acunum.c1.4"}, Tags: []string{"information"}, RequiredLevel: "3",
		Levels: []award.Level{{Name: "Indépendant", Level: "3", Description: "Seul."}, {Name: "Avancé", Level: "5"}}}
	first, err := core.Award.Define(ctx, at, definition)
	must(err)
	definition.Description += " Et les dater."
	_, err = core.Award.Revise(ctx, at, first.ID, definition)
	must(err)
	withdrawn, err := core.Award.Define(ctx, at, definition)
	must(err)
	_, err = core.Award.Withdraw(ctx, at, withdrawn.ID, "N’est plus donné.")
	must(err)
	issue := func(n int, change func(*award.Order)) award.ID {
		a.Helper()
		o := award.Order{Key: fmt.Sprintf("order-%d", n), Fingerprint: [32]byte{byte(n)}, Achievement: first.ID, Level: "3",
			Recipient: award.Person{GivenName: "Lucie", FamilyName: "Le Goff"}}
		change(&o)
		receipt, err := core.Award.Issue(ctx, at, o)
		must(err)
		return receipt.ID
	}
	until := time.Now().Add(time.Hour)
	named := issue(1, func(o *award.Order) {
		o.Recipient = award.Person{GivenName: "Maya", FamilyName: "Ouvrard", Email: "maya@example.org", Ref: "42", BirthYear: 1980, Over15: true}
		o.ShowName, o.Consent = true, &award.Consent{By: "Maya", At: time.Now().Add(-time.Minute), How: "sur place"}
		o.Evidence = []award.Evidence{{Name: "Carnet", URL: "https://example.org/carnet"}}
	})
	issue(2, func(o *award.Order) { o.ValidUntil = &until })
	revoked := issue(3, func(*award.Order) {})
	_, err = core.Award.JWT(ctx, named)
	must(err)
	_, err = core.Award.Revoke(ctx, at, revoked, "Délivré par erreur.")
	must(err)
	must(core.Log.Drain(ctx))
	token, err := core.Tokens.Create(ctx, "atelier", "essai", []auth.Right{auth.Read})
	must(err)
	if token == "" {
		a.Fatal("no token")
	}
	issue(4, func(o *award.Order) { o.Level = "" })
	must(core.Log.Drain(ctx)) // a second checkpoint
	issue(5, func(*award.Order) {})
}

// check is `ramure log fsck`.
func (a *archives) check() (app.Fscked, error) {
	return app.Fsck(a.Context(), a.config, quietEnv())
}

func (a *archives) sound() {
	a.Helper()
	done, err := a.check()
	if err != nil || done.Found != 0 || done.Rows.Awards != 5 || done.Rows.JWTs != 1 || done.Rows.Revocations != 1 || done.Closed {
		a.Fatalf("sound archives: %+v, %v", done, err)
	}
}

// spoil flips bytes of a column, one at a time, and puts each back.
func (a *archives) spoil(c column, how flip) (found int) {
	a.Helper()
	for range how.times(a.engine) {
		told, undo := a.disk.flip(a.T, c, how)
		if undo == nil {
			a.Errorf("%s: nothing could be flipped", c)
			return found
		}
		done, err := a.check()
		undo()
		named := slices.ContainsFunc(done.Findings, func(f award.Finding) bool { return slices.Contains(append(how.told, c.table), f.Table) })
		if err == nil && !named {
			a.Errorf("%s: not found (%d findings: %v)", told, done.Found, done.Findings)
		}
		if err != nil && how.told == nil {
			a.Errorf("%s: %v", told, err)
		}
		found++
	}
	return found
}

// copyFile copies a database at rest.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, bytes.Clone(data), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
