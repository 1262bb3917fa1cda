package app

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"ramure/internal/api"
	"ramure/internal/config"
	"ramure/internal/httpx"
	"ramure/internal/job"
	"ramure/internal/locale"
	"ramure/internal/mail"
	"ramure/internal/public"
	"ramure/internal/site"
	"ramure/internal/vcapi"
	"ramure/internal/verifier"
	"ramure/web"
)

// App is a Core with its doors.
type App struct {
	*Core
	Handler http.Handler // the public address
	Admin   http.Handler // health and readiness, for the operator's own network

	adapter  *vcapi.Adapter // nil unless it was asked for
	verifier verifier.Service
	office   *mail.Office
	jobs     *job.Runner
}

// New opens a Core and mounts the doors on it. A route without a policy or a
// limit makes it fail.
func New(ctx context.Context, c config.Config, env Env) (*App, error) {
	core, err := Open(ctx, c, env)
	if err != nil {
		return nil, err
	}
	a := &App{Core: core}
	if a.verifier, err = a.newVerifier(ctx); err == nil {
		err = a.mount()
	}
	if err != nil {
		return nil, errors.Join(err, core.Close())
	}
	return a, nil
}

func (a *App) mount() error {
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		return err
	}
	if err := a.openOffice(catalogue); err != nil {
		return err
	}
	metrics := a.newMetrics()
	halls := httpx.Config{BaseURL: a.Config.BaseURL, TrustedProxies: a.Config.TrustedProxies,
		Templates: web.FS, Static: web.FS, Catalogue: catalogue.ObserveMissing(a.hole), Logger: a.Env.Log,
		Now: a.Env.Now, Rand: a.Env.Rand}
	doors := halls
	doors.Lanes, doors.Metrics, doors.Guards = lanes, metrics, a.People.Guards()
	engine, err := httpx.New(doors)
	if err != nil {
		return err
	}
	if err := public.Mount(engine, a.publicDoor()); err != nil {
		return err
	}
	err = api.Mount(engine, api.Config{Awards: a.Award, Tokens: a.Tokens, Examiner: a.verifier, Addresses: a.Award.Addresses,
		Version: "1", Now: a.Env.Now})
	if err != nil {
		return err
	}
	if err := site.Mount(engine, a.siteDoor()); err != nil {
		return err
	}
	if err := a.mountAdapter(engine); err != nil {
		return err
	}
	a.Handler, err = engine.Handler()
	if err != nil {
		return err
	}
	return a.mountAdmin(halls, metrics)
}

func (a *App) mountAdmin(halls httpx.Config, metrics *httpx.Metrics) error {
	engine, err := httpx.New(halls)
	if err != nil {
		return err
	}
	if err := engine.Mount(append(httpx.HealthRoutes(a.Ready), metrics.Route())); err != nil {
		return err
	}
	a.Admin, err = engine.Handler()
	return err
}

// hole tells the operator of a message that no catalogue has.
func (a *App) hole(lang locale.Language, key string) {
	a.Env.Log.Error("message missing", "language", string(lang), "key", key)
}

// Servers makes the two servers, public and admin, with every limit set.
func (a *App) Servers() (public, admin *http.Server) {
	return httpx.NewServer(a.Handler, a.Env.Log), httpx.NewServer(a.Admin, a.Env.Log)
}

// renewTick is how often the status lists are looked at; each is signed anew
// half a day before its signature ends.
const renewTick = 10 * time.Minute

// Run keeps the background work going until ctx ends, and answers when all of
// it has stopped.
func (a *App) Run(ctx context.Context) {
	var group sync.WaitGroup
	group.Go(func() { a.Log.run(ctx) })
	group.Go(func() { a.Store.Follow(ctx) })
	group.Go(func() { a.jobs.Run(ctx) })
	group.Go(func() { a.clock.follow(ctx) })
	group.Go(func() { every(ctx, renewTick, a.renewLists) })
	group.Go(func() { every(ctx, registriesTick, a.readRegistries) })
	group.Wait()
}

func (a *App) renewLists(ctx context.Context) {
	if err := a.Award.RenewLists(ctx); err != nil && ctx.Err() == nil {
		a.Env.Log.Error("status lists not renewed", "error", err)
	}
}

// every does the work now and then at each tick, until ctx ends.
func every(ctx context.Context, tick time.Duration, work func(context.Context)) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		work(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
