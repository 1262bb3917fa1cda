// Package app joins the rooms: it is the only one that sees everyone.
//
//	Open  → Core: store, keys, log, acts (what a command needs)
//	New   → App: a Core with its doors, ready to serve
//	App.Run → the background loops: sequencer, status lists, clock
//
// The program and the end-to-end tests start the same App.
//
// It refuses to decide anything that an act could decide.
package app
