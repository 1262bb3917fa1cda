package vcapi

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// routes are the same five under the prefix of each issuer, and what all share.
func (a *Adapter) routes() []httpx.Route {
	routes := []httpx.Route{
		{Method: http.MethodGet, Path: "/vc-api", Policy: httpx.Public, Body: httpx.NoBody, Open: true,
			Handler: a.describe, Note: "issuers and endpoints of the test adapter"},
		{Method: http.MethodGet, Path: "/status-lists/:number", Policy: httpx.Public, Body: httpx.NoBody, Open: true,
			Handler: a.serveList, Note: "a status list of the test adapter"},
	}
	for _, issuer := range a.issuers {
		prefix := issuer.Prefix
		for _, one := range []struct {
			path   string
			handle func(*gin.Context, string)
			note   string
		}{
			{"/credentials/issue", a.issueCredential, "secure a credential"},
			{"/credentials/verify", a.verifyOneCredential, "verify a credential"},
			{"/credentials/status", a.setStatus, "set the status of a credential"},
			{"/presentations/issue", a.issuePresentation, "secure a presentation"},
			{"/presentations/prove", a.issuePresentation, "the same, by another name"},
			{"/presentations/verify", a.verifyOnePresentation, "verify a presentation"},
		} {
			routes = append(routes, httpx.Route{
				Method: http.MethodPost, Path: prefix + one.path, Policy: httpx.Public, Body: httpx.DocumentBody,
				Handler: func(c *gin.Context) { one.handle(c, prefix) }, Note: one.note,
			})
		}
	}
	return routes
}

// endpoint is one line of a test suite's configuration.
type endpoint struct {
	ID       string   `json:"id"`
	Endpoint string   `json:"endpoint"`
	Tags     []string `json:"tags"`
	Supports supports `json:"supports"`
	KeyTypes []string `json:"supportedEcdsaKeyTypes,omitempty"`
}

type supports struct {
	VC []string `json:"vc"`
}

// describe answers with the issuers and verifiers in the shape that the W3C's
// suites take as configuration.
func (a *Adapter) describe(c *gin.Context) {
	var answer struct {
		Name        string     `json:"name"`
		Issuers     []endpoint `json:"issuers"`
		Verifiers   []endpoint `json:"verifiers"`
		VPVerifiers []endpoint `json:"vpVerifiers"`
	}
	answer.Name = "Ramure"
	for _, issuer := range a.issuers {
		line := endpoint{ID: issuer.DID, Tags: issuer.tags(), Supports: supports{[]string{"1.1", "2.0"}}}
		if issuer.Suite == ecdsaSuite {
			line.KeyTypes = []string{issuer.Curve}
		}
		for path, list := range map[string]*[]endpoint{
			"/credentials/issue": &answer.Issuers, "/credentials/verify": &answer.Verifiers,
			"/presentations/verify": &answer.VPVerifiers,
		} {
			line.Endpoint = a.Base + issuer.Prefix + path
			*list = append(*list, line)
		}
	}
	httpx.OK(c, answer)
}

// tags are the words by which suites choose what to run.
func (i Issuer) tags() []string {
	switch {
	case i.Status:
		return []string{"BitstringStatusList"}
	case i.Alg != "":
		return []string{"vc-jwt", "EnvelopingProof", i.Alg}
	case i.Prefix == "":
		return []string{"vc2.0", i.Suite}
	}
	return []string{i.Suite, i.Curve}
}
