package app

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/url"
	"text/tabwriter"

	"ramure/internal/config"
	"ramure/internal/httpx"
	"ramure/internal/outbound"
	"ramure/internal/vcapi"
)

// mountAdapter opens the door for other people's test suites, if it was asked for.
// It signs whatever it is given, so it stands on this very machine only.
func (a *App) mountAdapter(engine *httpx.Engine) error {
	if a.Env.Adapter == "" {
		return nil
	}
	at, err := url.Parse(a.Env.Adapter)
	if err != nil || !config.Loopback(at.Hostname()) {
		return fmt.Errorf("--dev-vcapi signs whatever it is given: it only starts when RAMURE_LISTEN is an address " +
			"of this very machine, such as 127.0.0.1:8080")
	}
	fetch, err := adapterFetch()
	if err != nil {
		return err
	}
	a.adapter, err = vcapi.New(vcapi.Config{Base: a.Env.Adapter, Fetch: fetch, Now: a.Env.Now, Rand: a.Env.Rand})
	if err != nil {
		return err
	}
	return a.adapter.Mount(engine)
}

// adapterFetch gets documents from the world through the guard, and from servers on
// this machine, which test suites start beside us, without it.
func adapterFetch() (func(ctx context.Context, address string) ([]byte, error), error) {
	world, err := outbound.New(outbound.Options{Redirects: 3})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, address string) ([]byte, error) {
		client := world
		if u, err := url.Parse(address); err == nil && config.Loopback(u.Hostname()) {
			here, err := outbound.New(outbound.Options{AllowOrigins: []string{u.Scheme + "://" + u.Host}})
			if err != nil {
				return nil, err
			}
			client = here
		}
		response, err := client.Get(ctx, address, "application/vc, application/did+json, application/json, */*")
		return response.Body, err
	}, nil
}

// PrintIssuers prints what each of the test adapter's issuers signs, where, and its
// identifier, the default one first.
func (a *App) PrintIssuers(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "VC API adapter, for tests on this machine only: %s/vc-api\n", a.Env.Adapter)
	for _, issuer := range a.adapter.Issuers() {
		fmt.Fprintf(table, "%s%s\t%s/credentials/issue\t%s\n", issuer.Suite, issuer.Alg, issuer.Prefix, issuer.DID)
	}
	return table.Flush()
}

// TLS wraps a listener of this machine with a certificate that is made for it.
func (e Env) TLS(listener net.Listener) (net.Listener, error) {
	certificate, err := vcapi.SelfSigned(e.Now(), e.Rand)
	if err != nil {
		return nil, err
	}
	return tls.NewListener(listener, &tls.Config{
		Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	}), nil
}
