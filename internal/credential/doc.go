// Package credential turns the words of Open Badges into signed credentials,
// and signed credentials back into a verdict.
//
// Signing:
//
//	AchievementCredential → Prepare (lint: schema, contexts, nothing lost on
//	the way to RDF) → Draft → Sign, once → own signature verified → Signed
//
// Lint and canonical form come in one of two ways, with the same bytes:
//
//	typed    our own badges and status lists: tables that transcribe the two
//	         contexts, one walk through the struct along its JSON, no JSON-LD
//	         (quads.go; quads_tables.go says what it leaves out)
//	guarded  whatever else a shape can hold, and every refusal: the JSON, read
//	         as a stranger's is (lint.go, package jsonld)
//
// The only way to a signature is a Draft, and a Draft is burnt by its first
// use: what was never linted cannot be signed, and what was linted is signed as
// it is.
//
// Verifying gives one Report, whoever asks (page, API, command): ten checks in
// the order of Open Badges 3.0 §8 Verification, each ok, failed or unknown with
// a reason. Unknown is never ok: a verdict is valid only when nothing failed
// and nothing that had to be known was unknown.
//
//	form → contexts → schema → subject → proof → issuer → status → dates →
//	results → inclusion in the log
//
// Sources of facts (keys, status, log) come in as arguments: with none, the
// package does no I/O at all and says what it could not check.
//
// It refuses to fetch, to store, and to decide who is trusted.
package credential
