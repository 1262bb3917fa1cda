// Package openbadges2 holds the words of Open Badges 2.0 and 2.1 as far as a
// reader of old badges needs them: the shapes of an assertion, of its badge class
// and of its issuer, the rules that such documents must keep, and the list of what
// an issuer revoked.
//
// It is written from the Open Badges Specification 2.0, final release (Open Badges
// Vocabulary, Primitive datatypes, Verification); 2.1 adds an interface and no
// member that is read here.
//
//	shapes      assertion.go badgeclass.go profile.go; what may be an address or the
//	            thing itself is an Address and a document (link.go)
//	validation  validate.go → check.go → classes.go (the tables) → date.go
//
// The documents were written by many programs over ten years, as JSON-LD in its
// widest sense. So, unlike the shapes of 3.0, these read null and an empty array as
// nothing (Plain), one value as a set of one, and dates to the minute. What they
// say is judged by name and not by context: whoever redefines the words in a
// context of their own is refused, and no context is processed.
//
// It refuses dates without a time zone or as numbers (1.0), ids that are no IRI,
// hashes of an unknown kind, and a member's name in another case. Identity hashes,
// IRIs and violations are those of openbadges, whose words it shares. It knows no
// network, and no signature: signed 2.0 badges are only told apart.
package openbadges2
