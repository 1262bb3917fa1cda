// Package hosted examines badges of Open Badges 2.0, whose proof is not a signature
// but a place: the issuer publishes the assertion at the address that is its id.
//
// It is written from the Open Badges Specification 2.0 (Verification, HostedBadge
// Verification, Revoking Hosted Assertions, VerificationObject) and answers the
// report that credential answers, with the same checks in the same order.
//
//	input (a document, an address, a signed badge) → read.go
//	  → the assertion from its own id, its badge class, its issuer's profile, each
//	    asked for at most once (gather.go)
//	  → the checks (checks.go): what was given is what is published (compare.go),
//	    and it is published where the issuer says that it publishes (scope.go)
//	  → the badge in the shape of 3.0, for the page (view.go)
//
// Whatever an address answers counts, and what was given only says which address to
// ask: a badge that was given otherwise than it is published is refused. Neither a
// badge nor an issuer is known by what somebody else's document says of it: an
// issuer's profile always comes from its own address.
//
// It opens no connection: without Fetch, and whenever an address does not answer,
// nothing is proven and the report says so. Fetch must follow no redirect to another
// origin: the origin is the whole proof, and many a site forwards to anywhere.
//
// It refuses signed 2.0 badges, which it says plainly, and assertions of 1.x. It
// processes no JSON-LD and reads no endorsements, which it says too.
package hosted
