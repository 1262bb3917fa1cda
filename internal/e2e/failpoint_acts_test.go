package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"ramure/internal/auth"
	"ramure/internal/mediation"
)

// act is something that clients ask for until they have it, and the check that
// they have got it.
type act struct {
	do    func()
	check func(cell string)
}

// acts makes an act of each verb, for a venue of its own.
var acts = map[string]func(*trial) act{
	"issue": func(x *trial) act {
		v := x.newVenue()
		return act{v.issueAll, v.check}
	},
	"revoke": func(x *trial) act {
		v := x.newVenue()
		v.issue(0)
		return act{func() { v.twice(func() { v.revoke(v.ids()[0]) }) }, v.check}
	},
	"sequence": func(x *trial) act {
		v := x.newVenue()
		return act{func() { v.issue(0); v.seeValid() }, v.check}
	},
	"resign": func(x *trial) act {
		v := x.newVenue()
		v.issue(0)
		number := v.endList()
		return act{func() { v.readList(number) }, v.check}
	},
}

// issuer is a venue and what it was answered.
type issuer struct {
	*trial
	slug, token, achievement string
	mutex                    sync.Mutex
	awards                   map[string]string // by key
	revoked                  map[string]bool
}

func (x *trial) newVenue() *issuer {
	x.Helper()
	x.serial++
	slug := fmt.Sprintf("lieu-%d", x.serial)
	_, err := x.core.Network.Join(x.Context(), mediation.Venue{Slug: slug, Name: "ERIC " + slug, Commune: "13055"})
	x.must(err)
	token, err := x.core.Tokens.Create(x.Context(), slug, "essai", []auth.Right{auth.Read, auth.Issue, auth.Revoke})
	x.must(err)
	s := &site{tb: x.T, Base: x.base}
	return &issuer{trial: x, slug: slug, token: token, achievement: s.achievement(token), awards: map[string]string{}, revoked: map[string]bool{}}
}

// keys is how many awards are asked for at once, each by two clients.
const keys = 4

func (v *issuer) issueAll() {
	var all sync.WaitGroup
	for n := range keys {
		all.Go(func() { v.twice(func() { v.issue(n) }) })
	}
	all.Wait()
}

// twice has two clients ask for the same.
func (v *issuer) twice(do func()) {
	var both sync.WaitGroup
	both.Go(do)
	both.Go(do)
	both.Wait()
}

// issue asks for the award of a key. Some have a reference, one a decision on the
// name.
func (v *issuer) issue(n int) {
	body := order(v.achievement, nil)
	if n%2 == 1 {
		body["recipient"] = map[string]string{"givenName": "Lucie", "familyName": "Martin", "ref": "r1"}
	}
	if n == 2 {
		body["showName"], body["over15"] = true, true
		body["consent"] = map[string]string{"by": "Lucie", "at": "2026-11-22T10:00:00+01:00", "how": "sur papier"}
	}
	key := fmt.Sprintf("key-%d", n)
	a := v.insist(http.MethodPost, "/api/v1/awards", key, body)
	if a.Status != http.StatusCreated {
		v.Errorf("%s: %d %s", key, a.Status, a.Body)
		return
	}
	id := a.member(v, "id")
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if before := v.awards[key]; before != "" && before != id {
		v.Errorf("%s was answered with %s, and with %s", key, before, id)
	}
	v.awards[key] = id
}

// revoke takes an award back. Whoever asks again is told that it is done.
func (v *issuer) revoke(id string) {
	a := v.insist(http.MethodPost, "/api/v1/awards/"+id+"/revocation", "", map[string]any{"reason": "Essai."})
	if a.Status != http.StatusCreated && (a.Status != http.StatusConflict || a.member(v, "code") != "error.award.revoked") {
		v.Errorf("revocation: %d %s", a.Status, a.Body)
		return
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.revoked[id] = true
}

func (v *issuer) ids() []string { return slices.Sorted(maps.Values(v.awards)) }

// seeValid waits until each badge has its place in the log.
func (v *issuer) seeValid() {
	late := time.After(patience)
	for _, id := range v.ids() {
		for {
			verdict := v.insist(http.MethodGet, "/v/"+id+".json", "", nil).member(v, "verdict")
			if verdict == v.verdict(id) {
				break
			}
			select {
			case <-late:
				v.Errorf("%s is %s, want %s", id, verdict, v.verdict(id))
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}
}

func (v *issuer) verdict(id string) string {
	if v.revoked[id] {
		return "revoked"
	}
	return "valid"
}

// endList has the venue's status list end in a minute, so that whoever reads it
// has it signed anew.
func (v *issuer) endList() (number int) {
	v.must(v.db.QueryRowContext(v.Context(), `SELECT l.number FROM status_list l JOIN venue v ON v.id = l.venue
		WHERE v.slug = $1`, v.slug).Scan(&number))
	soon := time.Now().Add(time.Minute).UTC().Format("2006-01-02T15:04:05.000000Z")
	_, err := v.db.ExecContext(v.Context(), `UPDATE status_list SET valid_until = $1 WHERE number = $2`, soon, number)
	v.must(err)
	return number
}

func (v *issuer) readList(number int) {
	a := v.insist(http.MethodGet, fmt.Sprintf("/status/%d", number), "", nil)
	if a.Status != http.StatusOK {
		v.Errorf("status list: %d %s", a.Status, a.Body)
		return
	}
	until, err := time.Parse(time.RFC3339, a.member(v, "validUntil"))
	if err != nil || time.Until(until) < time.Hour {
		v.Errorf("the status list ends at %s, %v", until, err)
	}
}

// check holds what is stored against what was answered.
func (v *issuer) check(cell string) {
	v.Helper()
	v.seeValid()
	s := &site{tb: v.T, Base: v.base}
	stored, want := s.register(v.T, v.token), v.ids()
	slices.Sort(stored)
	if !slices.Equal(stored, want) {
		v.Errorf("%s: answered %v, stored %v", cell, want, stored)
	}
	for _, id := range stored {
		if got := s.verdictOf(id); got != v.verdict(id) || s.isSet(v.T, id) != v.revoked[id] {
			v.Errorf("%s: %s is %s, want %s; its bit is %t", cell, id, got, v.verdict(id), s.isSet(v.T, id))
		}
	}
	v.issued, v.takenBack = v.issued+len(want), v.takenBack+len(v.revoked)
}
