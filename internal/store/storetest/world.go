package storetest

import (
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/store"
	"ramure/internal/translog"
)

// dawn is when everything in a world begins, with a fraction that the database
// cuts off.
var dawn = time.Date(2026, 11, 22, 10, 0, 0, 123456789, time.UTC)

// listSize is the number of entries of the lists that worlds open.
const listSize = 1000

// world is a database with two venues, each with an achievement and a list.
type world struct {
	*testing.T
	*store.Store
	open    Open
	serial  *atomic.Int64
	atelier place
	phare   place
}

// place is a venue with what it needs to award.
type place struct {
	slug        string
	scope       scope.Scope
	achievement award.AchievementID
	list        int
}

func newWorld(t *testing.T, open Open) *world {
	w := &world{T: t, Store: open(), open: open, serial: new(atomic.Int64)}
	w.atelier, w.phare = w.settle("atelier"), w.settle("phare")
	return w
}

// settle makes a venue that can award.
func (w *world) settle(slug string) place {
	w.Helper()
	p := place{slug: slug, scope: auth.Operator(slug)}
	w.must(w.AddVenue(w.ctx(), mediation.Venue{Slug: slug, Name: "Lieu " + slug, Commune: "13055",
		JWTAlg: "RS256", CreatedAt: dawn}))
	a := w.achievement(slug)
	w.must(w.AddAchievement(w.ctx(), p.scope, a, w.leaf(translog.KindAchievement, slug)))
	p.achievement = a.ID
	w.must(w.AddStatusList(w.ctx(), slug, []byte("key of "+slug), listSize, w.sign))
	block, err := w.ReserveSlots(w.ctx(), slug, 1)
	w.must(err)
	p.list = block.List
	return p
}

func (w *world) ctx() context.Context { return w.Context() }

// next is a number that was never given before in this world.
func (w *world) next() int { return int(w.serial.Add(1)) }

// id is a public id of the right shape.
func (w *world) id() string { return fmt.Sprintf("%022d", w.next()) }

func (w *world) achievement(slug string) award.Achievement {
	return award.Achievement{
		ID: award.AchievementID(w.id()), Venue: slug, Version: 1, CreatedAt: cut(dawn.Add(time.Duration(w.next()) * time.Second)),
		Document: []byte(`{"type":["Achievement"],"name":"Écrire un courriel"}`),
		Definition: award.Definition{Name: "Écrire un courriel", Description: "Avec une pièce jointe.",
			Criteria: "- envoyer\n- **recevoir**", Type: "Competency", Competences: []string{"acunum.c1.1", "pix.2.1"},
			Levels:        []award.Level{{ID: "1", Name: "Accompagné", Level: "A"}, {ID: "2", Name: "Autonome", Level: "B", Description: "seul"}},
			RequiredLevel: "1", ValidFor: "P3Y", Tags: []string{"courriel", "œuvre"}},
	}
}

// record is a complete award of the venue, to a new person without reference.
func (w *world) record(p place) award.Record {
	n := w.next()
	from := cut(dawn.Add(time.Duration(n) * time.Minute))
	r := award.Record{
		ID: award.ID(w.id()), Key: fmt.Sprintf("key-%d", n), Achievement: p.achievement, Version: 1,
		Holder: award.Holder{Person: award.Person{GivenName: "Zoé", FamilyName: "Le Goff-D’Œuvre"},
			Subject: fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n)},
		AwardedOn: "2026-11-22", ValidFrom: from, NameSalt: fmt.Sprintf("%032x", n),
		Thumbprint: thumbprint("proof"), Document: fmt.Appendf(nil, `{"credential":%d}`, n),
		Slot: award.Slot{List: p.list, Index: n}, IssuedAt: from, IssuedBy: "token:test",
		Leaf: w.leaf(translog.KindIssue, p.slug),
	}
	copy(r.Fingerprint[:], fmt.Sprintf("order %d", n))
	copy(r.CommitSalt[:], fmt.Sprintf("salt %d", n))
	copy(r.DocHash[:], fmt.Sprintf("hash %d", n))
	return r
}

// leaf is a leaf of that kind, unlike any other.
func (w *world) leaf(kind translog.Kind, slug string) []byte {
	w.Helper()
	var value [32]byte
	copy(value[:], fmt.Sprintf("value %d", w.next()))
	leaf := translog.Leaf{Kind: kind, Day: translog.Day(dawn), Issuer: issuerDID(slug),
		Thumbprint: thumbprint("proof"), Value: base64.StdEncoding.EncodeToString(value[:])}
	data, err := leaf.Marshal()
	w.must(err)
	return data
}

// sign stands for the signature of a status list: a text that names all that
// was to be signed.
func (w *world) sign(l award.StatusList) (award.SignedList, error) {
	at := dawn.Add(time.Duration(w.next()) * time.Second)
	return award.SignedList{Document: fmt.Appendf(nil, "list %d of %s, revoked %v", l.Number, l.Venue, l.Revoked),
		ValidFrom: at, ValidUntil: at.Add(24 * time.Hour), Leaf: w.leaf(translog.KindStatus, l.Venue)}, nil
}

// award records an award that must succeed.
func (w *world) award(p place, change ...func(*award.Record)) award.Record {
	w.Helper()
	r := w.record(p)
	for _, c := range change {
		c(&r)
	}
	_, err := w.RecordAward(w.ctx(), p.scope, r)
	w.must(err)
	return r
}

func issuerDID(slug string) string { return "did:web:example.org:issuers:" + slug }

// thumbprint has the shape of an RFC 7638 thumbprint.
func thumbprint(name string) string {
	var raw [32]byte
	copy(raw[:], name)
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// cut is an instant as the database gives it back.
func cut(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// fails checks the kind of a failure, and that its message has that key.
func (w *world) fails(err error, kind problem.Kind, key ...string) {
	w.Helper()
	if problem.KindOf(err) != kind {
		w.Fatalf("got %v, want a problem of kind %s", err, kind)
	}
	if len(key) > 0 && !strings.Contains(err.Error(), key[0]) {
		w.Fatalf("got %v, want %s", err, key[0])
	}
}

// same checks that two values are equal all through.
func (w *world) same(got, want any) {
	w.Helper()
	if !reflect.DeepEqual(got, want) {
		w.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// raises checks that an act raises the change sequence, or that it does not.
func (w *world) raises(want bool, do func()) {
	w.Helper()
	before, err := w.ChangeSequence(w.ctx())
	w.must(err)
	do()
	after, err := w.ChangeSequence(w.ctx())
	w.must(err)
	if (after > before) != want {
		w.Fatalf("the change sequence went from %d to %d", before, after)
	}
}
