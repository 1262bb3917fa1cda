// Package schemas carries the tables that the program depends on, inside the
// binary: nothing of what is here is ever fetched at run time.
//
//   - contexts/: the JSON-LD contexts that signing and verifying depend on. The
//     addresses that they stand for are in Context; jsonld pins each file by
//     its SHA-256 and refuses every other address.
//   - data/: reference data in CSV — competence frameworks, the ACUNUM cycle,
//     regions, départements, intercommunalités and communes, characters that
//     look alike.
//   - openapi/: the description of our own API, written by `make generate` and
//     served as it stands.
//   - NOTICE.md: who made these files, under which licence, and what the
//     product must print when it shows them.
//
// The package only embeds. It parses nothing, checks nothing and imports
// nothing but embed, so that every room may read it.
package schemas
