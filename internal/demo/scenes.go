package demo

import (
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
)

// scene is one award of the demonstration.
type scene struct {
	key, kind string
	module    string
	verdict   credential.Verdict
	person    award.Person
	level     string
	shown     bool
	evidence  []award.Evidence
	from      int    // months from today
	until     int    // months from today, 0 for the achievement's own duration
	revoked   string // reason
}

// scenes has one award for each kind of verdict that a recruiter may meet.
var scenes = []scene{
	{key: "valid", kind: "valid, name shown", module: "C1", verdict: credential.Valid, level: "4", shown: true,
		person: award.Person{GivenName: "Amina", FamilyName: "Benali", Ref: "demo-amina", Over15: true},
		evidence: []award.Evidence{{Name: "Carte de veille sur l’aide alimentaire", URL: "https://example.org/carte-de-veille",
			Narrative: "Une carte de sources fiables, présentée au groupe."}}},
	{key: "hidden", kind: "valid, name hidden", module: "U1", verdict: credential.Valid, level: "6",
		person: award.Person{GivenName: "Jean-Luc", FamilyName: "D’Orsenna", Ref: "demo-jean-luc"}},
	{key: "expired", kind: "expired", module: "C2", verdict: credential.Expired, level: "2", from: -40, until: -4,
		person: award.Person{GivenName: "Solène", FamilyName: "Garcin", Ref: "demo-solene"}},
	{key: "future", kind: "not yet valid", module: "U2", verdict: credential.NotYetValid, level: "4", from: 2,
		person: award.Person{GivenName: "Mehdi", FamilyName: "Roux", Ref: "demo-mehdi"}},
	{key: "revoked", kind: "revoked", module: "M1", verdict: credential.Revoked, level: "4",
		person:  award.Person{GivenName: "Camille", FamilyName: "Fournier", Ref: "demo-camille"},
		revoked: "Délivré par erreur à la place d’un autre badge."},
}

// order asks for the award of the scene on a given day.
func (s scene) order(now time.Time) award.Order {
	o := award.Order{Recipient: s.person, Level: s.level, ShowName: s.shown, Evidence: s.evidence}
	if s.from != 0 {
		from := now.AddDate(0, s.from, 0)
		o.ValidFrom = &from
	}
	if s.until != 0 {
		until := now.AddDate(0, s.until, 0)
		o.ValidUntil = &until
	}
	if s.shown {
		o.Consent = &award.Consent{By: s.person.GivenName + " " + s.person.FamilyName, At: now,
			How: "bulletin d’inscription signé (personne fictive)"}
	}
	return o
}
