// Package verifier is the act of verifying a badge from anywhere: a file, a
// text or an address.
//
//	input → (address: fetch) → credential.Verify, with sources that fetch
//	through one injected function: the issuer's keys, its status list, the
//	log's proof and policy → Report
//
// Offline it fetches nothing: a policy file and a proof file then say whether
// the badge is in the log and by which key it must be signed, and whatever
// only the network knows is unknown.
//
// It refuses to open connections of its own, to store, and to trust: which log
// is this network's is said by the policy that the caller gives or by the
// origin that the caller calls home.
package verifier
