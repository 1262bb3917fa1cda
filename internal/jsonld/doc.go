// Package jsonld turns JSON documents of strangers into the bytes that a Data
// Integrity proof signs, and refuses every document of which those bytes would
// not say all.
//
// The flow, with the specification that each step follows:
//
//	bytes ── Decode ──> document      RFC 8259, read strictly (decode.go)
//	document ── Quads ──> statements  JSON-LD 1.1 API §4.1, §5.1, §8 (place.go)
//	statements ── Canonicalize ──> canonical N-Quads
//	                                  RDFC-1.0 §4 (canonicalize.go, degree.go)
//
// A program that makes its own statements says them to a Graph, which gives the
// same bytes, or their hash (graph.go). Suites that sign the JSON itself go
// another way: JCS (RFC 8785, jcs.go) writes it canonically, asks nothing of its
// words, and loses nothing.
//
// # Contexts
//
// The words of a document get their meaning from the contexts embedded in
// package schemas, known by exact address and pinned SHA-256 (table.go). Nothing
// is fetched. Contexts are parsed once; what follows from applying one context
// over another is computed once too and shared read-only between goroutines
// (vocabulary.go). The table uses a small part of JSON-LD 1.1: aliases of @id and
// @type, simple and expanded terms, datatypes, @vocab, @json, @set, @list and
// @graph containers, type-scoped and property-scoped contexts, @protected. A
// context that uses anything else fails to load.
//
// # Nothing is lost
//
// Data Integrity §2.5 (Securing Data Losslessly) asks for an error when anything
// of the document is left out of the signed form. So the document is placed
// statement by statement by our own walk, in which each member either becomes a
// statement or is an error, and which counts: as many leaves placed as the
// document has.
//
// The converse holds as well: what changes in the JSON changes the statements.
// JSON-LD has many ways to say one thing, and a reader of the JSON understands
// one of them: expiry under its full IRI, or moved to another object of the same
// id, would be signed and unseen. Only the compact form is accepted, in which
// words are terms, values are plain where they can be, each datatype takes one
// kind of JSON value, and a credential says everything about itself in its own
// object (node.go, value.go, scattered.go). What may still vary under one
// signature has no meaning: spaces, the order of members and of sets, one value
// with or without its array, the spelling of a number (2.0 and 2), the case of
// language tags, and two terms that a context defines as one
// (OpenBadgeCredential and AchievementCredential).
//
// json-gold 0.9.1 is a judge in the tests and no part of the flow. It leaves out
// undefined terms, relative identifiers, odd IRIs and malformed language tags
// without a word, loses the graphs of presentations, writes an error message in
// place of a JSON array, and its expansion alone takes a third of its time for
// contexts that never change. Where it is right, both give the same bytes.
//
// # What is refused
//
//   - Malformed or ambiguous JSON: duplicate members, lone surrogates, control
//     characters, numbers on which readers differ (ErrJSON).
//   - Documents beyond 512 KiB, 32 levels, 2,000 nodes or 64 blank nodes, IRIs of
//     2,000 characters and more other than data:, documents whose contexts and types
//     ask for over 256 different vocabularies (ErrLimit).
//   - Contexts outside the table, inline contexts, contexts below the top other
//     than those of a credential, contexts that redefine a protected term
//     (ErrContext). The Open Badges 3.0 and 3.0.1 contexts after that of VC 2.0
//     are such a case, for every JSON-LD processor.
//   - Anything that would not be signed, or that would hide: undefined terms and
//     types, relative IRIs, IRIs that are not ASCII, labels of blank nodes, null,
//     empty and nested arrays, a value said twice, @direction, @index, @reverse and
//     other keywords (ErrLoss).
//   - Graphs whose blank nodes take too long to tell apart (ErrBudget).
//
// Errors say where, as a JSON path, and which rule, as a stable word. They never
// repeat the value that was refused.
package jsonld
