package award

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"ramure/internal/competence"
	"ramure/internal/keyring"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// Define creates version 1 of an achievement.
func (s *Service) Define(ctx context.Context, sc scope.Scope, d Definition) (Achievement, error) {
	id, err := s.newID()
	if err != nil {
		return Achievement{}, err
	}
	a, leaf, err := s.publish(ctx, sc, Achievement{ID: AchievementID(id), Version: 1, Definition: d})
	if err != nil {
		return Achievement{}, err
	}
	err = s.Store.AddAchievement(ctx, sc, a, leaf)
	s.Log.Wake()
	return a, err
}

// Revise makes the next version of an achievement. Awards made before keep the
// version that they were made under.
func (s *Service) Revise(ctx context.Context, sc scope.Scope, id AchievementID, d Definition) (Achievement, error) {
	old, err := s.Store.Achievement(ctx, sc, id)
	if err != nil {
		return Achievement{}, err
	}
	if old.Withdrawal != nil {
		return Achievement{}, withdrawn()
	}
	a, leaf, err := s.publish(ctx, sc, Achievement{ID: id, Version: old.Version + 1, Definition: d})
	if err != nil {
		return Achievement{}, err
	}
	err = s.Store.AddVersion(ctx, sc, a, leaf)
	s.Log.Wake()
	return a, err
}

// Withdraw ends the awarding of an achievement.
func (s *Service) Withdraw(ctx context.Context, sc scope.Scope, id AchievementID, reason string) (Achievement, error) {
	var c checker
	c.prose("$.reason", reason, 500)
	if err := c.err("error.withdrawal.invalid"); err != nil {
		return Achievement{}, err
	}
	w := Withdrawal{At: s.Now(), By: sc.Actor(), Reason: reason}
	if err := s.Store.Withdraw(ctx, sc, id, w); err != nil {
		return Achievement{}, err
	}
	return s.Store.Achievement(ctx, sc, id)
}

func withdrawn() error { return problem.New(problem.Conflict, "error.achievement.withdrawn") }

// publish checks a definition, writes its document and makes its log leaf.
func (s *Service) publish(ctx context.Context, sc scope.Scope, a Achievement) (Achievement, []byte, error) {
	if err := s.ready(); err != nil {
		return a, nil, err
	}
	a.Definition = normal(a.Definition)
	if err := s.checkDefinition(a.Definition); err != nil {
		return a, nil, err
	}
	venue, err := s.Store.Venue(ctx, sc.Venue())
	if err != nil {
		return a, nil, err
	}
	a.Venue, a.CreatedAt = venue.Slug, s.Now()
	if a.Document, err = s.document(venue, a); err != nil {
		return a, nil, err
	}
	key, err := s.Keys.Ensure(ctx, venue.Slug, keyring.Proof, keyring.Ed25519)
	if err != nil {
		return a, nil, err
	}
	leaf, err := translog.HashLeaf(translog.KindAchievement, translog.Day(a.CreatedAt),
		s.Addresses.Issuer(venue.Slug), key.Thumbprint(), a.Document)
	if err != nil {
		return a, nil, err
	}
	raw, err := leaf.Marshal()
	return a, raw, err
}

// normal fills in what a definition may leave out: its type, and ids of levels.
// A level's id is the venue's own mark when it is short and unique, else its
// rank, so that it stays the same from version to version.
func normal(d Definition) Definition {
	if d.Type == "" {
		d.Type = "Competency"
	}
	d.Levels = slices.Clone(d.Levels)
	marks := map[string]int{}
	for _, l := range d.Levels {
		marks[l.Level]++
	}
	for i, l := range d.Levels {
		d.Levels[i].ID = l.Level
		if !levelMark.MatchString(l.Level) || marks[l.Level] > 1 {
			d.Levels[i].ID = "rang-" + strconv.Itoa(i+1)
		}
		if l.Level == "" {
			d.Levels[i].Level = strconv.Itoa(i + 1)
		}
	}
	return d
}

var levelMark = regexp.MustCompile(`^[A-Za-z0-9-]{1,16}$`)

// Bounds of a definition, generous for people and tight for machines.
const (
	maxLevels      = 12
	maxCompetences = 20
	maxTags        = 12
)

func (s *Service) checkDefinition(d Definition) error {
	var c checker
	c.line("$.name", d.Name, 120)
	c.prose("$.description", d.Description, 2000)
	c.prose("$.criteria", d.Criteria, 10000)
	if !openbadges.KnownAchievementType(d.Type) {
		c.refuse("$.achievementType", "enum", "use an Open Badges 3.0 achievement type such as Competency, Badge or CertificateOfCompletion")
	}
	s.checkCompetences(&c, d.Competences)
	checkLevels(&c, d)
	end, good := period(s.Now(), d.ValidFor)
	if d.ValidFor != "" && (!good || end.After(s.Now().AddDate(farthest, 0, 0))) {
		c.refuse("$.validFor", "duration", "give years, months or days such as P3Y, P18M or P30D, a hundred years at most, or leave it out")
	}
	checkTags(&c, d.Tags)
	return c.err("error.achievement.invalid")
}

func (s *Service) checkCompetences(c *checker, codes []string) {
	if len(codes) > maxCompetences {
		c.refuse("$.competences", "count", fmt.Sprintf("name at most %d competences", maxCompetences))
		return
	}
	for i, code := range codes {
		path := fmt.Sprintf("$.competences[%d]", i)
		found, known := s.Catalog.Item(code)
		if !known || found.Kind != competence.KindCompetence {
			c.refuse(path, "competenceUnknown", "use the code of a competence of a shipped framework, such as acunum.c1.1")
		} else if slices.Contains(codes[:i], code) {
			c.refuse(path, "duplicate", "name each competence once")
		}
	}
}

func checkLevels(c *checker, d Definition) {
	if len(d.Levels) > maxLevels {
		c.refuse("$.levels", "count", fmt.Sprintf("describe at most %d levels", maxLevels))
		return
	}
	for i, l := range d.Levels {
		path := fmt.Sprintf("$.levels[%d]", i)
		c.line(path+".name", l.Name, 80)
		c.lineOrNothing(path+".level", l.Level, 40)
		if l.Description != "" {
			c.prose(path+".description", l.Description, 1000)
		}
	}
	if _, found := d.Level(d.RequiredLevel); d.RequiredLevel != "" && !found {
		c.refuse("$.requiredLevel", "levelUnknown", "name one of the levels by its id")
	}
}

func checkTags(c *checker, tags []string) {
	if len(tags) > maxTags {
		c.refuse("$.tags", "count", fmt.Sprintf("give at most %d tags", maxTags))
		return
	}
	for i, tag := range tags {
		path := fmt.Sprintf("$.tags[%d]", i)
		c.line(path, tag, 40)
		if slices.Contains(tags[:i], tag) {
			c.refuse(path, "duplicate", "give each tag once")
		}
	}
}
