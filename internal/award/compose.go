package award

import (
	"strconv"
	"time"

	"ramure/internal/mediation"
	"ramure/internal/openbadges"
)

// unsigned is a credential of ours before its signature.
type unsigned = openbadges.AchievementCredential

// credential shapes an award as Open Badges 3.0 has it, in the form of the VC
// Data Model 2.0. It carries neither name nor salt: the name is bound by a hash
// that only the holder of the salt can open.
func (s *Service) credential(v mediation.Venue, a Achievement, o Order, r Record) unsigned {
	c := unsigned{
		Context:     []string{openbadges.ContextVC2, openbadges.ContextOB3},
		ID:          s.Addresses.Credential(r.ID),
		Type:        []string{openbadges.TypeVerifiableCredential, openbadges.TypeOpenBadgeCredential},
		Name:        a.Definition.Name,
		Issuer:      s.profile(v),
		ValidFrom:   openbadges.FormatDateTime(r.ValidFrom),
		AwardedDate: s.noon(r.AwardedOn),
		CredentialSubject: openbadges.AchievementSubject{
			ID:          r.Holder.Subject,
			Type:        []string{openbadges.TypeAchievementSubject},
			Achievement: s.earned(v, a),
			Identifier:  []openbadges.IdentityObject{identity(r)},
			Result:      s.results(a.ID, r.Level),
		},
		Evidence:         evidence(o.Evidence),
		CredentialStatus: s.entry(r.Slot),
	}
	if r.ValidUntil != nil {
		c.ValidUntil = openbadges.FormatDateTime(*r.ValidUntil)
	}
	return c
}

// earned is the achievement as it stands in a badge. Its creator is named by id
// alone: what the issuer's own place says would be the same statement again, and
// one of the two could be taken out without a trace in the signed form.
func (s *Service) earned(v mediation.Venue, a Achievement) openbadges.Achievement {
	return s.shapes.of(versionKey{v.Slug, a.ID, a.Version}, func() openbadges.Achievement { return s.shape(v, a) })
}

func (s *Service) shape(v mediation.Venue, a Achievement) openbadges.Achievement {
	achievement := s.achievement(v, a)
	achievement.Creator = &openbadges.Profile{ID: s.Addresses.Issuer(v.Slug), Type: []string{openbadges.TypeProfile}}
	return achievement
}

// identity binds the folded name by a hash with the award's secret salt, which
// is left out (decisions.md, The name).
func identity(r Record) openbadges.IdentityObject {
	name := openbadges.FoldName(r.Holder.GivenName, r.Holder.FamilyName)
	return openbadges.IdentityObject{
		Type:         openbadges.TypeIdentityObject,
		Hashed:       true,
		IdentityHash: openbadges.IdentityHash(name, r.NameSalt),
		IdentityType: openbadges.IdentityName,
	}
}

func (s *Service) results(id AchievementID, level string) []openbadges.Result {
	if level == "" {
		return nil
	}
	return []openbadges.Result{{
		Type:              []string{openbadges.TypeResult},
		ResultDescription: s.masteryIRI(id),
		AchievedLevel:     s.levelIRI(id, level),
	}}
}

func evidence(list []Evidence) []openbadges.Evidence {
	var shaped []openbadges.Evidence
	for _, e := range list {
		shaped = append(shaped, openbadges.Evidence{
			ID: e.URL, Type: []string{openbadges.TypeEvidence}, Name: e.Name, Narrative: e.Narrative,
		})
	}
	return shaped
}

// entry points to the credential's bit (Bitstring Status List 1.0 §2.1).
func (s *Service) entry(slot Slot) *openbadges.StatusEntry {
	list, index := s.Addresses.StatusList(slot.List), strconv.Itoa(slot.Index)
	return &openbadges.StatusEntry{
		ID:                   list + "#" + index,
		Type:                 openbadges.TypeBitstringEntry,
		StatusPurpose:        openbadges.PurposeRevocation,
		StatusListIndex:      index,
		StatusListCredential: list,
	}
}

// schedule sets the dates of an award that its order and its achievement ask
// for. Signed moments have whole seconds. A badge that began before today was
// awarded on the day that it began, unless the order says otherwise.
func (s *Service) schedule(r *Record, o Order, a Achievement) {
	r.ValidFrom, r.ValidUntil = validity(o, a, r.IssuedAt)
	r.AwardedOn = o.AwardedOn
	if r.AwardedOn == "" {
		r.AwardedOn = min(s.day(r.ValidFrom), s.day(r.IssuedAt))
	}
}

// validity gives the period of an award: the order's own dates, else from now
// for as long as the achievement says.
func validity(o Order, a Achievement, now time.Time) (time.Time, *time.Time) {
	from := now
	if o.ValidFrom != nil {
		from = *o.ValidFrom
	}
	from = from.UTC().Truncate(time.Second)
	if o.ValidUntil != nil {
		until := o.ValidUntil.UTC().Truncate(time.Second)
		return from, &until
	}
	if until, limited := period(from, a.Definition.ValidFor); limited {
		return from, &until
	}
	return from, nil
}

// noon turns a calendar day into the date-time that the field of Open Badges
// asks for: its noon where the venue is. Midnight would be another day in UTC,
// and so in the eyes of many readers; noon is the same day in all of France's
// time zones.
func (s *Service) noon(day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, s.Place)
	if err != nil {
		return ""
	}
	return openbadges.FormatDateTime(t.Add(12 * time.Hour))
}
