// Package verifier is the act of verifying a badge from anywhere: a file, a
// text, a picture or an address, and several at once.
//
//	Input ── sniff (by content, never by name) ──┐
//	  picture  → the badge baked into it, else what its QR code says ─┐
//	  address  → fetch ───────────────────────────────────────────────┤ again,
//	  list, presentation, an Open Badges API answer → each of them ───┘ bounded
//	  JSON, JWT → piece ─┐
//	                     └─ credential.Verify (Open Badges 2.0: hosted.Verify), with
//	                        sources that fetch through one injected function: the
//	                        issuer's keys, its status lists, a newer version, the
//	                        log's proof and policy → standing of the issuer → Item
//	Items → Receipt: what was checked, signed by this instance
//
// An examination is bounded in every way: bytes and number of what it is given,
// hops from one thing to the next, documents that it asks for (each once), time on
// the network, time in all. It computes in a pool of its own, from which waiting for
// others takes no place (pool.go), so that nothing that is handed in keeps issuing
// and reading from their work.
//
// Offline it fetches nothing: a policy file and a proof file then say whether
// the badge is in the log and by which key it must be signed, and whatever
// only the network knows is unknown.
//
// It refuses to open connections of its own, to store, and to trust: which log
// is this network's is said by the policy that the caller gives or by the
// origin that the caller calls home, and who is known by Standings.
package verifier
