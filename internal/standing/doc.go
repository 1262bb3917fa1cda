// Package standing is the act of knowing issuers: which of the world's the
// operator has put on a list, and which names only look like theirs.
//
//	venues of this network ─┐
//	the operator's list ────┼→ index → Standing(issuer, name) → network, known or
//	registries of others ───┘          unknown, and whom the name looks like
//
// An issuer is known by its identifier alone, a DID or an https address, and never
// by the name that a badge gives it. A name that looks like that of a venue or of a
// known issuer (package lookalike), under an identifier that is not theirs, takes
// the standing away: whoever borrows a name is not shown as known, even from a
// registry. What counts more is held against what counts less: venues before the
// operator's own list, the list before registries.
//
// A registry is a JSON list of issuers that others keep
// ({"registry":{"did:…":{"name":…}}}), fetched once a day through the outbound
// guard, or read from a file. What it said last counts for a week when it does not
// answer. A verification never waits for one.
//
// It refuses to decide whether a badge is good: standing never changes a verdict.
package standing
