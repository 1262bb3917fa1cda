// Package outbound is the only way in which this program asks other machines for
// anything: documents of foreign issuers, status lists, a badge at an address that
// somebody typed. Whoever writes such an address must not be able to make us knock
// on doors inside our own network (server-side request forgery).
//
//	address ── form: https, port 443, a plain name        (target.go)
//	   └─ resolve once, every address must be public      (address.go, dial.go)
//	        └─ connect to that very address, looked at again by the dialer
//	             └─ 5 s and 1 MiB in all, no cookies, no proxy
//	                  └─ a redirect starts again from the top, or is refused
//
// What a host says in place of the document is told apart: that there is none (404,
// NotFound), that there was one (410, Gone: a badge that was erased), anything else
// (Unavailable). A request may ask for fewer redirects than the client allows: none
// at all (did:web), or none that leaves the origin (Redirects).
//
// A Cache before the client gives what was answered again for a minute at most, so
// that ten badges of one issuer ask for its documents once (cache.go).
//
// Checked names are not resolved a second time, so a server of names that changes
// its answer gains nothing. If one of several addresses is not public, none is
// used.
//
// Own origins are the exception: the deployment's base URL, and what the user of
// the command line typed about this machine. There http, other ports and private
// addresses are allowed; but only for an address that is asked for as such, never
// by way of a redirect.
//
// It refuses: IP addresses in any writing (dotted, decimal, octal, hexadecimal,
// bracketed), names of one label or of local networks, user names, fragments,
// characters that two parsers could read differently, and anything at all when it
// is disabled.
//
// Sources: RFC 6890 and the IANA special-purpose registries; RFC 3986; OWASP ASVS
// 5.0.0 1.3.6 and 15.2.2.
package outbound
