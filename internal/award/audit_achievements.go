package award

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"ramure/internal/openbadges"
	"ramure/internal/translog"
)

// readVersions holds the definitions of achievements against what was published
// of them, and asks for the leaves of these documents.
func (a *audit) readVersions(ctx context.Context) error {
	var last VersionRow
	err := a.rows.Versions(ctx, func(v VersionRow) error {
		if last.ID != v.ID {
			a.checkLatest(last)
			last = VersionRow{}
		}
		if v.Version != last.Version+1 {
			a.find("achievement_version", v.name(), "version %d is not there", last.Version+1)
		}
		a.checkVersion(v)
		last = v
		return nil
	})
	a.checkLatest(last)
	for slug, v := range a.venues {
		if v.documents && !v.named {
			a.find("venue", slug, "name stands in none of its documents")
		}
	}
	return err
}

// checkLatest holds the row of an achievement against the last of its versions.
func (a *audit) checkLatest(last VersionRow) {
	if last.Version != last.Latest {
		a.find("achievement", string(last.ID), "latest_version is %d, and the last one is version %d", last.Latest, last.Version)
	}
}

func (v VersionRow) name() string { return fmt.Sprintf("%s version %d", v.ID, v.Version) }

func (a *audit) checkVersion(v VersionRow) {
	if v.Version == 0 {
		return // told as missing
	}
	a.report.Versions++
	if v.Version == 1 && !v.FirstAt.Equal(v.CreatedAt) {
		a.find("achievement", string(v.ID), "created_at is not that of version 1")
	}
	issuer := a.addresses.Issuer(v.Venue)
	leaf, _ := translog.HashLeaf(translog.KindAchievement, "", issuer, "", v.Document) // fails for other kinds alone
	a.expect(nameOf(leaf), "achievement_version", v.name(), &v.CreatedAt)
	var document published
	if err := json.Unmarshal(v.Document, &document); err != nil {
		a.find("achievement_version", v.name(), "document can't be read: %v", err)
		return
	}
	a.checkPublished(v, document, issuer)
}

// checkPublished compares a version's columns with its document.
func (a *audit) checkPublished(v VersionRow, document published, issuer string) {
	creator := openbadges.Profile{}
	if document.Creator != nil {
		creator = *document.Creator
	}
	if venue := a.venues[v.Venue]; venue != nil {
		venue.documents = true
		venue.named = venue.named || creator.Name == venue.Name
	}
	if document.ID != a.addresses.Achievement(v.ID) || creator.ID != issuer {
		a.find("achievement", string(v.ID), "its document is of another achievement or of another venue")
	}
	if document.Version != strconv.Itoa(v.Version) {
		a.find("achievement_version", v.name(), "its document is of version %q", document.Version)
	}
	if !v.Exact {
		a.find("achievement_version", v.name(), "definition is not one that we write")
	}
	for _, member := range a.defined(v.ID, v.Definition, document.Achievement) {
		a.find("achievement_version", v.name(), "definition has another %s than the document", member)
	}
}

// defined names the members of a definition that its document says otherwise.
func (a *audit) defined(id AchievementID, d Definition, document openbadges.Achievement) (others []string) {
	for _, same := range []struct {
		member string
		holds  bool
	}{
		{"name", d.Name == document.Name},
		{"description", d.Description == document.Description},
		{"criteria", d.Criteria == document.Criteria.Narrative},
		{"type", d.Type == document.AchievementType},
		{"tags", slices.Equal(d.Tags, document.Tag)},
		{"competences", aligned(d.Competences, document.Alignment)},
		{"levels", a.leveled(id, d, document.ResultDescription)},
	} {
		if !same.holds {
			others = append(others, same.member)
		}
	}
	return others
}

// aligned reports whether the document is aligned to each of the competences.
func aligned(codes []string, alignments []openbadges.Alignment) bool {
	for _, code := range codes {
		if !slices.ContainsFunc(alignments, func(a openbadges.Alignment) bool { return a.TargetCode == code }) {
			return false
		}
	}
	return len(codes) > 0 == (len(alignments) > 0)
}

// leveled reports whether the document describes these levels, in this order.
func (a *audit) leveled(id AchievementID, d Definition, results []openbadges.ResultDescription) bool {
	if len(d.Levels) == 0 || len(results) != 1 {
		return len(d.Levels) == len(results)
	}
	required := ""
	if d.RequiredLevel != "" {
		required = a.shapes.levelIRI(id, d.RequiredLevel)
	}
	return results[0].RequiredLevel == required &&
		slices.EqualFunc(d.Levels, results[0].RubricCriterionLevel, func(l Level, r openbadges.RubricCriterionLevel) bool {
			return r.ID == a.shapes.levelIRI(id, l.ID) && r.Name == l.Name && r.Level == l.Level && r.Description == l.Description
		})
}
