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
// Verifying gives one Report, whoever asks (page, API, command): thirteen checks in
// the order of Open Badges 3.0 §8 Verification, each ok, failed or unknown with a
// reason. Unknown is never ok: a verdict is valid only when nothing failed and nothing
// that had to be known was unknown.
//
//	form → contexts → schema → subject → proof → issuer → refresh → status → dates →
//	endorsements → recipient → results → inclusion in the log
//
// What comes in (read.go, claims.go): JSON with embedded proofs, a compact VC-JWT, or
// one in an EnvelopedVerifiableCredential, each in the form of data model 2.0 or 1.1.
// A presentation is opened first (presentation.go), and who shows it is a check of its
// own (checks_holder.go) that says nothing of what is inside.
//
// What each check decides, where the specifications leave it open:
//
//   - Failed is only said of what is proven: words, contexts, suites, kinds of issuer
//     and of status that nobody here can read leave a check unknown, and the badge
//     unverifiable. The contexts of Open Badges 3.0 and 3.0.1 after that of VC 2.0
//     contradict each other for every processor: that is said, and is no fault of the
//     badge.
//   - Every proof for assertions of a suite that we know must hold; one of another
//     suite beside it changes nothing (proofs.go).
//   - A proof over statements (RDFC) fails where JSON-LD would drop something. A
//     signature over JSON itself (JWT, JCS) covers all of it; what makes no statements
//     has no leaf in the log.
//   - A newer version is asked for once, only of a badge that is proven. It takes the
//     place of the badge if it is one, by the same issuer and id; if it can't be had or
//     believed, the badge at hand is as good as it was.
//   - Of several status entries the worst answer counts. Messages are no withdrawal.
//   - An endorsement is examined by the steps of a badge, and those inside of it no
//     further. One that fails is reason to distrust the endorser's word and nobody
//     else's: the check is failed, with the name, and the verdict stays. Else whoever
//     copies a broken endorsement next to a true badge would break the badge.
//   - A recipient that the badge names by other means, or by a hash whose salt its
//     issuer keeps, is neither the person nor another one.
//
// Sources of facts (keys, status, log, newer versions) come in as arguments: with none,
// the package does no I/O at all and says what it could not check. Work is counted
// before it is done: 512 KiB, jsonld's limits, 4 proofs, 8 status entries, 16
// endorsements with 16 proofs together, 20 credentials in a presentation.
//
// It refuses to fetch, to store, and to decide who is trusted.
package credential
