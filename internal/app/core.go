package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/config"
	"ramure/internal/did"
	"ramure/internal/failpoint"
	"ramure/internal/keyring"
	"ramure/internal/network"
	"ramure/internal/problem"
	"ramure/internal/standing"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/schemas"
)

// Env is what the outside gives: time, chance, and where to say what happens.
type Env struct {
	Now     func() time.Time
	Rand    io.Reader
	Log     *slog.Logger
	Version string
	// Adapter is the origin at which the adapter for test suites is reached, on
	// this very machine; empty, there is none.
	Adapter string
	// NoOutbound keeps the program from asking any other machine.
	NoOutbound bool
}

// Core is the product without its doors: what a command needs.
type Core struct {
	Config  config.Config
	Env     Env
	Store   *store.Store
	Ring    *keyring.Ring
	Catalog *competence.Catalogue
	Award   *award.Service
	Network network.Service
	// Standing knows the issuers elsewhere that the operator has listed.
	Standing *standing.Service
	Tokens   auth.Tokens
	People   auth.Service
	Log      *sequencer
	// Communes are read at the first use, so that they cost the start nothing.
	Communes communes
	clock    *clock
}

// Open opens the database, brings its schema up to date, unseals the keys and
// joins the acts. It refuses, with a sentence that says why, another base URL
// than the stored one, a missing or wrong master key, and a newer schema.
func Open(ctx context.Context, c config.Config, env Env) (*Core, error) {
	believed := newClock(env.Now, env.Log)
	env.Now = believed.now
	st, err := openStore(ctx, c, env)
	if err != nil {
		return nil, err
	}
	core := &Core{Config: c, Env: env, Store: st, clock: believed}
	if err := core.prepare(ctx); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return core, nil
}

// openStore makes the data directory if need be and reaches the database; its
// schema is not looked at yet.
func openStore(ctx context.Context, c config.Config, env Env) (*store.Store, error) {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory (RAMURE_DATA_DIR): %w", err)
	}
	st, err := store.Open(ctx, c.DatabaseURL, store.Options{Now: env.Now, Rand: env.Rand,
		IssuerDID: func(slug string) string { return did.Web(c.BaseURL, slug) }})
	if err != nil {
		return nil, fmt.Errorf("open the database (RAMURE_DATABASE_URL): %w", err)
	}
	return st, nil
}

func (c *Core) prepare(ctx context.Context) error {
	if err := c.Store.Migrate(ctx); err != nil {
		return err
	}
	if err := c.clock.open(ctx, c.Store); err != nil {
		return err
	}
	master, err := c.settle(ctx)
	if err != nil {
		return err
	}
	c.Ring = keyring.New(keyring.Config{Master: master, Store: c.Store, Now: c.Env.Now, Rand: c.Env.Rand})
	if c.Catalog, err = loadCatalog(); err != nil {
		return err
	}
	if c.Log, err = c.openLog(ctx); err != nil {
		return err
	}
	return c.join()
}

// settle holds the configuration against what the database was founded with.
func (c *Core) settle(ctx context.Context) (*keyring.Master, error) {
	founded, err := c.Store.Deployment(ctx)
	if problem.Is(err, problem.NotFound) {
		return c.found(ctx)
	}
	if err != nil {
		return nil, err
	}
	if founded.BaseURL != c.Config.BaseURL && !c.Config.AcceptNewBaseURL {
		return nil, fmt.Errorf("the base URL is %s, but this database was made for %s, which stands in every badge: "+
			"set RAMURE_BASE_URL=%s (or RAMURE_LISTEN, which it follows), or choose another data directory",
			c.Config.BaseURL, founded.BaseURL, founded.BaseURL)
	}
	master, err := keyring.LoadMaster(c.Config.KeyFile, c.Config.MasterKey)
	if err != nil {
		return nil, fmt.Errorf("open the master key: %w", err)
	}
	if err := master.Matches(founded.KeyCheck); err != nil {
		return nil, fmt.Errorf("the master key is not the one that this database was made with: "+
			"give the right RAMURE_MASTER_KEY or RAMURE_KEY_FILE (now %s): %w", c.Config.KeyFile, err)
	}
	if founded.BaseURL != c.Config.BaseURL {
		return master, c.Store.Rebase(ctx, c.Config.BaseURL)
	}
	return master, nil
}

// found makes the master key if need be and writes the database's birth line.
func (c *Core) found(ctx context.Context) (*keyring.Master, error) {
	master, err := keyring.OpenMaster(c.Config.KeyFile, c.Config.MasterKey, c.Env.Rand)
	if err != nil {
		return nil, fmt.Errorf("make the master key: %w", err)
	}
	mine := store.Deployment{BaseURL: c.Config.BaseURL, KeyCheck: master.Check(), CreatedAt: c.Env.Now()}
	if err := c.Store.Found(ctx, mine); err != nil && !problem.Is(err, problem.Conflict) {
		return nil, err
	}
	return c.settle(ctx) // on a Conflict another instance was first, and its line counts
}

func loadCatalog() (*competence.Catalogue, error) {
	file, err := schemas.FS.Open("data/competences.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return competence.Load(file)
}

// openLog finds the key of this deployment's log, or makes it.
func (c *Core) openLog(ctx context.Context) (*sequencer, error) {
	key, err := c.Ring.Ensure(ctx, "", keyring.Log, keyring.Ed25519)
	if err != nil {
		return nil, err
	}
	origin, err := translog.Origin(c.Config.BaseURL)
	if err != nil {
		return nil, err
	}
	signer, err := translog.NewSigner(origin, failpoint.Signer(failpoint.In(ctx, "sequence"), "checkpoint", key))
	if err != nil {
		return nil, err
	}
	return newSequencer(c.Store, signer, c.Config.BaseURL, c.clock, c.Env.Log), nil
}

func (c *Core) join() error {
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	c.Communes = communes{sync.OnceValue(loadCommunes)}
	c.Network = network.Service{Store: c.Store, Keys: timedKeys{c.Ring, c.clock}, Communes: c.Communes, Now: c.Env.Now}
	c.Tokens = auth.Tokens{Store: c.Store, Now: c.Env.Now, Rand: c.Env.Rand}
	c.People = auth.Service{Config: auth.Config{Store: c.Store, Places: c.Store, Journal: c.Store, Base: c.Config.BaseURL, Now: c.Env.Now, Rand: c.Env.Rand}}
	c.Award = award.New(award.Config{Base: c.Config.BaseURL, Store: c.Store, Keys: c.Ring, Log: c.Log,
		Catalog: c.Catalog, Now: c.Env.Now, Rand: c.Env.Rand, Ready: c.clock.ready, Place: place,
		Changes: c.Store.Changes()})
	c.Standing, err = c.newStanding()
	return err
}

// Close gives the database back.
func (c *Core) Close() error { return c.Store.Close() }
