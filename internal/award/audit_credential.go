package award

import (
	"context"
	"encoding/hex"
	"strconv"

	"ramure/internal/credential"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/openbadges"
)

// standingChecks are those that time does not change.
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
		{"valid_from", sameInstant(c.ValidFrom, e.ValidFrom)},
		{"valid_until", e.ends(c.ValidUntil)},
	} {
		if !same.holds {
			e.differ("award", "%s is not what was signed", same.column)
		}
	}
	if c.CredentialStatus == nil || *c.CredentialStatus != *e.shapes.entry(e.Slot) {
		e.differ("award", "list or idx is not what was signed")
	}
}

func (e *examined) ends(until openbadges.DateTime) bool {
	if e.ValidUntil == nil {
		return until == ""
	}
	return sameInstant(until, *e.ValidUntil)
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
