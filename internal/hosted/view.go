package hosted

import (
	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/openbadges2"
)

// said is the assertion as it is published, or as it was given while nothing is.
// It is empty for a document that breaks the rules.
func (e *examination) said() openbadges2.Assertion {
	for _, doc := range []map[string]any{e.assertion.doc, e.given} {
		if doc["recipient"] == nil || len(openbadges2.Validate(doc)) > 0 {
			continue
		}
		if shaped, err := openbadges2.Shape[openbadges2.Assertion](doc); err == nil {
			return shaped
		}
	}
	return openbadges2.Assertion{}
}

// describe copies into the report what a reader needs to know which badge was
// examined, and the badge in the shape of 3.0 for whoever shows it. Published
// documents come before what was given, unless they differ: then the refusal is of
// what was given. None of it is proven unless the verdict says so.
func (e *examination) describe() {
	if e.report.Check(credential.CheckProof).Status == credential.Failed {
		e.assertion, e.badge, e.issuer = document{}, document{}, document{}
	}
	said := e.said()
	badge := published(e.badge.doc, openbadges2.ValidateBadgeClass, said.Badge)
	issuer := published(e.issuer.doc, openbadges2.ValidateIssuer, badge.Issuer)
	e.report.CredentialID, _ = e.given["id"].(string)
	e.report.IssuerID, e.report.IssuerName, e.report.Achievement = issuer.ID, issuer.Name, badge.Name
	if issuer.ID == "" {
		e.report.IssuerID = badge.Issuer.Address
	}
	if badge.Name != "" {
		e.report.Credential = view(said, badge, issuer)
	}
}

// published shapes a document that keeps the rules, or takes what is embedded.
func published[T any](doc map[string]any, validate func(map[string]any) []openbadges.Violation, link openbadges2.Link[T]) T {
	if doc != nil && len(validate(doc)) == 0 {
		if shaped, err := openbadges2.Shape[T](doc); err == nil {
			return shaped
		}
	}
	if link.Object != nil {
		return *link.Object
	}
	var none T
	return none
}

func view(said openbadges2.Assertion, badge openbadges2.BadgeClass, issuer openbadges2.Profile) *openbadges.AchievementCredential {
	return &openbadges.AchievementCredential{
		ID:         said.ID,
		Type:       openbadges.Types{openbadges.TypeVerifiableCredential, openbadges.TypeOpenBadgeCredential},
		Name:       badge.Name,
		Image:      viewImage(said.Image),
		Issuer:     viewIssuer(issuer),
		ValidFrom:  moment(said.IssuedOn),
		ValidUntil: moment(said.Expires),
		CredentialSubject: openbadges.AchievementSubject{
			Type:        openbadges.Types{openbadges.TypeAchievementSubject},
			Identifier:  viewRecipient(said.Recipient),
			Narrative:   said.Narrative,
			Achievement: viewAchievement(badge),
		},
		Evidence: viewEvidence(said.Evidence),
	}
}

// moment writes a date as 3.0 does.
func moment(s openbadges2.DateTime) openbadges.DateTime {
	t, err := openbadges2.ParseDateTime(s)
	if err != nil {
		return ""
	}
	return openbadges.FormatDateTime(t)
}

func viewIssuer(p openbadges2.Profile) openbadges.Profile {
	return openbadges.Profile{
		ID: p.ID, Type: openbadges.Types{openbadges.TypeProfile}, Name: p.Name, URL: p.URL, Email: p.Email,
		Phone: p.Telephone, Description: p.Description, Image: viewImage(p.Image),
	}
}

func viewImage(link openbadges2.Link[openbadges2.Image]) *openbadges.Image {
	if link.Address == "" {
		return nil
	}
	image := &openbadges.Image{ID: link.Address, Type: openbadges.TypeImage}
	if link.Object != nil {
		image.Caption = link.Object.Caption
	}
	return image
}

// viewRecipient names the property of 2.0 as an identity type of 3.0, those that
// 3.0 does not know as an extension of it.
func viewRecipient(r openbadges2.Recipient) []openbadges.IdentityObject {
	if r.Identity == "" {
		return nil
	}
	kind := "ext:" + r.Type
	if r.Type == "email" || r.Type == "schema:email" {
		kind = openbadges.IdentityEmail
	}
	return []openbadges.IdentityObject{{
		Type: openbadges.TypeIdentityObject, Hashed: r.Hashed, IdentityHash: r.Identity, IdentityType: kind, Salt: r.Salt,
	}}
}

func viewAchievement(b openbadges2.BadgeClass) openbadges.Achievement {
	return openbadges.Achievement{
		ID: b.ID, Type: openbadges.Types{openbadges.TypeAchievement}, Name: b.Name, Description: b.Description,
		Criteria: openbadges.Criteria{ID: b.Criteria.ID, Narrative: b.Criteria.Narrative},
		Image:    viewImage(b.Image), Tag: b.Tags, Alignment: viewAlignments(b),
	}
}

func viewAlignments(b openbadges2.BadgeClass) (all []openbadges.Alignment) {
	for _, a := range append(b.Alignment[:len(b.Alignment):len(b.Alignment)], b.Alignments...) {
		all = append(all, openbadges.Alignment{
			Type: openbadges.Types{openbadges.TypeAlignment}, TargetName: a.TargetName, TargetURL: a.TargetURL,
			TargetCode: a.TargetCode, TargetDescription: a.TargetDescription, TargetFramework: a.TargetFramework,
		})
	}
	return all
}

func viewEvidence(evidence []openbadges2.Evidence) (all []openbadges.Evidence) {
	for _, e := range evidence {
		all = append(all, openbadges.Evidence{
			ID: e.ID, Type: openbadges.Types{openbadges.TypeEvidence}, Name: e.Name, Narrative: e.Narrative,
			Description: e.Description, Genre: e.Genre, Audience: e.Audience,
		})
	}
	return all
}
