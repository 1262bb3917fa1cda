package public

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// routes is the list of what anyone may ask.
func (d *door) routes() []httpx.Route {
	return []httpx.Route{
		page("/", d.home, "what this is, for whom, how to verify, who issues"),

		page("/v/:id", d.verification, "may I rely on this badge? page, or report with .json"),
		form("/v/:id/personne", d.person, "is it this person? yes or no"),
		data("/v/:id/proof", d.proof, "proof that the badge is in the log, c2sp.org/tlog-proof@v1"),
		data("/credentials/:id", d.credential, "the signed credential: JSON, VC-JWT, or on to the page"),
		data("/qr/:id", d.qr, "the code that is printed on the badge: .svg, .png"),

		page("/verifier", d.verifier, "verify a badge from anywhere: the form"),
		handIn("/verifier", uploadBody, d.verify, "files, a text or addresses → an answer about each badge"),
		handIn("/verifier/recu", receiptBody, d.giveReceipt, "a receipt that we signed, as a file; nothing is kept"),

		data("/issuers/:slug", d.issuer, "a venue: Profile for programs, page for people"),
		data("/issuers/:slug/did.json", d.issuerDID, "did:web document of a venue"),
		data("/.well-known/did.json", d.networkDID, "did:web document of the network itself"),
		data("/.well-known/jwks.json", d.jwks, "every issuer's public keys"),
		data("/keys/:kid", d.key, "one public key, a bare JWK"),
		data("/achievements/:id", d.achievement, "what can be earned: JSON for programs, page for people"),
		page("/competences", d.frameworks, "the frameworks of competences"),
		data("/competences.json", d.frameworksJSON, "the same for programs"),
		page("/competences/:code", d.competence, "one competence, and what it is in line with"),

		data("/status/:n", d.status, "signed status list, good for a minute"),
		data("/log/checkpoint", d.checkpoint, "the log's latest signed checkpoint"),
		data("/log/policy", d.policy, "what a verifier of the log trusts"),
		data("/log/tile/*path", d.tile, "the log's hashes and leaves, C2SP tlog-tiles, kept for ever"),

		page("/aide-recruteur", d.recruiter, "help for whoever is shown a badge"),
		page("/accessibilite", d.accessibility, "declaration of accessibility"),
		page("/mentions-legales", d.legal, "who publishes and hosts"),
		page("/confidentialite", d.privacy, "what becomes of personal data"),
		page("/cookies", d.cookies, "none"),
		data("/robots.txt", d.robots, "badges are not for search engines"),
	}
}

// page is a line whose refusals are pages.
func page(path string, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodGet, Path: path, Policy: httpx.Public, Body: httpx.NoBody,
		Page: true, Open: true, Handler: handler, Note: note}
}

// data is a line whose refusals are problem documents, unless HTML is preferred.
func data(path string, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodGet, Path: path, Policy: httpx.Public, Body: httpx.NoBody,
		Open: true, Handler: handler, Note: note}
}

// form is a line that takes a short form and answers with a page.
func form(path string, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodPost, Path: path, Policy: httpx.Public, Body: httpx.SmallBody,
		Page: true, Handler: handler, Note: note}
}

// handIn is a line that takes what a stranger hands in, in a lane of its own.
func handIn(path string, body httpx.Body, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodPost, Path: path, Policy: httpx.Public, Body: body,
		Page: true, Lane: httpx.Verifying, Handler: handler, Note: note}
}
