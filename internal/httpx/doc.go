// Package httpx is the hall that every door opens on: engine, middleware,
// answers, refusals and pages. It is the only room that knows status codes.
//
// The way of a request:
//
//	http.Server (NewServer: time and header limits)
//	→ exchange   an opaque id, the language, the route's line of the table
//	→ log        one line: route pattern, status, duration; never an address,
//	             a query, an id of a thing or an IP
//	→ rescue     a panic becomes one log entry and one answer 500
//	→ headers    CSP, nosniff, no-referrer, HSTS on https (W3C CSP3, RFC 6797)
//	→ body       http.MaxBytesReader with the route's limit
//	→ origin     net/http.CrossOriginProtection for forms
//	→ guard      the route's policy
//	→ handler    reads → acts → answers
//
// A handler answers with one of: Render and RenderAs (a page), OK and Bytes
// (data with a strong ETag, RFC 9110 §8.8.3 and §13.1.2), SeeOther (§15.4.4),
// Created, or Fail. Fail turns a problem.Error into status, language and form:
// a page for people, application/problem+json (RFC 9457) for programs. An error
// of no kind gets an opaque reference and is logged once, here.
//
// A room hands its table of Route to Engine.Mount, which fails at start on a
// route without policy, without body limit or without handler. A room that has
// a router of its own declares the same lines with Engine.Declare;
// Engine.Handler fails when a route is served that no table names.
//
// Pages: web/templates/<room>/<page>/*.html + templates/shared/*.html make one
// set, parsed at start; the shapes of the shared partials are in partials.go.
//
// It refuses to decide anything about badges, and to remember anything about a
// visitor beyond the request (Limiter keeps keys in memory for as long as their
// bucket is not full again).
package httpx
