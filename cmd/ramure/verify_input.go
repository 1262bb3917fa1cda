package main

import (
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ramure/internal/config"
	"ramure/internal/outbound"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

func isAddress(input string) bool {
	return strings.HasPrefix(input, "https://") || strings.HasPrefix(input, "http://")
}

func addresses(inputs []string) (list []string) {
	for _, input := range inputs {
		if isAddress(input) {
			list = append(list, input)
		}
	}
	return list
}

// maxInput is one byte more than the largest picture that carries a badge, so that a
// larger file is seen to be one.
const maxInput = 5<<20 + 1

// read opens everything that was named, before anything is asked of anyone.
func (c *verifyCommand) read(s *session) ([]verifier.Input, error) {
	inputs := make([]verifier.Input, len(c.Inputs))
	for i, name := range c.Inputs {
		data, err := readInput(s, name)
		if err != nil {
			return nil, err
		}
		inputs[i] = verifier.Input{Name: shown(name), Data: data}
	}
	return inputs, nil
}

// shown is the name of an input that is said again: of a file, without its folders.
func shown(name string) string {
	if isAddress(name) || name == "-" {
		return name
	}
	return filepath.Base(name)
}

func readInput(s *session, name string) ([]byte, error) {
	switch {
	case isAddress(name):
		if u, err := url.Parse(name); err != nil || u.Host == "" {
			return nil, problem.New(problem.Malformed, "error.verify.address")
		}
		return []byte(name), nil
	case name == "-":
		return io.ReadAll(io.LimitReader(s.stdin, maxInput))
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxInput))
}

// service asks the world through the outbound guard, and this machine when the
// person at the keyboard typed an address of it.
func (c *verifyCommand) service(s *session) (verifier.Service, error) {
	trusted := c.trusted()
	service := verifier.Service{Config: verifier.Config{Home: c.BaseURL, Now: s.env.Now, Loopback: true,
		Near: func(address string) bool { return slices.Contains(trusted, originOf(address)) }}}
	if c.Offline {
		return service, nil
	}
	client, err := outbound.New(outbound.Options{AllowOrigins: trusted, Redirects: 3})
	if err != nil {
		return service, err
	}
	cache, err := outbound.NewCache(client, outbound.CacheOptions{Now: s.env.Now})
	service.Fetch, service.Direct = askThrough(cache, outbound.Follow), askThrough(cache, outbound.Never)
	return service, err
}

func askThrough(world *outbound.Cache, redirects outbound.Redirects) verifier.Fetch {
	return func(ctx context.Context, address, accept string) ([]byte, error) {
		response, err := world.Ask(ctx, outbound.Request{Address: address, Accept: accept, Redirects: redirects})
		return response.Body, err
	}
}

// trusted lists the origins that may be asked on this machine over plain http:
// what the person at the keyboard typed themselves, and their own deployment.
func (c *verifyCommand) trusted() (origins []string) {
	for _, address := range append(addresses(c.Inputs), c.BaseURL) {
		if u, err := url.Parse(address); err == nil && u.Host != "" && config.Loopback(u.Hostname()) {
			origins = append(origins, originOf(address))
		}
	}
	return origins
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
