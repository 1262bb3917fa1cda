// Package statuslist reads and writes W3C Bitstring Status Lists (version 1.0):
// one bit per credential, published as a whole so that nobody learns which
// credential a verifier asked about.
//
//	permutation.go  which bit the next credential gets: a keyed permutation of
//	                a counter, so that neighbours in time are not neighbours in
//	                the list (Privacy Considerations, herd privacy)
//	bits.go         the bits, the first one leftmost (Bitstring Encoding)
//	encoding.go     "u" + base64url(gzip(bits)) and back (§3.3, §3.4)
//	credential.go   the unsigned BitstringStatusListCredential (§2.2)
//	entry.go        what a credential says of its bit (§2.1)
//	read.go         a list credential, already verified → is the bit set? (§3.2)
//
// It refuses: lists shorter than 131,072 entries, lists that inflate to more
// than 2 MiB, an index that is not a plain base-10 string, another purpose,
// another issuer, another list, and lists outside their
// dates. Each refusal is an error of its own: a status that could not be read
// is unknown, never "not revoked".
//
// It knows neither Open Badges nor signatures: the caller verifies the proof of
// the list before it asks Read, and signs what Unsigned returns.
package statuslist
