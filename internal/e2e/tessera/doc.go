// Package tessera reads a log of ours with other people's client: the module
// github.com/transparency-dev/tessera, its client, its fsck and the Merkle tree
// that they stand on. It is a module of its own, so that nothing of theirs is
// needed to build or to test the product otherwise.
//
// It holds tests alone, which a story of e2e runs (outsider_reads_log_test.go).
// The folder that RAMURE_LOG_CASE names holds what they judge:
//
//	case.json         address of the served log, its origin and its key
//	seen              checkpoint that the outsider trusts already
//	proofs.json       inclusion proofs of ours, c2sp.org/tlog-proof texts
//	consistency.json  consistency proofs of ours
//	honest/           the log, exported as files
//	forged/NAME/      forged ones, of which none may be accepted
//
// It imports nothing of ours: whatever it knows it has from the files, from the
// address, and from the specifications.
package tessera
