package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
)

// A venue defines an achievement, awards it, reads its register, and takes the
// badge back: the whole of the main job, on both databases.
func TestVenueAwardsParticipant(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		token := s.venue("eric-embrun")
		achievement := s.achievement(token)
		id := s.issue(token, order(achievement, nil))

		report := s.get("/v/"+id+".json", "application/json", http.StatusOK)
		if verdict := report.member(t, "verdict"); verdict != "valid" {
			t.Fatalf("just issued, the verdict is %s: %s", verdict, report.Body)
		}
		if strings.Contains(string(report.Body), "Goff") {
			t.Error("the name is in the report though nobody agreed to show it")
		}
		s.post("/api/v1/awards/"+id+"/revocation", token, map[string]string{"reason": "Délivré par erreur."}, http.StatusCreated)
		if verdict := s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict"); verdict != "revoked" {
			t.Errorf("after the revocation the next read says %s", verdict)
		}
		s.post("/api/v1/awards/"+id+"/revocation", token, map[string]string{"reason": "Encore."}, http.StatusConflict)
		listed := s.call(http.MethodGet, "/api/v1/awards?status=revoked", "", "Authorization", "Bearer "+token)
		if !strings.Contains(string(listed.Body), id) {
			t.Errorf("the register of revoked awards lacks %s: %s", id, listed.Body)
		}
	})
}

// The same key is the same award, whatever happens to the first answer.
func TestSameKeySameAward(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		token := s.venue("eric-embrun")
		body := order(s.achievement(token), nil)
		first := s.post("/api/v1/awards", token, body, http.StatusCreated, "Idempotency-Key", "k1")
		again := s.post("/api/v1/awards", token, body, http.StatusCreated, "Idempotency-Key", "k1")
		if !bytes.Equal(first.Body, again.Body) {
			t.Errorf("first %s, again %s", first.Body, again.Body)
		}
		body["level"] = "5"
		s.post("/api/v1/awards", token, body, http.StatusConflict, "Idempotency-Key", "k1")
		s.post("/api/v1/awards", token, body, http.StatusUnprocessableEntity)
	})
}

// What bad input gets: a refusal that names the member, and nothing changed.
func TestBadOrdersChangeNothing(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		token := s.venue("eric-embrun")
		achievement := s.achievement(token)
		raw, err := json.Marshal(order(achievement, nil))
		if err != nil {
			t.Fatal(err)
		}
		good := string(raw)
		spoil := func(old, new string) string {
			spoiled := strings.Replace(good, old, new, 1)
			if spoiled == good {
				t.Fatalf("%s is not in %s", old, good)
			}
			return spoiled
		}
		with := func(member string) string { return strings.TrimSuffix(good, "}") + "," + member + "}" }
		cases := []struct {
			name, body string
			status     int
			says       string
		}{
			{"an unknown field", with(`"colour":"red"`), 422, "$.colour"},
			{"another case", spoil(`"level"`, `"Level"`), 422, "$.Level"},
			{"a duplicate key", with(`"level":"5"`), 400, ""},
			{"a control character", spoil("Lucie", `Lu\u0007cie`), 400, ""},
			{"a bidirectional override", spoil("Lucie", `Lu\u202ecie`), 422, "$.recipient.givenName"},
			{"null", spoil(`"level":"3"`, `"level":null`), 422, "level"},
			{"an accented host", with(`"evidence":[{"url":"https://médiathèque.example/"}]`), 422, "$.evidence[0].url"},
			{"a relative address", with(`"evidence":[{"url":"preuves/1"}]`), 422, "$.evidence[0].url"},
			{"an address of 2,000 characters", with(`"evidence":[{"url":"https://example.org/` + strings.Repeat("a", 1990) + `"}]`), 422, "$.evidence[0].url"},
			{"a level of another achievement", spoil(`"level":"3"`, `"level":"8"`), 422, "$.level"},
			{"a date without zone", with(`"validFrom":"2026-11-22T10:00:00"`), 422, "$.validFrom"},
			{"an end before the beginning", with(`"validFrom":"2026-11-22T10:00:00Z","validUntil":"2026-11-21T10:00:00Z"`), 422, "$.validUntil"},
			{"a day that is none", with(`"awardedDate":"2026-02-30"`), 422, "$.awardedDate"},
			{"a name shown without consent", with(`"showName":true,"over15":true`), 422, "$.consent"},
			{"a name shown under 15", with(`"showName":true,"birthYear":2015,"consent":{"by":"sa mère","at":"2026-11-01T10:00:00+01:00","how":"papier"}`), 422, "$.showName"},
			{"no name", spoil(`"givenName":"Lucie"`, `"givenName":""`), 422, "$.recipient.givenName"},
			{"not JSON", "achievement=x", 400, ""},
			{"two values", good + good, 400, ""},
			{"a body over the limit", with(`"awardedDate":"` + strings.Repeat("x", 70<<10) + `"`), 413, ""},
		}
		for _, c := range cases {
			a := s.call(http.MethodPost, "/api/v1/awards", c.body, "Authorization", "Bearer "+token,
				"Content-Type", "application/json", "Idempotency-Key", "bad")
			if a.Status != c.status {
				t.Errorf("%s: answered %d, want %d: %s", c.name, a.Status, c.status, a.Body)
			}
			if !strings.Contains(string(a.Body), c.says) {
				t.Errorf("%s: %s does not name %s", c.name, a.Body, c.says)
			}
			if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%s: answered as %s", c.name, got)
			}
		}
		listed := s.call(http.MethodGet, "/api/v1/awards", "", "Authorization", "Bearer "+token)
		if !strings.Contains(string(listed.Body), `"items":[]`) {
			t.Errorf("a refused order left something: %s", listed.Body)
		}
		s.post("/api/v1/awards", token, good, http.StatusCreated, "Idempotency-Key", "bad")
	})
}

