// Package keyring keeps the private keys of issuers and of the log. It hands out
// signers; nobody else ever sees private bytes.
//
//	master key   32 bytes, from the environment or from a file made at first start
//	  └─ HKDF-SHA256 with the record's own salt → AES-256-GCM → Sealed, in the database
//	       └─ Ring opens it once → Signer (crypto.Signer), kept in memory
//
// One key has one use: proofs, status lists, VC-JWTs, the log or receipts. The
// use, the issuer, the algorithm and the thumbprint are bound into the seal, so a
// record that was moved, relabelled or swapped in the database does not open. A
// Signer signs only in its own algorithm: not Ed25519ph with an Ed25519 key, not
// RSA-PSS with an RS256 key.
//
// Several instances share the records. When two of them make a first key at once,
// the store keeps one and both use it. Check is a value kept in the database: an
// instance that starts with another master key is refused before it does anything.
//
// It refuses: master keys that are not 32 bytes or are one byte repeated; a key
// file that others than its owner may read; keys of another algorithm than their
// use allows.
//
// Rotation and compromise are records of the acts; here they mean that the store's
// active key is another one: see Forget.
//
// Sources: RFC 5869 (HKDF), NIST SP 800-38D (GCM), RFC 7638 (thumbprints),
// ANSSI-PA-079 (one key, one use).
package keyring
