package award_test

import (
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
)

func at(text string) *time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return &t
}

func text(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// The order's own dates count, then the achievement's duration, from the
// beginning of the badge. Signed moments have whole seconds, in UTC.
func TestPeriodOfAnAward(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.clock.advance(123456789) // the clock has fractions
	sc := h.venue("atelier")
	cases := []struct {
		name, validFor string
		from, until    *time.Time
		wantFrom       string
		wantUntil      string
		day, status    string
	}{
		{"nothing said", "", nil, nil, "2026-11-22T09:00:00Z", "", "2026-11-22", "valid"},
		{"three years", "P3Y", nil, nil, "2026-11-22T09:00:00Z", "2029-11-22T09:00:00Z", "2026-11-22", "valid"},
		{"eighteen months", "P18M", nil, nil, "2026-11-22T09:00:00Z", "2028-05-22T09:00:00Z", "2026-11-22", "valid"},
		{"thirty days", "P30D", nil, nil, "2026-11-22T09:00:00Z", "2026-12-22T09:00:00Z", "2026-11-22", "valid"},
		{"all three", "P1Y2M3D", nil, nil, "2026-11-22T09:00:00Z", "2028-01-25T09:00:00Z", "2026-11-22", "valid"},
		{"from a 29 February", "P1Y", at("2024-02-29T12:00:00Z"), nil, "2024-02-29T12:00:00Z", "2025-03-01T12:00:00Z", "2024-02-29", "expired"},
		{"from a day past", "P3Y", at("2025-01-01T00:30:00+01:00"), nil, "2024-12-31T23:30:00Z", "2027-12-31T23:30:00Z", "2025-01-01", "valid"},
		{"from a day to come", "P1Y", at("2027-01-01T00:00:00+01:00"), nil, "2026-12-31T23:00:00Z", "2027-12-31T23:00:00Z", "2026-11-22", "notYetValid"},
		{"an end of its own", "P3Y", nil, at("2026-11-22T10:00:01+01:00"), "2026-11-22T09:00:00Z", "2026-11-22T09:00:01Z", "2026-11-22", "valid"},
		{"fractions of a second", "", at("2026-11-22T08:00:00.999Z"), at("2027-11-22T08:00:00.999Z"), "2026-11-22T08:00:00Z", "2027-11-22T08:00:00Z", "2026-11-22", "valid"},
	}
	for _, c := range cases {
		d := definition()
		d.ValidFor = c.validFor
		a, err := h.Define(t.Context(), sc, d)
		h.must(err)
		stored := h.issue(sc, a.ID, func(o *award.Order) { o.ValidFrom, o.ValidUntil = c.from, c.until })
		doc := decode(t, stored.Document)
		until, _ := doc["validUntil"].(string)
		if doc["validFrom"] != c.wantFrom || until != c.wantUntil || text(&stored.ValidFrom) != c.wantFrom || text(stored.ValidUntil) != c.wantUntil {
			t.Errorf("%s: %v to %q, stored %s to %q", c.name, doc["validFrom"], until, text(&stored.ValidFrom), text(stored.ValidUntil))
		}
		if stored.AwardedOn != c.day || stored.Status(h.clock.now()) != c.status {
			t.Errorf("%s: awarded on %s, %s", c.name, stored.AwardedOn, stored.Status(h.clock.now()))
		}
	}
}

func TestPeriodsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	for _, c := range []struct {
		path        string
		from, until *time.Time
	}{
		{"$.validUntil: order", at("2026-11-22T10:00:00Z"), at("2026-11-22T10:00:00Z")},
		{"$.validUntil: order", at("2026-11-22T10:00:00.1Z"), at("2026-11-22T10:00:00.9Z")},
		{"$.validUntil: order", nil, at("2026-11-21T10:00:00Z")},
		{"$.validFrom: range", at("1926-11-21T09:00:00Z"), nil},
		{"$.validFrom: range", at("2126-11-23T09:00:00Z"), nil},
		{"$.validUntil: range", nil, at("2227-01-01T00:00:00Z")},
	} {
		_, err := h.Issue(t.Context(), sc, h.order(id, func(o *award.Order) { o.ValidFrom, o.ValidUntil = c.from, c.until }))
		h.refused(err, problem.Invalid, c.path)
	}
}

// The day of award is a day where the venue is, said at its noon: the same day
// for readers in UTC.
func TestDayOfAward(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.clock.advance(13*time.Hour + 30*time.Minute) // 22:30 in UTC, 23:30 in Marseille
	sc := h.venue("atelier")
	id := h.define(sc)
	if got := h.issue(sc, id).AwardedOn; got != "2026-11-22" {
		t.Errorf("at 23:30 the day is %s", got)
	}
	h.clock.advance(time.Hour)
	if got := h.issue(sc, id).AwardedOn; got != "2026-11-23" {
		t.Errorf("at half past midnight the day is %s", got)
	}
	for day, want := range map[string]string{"2026-07-14": "2026-07-14T10:00:00Z", "2026-01-02": "2026-01-02T11:00:00Z", "2026-03-29": "2026-03-29T11:00:00Z"} {
		stored := h.issue(sc, id, func(o *award.Order) { o.AwardedOn = day })
		if got := decode(t, stored.Document)["awardedDate"]; got != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

// The state of an award follows its dates, to the second, and its receipt never
// changes.
func TestStatusFollowsTheClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.ValidFrom, o.ValidUntil = at("2026-12-01T00:00:00Z"), at("2026-12-02T00:00:00Z")
	})
	for moment, want := range map[string]string{"2026-11-30T23:59:59Z": "notYetValid", "2026-12-01T00:00:00Z": "valid",
		"2026-12-02T00:00:00Z": "valid", "2026-12-02T00:00:01Z": "expired"} {
		if got := stored.Status(*at(moment)); got != want {
			t.Errorf("%s: %s, want %s", moment, got, want)
		}
	}
	h.must(h.revoke(sc, stored.ID))
	if got := h.read(stored.ID).Status(*at("2027-01-01T00:00:00Z")); got != "revoked" {
		t.Errorf("revoked and past: %s", got)
	}
}
