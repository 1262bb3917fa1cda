package scope

// Scope is the right to act on one venue's data, and in whose name.
type Scope struct {
	venue string
	actor string
}

// Grant makes the scope of one venue, named by its slug, for an actor: a short
// stable name for the journal such as "token:atelier" or "operator". Only auth
// may call it.
func Grant(venue, actor string) Scope { return Scope{venue: venue, actor: actor} }

// Venue is the slug of the venue; empty for the zero Scope, which matches none.
func (s Scope) Venue() string { return s.venue }

// Actor is who acts, as the journal will name them.
func (s Scope) Actor() string { return s.actor }

// Allows reports whether the scope covers the venue of that slug.
func (s Scope) Allows(venue string) bool { return s.venue != "" && s.venue == venue }
