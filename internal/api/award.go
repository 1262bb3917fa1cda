package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"time"

	"ramure/internal/award"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

type recipientIn struct {
	GivenName  string `json:"givenName" doc:"Given names, as on the person's papers"`
	FamilyName string `json:"familyName" doc:"Family name"`
	Email      string `json:"email,omitempty" doc:"Kept for the venue; never in the badge"`
	Ref        string `json:"ref,omitempty" doc:"Your own reference of the person; the same ref is the same person"`
}

type evidenceIn struct {
	Name      string `json:"name,omitempty" doc:"What it is, on one line"`
	URL       string `json:"url,omitempty" doc:"Page where it can be seen: a complete web address in ASCII" example:"https://example.org/portfolio"`
	Narrative string `json:"narrative,omitempty" doc:"What was done, in Markdown"`
}

type consentIn struct {
	By  string `json:"by" doc:"Who agreed"`
	At  string `json:"at" doc:"When, as a date-time with zone" example:"2026-11-22T10:00:00+01:00"`
	How string `json:"how" doc:"How: on paper, by word of mouth before whom"`
}

// orderIn is an award as a caller asks for it.
type orderIn struct {
	Achievement string       `json:"achievement" doc:"Id of the achievement" example:"GVx3Yw9Qm0S2b7n1Lr5kTA"`
	Recipient   recipientIn  `json:"recipient"`
	ShowName    bool         `json:"showName,omitempty" doc:"Show the name on the public page; needs consent and an age of 15 or more"`
	Consent     *consentIn   `json:"consent,omitempty" doc:"The recorded agreement to show the name"`
	BirthYear   int          `json:"birthYear,omitempty" doc:"Year of birth; kept only to know whether the name may be shown" example:"1987"`
	Over15      bool         `json:"over15,omitempty" doc:"You vouch that the person is 15 or more"`
	Level       string       `json:"level,omitempty" doc:"Id of the level that was reached"`
	Evidence    []evidenceIn `json:"evidence,omitempty" nullable:"false" doc:"What was produced to earn it"`
	AwardedDate string       `json:"awardedDate,omitempty" doc:"Calendar day where the venue is; today by default" example:"2026-11-22"`
	ValidFrom   string       `json:"validFrom,omitempty" doc:"Date-time with zone; now by default" example:"2026-11-22T10:00:00+01:00"`
	ValidUntil  string       `json:"validUntil,omitempty" doc:"Date-time with zone; the achievement's own duration by default" example:"2029-11-22T10:00:00+01:00"`
}

// order turns the wire into the word. Moments that can't be read are named
// here, since the word has no place for them.
func (o orderIn) order(key string) (award.Order, error) {
	var broken []problem.Violation
	w := award.Order{Key: key, Achievement: award.AchievementID(o.Achievement), ShowName: o.ShowName, Level: o.Level,
		AwardedOn: o.AwardedDate, Recipient: award.Person{GivenName: o.Recipient.GivenName, FamilyName: o.Recipient.FamilyName,
			Email: o.Recipient.Email, Ref: o.Recipient.Ref, BirthYear: o.BirthYear, Over15: o.Over15}}
	for _, e := range o.Evidence {
		w.Evidence = append(w.Evidence, award.Evidence(e))
	}
	w.ValidFrom = moment("$.validFrom", o.ValidFrom, &broken)
	w.ValidUntil = moment("$.validUntil", o.ValidUntil, &broken)
	if o.Consent != nil {
		w.Consent = &award.Consent{By: o.Consent.By, How: o.Consent.How}
		if at := moment("$.consent.at", o.Consent.At, &broken); at != nil {
			w.Consent.At = *at
		}
	}
	if len(broken) > 0 {
		return w, problem.Violated("error.award.invalid", broken...)
	}
	meaning, err := json.Marshal(o)
	w.Fingerprint = sha256.Sum256(meaning)
	return w, err
}

// moment reads a date-time with its zone; nil when it was left out.
func moment(path, text string, broken *[]problem.Violation) *time.Time {
	if text == "" {
		return nil
	}
	t, err := openbadges.ParseDateTime(text)
	if err != nil {
		*broken = append(*broken, problem.Violation{Path: path, Rule: "dateTime",
			Detail: "give a date-time with its time zone, such as 2026-11-22T10:00:00+01:00"})
		return nil
	}
	return &t
}

type issueInput struct {
	Key  string `header:"Idempotency-Key" required:"true" doc:"A new key of 1 to 200 ASCII characters for each award; repeating it repeats the answer, and issues nothing" example:"2026-11-22/amina/c1"`
	Body orderIn
}

// Links are the id and the addresses of an award. The name is exported because
// the description leaves out what is embedded under another.
type Links struct {
	ID            string `json:"id" doc:"Id of the award: 22 base64url characters" example:"GVx3Yw9Qm0S2b7n1Lr5kTA"`
	VerifyURL     string `json:"verifyUrl" doc:"Page that says whether the badge may be relied upon"`
	CredentialURL string `json:"credentialUrl" doc:"The badge itself, by content negotiation"`
	QRURL         string `json:"qrUrl" doc:"Picture of the QR that holds the verification address"`
}

