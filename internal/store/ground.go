package store

import (
	"context"
	"sync"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// ground is the rows that an award stands on. They are made once and never go
// (migrations 0006), so that their keys need to be looked up but once.
type ground struct{ venue, achievement, list rowID }

// site names a ground: the venue's own achievement in a version that there is, and
// its own list.
type site struct {
	venue       string
	achievement award.AchievementID
	version     int
	list        int
}

// grounds remembers those that were found.
type grounds struct {
	mutex sync.RWMutex
	found map[site]ground
}

// mostGrounds bounds them; beyond, all are forgotten and looked up again.
const mostGrounds = 10_000

// ground finds what a record stands on; problem.NotFound when some of it is not
// there, or is another venue's.
func (s *Store) ground(ctx context.Context, sc scope.Scope, r award.Record) (ground, error) {
	at := site{sc.Venue(), r.Achievement, r.Version, r.Slot.List}
	if g, known := s.grounds.get(at); known {
		return g, nil
	}
	g, err := readOne(ctx, s, "find what the award stands on", scanGround, `SELECT v.id, a.id, l.id
		FROM venue v
		JOIN achievement a ON a.venue = v.id
		JOIN achievement_version n ON n.achievement = a.id
		JOIN status_list l ON l.venue = v.id
		WHERE v.slug = $1 AND a.public_id = $2 AND n.version = $3 AND l.number = $4`,
		at.venue, at.achievement, at.version, at.list)
	if err == nil {
		s.grounds.put(at, g)
	}
	return g, err
}

func scanGround(r row) (g ground, err error) {
	err = r.Scan(&g.venue, &g.achievement, &g.list)
	return g, err
}

func (g *grounds) get(at site) (ground, bool) {
	g.mutex.RLock()
	defer g.mutex.RUnlock()
	found, known := g.found[at]
	return found, known
}

func (g *grounds) put(at site, found ground) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.found == nil || len(g.found) >= mostGrounds {
		g.found = map[site]ground{}
	}
	g.found[at] = found
}

// groundless says of a record that what it stands on is not there, in the words
// of a constraint: who is refused is told more.
func groundless(err error) error {
	if problem.Is(err, problem.NotFound) {
		return errMisfit
	}
	return err
}
