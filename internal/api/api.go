package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/scope"
)

// Awards is what this door asks of the act of awarding.
type Awards interface {
	Define(ctx context.Context, s scope.Scope, d award.Definition) (award.Achievement, error)
	Revise(ctx context.Context, s scope.Scope, id award.AchievementID, d award.Definition) (award.Achievement, error)
	Withdraw(ctx context.Context, s scope.Scope, id award.AchievementID, reason string) (award.Achievement, error)
	Achievement(ctx context.Context, s scope.Scope, id award.AchievementID) (award.Achievement, error)
	Achievements(ctx context.Context, s scope.Scope, cursor string, limit int) ([]award.Achievement, string, error)
	Issue(ctx context.Context, s scope.Scope, o award.Order) (award.Receipt, error)
	Award(ctx context.Context, s scope.Scope, id award.ID) (award.Stored, error)
	Awards(ctx context.Context, s scope.Scope, q award.Query) ([]award.Stored, string, error)
	Revoke(ctx context.Context, s scope.Scope, id award.ID, reason string) (award.Revocation, error)
}

// Tokens turns an Authorization header into a caller.
type Tokens interface {
	Authenticate(ctx context.Context, header string) (auth.Principal, error)
}

// Config is what the door is made of.
type Config struct {
	Awards    Awards
	Tokens    Tokens
	Examiner  Examiner
	Addresses award.Addresses
	Version   string // of the API, for its description
	Now       func() time.Time
}

// door holds the handlers.
type door struct {
	Config
	visitors visitors
}

// Mount adds the routes of /api/v1 and /openapi.json to the engine.
func Mount(engine *httpx.Engine, c Config) error {
	d := &door{c, newVisitors(c.Now)}
	d.register(engine.Router())
	if err := engine.Declare(routes(d.operations())); err != nil {
		return err
	}
	return engine.Mount(descriptionRoutes())
}

// register hands the operations to huma, which serves them on the router and
// describes them.
func (d *door) register(router *gin.Engine) *huma.OpenAPI {
	ownManners()
	served := humagin.New(router, settings(d.Version))
	served.UseMiddleware(carry, d.authenticate, strict)
	for _, o := range d.operations() {
		o.register(served)
	}
	return served.OpenAPI()
}

// settings describes the API. What huma adds of its own accord (a page of
// documentation, $schema members) is switched off.
func settings(version string) huma.Config {
	config := huma.DefaultConfig("Ramure", version)
	config.Info.Description = "Certify competences with Open Badges 3.0. Every token acts for one venue."
	config.Info.License = &huma.License{Name: "AGPL-3.0-or-later", Identifier: "AGPL-3.0-or-later"}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token made with `ramure token create`."},
	}
	return config
}
