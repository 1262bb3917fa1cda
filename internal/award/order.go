package award

import (
	"fmt"
	"time"
)

// Bounds of an order.
const (
	maxEvidence = 10
	maxName     = 100
	fullAge     = 15 // from which a name may be shown (GDPR art. 8, French law art. 45)
)

// checkOrder reports every rule that an order breaks.
func (s *Service) checkOrder(o Order, a Achievement) error {
	if a.Withdrawal != nil {
		return withdrawn()
	}
	var c checker
	checkKey(&c, o.Key)
	s.checkPerson(&c, o.Recipient)
	if _, found := a.Definition.Level(o.Level); o.Level != "" && !found {
		c.refuse("$.level", "levelUnknown", "use the id of one of this achievement's levels")
	}
	checkEvidence(&c, o.Evidence)
	s.checkDates(&c, o, a)
	s.checkShowing(&c, o)
	return c.err("error.award.invalid")
}

// checkKey keeps idempotency keys to printable ASCII of a bounded length.
func checkKey(c *checker, key string) {
	if len(key) == 0 || len(key) > 200 || !plainASCII(key) {
		c.refuse("header.Idempotency-Key", "key", "send a header Idempotency-Key of 1 to 200 ASCII characters, a new one for each award")
	}
}

func (s *Service) checkPerson(c *checker, p Person) {
	c.line("$.recipient.givenName", p.GivenName, maxName)
	c.line("$.recipient.familyName", p.FamilyName, maxName)
	if p.Email != "" {
		c.email("$.recipient.email", p.Email)
	}
	if p.Ref != "" && !reference.MatchString(p.Ref) {
		c.refuse("$.recipient.ref", "reference", "use up to 100 ASCII letters, digits and . _ : @ / -")
	}
	year := s.Now().In(s.Place).Year()
	if p.BirthYear != 0 && (p.BirthYear < year-130 || p.BirthYear > year) {
		c.refuse("$.birthYear", "year", "give a year of birth within the last 130 years, or leave it out")
	}
}

func checkEvidence(c *checker, list []Evidence) {
	if len(list) > maxEvidence {
		c.refuse("$.evidence", "count", fmt.Sprintf("give at most %d pieces of evidence", maxEvidence))
		return
	}
	for i, e := range list {
		path := fmt.Sprintf("$.evidence[%d]", i)
		if e.URL == "" && e.Narrative == "" {
			c.refuse(path, "required", "give a url, a narrative, or both")
		}
		if e.URL != "" {
			c.address(path+".url", e.URL)
		}
		c.lineOrNothing(path+".name", e.Name, 200)
		if e.Narrative != "" {
			c.prose(path+".narrative", e.Narrative, 4000)
		}
	}
}

// farthest bounds the dates of an award to what four-digit years and a human
// life make sensible.
const farthest = 100

func (s *Service) checkDates(c *checker, o Order, a Achievement) {
	now := s.Now()
	if o.AwardedOn != "" {
		s.checkDay(c, o.AwardedOn, now)
	}
	from, until := validity(o, a, now)
	if from.Before(now.AddDate(-farthest, 0, 0)) || from.After(now.AddDate(farthest, 0, 0)) {
		c.refuse("$.validFrom", "range", "give a date within a hundred years")
	}
	if until == nil {
		return
	}
	if !until.After(from) {
		c.refuse("$.validUntil", "order", "give an end that comes after validFrom")
	}
	if until.After(now.AddDate(2*farthest, 0, 0)) {
		c.refuse("$.validUntil", "range", "give an end within two hundred years, or leave it out")
	}
}

func (s *Service) checkDay(c *checker, day string, now time.Time) {
	t, err := time.ParseInLocation(time.DateOnly, day, s.Place)
	switch {
	case err != nil:
		c.refuse("$.awardedDate", "date", "give a calendar day such as 2026-11-22")
	case day > s.day(now):
		c.refuse("$.awardedDate", "range", "give today or a day before; use validFrom for a badge that starts later")
	case t.Before(now.AddDate(-farthest, 0, 0)):
		c.refuse("$.awardedDate", "range", "give a day within the last hundred years")
	}
}

// checkShowing lets a name be shown only with a recorded consent and an age of
// 15 or more. A year of birth alone proves it from 16 on: whoever turns 15 this
// year may not have had their birthday.
func (s *Service) checkShowing(c *checker, o Order) {
	if consent := o.Consent; consent != nil {
		c.line("$.consent.by", consent.By, maxName)
		c.line("$.consent.how", consent.How, 200)
		if consent.At.IsZero() || consent.At.After(s.Now().Add(5*time.Minute)) {
			c.refuse("$.consent.at", "dateTime", "give the moment of the consent, with its time zone, not in the future")
		}
	}
	if !o.ShowName {
		return
	}
	if o.Consent == nil {
		c.refuse("$.consent", "required", "record who agreed to show the name, when and how: {\"by\",\"at\",\"how\"}")
	}
	if !s.oldEnough(o.Recipient) {
		c.refuse("$.showName", "age", "the name is shown from 15 years on: give over15:true or a birthYear that proves it, or leave showName out")
	}
}

// oldEnough reports whether the person is known to be 15 or more. A year of
// birth that says otherwise outweighs the venue's word.
func (s *Service) oldEnough(p Person) bool {
	if p.BirthYear == 0 {
		return p.Over15
	}
	years := s.Now().In(s.Place).Year() - p.BirthYear
	return years > fullAge || (years == fullAge && p.Over15)
}
