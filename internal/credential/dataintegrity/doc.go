// Package dataintegrity makes and verifies Data Integrity proofs. It knows
// documents and keys, not badges.
//
//	document without proof ─ canonical form ─ hash ─────────┐
//	proof without proofValue, with the document's contexts  ├─ proofHash ‖ docHash ─ signature
//	                        ─ canonical form ─ hash ────────┘
//
// The suites are a table (suite.go):
//
//	eddsa-rdfc-2022        RDFC-1.0   Ed25519          SHA-256
//	ecdsa-rdfc-2019        RDFC-1.0   P-256, P-384     SHA-256, SHA-384 (also inside RDFC-1.0)
//	eddsa-jcs-2022         JCS        Ed25519          SHA-256
//	ecdsa-jcs-2019         JCS        P-256, P-384     SHA-256, SHA-384
//	Ed25519Signature2020   RDFC-1.0   Ed25519          SHA-256; a type, older than Data Integrity
//
// The suite is the proof's, the curve is the key's, and both must agree. A proof of
// another suite is ErrSuite: nothing is known of it. What is wrong with a proof that
// could be read is ErrProof.
//
// A jcs suite signs JSON, whatever its words mean: nothing of a document is lost,
// and nothing asks whether its contexts define it. Who reads the document goes by
// Secured, and asks jsonld.Quads of it. A proof of such a suite may name the
// contexts that it signed; the document must begin with them (EdDSA Cryptosuites
// §3.3.2).
//
// Proofs stand side by side (a set) or one upon the other (a chain, by
// previousProof, which names earlier proofs of the same document): Add makes either.
//
// Two ways lead to a signature: Sign takes a JSON document through JSON-LD;
// SignCanonical takes the canonical N-Quads that were written straight from a
// typed credential, and writes those of the proof itself, which are the same five
// lines each time. A test holds the two equal.
//
// Verify gives the document's hash, SHA-256 of its canonical form whatever the
// suite: under RDFC-1.0 it is the value that the log's leaf commits to.
//
// It refuses: proofs of other types and suites, of another purpose than asked for,
// with dates that are no date-times, with a proofValue that is not base58btc of
// exactly the signature's length; proof members that JSON-LD would drop unsigned;
// an @context in a proof that nobody would sign; a proof chain whose earlier proofs
// are not there.
//
// Verify does not ask whose key it is (did), nor compare dates with a clock, nor
// verify the earlier proofs of a chain: that is the caller's.
//
// Sources: W3C VC Data Integrity 1.0 §2, §4; EdDSA Cryptosuites 1.0 §3.2, §3.3;
// ECDSA Cryptosuites 1.0 §3.1 to §3.3; Ed25519Signature2020 of the EdDSA drafts;
// RFC 8785.
package dataintegrity
