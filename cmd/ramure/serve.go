package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"ramure/internal/app"
	"ramure/internal/config"
)

type serveCommand struct {
	config.Config `embed:"" group:"settings"`
	Demo          bool `name:"demo" help:"Load a fictional network and print addresses to look at."`
	NoOutbound    bool `name:"no-outbound" env:"RAMURE_NO_OUTBOUND" help:"Ask no other machine: badges of issuers elsewhere can't be verified then."`
	DevVCAPI      bool `name:"dev-vcapi" help:"Open the VC API for test suites, on this very machine only: it signs whatever it is given."`
	DevTLS        bool `name:"dev-tls" help:"With --dev-vcapi: serve https, with a certificate made for this machine."`
}

// Help adds an example.
func (*serveCommand) Help() string {
	return "Ctrl-C or SIGTERM stops it, once the requests under way are answered. It refuses to start, and says why, " +
		"with another base URL than the stored one, a missing or wrong master key, a schema newer than the program, " +
		"or a port that is taken. --demo can be repeated: what is there is not made again.\n\n" +
		"Example:\n\n    ramure serve --demo\n" +
		"    RAMURE_BASE_URL=https://badges.example.org RAMURE_DATABASE_URL=postgres://ramure@db/ramure ramure serve"
}

// stopLimit is how long the requests under way may take after a signal.
const stopLimit = 15 * time.Second

// Run serves until a signal comes, then finishes what was begun.
func (c *serveCommand) Run(s *session) error {
	if err := complete(&c.Config); err != nil {
		return err
	}
	// The ports come first: another instance of the same address is found
	// before anything is written.
	doors, err := listen(c.Config)
	if err != nil {
		return err
	}
	env := s.env
	env.NoOutbound = c.NoOutbound
	env, err = c.adapter(env, &doors)
	if err != nil {
		return errors.Join(err, doors.close())
	}
	a, err := app.New(s, c.Config, env)
	if err != nil {
		return errors.Join(err, doors.close())
	}
	return errors.Join(c.serve(s, a, doors), a.Close())
}

// adapter asks for the test suites' door, if it was asked for, at the address that
// is listened on.
func (c *serveCommand) adapter(env app.Env, doors *listeners) (app.Env, error) {
	if !c.DevVCAPI {
		if c.DevTLS {
			return env, errors.New("--dev-tls belongs to --dev-vcapi: behind a name of its own, the service has a proxy for https")
		}
		return env, nil
	}
	env.Adapter = "http://" + doors.public.Addr().String()
	if !c.DevTLS {
		return env, nil
	}
	env.Adapter = "https://" + doors.public.Addr().String()
	secured, err := env.TLS(doors.public)
	if err == nil {
		doors.public = secured
	}
	return env, err
}

func (c *serveCommand) serve(s *session, a *app.App, doors listeners) error {
	defer reserve()()
	work, stopWork := context.WithCancel(context.WithoutCancel(s.Context))
	worked := make(chan struct{})
	go func() { a.Run(work); close(worked) }()
	defer func() { stopWork(); <-worked }()
	if c.Demo {
		if err := a.Demonstrate(s, s.stdout); err != nil {
			return errors.Join(fmt.Errorf("load the demonstration: %w", err), doors.close())
		}
	}
	if c.DevVCAPI {
		if err := a.PrintIssuers(s.stdout); err != nil {
			return errors.Join(err, doors.close())
		}
	}
	public, admin := a.Servers()
	failed := make(chan error, 2)
	go func() { failed <- public.Serve(doors.public) }()
	go func() { failed <- admin.Serve(doors.admin) }()
	s.env.Log.Info("listening", "address", doors.public.Addr().String(), "base", c.BaseURL,
		slog.String("database", a.Store.Engine()), "version", version)
	fmt.Fprintf(s.stderr, "Ramure is at %s (Ctrl-C stops it).\n", c.BaseURL)
	go tidy()
	select {
	case err := <-failed:
		return err
	case <-s.Done():
		return stop(public, admin)
	}
}

// stop lets the requests under way finish, so that what was acknowledged is
// also answered.
func stop(servers ...*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
	defer cancel()
	var failures []error
	for _, server := range servers {
		failures = append(failures, server.Shutdown(ctx))
	}
	return errors.Join(failures...)
}

// listeners are the two addresses that the service answers at.
type listeners struct{ public, admin net.Listener }

func (l listeners) close() error { return errors.Join(l.public.Close(), l.admin.Close()) }

func listen(c config.Config) (listeners, error) {
	public, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return listeners{}, fmt.Errorf("listen on %s: the port is taken or the address is not this machine's; choose another RAMURE_LISTEN: %w", c.Listen, err)
	}
	admin, err := net.Listen("tcp", c.AdminListen)
	if err != nil {
		return listeners{}, errors.Join(fmt.Errorf("listen on %s for the operator: choose another RAMURE_ADMIN_LISTEN: %w", c.AdminListen, err), public.Close())
	}
	return listeners{public, admin}, nil
}
