package main

import (
	"fmt"
	"runtime"

	"ramure/internal/config"
	"ramure/internal/outbound"
)

type versionCommand struct{}

// Help adds an example.
func (versionCommand) Help() string { return "Example:\n\n    ramure version" }

// Run prints the version and what it was built with.
func (versionCommand) Run(s *session) error {
	fmt.Fprintf(s.stdout, "ramure %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

type configCommand struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*configCommand) Help() string {
	return "Nothing is opened or made. Secrets are shown as their length.\n\n" +
		"Example:\n\n    RAMURE_LISTEN=127.0.0.1:9000 ramure config"
}

// Run prints each setting as NAME=value.
func (c *configCommand) Run(s *session) error {
	if err := complete(&c.Config); err != nil {
		return err
	}
	for _, setting := range c.Settings() {
		fmt.Fprintf(s.stdout, "%s=%s\n", setting.Name, setting.Value)
	}
	return nil
}

type healthCommand struct {
	AdminListen string `name:"admin-listen" env:"RAMURE_ADMIN_LISTEN" default:"127.0.0.1:8081" placeholder:"HOST:PORT" help:"Admin address of the running service."`
}

// Help adds an example.
func (*healthCommand) Help() string {
	return "Ends with 0 when the service answers, with 1 when it does not. Whether it can also issue " +
		"is told by /readyz at the same address.\n\n" +
		"Example:\n\n    ramure health\n    HEALTHCHECK CMD [\"/ramure\", \"health\"]"
}

// Run ends with 0 when the service answers that it is alive.
func (c *healthCommand) Run(s *session) error {
	origin, err := config.Reach("RAMURE_ADMIN_LISTEN", c.AdminListen)
	if err != nil {
		return misuse{err}
	}
	client, err := outbound.New(outbound.Options{AllowOrigins: []string{origin}})
	if err != nil {
		return misuse{err}
	}
	answer, err := client.Get(s, origin+"/healthz", "text/plain")
	if err != nil {
		return fmt.Errorf("the service does not answer at %s (RAMURE_ADMIN_LISTEN): %w", c.AdminListen, err)
	}
	fmt.Fprintln(s.stdout, string(answer.Body))
	return nil
}
