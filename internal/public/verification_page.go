package public

import (
	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// verificationView is the body of templates/public/verification.
type verificationView struct {
	Band        httpx.Band
	Fragment    httpx.Fragment
	Doubtful    bool // nothing below is proven
	Badge       string
	Tongue      string // language of the badge's own texts when it is not the page's
	Description string
	Mastery     *mastery
	Fields      []httpx.Field // what the paper shows too
	Question    questionView
	Revocation  []httpx.Field // nil unless revoked
	Criteria    prose
	Evidence    []evidenceView
	Issuer      []httpx.Field
	Frameworks  []frameworkLinks
	Checks      []httpx.Check
	Expert      httpx.Expert
	QR          httpx.Picture
	Receipt     httpx.Receipt
}

// evidenceView is one piece of evidence. Its page is somebody else's.
type evidenceView struct {
	Name  string
	Link  string // empty when there is only a text
	Prose prose
}

func (r *reading) page() verificationView {
	cred := r.view.Credential
	achievement := cred.CredentialSubject.Achievement
	return verificationView{
		Band:        r.band(),
		Fragment:    httpx.Fragment{Expected: award.Fragment(r.view.DocHash)},
		Doubtful:    r.verdict() == credential.Invalid,
		Badge:       cred.Name,
		Tongue:      r.tongue(),
		Description: achievement.Description,
		Mastery:     r.mastery(),
		Fields:      r.fields(),
		Question:    r.question(),
		Revocation:  r.revocation(),
		Criteria:    r.door.prose(achievement.Criteria.Narrative),
		Evidence:    r.evidence(),
		Issuer:      r.issuer(),
		Frameworks:  r.door.alignments(r.c, achievement),
		Checks:      r.checks(),
		Expert:      r.expert(),
		QR:          r.picture(),
		Receipt:     httpx.Receipt{CheckedAt: r.view.Report.CheckedAt, Address: r.printed()},
	}
}

// fields are all that a paper made of this badge shows, in its order, so that
// the two can be laid side by side: a field that only the paper has would be a
// field that anyone can invent.
func (r *reading) fields() []httpx.Field {
	cred := r.view.Credential
	return []httpx.Field{
		{Term: r.say.T("verification.field.badge"), Value: cred.Name, Lang: r.tongue()},
		r.nameField(),
		{Term: r.say.T("verification.field.level"), Value: r.levelWords(), Note: r.requiredWords()},
		{Term: r.say.T("verification.field.issuer"), Value: cred.Issuer.Name},
		{Term: r.say.T("verification.field.commune"), Value: r.city},
		{Term: r.say.T("verification.field.awarded"), At: r.awardedAt()},
		{Term: r.say.T("verification.field.validity"), Value: r.validity()},
		{Term: r.say.T("verification.field.id"), Value: string(r.view.ID), Code: true},
		{Term: r.say.T("verification.field.fragment"), Value: award.Fragment(r.view.DocHash), Code: true,
			Note: r.say.T("verification.fragment.note")},
	}
}

// nameField shows the name, or says that it is hidden: never another field in
// its place.
func (r *reading) nameField() httpx.Field {
	field := httpx.Field{Term: r.say.T("verification.field.name")}
	if r.view.Name == nil {
		field.Value, field.Note = r.say.T("verification.name.masked"), r.say.T("verification.name.maskedNote")
		return field
	}
	field.Value, field.Note = fullName(r.view.Name), r.say.T("verification.name.proven")
	return field
}

// validity is the period in words.
func (r *reading) validity() string {
	from, _ := moment(r.view.Credential.ValidFrom)
	until, limited := moment(r.view.Credential.ValidUntil)
	if !limited {
		return r.say.T("verification.validity.from", "from", r.bareDay(from))
	}
	return r.say.T("verification.validity.between", "from", r.bareDay(from), "until", r.bareDay(until))
}

// revocation says when the badge was taken back. Who did it and why stay in the
// venue's journal.
func (r *reading) revocation() []httpx.Field {
	if r.view.Revocation == nil {
		return nil
	}
	return []httpx.Field{
		{Term: r.say.T("verification.field.revoked"), At: r.revokedAt()},
		{Term: r.say.T("verification.field.means"), Value: r.say.T("verification.revoked.text")},
	}
}

func (r *reading) evidence() []evidenceView {
	var list []evidenceView
	for _, e := range r.view.Credential.Evidence {
		list = append(list, evidenceView{Name: evidenceName(e, r), Link: webAddress(e.ID), Prose: r.door.prose(e.Narrative)})
	}
	return list
}

func evidenceName(e openbadges.Evidence, r *reading) string {
	if e.Name != "" {
		return e.Name
	}
	return r.say.T("verification.evidence.unnamed")
}

// checks are the report's, each with its question in words.
func (r *reading) checks() []httpx.Check {
	list := make([]httpx.Check, len(r.view.Report.Checks))
	for i, check := range r.view.Report.Checks {
		list[i] = httpx.Check{ID: string(check.ID), Label: r.say.T("check." + string(check.ID) + ".label"),
			Status: httpx.Status(check.Status), Reason: check.Detail}
	}
	return list
}

func (r *reading) picture() httpx.Picture {
	return httpx.Picture{Src: "/qr/" + string(r.view.ID) + ".svg", Alt: r.say.T("verification.qr.alt"),
		Caption: r.say.T("verification.qr.caption"), Size: 180}
}

func (r *reading) printed() string { return r.door.addresses.Printed(r.view.ID, r.view.DocHash) }
