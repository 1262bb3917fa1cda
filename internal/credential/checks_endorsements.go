package credential

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ramure/internal/openbadges"
)

// maxEndorsements is how many endorsements of one badge are examined.
const maxEndorsements = 16

// checkEndorsements examines what others say of the badge, its achievement and its
// issuer, each by the same steps as the badge itself, and those inside of it no
// further. What is wrong with one is named; the badge itself does not depend on it.
func (e *examination) checkEndorsements(ctx context.Context) (Check, bool) {
	found := e.endorsements()
	if len(found) == 0 {
		return ok(CheckEndorsements, "none"), true
	}
	var names []string
	open, spare := Check{}, maxEndorsementProofs
	for _, one := range found[:min(len(found), maxEndorsements)] {
		one.spare = &spare
		check := one.examine(ctx, e.vouched())
		if check.Status == Failed {
			return check, true
		}
		if check.Status == Unknown && open.Status == "" {
			open = check
		}
		names = append(names, one.name())
	}
	count := strconv.Itoa(len(found))
	switch {
	case open.Status != "":
		return open, true
	case len(found) > maxEndorsements:
		return unknown(CheckEndorsements, "tooMany").with("count", count), true
	}
	return ok(CheckEndorsements, "sound").with("count", count).with("names", strings.Join(names, ", ")), true
}

// endorsement is one under examination.
type endorsement struct{ *examination }

// endorsements lists those that stand in the badge: as objects, and as tokens in
// endorsementJwt, which no context defines and only a VC-JWT can sign.
func (e *examination) endorsements() (list []endorsement) {
	subject, _ := e.doc["credentialSubject"].(map[string]any)
	for _, holder := range []any{e.doc, subject["achievement"], e.doc["issuer"]} {
		object, _ := holder.(map[string]any)
		objects, _ := object["endorsement"].([]any)
		tokens, _ := object["endorsementJwt"].([]any)
		for _, one := range slices.Concat(objects, tokens) {
			list = append(list, endorsement{e.within(one)})
		}
	}
	return list
}

// within begins the examination of a credential that stands inside this one.
func (e *examination) within(one any) *examination {
	n := newExamination(Sources{Keys: e.src.Keys, Status: e.src.Status, Now: e.src.Now})
	n.validate = openbadges.ValidateEndorsement
	n.form = formJSON
	n.doc, _ = one.(map[string]any)
	if token, isText := one.(string); isText {
		n.form = formJWT
		if n.readJWT(token) != nil {
			n.doc = nil
		}
	}
	return n
}

// vouched are the ids of what an endorsement in the badge may be about.
func (e *examination) vouched() []string {
	return []string{e.head.id, e.cred.CredentialSubject.Achievement.ID, e.head.issuer}
}

// examine makes the checks of an endorsement; the answer without status is that it
// holds.
func (e endorsement) examine(ctx context.Context, vouched []string) Check {
	if e.doc == nil {
		return e.says(Failed, "malformed")
	}
	e.walk(ctx, []step{(*examination).checkContexts, (*examination).checkSchemaAlone, (*examination).checkProof,
		(*examination).checkIssuer, (*examination).checkStatus, (*examination).checkDates})
	about, _ := e.doc["credentialSubject"].(map[string]any)
	subject, _ := about["id"].(string)
	switch e.report = Conclude(e.report); {
	case e.gave(CheckContexts, Failed), e.gave(CheckSchema, Failed):
		return e.says(Failed, "malformed")
	case e.isTooMuch():
		return e.says(Unknown, "unverified")
	case e.gave(CheckProof, Failed), e.gave(CheckIssuer, Failed):
		return e.says(Failed, "altered")
	case !slices.Contains(vouched, subject):
		return e.says(Failed, "otherSubject")
	}
	return e.state()
}

// state answers for an endorsement that is what it says: whether it still counts.
func (e endorsement) state() Check {
	status := e.report.Check(CheckStatus)
	switch {
	case status.is(revoked, suspended):
		return e.says(Failed, "withdrawn")
	case e.gave(CheckDates, Failed):
		return e.says(Failed, "dates")
	case !e.is(CheckContexts), !e.is(CheckProof), !e.is(CheckIssuer), status.Status != OK && !status.is(noStatus):
		return e.says(Unknown, "unverified")
	}
	return Check{}
}

// isTooMuch reports a proof that would cost more work than is spent on endorsements:
// that proves nothing against it.
func (e endorsement) isTooMuch() bool {
	reason := e.report.Check(CheckProof).Reason
	return reason == "tooManyProofs" || reason == "tooComplex"
}

func (e endorsement) gave(id CheckID, status Status) bool { return e.report.Check(id).Status == status }

func (e endorsement) says(status Status, reason string) Check {
	return NewCheck(CheckEndorsements, status, reason, "name", e.name())
}

// name is what the endorser calls itself, or its id: in a sentence, cut to a bearable
// length.
func (e endorsement) name() string {
	const longest = 80
	name := e.head.name
	if strings.TrimSpace(name) == "" {
		name = e.head.issuer
	}
	if utf8.RuneCountInString(name) > longest {
		name = string([]rune(name)[:longest]) + "…"
	}
	return name
}

// checkSchemaAlone holds a document against its tables, and needs no shape of it.
func (e *examination) checkSchemaAlone(context.Context) (Check, bool) {
	if len(e.broken) > 0 {
		return failed(CheckSchema, "violations"), false
	}
	e.describe()
	return ok(CheckSchema, "conform"), true
}
