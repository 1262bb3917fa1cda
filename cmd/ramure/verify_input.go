package main

import (
	"context"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"ramure/internal/config"
	"ramure/internal/credential"
	"ramure/internal/outbound"
	"ramure/internal/verifier"
)

func isAddress(input string) bool {
	return strings.HasPrefix(input, "https://") || strings.HasPrefix(input, "http://")
}

// maxInput is one byte more than the largest credential, so that a larger file
// is seen to be one.
const maxInput = 512<<10 + 1

func (c *verifyCommand) read(s *session) ([]byte, error) {
	if c.Input == "-" {
		return io.ReadAll(io.LimitReader(s.stdin, maxInput))
	}
	file, err := os.Open(c.Input)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxInput))
}

// fetchWith asks through the outbound guard, and with --no-outbound nobody but
// this machine.
func (c *verifyCommand) fetchWith(client *outbound.Client) verifier.Fetch {
	return func(ctx context.Context, address, accept string) ([]byte, error) {
		if c.NoOutbound && !slices.Contains(c.trusted(), originOf(address)) {
			return nil, credential.ErrOffline
		}
		response, err := client.Get(ctx, address, accept)
		return response.Body, err
	}
}

// trusted lists the origins that may be asked on this machine over plain http:
// what the person at the keyboard typed themselves, and their own deployment.
func (c *verifyCommand) trusted() (origins []string) {
	for _, address := range []string{c.Input, c.BaseURL} {
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
