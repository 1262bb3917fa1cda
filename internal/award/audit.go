package award

import (
	"context"
	"fmt"
	"sync"
	"time"

	"ramure/internal/did"
	"ramure/internal/keyring"
)

// AuditConfig is what the rows are held against besides themselves.
type AuditConfig struct {
	Base    string          // public origin that stands in what was issued
	Place   *time.Location  // where calendar days are counted
	Master  *keyring.Master // opens the seals of keys; nil leaves them closed
	Workers int             // credentials examined at once; 1 when zero
}

// MaxFindings is how many findings a report keeps; it counts them all.
const MaxFindings = 1_000

// AuditReport is what Audit read and found. All is sound when Found is 0.
type AuditReport struct {
	Venues, Keys, Versions, Lists, Leaves, Awards, JWTs, Revocations int64

	Found    int64
	Findings []Finding // the first MaxFindings
}

// Audit recomputes what was issued from what is stored, and names each row that
// is not what the others say. The log itself is translog.Fsck's.
//
//	credential  document → guarded path → docHash → commitment → issue leaf;
//	            proof, key, thumbprint; each column of award and holder that the
//	            document carries; name and salt → the hash of the name
//	VC-JWT      signature, kid, the same docHash
//	revocation  ↔ revoke leaf ↔ bit of the signed list
//	status list signature, dates, length, bits, permutation ↔ indexes given out;
//	            its leaf is the latest of the issuer's; signatures ↔ leaves
//	achievement document → its leaf; definition ↔ document; versions without gap
//	key         thumbprint, algorithm, seal; ↔ its `add` leaf; retired ↔ its leaf
//	leaf        waiting ones against grammar and hash; each ↔ what it stands for
//	instants    ↔ the row key, the leaf beside them and the leaf's day
//	references  ↔ rows; unlinked leaves ↔ erased awards
//
// What nothing else carries cannot be checked: who did it and why (issued_by,
// revoked_by, reason, withdrawals, decisions on a name), what a venue keeps for
// itself (a holder's ref, e-mail, year of birth; a venue's commune; validFor of
// a definition), what a client sent (key and fingerprint of its order), instants
// of what left no leaf, a name's case and accents (its hash folds them), a
// counter that is too high (a gap is harmless), tokens, and the random part of a
// row key that nothing refers to. An error means that the rows could not be read.
func Audit(ctx context.Context, rows Ledger, c AuditConfig) (AuditReport, error) {
	addresses := Addresses{Base: c.Base}
	a := &audit{
		addresses: addresses, shapes: &Service{Config: Config{Base: c.Base, Place: c.Place}, Addresses: addresses},
		rows: rows, master: c.Master, workers: max(1, c.Workers),
		venues: map[string]*auditedVenue{}, keys: map[string]*auditedKey{}, documents: did.Static{},
		expected: map[leafName]*expectedLeaf{}, status: map[string]*statusLeaves{},
	}
	for _, step := range []func(context.Context) error{
		a.readMisfits, a.readVenues, a.readKeys, a.readVersions, a.readLists, a.readLeaves, a.judgeLists, a.readAwards,
	} {
		if err := step(ctx); err != nil {
			return AuditReport{}, err
		}
	}
	return a.report, nil
}

// audit is one audit under way.
type audit struct {
	addresses Addresses
	shapes    *Service // for what it writes; it has nothing to act with
	rows      Ledger
	master    *keyring.Master
	workers   int

	venues    map[string]*auditedVenue // by slug
	keys      map[string]*auditedKey   // by thumbprint
	documents did.Static               // DID documents of the issuers
	expected  map[leafName]*expectedLeaf
	lists     []ListRow
	ownerless int64                    // bits that are set for no award
	status    map[string]*statusLeaves // by the DID of the issuer

	mu     sync.Mutex
	report AuditReport
}

// find records a row that is not what it must be.
func (a *audit) find(table, row, format string, args ...any) {
	a.keep(Finding{Table: table, Row: row, Detail: fmt.Sprintf(format, args...)})
}

func (a *audit) keep(f Finding) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.report.Found++
	if len(a.report.Findings) < MaxFindings {
		a.report.Findings = append(a.report.Findings, f)
	}
}

func (a *audit) readMisfits(ctx context.Context) error {
	return a.rows.Misfits(ctx, func(f Finding) error {
		a.keep(f)
		return nil
	})
}
