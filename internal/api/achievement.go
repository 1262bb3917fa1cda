package api

import (
	"context"
	"time"

	"ramure/internal/award"
)

// levelIn is one step of the degree of mastery as a caller describes it.
type levelIn struct {
	Name        string `json:"name" doc:"What people read" example:"Indépendant"`
	Level       string `json:"level,omitempty" doc:"Your own mark of the step; short and unique, it becomes the id" example:"3"`
	Description string `json:"description,omitempty" doc:"What somebody at this level can do"`
}

// definitionIn is an achievement as a caller describes it.
type definitionIn struct {
	Name            string    `json:"name" doc:"Title of the badge" example:"Vérifier la fiabilité d'une information"`
	Description     string    `json:"description" doc:"What it certifies, in a sentence or two"`
	Criteria        string    `json:"criteria" doc:"How it is earned, in Markdown"`
	AchievementType string    `json:"achievementType,omitempty" doc:"Open Badges 3.0 type; Competency by default" example:"Competency"`
	Competences     []string  `json:"competences,omitempty" nullable:"false" doc:"Codes of the shipped frameworks" example:"[\"acunum.c1.4\"]"`
	Levels          []levelIn `json:"levels,omitempty" nullable:"false" doc:"Degrees of mastery, lowest first"`
	RequiredLevel   string    `json:"requiredLevel,omitempty" doc:"Id of the level from which the badge is earned"`
	ValidFor        string    `json:"validFor,omitempty" doc:"ISO 8601 duration; without it the badge has no end" example:"P3Y"`
	Tags            []string  `json:"tags,omitempty" nullable:"false" doc:"Words to find it by"`
}

func (d definitionIn) word() award.Definition {
	w := award.Definition{Name: d.Name, Description: d.Description, Criteria: d.Criteria, Type: d.AchievementType,
		Competences: d.Competences, RequiredLevel: d.RequiredLevel, ValidFor: d.ValidFor, Tags: d.Tags}
	for _, l := range d.Levels {
		w.Levels = append(w.Levels, award.Level{Name: l.Name, Level: l.Level, Description: l.Description})
	}
	return w
}

// levelOut is a level with its id, by which awards name it.
type levelOut struct {
	ID          string `json:"id" doc:"By which awards name the level; unique in the achievement" example:"3"`
	Name        string `json:"name"`
	Level       string `json:"level"`
	Description string `json:"description,omitempty"`
}

// achievementOut is a stored achievement.
type achievementOut struct {
	ID              string         `json:"id" doc:"Id of the achievement: 22 base64url characters" example:"GVx3Yw9Qm0S2b7n1Lr5kTA"`
	IRI             string         `json:"iri" doc:"Address that stands in the badges; the same for every version"`
	Version         int            `json:"version" doc:"1, and one more for every change"`
	Name            string         `json:"name"`
	Description     string         `json:"description"`
	Criteria        string         `json:"criteria" doc:"Markdown"`
	AchievementType string         `json:"achievementType"`
	Competences     []string       `json:"competences,omitempty" nullable:"false"`
	Levels          []levelOut     `json:"levels,omitempty" nullable:"false" doc:"Lowest first"`
	RequiredLevel   string         `json:"requiredLevel,omitempty" doc:"Id of a level"`
	ValidFor        string         `json:"validFor,omitempty" doc:"ISO 8601 duration"`
	Tags            []string       `json:"tags,omitempty" nullable:"false"`
	CreatedAt       time.Time      `json:"createdAt" doc:"When this version was made"`
	Withdrawal      *withdrawalOut `json:"withdrawal,omitempty" doc:"Present once it is awarded no more"`
}

type withdrawalOut struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

func (d *door) achievementOut(a award.Achievement) achievementOut {
	w := a.Definition
	out := achievementOut{ID: string(a.ID), IRI: d.Addresses.Achievement(a.ID), Version: a.Version, Name: w.Name,
		Description: w.Description, Criteria: w.Criteria, AchievementType: w.Type, Competences: w.Competences,
		RequiredLevel: w.RequiredLevel, ValidFor: w.ValidFor, Tags: w.Tags, CreatedAt: a.CreatedAt.UTC()}
	for _, l := range w.Levels {
		out.Levels = append(out.Levels, levelOut{ID: l.ID, Name: l.Name, Level: l.Level, Description: l.Description})
	}
	if a.Withdrawal != nil {
		out.Withdrawal = &withdrawalOut{At: a.Withdrawal.At.UTC(), Reason: a.Withdrawal.Reason}
	}
	return out
}

type defineInput struct{ Body definitionIn }

type definedAnswer struct {
	Location string `header:"Location" doc:"Address of the achievement in this API"`
	Body     achievementOut
}

func (d *door) defineAchievement(ctx context.Context, in *defineInput) (*definedAnswer, error) {
	a, err := d.Awards.Define(ctx, callerOf(ctx).Scope, in.Body.word())
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &definedAnswer{Location: "/api/v1/achievements/" + string(a.ID), Body: d.achievementOut(a)}, nil
}

type achievementAnswer struct{ Body achievementOut }

func (d *door) answer(ctx context.Context, a award.Achievement, err error) (*achievementAnswer, error) {
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &achievementAnswer{Body: d.achievementOut(a)}, nil
}

type achievementInput struct {
	ID string `path:"id" doc:"Id of the achievement: 22 base64url characters"`
}

func (d *door) readAchievement(ctx context.Context, in *achievementInput) (*achievementAnswer, error) {
	a, err := d.Awards.Achievement(ctx, callerOf(ctx).Scope, award.AchievementID(in.ID))
	return d.answer(ctx, a, err)
}

type reviseInput struct {
	ID   string `path:"id" doc:"Id of the achievement: 22 base64url characters"`
	Body definitionIn
}

func (d *door) reviseAchievement(ctx context.Context, in *reviseInput) (*achievementAnswer, error) {
	a, err := d.Awards.Revise(ctx, callerOf(ctx).Scope, award.AchievementID(in.ID), in.Body.word())
	return d.answer(ctx, a, err)
}

// reasonIn is why something ends.
type reasonIn struct {
	Reason string `json:"reason" doc:"Why, in a sentence; it is kept"`
}

type withdrawInput struct {
	ID   string `path:"id" doc:"Id of the achievement: 22 base64url characters"`
	Body reasonIn
}

func (d *door) withdrawAchievement(ctx context.Context, in *withdrawInput) (*achievementAnswer, error) {
	a, err := d.Awards.Withdraw(ctx, callerOf(ctx).Scope, award.AchievementID(in.ID), in.Body.Reason)
	return d.answer(ctx, a, err)
}

// pageInput asks for a page of a list.
type pageInput struct {
	Cursor string `query:"cursor" doc:"The next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"Items on a page"`
}

type achievementsAnswer struct {
	Body struct {
		Items []achievementOut `json:"items" nullable:"false"`
		Next  string           `json:"next,omitempty" doc:"Cursor of the next page; absent on the last"`
	}
}

func (d *door) listAchievements(ctx context.Context, in *pageInput) (*achievementsAnswer, error) {
	list, next, err := d.Awards.Achievements(ctx, callerOf(ctx).Scope, in.Cursor, in.Limit)
	if err != nil {
		return nil, fail(ctx, err)
	}
	answer := &achievementsAnswer{}
	answer.Body.Items, answer.Body.Next = make([]achievementOut, 0, len(list)), next
	for _, a := range list {
		answer.Body.Items = append(answer.Body.Items, d.achievementOut(a))
	}
	return answer, nil
}
