// Package award is the act of certifying: a venue defines what can be
// achieved, awards it to a person, and takes it back.
//
// Issuing is a rite with an order:
//
//	order → checks → openbadges shape → credential.Prepare (lint) → one-use
//	Draft → Sign → own signature verified → RecordAward: award, credential,
//	status index, log leaf and idempotency key in one transaction → answer
//
// IssueBatch walks many through it at once, in parts.
//
// A signature never leaves before its leaf is durable, and what was never
// linted cannot be signed. A revocation is a record (who, when, why) with its
// own leaf and its bit in the status list, re-signed in the same transaction.
//
// Nouns: Achievement (versioned definition), Award, Holder (the person as one
// venue knows them), Consent, Revocation, StatusList.
//
// It refuses HTTP and SQL, and knows the store only through the interfaces of
// contract.go. Sources: Open Badges 3.0 §B, Bitstring Status List 1.0 §2,
// the transparency log of package translog.
package award