func (d *door) links(id award.ID) Links {
	return Links{ID: string(id), VerifyURL: d.Addresses.Verification(id),
		CredentialURL: d.Addresses.Credential(id), QRURL: d.Addresses.QR(id)}
}

// receiptOut answers an order.
type receiptOut struct {
	Links
	Status string `json:"status" enum:"valid,expired,notYetValid" doc:"State at the moment of issue"`
}

type receiptAnswer struct {
	Location string `header:"Location" doc:"Address of the award in this API"`
	Replayed string `header:"Idempotent-Replayed" doc:"true when the key had been answered before"`
	Body     receiptOut
}

func (d *door) issueAward(ctx context.Context, in *issueInput) (*receiptAnswer, error) {
	order, err := in.Body.order(in.Key)
	if err != nil {
		return nil, fail(ctx, err)
	}
	r, err := d.Awards.Issue(ctx, callerOf(ctx).Scope, order)
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &receiptAnswer{Location: "/api/v1/awards/" + string(r.ID), Replayed: strconv.FormatBool(r.Replayed),
		Body: receiptOut{Links: d.links(r.ID), Status: r.Status()}}, nil
}

// awardOut is an award in the venue's register. It names the person by the
// venue's own reference only.
type awardOut struct {
	Links
	Status      string         `json:"status" enum:"valid,expired,notYetValid,revoked" doc:"State now"`
	Achievement string         `json:"achievement" doc:"Id of the achievement"`
	Version     int            `json:"version" doc:"Version of the achievement that it was made under"`
	Ref         string         `json:"ref,omitempty" doc:"Your own reference of the person"`
	Level       string         `json:"level,omitempty" doc:"Id of the level that was reached"`
	ShowName    bool           `json:"showName" doc:"Whether the public page shows the name"`
	AwardedDate string         `json:"awardedDate" format:"date"`
	ValidFrom   time.Time      `json:"validFrom"`
	ValidUntil  *time.Time     `json:"validUntil,omitempty"`
	IssuedAt    time.Time      `json:"issuedAt"`
	Revocation  *revocationOut `json:"revocation,omitempty"`
}

type revocationOut struct {
	At     time.Time `json:"at" doc:"When it was taken back, for good"`
	Reason string    `json:"reason" doc:"Why; only the venue reads it"`
}

func (d *door) awardOut(a award.Stored, now time.Time) awardOut {
	out := awardOut{Links: d.links(a.ID), Status: a.Status(now), Achievement: string(a.Achievement), Version: a.Version, Ref: a.Holder.Ref,
		Level: a.Level, ShowName: a.ShowName, AwardedDate: a.AwardedOn, ValidFrom: a.ValidFrom.UTC(),
		ValidUntil: utc(a.ValidUntil), IssuedAt: a.IssuedAt.UTC()}
	if a.Revocation != nil {
		out.Revocation = &revocationOut{At: a.Revocation.At.UTC(), Reason: a.Revocation.Reason}
	}
	return out
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	moved := t.UTC()
	return &moved
}

type awardInput struct {
	ID string `path:"id" doc:"Id of the award: 22 base64url characters"`
}

type awardAnswer struct{ Body awardOut }

func (d *door) readAward(ctx context.Context, in *awardInput) (*awardAnswer, error) {
	a, err := d.Awards.Award(ctx, callerOf(ctx).Scope, award.ID(in.ID))
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &awardAnswer{Body: d.awardOut(a, d.Now())}, nil
}

type awardsInput struct {
	Cursor string `query:"cursor" doc:"The next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"Items on a page"`
	Since  string `query:"since" doc:"Only awards issued at or after this date-time with zone"`
	Status string `query:"status" enum:"valid,expired,notYetValid,revoked" doc:"Only awards in this state"`
}

type awardsAnswer struct {
	Body struct {
		Items []awardOut `json:"items" nullable:"false"`
		Next  string     `json:"next,omitempty" doc:"Cursor of the next page; absent on the last"`
	}
}

func (d *door) listAwards(ctx context.Context, in *awardsInput) (*awardsAnswer, error) {
	var broken []problem.Violation
	query := award.Query{Cursor: in.Cursor, Status: in.Status, Limit: in.Limit, Now: d.Now(),
		Since: moment("query.since", in.Since, &broken)}
	if len(broken) > 0 {
		return nil, fail(ctx, problem.Violated("error.query.invalid", broken...))
	}
	list, next, err := d.Awards.Awards(ctx, callerOf(ctx).Scope, query)
	if err != nil {
		return nil, fail(ctx, err)
	}
	answer := &awardsAnswer{}
	answer.Body.Items, answer.Body.Next = make([]awardOut, 0, len(list)), next
	for _, a := range list {
		answer.Body.Items = append(answer.Body.Items, d.awardOut(a, query.Now))
	}
	return answer, nil
}

type revokeInput struct {
	ID   string `path:"id" doc:"Id of the award: 22 base64url characters"`
	Body reasonIn
}

type revocationAnswer struct{ Body revocationOut }

func (d *door) revokeAward(ctx context.Context, in *revokeInput) (*revocationAnswer, error) {
	r, err := d.Awards.Revoke(ctx, callerOf(ctx).Scope, award.ID(in.ID), in.Body.Reason)
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &revocationAnswer{Body: revocationOut{At: r.At.UTC(), Reason: r.Reason}}, nil
}
