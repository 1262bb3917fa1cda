// Package scope says whose data an act may touch.
//
// Every store method on the data of a venue takes a Scope, so that a route
// that forgets to ask cannot read or write another venue's rows: the zero
// Scope allows nothing. Only auth makes one, from a token, a session or the
// operator's shell; archtest refuses a call of Grant from any other room.
//
// It refuses to decide who gets which Scope: that is the policy table's work.
package scope
