package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/schemas"
)

//go:generate go test -run ^TestDescription$ . -update

// descriptionRoutes serves the committed OpenAPI description; a test holds it
// against the one that the types give.
func descriptionRoutes() []httpx.Route {
	return []httpx.Route{{Method: http.MethodGet, Path: "/openapi.json", Policy: httpx.Public, Body: httpx.NoBody, Open: true,
		Handler: describe, Note: "OpenAPI 3.1 of /api/v1"}}
}

func describe(c *gin.Context) {
	text, err := schemas.FS.ReadFile("openapi/v1.json")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Bytes(c, "application/json", text, "")
}
