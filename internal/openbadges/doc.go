// Package openbadges holds the words of Open Badges 3.0: the shapes of its
// classes, the rules that a document must keep, and the two ways in which a
// person is named without being named.
//
// It is written from the Open Badges Specification 3.0, document version 1.2
// (§B Data Models, §8 Credential verification), from the W3C Verifiable
// Credentials Data Model 2.0 (§4, §5.3) for what is common to all credentials,
// and from Bitstring Status List 1.0 (§2.1) for the status entry.
//
//	shapes      credential.go achievement.go subject.go profile.go
//	            Go structs with the member names of the specification; nothing
//	            empty is written, sets are always written as arrays
//	            shape.go puts a valid document into them
//	validation  validate.go → check.go → classes_*.go (the tables)
//	            → format.go (one value) and relations.go (between values)
//	forms       form.go: a credential in the form of data model 1.1 is held
//	            against the same tables, its dates under their older names, and
//	            read into the same shapes
//	identity    identity.go (salted hashes), name.go (the folded name)
//
// Validate reads a foreign document as the specification allows it; with the
// option Strict it asks of our own documents the one canonical form that we
// sign. Both return every broken rule with its JSON path and a stable word.
//
// It refuses: null anywhere, empty arrays, JSON-LD keywords in place of the
// specification's member names, relative or non-ASCII IRIs, date-times without
// a zone, a level that is not of the linked result description, and a date that
// stands under the name of the other form and says something else; in our own
// documents, the older form altogether. It knows no signature, no
// JSON-LD processing, no store and no clock; terms that no context defines are
// caught by the loss check of the canonicaliser, not here.
package openbadges
