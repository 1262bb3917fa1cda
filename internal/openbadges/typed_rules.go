package openbadges

import (
	"slices"
	"strings"
)

// consistent is a shape with rules between its members. The members themselves
// have been checked; the rules are those of relations.go and results.go, as
// Strict has them, on structs.
type consistent interface{ consistent() bool }

func (c *AchievementCredential) consistent() bool {
	return inOrder(c.ValidFrom, c.ValidUntil) && knownContexts(c.Context) && ofDifferentIDs(c.RelatedResource, relatedID)
}

func (c *EndorsementCredential) consistent() bool {
	return inOrder(c.ValidFrom, c.ValidUntil) && knownContexts(c.Context) && ofDifferentIDs(c.RelatedResource, relatedID)
}

func knownContexts(list []string) bool {
	return len(list) >= 2 && list[0] == ContextVC2 && (list[1] == ContextOB3 || contextForm.MatchString(list[1]))
}

// inOrder compares two date-times in the form that we write, in which the later
// one is the greater text. An empty end is no end.
func inOrder(begin, end DateTime) bool { return begin == "" || end == "" || begin < end }

func relatedID(r *RelatedResource) string { return r.ID }

// ofDifferentIDs reports whether no id stands twice.
func ofDifferentIDs[T any](list []T, id func(*T) string) bool {
	for i := range list {
		for j := range list[:i] {
			if id(&list[i]) == id(&list[j]) {
				return false
			}
		}
	}
	return true
}

func (r *RelatedResource) consistent() bool { return r.DigestSRI != "" || r.DigestMultibase != "" }

func (s *StatusEntry) consistent() bool {
	return s.ID != s.StatusListCredential && s.StatusPurpose == PurposeRevocation
}

func (p *Proof) consistent() bool {
	return p.Type == TypeDataIntegrityProof && p.Cryptosuite != "" && p.ProofValue != ""
}

func (c *Criteria) consistent() bool { return c.Narrative != "" || c.ID != "" }

func (o *IdentityObject) consistent() bool {
	return !o.Hashed || strings.HasPrefix(o.IdentityHash, "sha256$") && isIdentityHash(o.IdentityHash)
}

func (a *Achievement) consistent() bool {
	sound := func(d *ResultDescription) bool {
		return ofDifferentIDs(d.RubricCriterionLevel, func(l *RubricCriterionLevel) string { return l.ID }) &&
			(d.RequiredLevel == "" || d.hasLevel(d.RequiredLevel)) && d.allows(d.RequiredValue)
	}
	for i := range a.ResultDescription {
		if !sound(&a.ResultDescription[i]) {
			return false
		}
	}
	return ofDifferentIDs(a.ResultDescription, func(d *ResultDescription) string { return d.ID })
}

func (s *AchievementSubject) consistent() bool {
	for i := range s.Result {
		if !s.Result[i].fits(s.Achievement.ResultDescription) {
			return false
		}
	}
	return (s.ID != "" || len(s.Identifier) > 0) && inOrder(s.ActivityStartDate, s.ActivityEndDate)
}

// fits reports whether the result is one that its description foresees.
func (r *Result) fits(descriptions []ResultDescription) bool {
	if r.ResultDescription == "" {
		return r.AchievedLevel == ""
	}
	at := slices.IndexFunc(descriptions, func(d ResultDescription) bool { return d.ID == r.ResultDescription })
	if at < 0 {
		return false
	}
	d := &descriptions[at]
	return (r.AchievedLevel == "" || d.hasLevel(r.AchievedLevel)) && d.allows(r.Value) &&
		(r.Status != "") == (d.ResultType == ResultStatus)
}

func (d *ResultDescription) hasLevel(id string) bool {
	return slices.ContainsFunc(d.RubricCriterionLevel, func(l RubricCriterionLevel) bool { return l.ID == id })
}

// allows reports whether a value, if there is one, is among the allowed ones and
// within the bounds.
func (d *ResultDescription) allows(value string) bool {
	return value == "" || (len(d.AllowedValue) == 0 || slices.Contains(d.AllowedValue, value)) &&
		!outside(value, d.ValueMin, d.ValueMax)
}
