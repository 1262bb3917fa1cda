// Package dataintegrity makes and verifies Data Integrity proofs. It knows
// documents and keys, not badges.
//
//	document without proof ─ RDFC-1.0 ─ hash ──────────────┐
//	proof without proofValue, @context of the document      ├─ proofHash ‖ docHash ─ signature
//	                        ─ RDFC-1.0 ─ hash ─────────────┘
//
// The suites are a table: eddsa-rdfc-2022 (Ed25519, SHA-256) and ecdsa-rdfc-2019
// (P-256 with SHA-256, P-384 with SHA-384, which is then also the hash inside the
// canonicalisation). The suite is the proof's, the curve is the key's, and both
// must agree.
//
// Proofs stand side by side (a set) or one upon the other (a chain, by
// previousProof, which names earlier proofs of the same document): Add makes either.
//
// Two ways lead to a signature: Sign takes a JSON document through JSON-LD;
// SignCanonical takes the canonical N-Quads that were written straight from a
// typed credential, and writes those of the proof itself, which are the same five
// lines each time. A test holds the two equal.
//
// Verify gives the document's hash whatever the suite: SHA-256 of its canonical
// form, the value that the log's leaf commits to.
//
// It refuses: proofs of other types and suites, of another purpose than asked for,
// with dates that are no date-times, with a proofValue that is not base58btc of
// exactly the signature's length; proof members that JSON-LD would
// drop unsigned; a proof with its own @context; a proof chain whose earlier proofs
// are not there.
//
// Verify does not ask whose key it is (did), nor compare dates with a clock, nor
// verify the earlier proofs of a chain: that is the caller's.
//
// Sources: W3C VC Data Integrity 1.0 §2, §4; EdDSA Cryptosuites 1.0 §3.2; ECDSA
// Cryptosuites 1.0 §3.1, §3.2.
package dataintegrity
