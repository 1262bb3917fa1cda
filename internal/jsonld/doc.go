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
// # Why the statements are made here and not by a JSON-LD library
//
// Data Integrity §2.5 (Securing Data Losslessly) asks for an error when
// anything of the document is left out of the signed form. The library at hand,
// json-gold 0.9.1, leaves out undefined terms, relative identifiers, odd IRIs and
// malformed language tags without a word, and spends about a millisecond on
// contexts that never change. So the document is placed statement by statement
// by our own walk, in which each member either becomes a statement or is an
// error, and which counts: as many leaves placed as the document has. The same
// library stays as a judge in the tests: on every document that it handles rightly
// both must give the same bytes.
//
// # What it refuses
//
//   - Malformed or ambiguous JSON: duplicate members, lone surrogates, control
//     characters, numbers on which readers differ (ErrJSON).
//   - Documents beyond 512 KiB, 32 levels, 2,000 nodes or 64 blank nodes, IRIs of
//     2,000 characters and more other than data: (ErrLimit).
//   - Contexts outside the table, inline contexts, contexts that redefine a
//     protected term (ErrContext). Open Badges 3.0 and 3.0.1 contexts after the VC
//     2.0 context are such a case.
//   - Anything that would not be signed: undefined terms and types, relative
//     IRIs, IRIs that are not ASCII, null, empty arrays, nested arrays, a value said
//     twice, @direction, @index, @reverse and other keywords that leave no
//     statement or that no credential needs (ErrLoss).
//   - Graphs whose blank nodes take too long to tell apart (ErrBudget).
//
// Errors say where, as a JSON path, and which rule, as a stable word. They never
// repeat the value that was refused.
package jsonld
