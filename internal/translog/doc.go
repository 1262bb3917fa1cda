// Package translog is the transparency log of a deployment: a Merkle tree of
// short public lines that can only grow, so that nobody, the operator included,
// back-dates, alters or un-issues a badge without leaving evidence.
//
// Writing, inside one transaction that holds the lock on the head's row:
//
//	Leaf (fixed grammar, a commitment instead of any content) → pending →
//	Sequence: old root recomputed from the stored nodes and compared with the
//	head and with the last checkpoint that we signed → new nodes → places →
//	checkpoint signed and its own signature verified → stored
//
// Reading:
//
//	Prove → Proof (c2sp.org/tlog-proof@v1) → VerifyInclusion under a Policy
//	(c2sp.org/tlog-policy): log signature, quorum of witnesses
//	(c2sp.org/tlog-cosignature), Merkle path, leaf rebuilt from the document
//	TileData, EntryBundle → c2sp.org/tlog-tiles, for mirrors and monitors
//	Publish → all of them, each proven to lead to the root before it is written
//	Fsck → everything recomputed from what is stored, each difference named
//	SignText, OpenText → other texts as signed notes: receipts of verifications
//
// The tree is that of RFC 6962 §2.1; its nodes are kept at the positions of
// golang.org/x/mod/sumdb/tlog.StoredHashIndex. Checkpoints are signed notes
// (c2sp.org/tlog-checkpoint) whose origin and key name are `<host>/log`.
//
// # Leaf
//
// Six lines of ASCII, each ended by one newline, 1 KiB at most:
//
//	ramure/leaf/v1
//	issue                                    kind
//	2026-11-22                               day of signing, UTC
//	did:web:example.org:issuers:atelier      issuer
//	kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k   RFC 7638 thumbprint
//	+DcMGeOc…                                value
//
// The value of an issue leaf is the commitment SHA-256("ramure/commit/v1" ‖
// salt ‖ docHash); of a revoke leaf, the hash of the issue leaf (RFC 6962
// §2.1: SHA-256 of a zero byte and the leaf); of status, achievement, issuer,
// witness and release leaves, the SHA-256 of the bytes meant. These are written
// in base64 of RFC 4648 §4, padded. The value of a key leaf is `add`, `retire`
// or `compromised`, a space, and the index that it counts from in decimal; its
// thumbprint line names the key spoken of. No line has room for a name, an
// address or a time of day.
//
// # Opening
//
// The extra line of a Proof holds, in base64, what rebuilds an issue leaf from
// the document alone: four lines, each ended by a newline: `ramure/opening/v1`,
// the day, the salt and the Ed25519 public key (both base64 of 32 bytes). It is
// not authenticated by itself: a wrong opening gives another leaf, which is not
// in the tree.
//
// The package refuses to read clocks, to fetch, to store, to know what a badge
// is, and to sign on top of anything that it did not just recompute.
package translog
