package main

import (
	"fmt"
	"runtime"

	"ramure/internal/config"
	"ramure/internal/outbound"
)

type versionCommand struct{}

// Run prints the version and what it was built with.
func (versionCommand) Run(s *session) error {
	fmt.Fprintf(s.stdout, "ramure %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

type configCommand struct {
	config.Config `embed:""`
}

// Run prints each setting as NAME=value.
func (c *configCommand) Run(s *session) error {
	if err := c.Config.Complete(); err != nil {
		return err
	}
	for _, setting := range c.Config.Settings() {
		fmt.Fprintf(s.stdout, "%s=%s\n", setting.Name, setting.Value)
	}
	return nil
}

type healthCommand struct {
	AdminListen string `name:"admin-listen" env:"RAMURE_ADMIN_LISTEN" default:"127.0.0.1:8081" placeholder:"HOST:PORT" help:"Admin address of the running service."`
}

// Run ends with 0 when the service answers that it is alive.
func (c *healthCommand) Run(s *session) error {
	origin := "http://" + c.AdminListen
	client, err := outbound.New(outbound.Options{AllowOrigins: []string{origin}})
	if err != nil {
		return err
	}
	answer, err := client.Get(s, origin+"/healthz", "text/plain")
	if err != nil {
		return fmt.Errorf("the service does not answer at %s (RAMURE_ADMIN_LISTEN): %w", c.AdminListen, err)
	}
	fmt.Fprintln(s.stdout, string(answer.Body))
	return nil
}
