package httpx

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
)

// HealthRoutes are the two questions that an operator's tools ask: is the
// process there, and can it do its work. ready gives the reason why not.
func HealthRoutes(ready func(context.Context) error) []Route {
	alive := func(c *gin.Context) { Bytes(c, "text/plain; charset=utf-8", []byte("ok"), "") }
	return []Route{
		{Method: http.MethodGet, Path: "/healthz", Policy: Public, Body: NoBody, Handler: alive, Note: "The process answers"},
		{Method: http.MethodGet, Path: "/readyz", Policy: Public, Body: NoBody, Note: "The service can issue",
			Handler: func(c *gin.Context) {
				if err := ready(c.Request.Context()); err != nil {
					Fail(c, err)
					return
				}
				alive(c)
			}},
	}
}
