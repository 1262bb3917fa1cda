package credential

import (
	"context"
	"encoding/hex"
	"slices"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// examination is one verification under way: what was read, and what has been
// found so far.
type examination struct {
	src      Sources
	validate func(map[string]any, ...openbadges.Option) []openbadges.Violation // badge or endorsement
	form     form
	token    vcjwt.Unverified
	payload  []byte         // of the token, as it was decoded before it was verified
	doc      map[string]any // the credential, its proofs still inside
	head     head
	cred     *openbadges.AchievementCredential
	keys     []did.VerificationKey // that proofs hold under
	docHash  [32]byte
	hashed   bool                   // docHash is known
	broken   []openbadges.Violation // of the tables, found once for three checks
	spare    *int                   // proofs that may still be looked at; nil for a badge
	report   Report
}

// step makes one check. It answers false when the checks after it would have
// nothing to stand on.
type step func(*examination, context.Context) (Check, bool)

// The steps after the form: what the document itself and its keys say, then what
// others say of it.
var (
	proving = []step{
		(*examination).checkContexts, (*examination).checkSchema, (*examination).checkSubject,
		(*examination).checkProof, (*examination).checkIssuer,
	}
	asking = []step{
		(*examination).checkStatus, (*examination).checkDates, (*examination).checkEndorsements,
		(*examination).checkRecipient, (*examination).checkResults, (*examination).checkInclusion,
	}
)

// Verify examines a credential: JSON with embedded proofs, a compact VC-JWT, or an
// EnvelopedVerifiableCredential, each in the form of data model 2.0 or 1.1. It
// never fails: whatever is wrong with the input is in the report. The work is
// bounded by jsonld's limits, by the counts of this room and by ctx.
func Verify(ctx context.Context, input []byte, src Sources) Report {
	e := newExamination(src)
	if e.begin(input) {
		e.walk(ctx, slices.Concat(proving, []step{(*examination).checkRefresh}, asking))
	}
	return e.conclude()
}

func newExamination(src Sources) *examination {
	return &examination{src: src, validate: openbadges.Validate,
		report: Report{IssuerStanding: UnknownStanding, CheckedAt: src.Now}}
}

// begin reads the input.
func (e *examination) begin(input []byte) bool {
	check, readable := e.checkForm(input)
	e.add(check)
	return readable
}

// walk makes the checks in turn, and reports whether it came to the end.
func (e *examination) walk(ctx context.Context, steps []step) bool {
	for _, make := range steps {
		check, more := make(e, ctx)
		e.add(check)
		if !more {
			return false
		}
	}
	return true
}

func (e *examination) add(c Check) { e.report.Checks = append(e.report.Checks, c) }

// is reports whether a check that was made is ok.
func (e *examination) is(id CheckID) bool { return e.report.Check(id).Status == OK }

// conclude judges, and asks how the issuer stands once it is known who it is.
func (e *examination) conclude() Report {
	if e.src.Standing != nil && e.is(CheckIssuer) {
		e.report.IssuerStanding = e.src.Standing(e.report.IssuerID)
	}
	return Conclude(e.report)
}

// head is what every credential says of itself, badge or endorsement.
type head struct {
	id, issuer, name      string // name is the issuer's
	validFrom, validUntil openbadges.DateTime
	status                []openbadges.StatusEntry
}

// describe reads the head of a document that keeps the rules of the schema, and
// copies into the report what a reader needs to know which one was examined.
func (e *examination) describe() {
	current := openbadges.Current(e.doc)
	e.head = head{issuer: issuerID(e.doc), status: openbadges.StatusEntries(e.doc)}
	e.head.id, _ = current["id"].(string)
	e.head.validFrom, _ = current["validFrom"].(string)
	e.head.validUntil, _ = current["validUntil"].(string)
	if profile, isProfile := e.doc["issuer"].(map[string]any); isProfile {
		e.head.name, _ = profile["name"].(string)
	}
	e.report.CredentialID, e.report.IssuerID, e.report.IssuerName = e.head.id, e.head.issuer, e.head.name
}

// shape puts the document into the typed badge; it is called only once the document
// keeps the rules of the schema.
func (e *examination) shape() {
	e.cred = openbadges.Shape(e.doc)
	e.report.Achievement = e.cred.CredentialSubject.Achievement.Name
	e.report.Credential = e.cred
}

// bind keeps the hash that the proof was found over, which the log knows it by.
func (e *examination) bind(docHash [32]byte) {
	e.docHash, e.hashed = docHash, true
	e.report.DocHash = hex.EncodeToString(docHash[:])
}
