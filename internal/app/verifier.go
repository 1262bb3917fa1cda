package app

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"strings"

	"ramure/internal/config"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/keyring"
	"ramure/internal/outbound"
	"ramure/internal/verifier"
)

// examinations is how many may be under way at once; most of them wait for others.
const examinations = 32

// workers are those that compute: half of the cores, so that issuing and reading
// always have the other half.
func workers() int { return max(1, runtime.GOMAXPROCS(0)/2) }

// newVerifier joins the act of verifying to the world: what others publish comes
// through the outbound guard, and what we publish ourselves from our own handler,
// without the network.
func (a *App) newVerifier(ctx context.Context) (verifier.Service, error) {
	client, err := outbound.New(outbound.Options{Redirects: 3, Disabled: a.Env.NoOutbound})
	if err != nil {
		return verifier.Service{}, err
	}
	cache, err := outbound.NewCache(client, outbound.CacheOptions{Now: a.Env.Now})
	if err != nil {
		return verifier.Service{}, err
	}
	notary, err := a.newNotary(ctx)
	if err != nil {
		return verifier.Service{}, err
	}
	return verifier.Service{Config: verifier.Config{
		Fetch: a.fetch(cache, outbound.Follow), Within: a.fetch(cache, outbound.Stay), Direct: a.fetch(cache, outbound.Never),
		Home: a.Config.BaseURL, Near: a.near, Loopback: onThisMachine(a.Config.BaseURL),
		Standings: a.Standing, Pool: verifier.NewPool(workers(), examinations), Notary: notary, Now: a.Env.Now,
	}}, nil
}

// newNotary finds the key that signs receipts, or makes it.
func (a *App) newNotary(ctx context.Context) (*verifier.Notary, error) {
	key, err := a.Ring.Ensure(ctx, "", keyring.Receipt, keyring.Ed25519)
	if err != nil {
		return nil, fmt.Errorf("make the key of receipts: %w", err)
	}
	return verifier.NewNotary(a.Config.BaseURL, key)
}

// near tells our own addresses.
func (a *App) near(address string) bool { return strings.HasPrefix(address, a.Config.BaseURL+"/") }

// fetch asks ourselves for what is ours, and the world for everything else.
func (a *App) fetch(world *outbound.Cache, redirects outbound.Redirects) verifier.Fetch {
	return func(ctx context.Context, address, accept string) ([]byte, error) {
		switch {
		case a.near(address):
			return httpx.ReadOwn(ctx, a.Handler, address, accept)
		case a.Env.NoOutbound:
			return nil, credential.ErrOffline
		}
		response, err := world.Ask(ctx, outbound.Request{Address: address, Accept: accept, Redirects: redirects})
		return response.Body, err
	}
}

func onThisMachine(base string) bool {
	u, err := url.Parse(base)
	return err == nil && config.Loopback(u.Hostname())
}
