package award

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"ramure/internal/credential"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/openbadges"
	"ramure/internal/translog"
)

// readAwards examines the awards, several at once: each is canonicalised and its
// signature verified, as a stranger would.
func (a *audit) readAwards(ctx context.Context) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(a.workers)
	err := a.rows.Awards(ctx, func(row AwardRow) error {
		a.report.Awards++
		a.report.JWTs += one(row.JWT != "")
		a.report.Revocations += one(row.Revocation != nil)
		workers.Go(func() error {
			(&examined{audit: a, AwardRow: row, issuer: a.addresses.Issuer(row.Venue)}).examine(ctx)
			return ctx.Err()
		})
		return ctx.Err()
	})
	if failed := workers.Wait(); err == nil {
		err = failed
	}
	return err
}

func one(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// examined is one award under examination.
type examined struct {
	*audit
	AwardRow
	issuer string
	cred   openbadges.AchievementCredential
}

// differ records that a table's row of this award is not what it must be.
func (e *examined) differ(table, format string, args ...any) {
	e.find(table, string(e.ID), format, args...)
}

func (e *examined) examine(ctx context.Context) {
	e.checkOwners()
	e.checkIssueLeaf()
	e.checkRevocation()
	if e.Document == nil {
		e.differ("award", "has no credential")
		return
	}
	if !e.verify(ctx, "credential", e.Document) {
		return
	}
	if err := json.Unmarshal(e.Document, &e.cred); err != nil {
		e.differ("credential", "document can't be read: %v", err)
		return
	}
	e.checkMembers()
	e.checkHolder()
	e.checkKey(ctx)
	e.checkJWT(ctx)
}

// checkOwners holds the venues to which the rows of the award lead against one
// another.
func (e *examined) checkOwners() {
	for _, row := range []struct{ table, venue string }{
		{"achievement", e.AchievementVenue}, {"holder", e.HolderVenue}, {"idempotency", e.KeyVenue},
	} {
		if row.venue != e.Venue {
			e.differ(row.table, "is not there for this award, or is of another venue")
		}
	}
	if e.Slot.Index < 0 || e.Slot.List == 0 {
		e.differ("status_entry", "is not there for this award")
	}
}

// checkIssueLeaf makes the leaf anew from the columns of award and credential.
func (e *examined) checkIssueLeaf() {
	leaf, err := translog.IssueLeaf(translog.Day(e.IssuedAt), e.issuer, e.Thumbprint, translog.Commit(e.CommitSalt, e.DocHash)).Marshal()
	switch {
	case e.Leaf == nil:
		e.differ("log_leaf", "there is no issue leaf of this award")
	case err != nil || !bytes.Equal(leaf, e.Leaf):
		e.differ("credential", "doc_hash, commit_salt, thumbprint or day do not give the issue leaf")
	case !e.LeafAt.Equal(e.IssuedAt):
		e.differ("award", "issued_at is not the instant of its leaf")
	}
}

// checkRevocation holds revocation and revoke leaf against each other; its bit
// is compared with the list.
func (e *examined) checkRevocation() {
	if e.Revocation == nil || e.Revoke == nil {
		if e.Revocation != nil || e.Revoke != nil {
			e.differ("revocation", "there is a revocation without its leaf, or a leaf without its revocation")
		}
		return
	}
	at := e.Revocation.At
	leaf, err := translog.RevokeLeaf(translog.Day(at), e.issuer, e.Thumbprint, translog.LeafHash(e.Leaf)).Marshal()
	if err != nil || !bytes.Equal(leaf, e.Revoke) {
		e.differ("revocation", "its leaf is of another award, key or day")
	}
	if apart := e.RevokeAt.Sub(at); apart.Abs() > slack {
		e.differ("revocation", "revoked_at is %s before its leaf", apart.Round(time.Second))
	}
}

// standing checks of a document: those that time does not change.
var standingChecks = []credential.CheckID{
	credential.CheckForm, credential.CheckContexts, credential.CheckSchema, credential.CheckSubject,
	credential.CheckProof, credential.CheckIssuer, credential.CheckResults,
}

// verify examines a form of the credential; the hash of its content must be the
// one that the leaf commits to.
func (e *examined) verify(ctx context.Context, table string, form []byte) bool {
	report := credential.Verify(ctx, form, credential.Sources{Keys: e.documents})
	for _, id := range standingChecks {
		if check := report.Check(id); check.Status != credential.OK {
			e.differ(table, "does not verify: %s: %s", id, check.Reason)
			return false
		}
	}
	if report.DocHash != hex.EncodeToString(e.DocHash[:]) {
		e.differ(table, "its content does not have the doc_hash")
		return false
	}
	return true
}

// checkMembers compares the columns with what was signed.
func (e *examined) checkMembers() {
	c, subject := e.cred, e.cred.CredentialSubject
	until := openbadges.DateTime("")
	if e.ValidUntil != nil {
		until = openbadges.FormatDateTime(*e.ValidUntil)
	}
	for _, same := range []struct {
		column string
		holds  bool
	}{
		{"public_id", c.ID == e.addresses.Credential(e.ID)},
		{"venue", c.Issuer.ID == e.issuer},
		{"achievement", subject.Achievement.ID == e.addresses.Achievement(e.Achievement)},
		{"version", subject.Achievement.Version == strconv.Itoa(e.Version)},
		{"level", e.reached(subject.Result)},
		{"awarded_on", c.AwardedDate == e.shapes.noon(e.AwardedOn)},
		{"valid_from", c.ValidFrom == openbadges.FormatDateTime(e.ValidFrom)},
		{"valid_until", c.ValidUntil == until},
	} {
		if !same.holds {
			e.differ("award", "%s is not what was signed", same.column)
		}
	}
	if c.CredentialStatus == nil || *c.CredentialStatus != *e.shapes.entry(e.Slot) {
		e.differ("status_entry", "list or idx is not what was signed")
	}
}

func (e *examined) reached(results []openbadges.Result) bool {
	if e.Level == "" || len(results) != 1 {
		return e.Level == "" && len(results) == 0
	}
	return results[0].AchievedLevel == e.shapes.levelIRI(e.Achievement, e.Level)
}

// checkHolder proves that the name beside the credential is the one in it.
func (e *examined) checkHolder() {
	if e.cred.CredentialSubject.ID != e.Holder.Subject {
		e.differ("holder", "subject is not what was signed")
	}
	if !binds(e.cred, openbadges.FoldName(e.Holder.GivenName, e.Holder.FamilyName), e.NameSalt) {
		e.differ("holder", "the name of its holder, with name_salt, is not the one that was signed")
	}
}

// checkKey makes sure that the key of the proof is the one of the leaf.
func (e *examined) checkKey(ctx context.Context) {
	method := ""
	if len(e.cred.Proof) == 1 {
		method = e.cred.Proof[0].VerificationMethod
	}
	key, err := e.documents.Resolve(ctx, e.issuer, method)
	thumbprint := ""
	if err == nil {
		thumbprint, err = did.Thumbprint(key.Public)
	}
	if err != nil || thumbprint != e.Thumbprint || !e.signs(thumbprint, e.issuer, keyring.Proof) {
		e.differ("credential", "thumbprint is not that of the key of its proof")
	}
}

// checkJWT verifies the kept VC-JWT, if there is one.
func (e *examined) checkJWT(ctx context.Context) {
	if e.JWT == "" || !e.verify(ctx, "credential_jwt", []byte(e.JWT)) {
		return
	}
	token, err := vcjwt.Parse(e.JWT)
	if err != nil || token.Header().Kid != e.addresses.Key(e.JWTKey) || !e.signs(e.JWTKey, e.issuer, keyring.JWT) {
		e.differ("credential_jwt", "thumbprint is not that of the key that signed it")
	}
}
