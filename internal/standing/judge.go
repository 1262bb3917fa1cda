package standing

import (
	"context"
	"time"

	"ramure/internal/credential"
	"ramure/internal/freshness"
	"ramure/internal/lookalike"
	"ramure/internal/problem"
)

// Standing says how an issuer stands here, by its id and by the name that it gives
// itself. With a name that belongs to somebody else the standing is unknown, and
// lookAlike is whose name it looks like. The id must be proven by the caller.
func (s *Service) Standing(ctx context.Context, issuerID, name string) (standing credential.Standing, lookAlike string, err error) {
	known, err := s.index(ctx)
	if err != nil {
		return credential.UnknownStanding, "", err
	}
	own, listed := known.byID[issuerID]
	if other, found := known.resembling(issuerID, own, listed, s.Names.Skeleton(name)); found {
		return credential.UnknownStanding, other.name, nil
	}
	if !listed {
		return credential.UnknownStanding, "", nil
	}
	return standings[own.rank], "", nil
}

// rank says how much an entry counts; less is more.
type rank int

const (
	venue    rank = iota // of this network
	chosen               // by the operator
	borrowed             // from a registry
)

var standings = map[rank]credential.Standing{
	venue: credential.OfNetwork, chosen: credential.Known, borrowed: credential.Known,
}

// entry is an issuer that is known.
type entry struct {
	id, name string
	skeleton string
	rank     rank
}

// index finds what is known by id and by skeleton, what counts most first.
type index struct {
	byID       map[string]entry
	bySkeleton map[string][]entry
}

// resembling finds another whose name a name looks like. Under its own name an
// issuer only yields to those who count more: two of a list may share a name.
func (x *index) resembling(id string, own entry, listed bool, skeleton string) (entry, bool) {
	if skeleton == "" {
		return entry{}, false
	}
	underOwn := listed && own.skeleton == skeleton
	for _, other := range x.bySkeleton[skeleton] {
		if other.id != id && (!underOwn || other.rank < own.rank) {
			return other, true
		}
	}
	return entry{}, false
}

// kept bounds how long the list is believed without being read again.
const kept = time.Minute

func (s *Service) index(ctx context.Context) (*index, error) {
	return s.indexes.Get(struct{}{}, func() (*index, freshness.Terms, error) {
		terms := freshness.Terms{Until: s.Now().Add(kept)}
		made, err := s.gather(ctx)
		if err != nil {
			return nil, terms, err
		}
		terms.Size = 1 + len(made.byID)*entrySize
		return made, terms, nil
	})
}

// entrySize is about what an entry takes in memory with its places in the index.
const entrySize = 512

// gather reads what is known, what counts most first.
func (s *Service) gather(ctx context.Context) (*index, error) {
	x := &index{byID: map[string]entry{}, bySkeleton: map[string][]entry{}}
	venues, err := s.Store.Venues(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range venues {
		x.add(s.Names, s.Issuer(v.Slug), v.Name, venue)
	}
	issuers, err := s.Store.KnownIssuers(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range issuers {
		x.add(s.Names, i.ID, i.Name, chosen)
	}
	return x, s.gatherRegistries(ctx, x)
}

// gatherRegistries adds what registries said within the week, and files for good.
func (s *Service) gatherRegistries(ctx context.Context, x *index) error {
	registries, err := s.Store.Registries(ctx)
	if err != nil {
		return err
	}
	for _, r := range registries {
		if r.fetched() && s.Now().Sub(r.ReadAt) > believed {
			continue
		}
		for id, name := range r.Issuers {
			x.add(s.Names, id, name, borrowed)
		}
	}
	return nil
}

// add keeps the entry that counts most of each id, and all of each name.
func (x *index) add(names *lookalike.Table, id, name string, r rank) {
	e := entry{id: id, name: name, skeleton: names.Skeleton(name), rank: r}
	if _, listed := x.byID[id]; !listed {
		x.byID[id] = e
	}
	if e.skeleton != "" {
		x.bySkeleton[e.skeleton] = append(x.bySkeleton[e.skeleton], e)
	}
}

// missing gives a NotFound the words of what was looked for.
func missing(err error, id string) error {
	if problem.Is(err, problem.NotFound) {
		return problem.New(problem.NotFound, "error.trust.unknown").With("id", id)
	}
	return err
}
