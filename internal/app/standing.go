package app

import (
	"context"
	"fmt"
	"time"

	"ramure/internal/lookalike"
	"ramure/internal/outbound"
	"ramure/internal/standing"
	"ramure/schemas"
)

// newStanding joins the act of knowing issuers to the database and, for registries,
// to the world.
func (c *Core) newStanding() (*standing.Service, error) {
	names, err := loadNames()
	if err != nil {
		return nil, err
	}
	client, err := outbound.New(outbound.Options{Redirects: 3, Disabled: c.Env.NoOutbound})
	if err != nil {
		return nil, err
	}
	return standing.New(standing.Config{Store: c.Store, Names: names, Issuer: c.Award.Addresses.Issuer, Now: c.Env.Now, Changes: c.Store.Changes(),
		Fetch: func(ctx context.Context, address string) ([]byte, error) {
			response, err := client.Get(ctx, address, "application/json")
			return response.Body, err
		}}), nil
}

func loadNames() (*lookalike.Table, error) {
	file, err := schemas.FS.Open("data/confusables.csv")
	if err != nil {
		return nil, fmt.Errorf("open the table of characters that look alike: %w", err)
	}
	defer file.Close()
	return lookalike.Load(file)
}

// registriesTick is how often it is looked whether a registry is to be read again;
// each is once a day.
const registriesTick = time.Hour

func (a *App) readRegistries(ctx context.Context) {
	if err := a.Standing.Refresh(ctx); err != nil && ctx.Err() == nil {
		a.Env.Log.Warn("registries of issuers not read", "error", err)
	}
}
