// Package storetest holds the promises of package store as tests that do not
// know the engine: one file per noun, run by the tests of store on SQLite and
// on PostgreSQL.
//
//	Run(t, fresh) → one empty database per promise → a world with two venues
//	→ what the contract in package award (network, auth, keyring, translog) says
//
// Whatever a promise compares, it compares with what was written, or with what
// a second instance on the same database reads. The group "concurrency" has
// many callers and several instances at once.
//
// It refuses to look into tables: what only an engine can show (triggers,
// columns, a full disk, a lost connection) is tested beside the store.
package storetest
