// Package network is the act of running a network of venues: a venue joins and
// becomes an issuer with its own DID and keys.
//
//	venue create → checks → store (venue) → keyring (a key for proofs, another
//	for status lists, each with its `key add` leaf in the log)
//
// Labels, nested networks and vouching come with the places.
//
// It refuses HTTP and SQL; it knows the store through the interface Store.
package network
