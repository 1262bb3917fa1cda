package credential

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// examination is one verification under way: what was read, and what has been
// found so far.
type examination struct {
	src     Sources
	form    form
	token   vcjwt.Unverified
	payload []byte         // of the token, as it was decoded before it was verified
	doc     map[string]any // the credential, its proofs still inside
	cred    openbadges.AchievementCredential
	key     did.VerificationKey
	docHash [32]byte
	broken  []openbadges.Violation // of the tables, found once for three checks
	report  Report
}

// step makes one check. It answers false when the checks after it would have
// nothing to stand on.
type step func(*examination, context.Context) (Check, bool)

// Verify examines a credential in one of our forms: JSON with an embedded
// proof, or a compact VC-JWT. It never fails: whatever is wrong with the input
// is in the report. The work is bounded by jsonld's limits and by ctx.
func Verify(ctx context.Context, input []byte, src Sources) Report {
	e := &examination{src: src, report: Report{IssuerStanding: UnknownStanding, CheckedAt: src.Now}}
	form, readable := e.checkForm(input)
	e.add(form)
	if readable {
		e.walk(ctx, []step{
			(*examination).checkContexts, (*examination).checkSchema, (*examination).checkSubject,
			(*examination).checkProof, (*examination).checkIssuer, (*examination).checkStatus,
			(*examination).checkDates, (*examination).checkResults, (*examination).checkInclusion,
		})
	}
	e.complete()
	return e.report
}

func (e *examination) walk(ctx context.Context, steps []step) {
	for _, make := range steps {
		check, more := make(e, ctx)
		e.add(check)
		if !more {
			return
		}
	}
}

func (e *examination) add(c Check) { e.report.Checks = append(e.report.Checks, c) }

// complete says of each check that was not reached that it was not, and judges.
func (e *examination) complete() {
	for _, id := range Order()[len(e.report.Checks):] {
		e.add(Check{ID: id, Status: Unknown, Reason: "notReached"})
	}
	if e.src.Standing != nil && e.report.Check(CheckIssuer).Status == OK {
		e.report.IssuerStanding = e.src.Standing(e.report.IssuerID)
	}
	e.report.Verdict = e.report.judge()
}

// describe copies into the report what a reader needs to know which credential
// was examined.
func (e *examination) describe() {
	e.report.CredentialID = e.cred.ID
	e.report.IssuerID = e.cred.Issuer.ID
	e.report.IssuerName = e.cred.Issuer.Name
	e.report.Achievement = e.cred.CredentialSubject.Achievement.Name
}

// bind keeps the hash that the proof was found over.
func (e *examination) bind(docHash [32]byte) {
	e.docHash = docHash
	e.report.DocHash = hex.EncodeToString(docHash[:])
}

// shape turns the decoded document into the typed credential; it is called
// only once the document keeps the rules of the schema.
func (e *examination) shape() error {
	raw, err := json.Marshal(e.doc)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &e.cred)
}