// A token opens its own venue and nothing else; what belongs to another can't
// be told from what does not exist.
func TestTokensOpenOneVenue(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		mine, theirs := s.venue("eric-embrun"), s.venue("fablab-gap")
		achievement := s.achievement(mine)
		id := s.issue(mine, order(achievement, nil))
		s.post("/api/v1/awards", "ramure_wrong", order(achievement, nil), http.StatusUnauthorized, "Idempotency-Key", "k")
		s.post("/api/v1/awards", s.token("eric-embrun", auth.Read), order(achievement, nil), http.StatusForbidden, "Idempotency-Key", "k")
		reason := map[string]string{"reason": "Non."}
		pairs := [][2]answer{
			{s.post("/api/v1/awards/"+id+"/revocation", theirs, reason, 404), s.post("/api/v1/awards/AAAAAAAAAAAAAAAAAAAAAA/revocation", theirs, reason, 404)},
			{s.post("/api/v1/awards", theirs, order(achievement, nil), 404, "Idempotency-Key", "k"), s.post("/api/v1/awards", theirs, order("AAAAAAAAAAAAAAAAAAAAAA", nil), 404, "Idempotency-Key", "k")},
			{s.post("/api/v1/achievements/"+achievement+"/withdrawal", theirs, reason, 404), s.post("/api/v1/achievements/AAAAAAAAAAAAAAAAAAAAAA/withdrawal", theirs, reason, 404)},
		}
		for i, pair := range pairs {
			for _, member := range []string{"type", "title", "detail", "code", "status"} {
				if a, b := pair[0].member(t, member), pair[1].member(t, member); a != b {
					t.Errorf("pair %d: %s tells the foreign from the missing: %q and %q", i, member, a, b)
				}
			}
		}
		s.post("/api/v1/achievements/"+achievement+"/withdrawal", mine, reason, http.StatusCreated)
		s.post("/api/v1/awards", mine, order(achievement, nil), http.StatusConflict, "Idempotency-Key", "after")
	})
}

// The states of an award follow its dates.
func TestDatesDecideTheVerdict(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		token := s.venue("eric-embrun")
		achievement := s.achievement(token)
		now := time.Now()
		cases := map[string]map[string]any{
			"expired":     {"validFrom": now.AddDate(-4, 0, 0).Format(time.RFC3339)},
			"notYetValid": {"validFrom": now.AddDate(0, 1, 0).Format(time.RFC3339)},
			"valid":       {"validFrom": now.AddDate(-1, 0, 0).Format(time.RFC3339)},
		}
		for want, dates := range cases {
			id := s.issue(token, order(achievement, dates))
			if got := s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict"); got != want {
				t.Errorf("%v: %s, want %s", dates, got, want)
			}
		}
	})
}
