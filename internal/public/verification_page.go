package public

import (
	"ramure/internal/award"
	"ramure/internal/httpx"
)

func (r *reading) page() *verdictView {
	achievement := r.cred.CredentialSubject.Achievement
	return &verdictView{
		Alone:        true,
		Band:         r.band(),
		Fragment:     httpx.Fragment{Expected: award.Fragment(r.view.DocHash)},
		Notices:      r.doubt(),
		Revocation:   r.revocation(),
		Shows:        true,
		Badge:        r.cred.Name,
		Tongue:       r.tongue(),
		Description:  achievement.Description,
		Mastery:      r.mastery(),
		CompareTitle: r.say.T("verification.section.compare"),
		Compare:      r.say.T("verification.compare.text"),
		Fields:       r.fields(),
		Question:     r.question(),
		Criteria:     r.prose(achievement.Criteria.Narrative),
		Evidence:     r.evidence(),
		Issuer:       r.issuer(),
		Checks:       r.checks(),
		Frameworks:   r.door.alignments(r.c, achievement),
		Elsewhere:    r.say.T("verification.elsewhere.text"),
		Expert:       r.expert(),
		Keep:         r.say.T("verification.receipt.text"),
		QR:           r.picture(),
		Receipt:      r.receipt(r.printed()),
	}
}

// fields are all that a paper made of this badge shows, in its order, so that
// the two can be laid side by side: a field that only the paper has would be a
// field that anyone can invent.
func (r *reading) fields() []httpx.Field {
	cred := r.cred
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

func (r *reading) picture() httpx.Picture {
	return httpx.Picture{Src: "/qr/" + string(r.view.ID) + ".svg", Alt: r.say.T("verification.qr.alt"),
		Caption: r.say.T("verification.qr.caption"), Size: 180}
}

func (r *reading) printed() string { return r.door.addresses.Printed(r.view.ID, r.view.DocHash) }
