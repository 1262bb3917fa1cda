package award

import (
	"context"
	"fmt"
	"sync"

	"ramure/internal/credential/statuslist"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// blockSize is how many indexes a process reserves at a time: so many that fewer
// than one award in a hundred waits for it. Those that it loses at a stop are
// harmless gaps.
const blockSize = 128

// slots holds the reserved indexes of this process, by venue.
type slots struct {
	mutex  sync.Mutex
	venues map[string]*reserve
}

// reserve is the block that a venue's awards take their indexes from.
type reserve struct {
	sync.Mutex  // also while a new block is asked for: one caller does it for all
	block       Block
	permutation *statuslist.Permutation
}

func (s *slots) of(venue string) *reserve {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.venues == nil {
		s.venues = map[string]*reserve{}
	}
	r := s.venues[venue]
	if r == nil {
		r = &reserve{}
		s.venues[venue] = r
	}
	return r
}

// slot takes the next reserved index of a venue, and reserves a new block
// when there is none left. Indexes follow a keyed permutation, so that their
// order tells nothing about the order of awards.
func (s *Service) slot(ctx context.Context, v mediation.Venue) (Slot, error) {
	r := s.slots.of(v.Slug)
	r.Lock()
	defer r.Unlock()
	if r.block.Count == 0 {
		if err := s.refill(ctx, v, r); err != nil {
			return Slot{}, err
		}
	}
	counter := r.block.First
	r.block.First, r.block.Count = r.block.First+1, r.block.Count-1
	return Slot{List: r.block.List, Index: r.permutation.Index(counter)}, nil
}

func (s *Service) refill(ctx context.Context, v mediation.Venue, r *reserve) error {
	block, err := s.reserve(ctx, v)
	if err != nil {
		return err
	}
	permutation, err := statuslist.NewPermutation(block.Key, statuslist.Entries)
	if err != nil {
		return fmt.Errorf("read permutation of list %d: %w", block.List, err)
	}
	r.block, r.permutation = block, permutation
	return nil
}

// reserve takes a block from the venue's open list, and opens a new list when
// none has room.
func (s *Service) reserve(ctx context.Context, v mediation.Venue) (Block, error) {
	block, err := s.Store.ReserveSlots(ctx, v.Slug, blockSize)
	if !problem.Is(err, problem.NotFound) {
		return block, err
	}
	key, err := s.random(16)
	if err != nil {
		return Block{}, err
	}
	sign, err := s.resigner(ctx, v.Slug)
	if err != nil {
		return Block{}, err
	}
	if err := s.Store.AddStatusList(ctx, v.Slug, key, statuslist.Entries, sign); err != nil {
		return Block{}, err
	}
	s.Log.Wake()
	return s.Store.ReserveSlots(ctx, v.Slug, blockSize)
}
