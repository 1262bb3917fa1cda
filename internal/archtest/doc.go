// Package archtest keeps the house in order: who may import whom, which word
// belongs to which room, and that every folder is on the map.
//
// The rules are data. house.go holds the rooms with what they may import,
// landlords.go the one room (or few) that each library of others lives in,
// words.go the words that belong to one room. A new folder needs a line in
// internal/README.md, an entry in house.go and a doc.go, or this test fails.
//
// The flow: read walks the tree and parses each Go file → Check puts the
// sources before every rule → a Finding names file, line and rule. The guard
// reads the files itself, through an fs.FS: a guard that asks `go list` stays
// green from the test cache after a violation, and one that reads files can be
// tested on small made-up trees.
//
// It refuses to judge taste: only what a machine can tell without being wrong.
package archtest
