package keyring

import (
	"context"
	"crypto"
	"fmt"
	"io"
	"maps"
	"sync"
	"time"

	"ramure/internal/problem"
)

// Config is what a Ring needs.
type Config struct {
	Master  *Master
	Store   Store
	Now     func() time.Time
	Rand    io.Reader
	Workers int // keys made at once: an RSA key keeps a core busy for seconds; 0 means 1
}

// Ring opens keys once and makes missing ones. It is safe for concurrent use.
type Ring struct {
	config Config
	making chan struct{} // one place per worker

	mu     sync.Mutex
	opened map[slot]*Signer
	gates  map[slot]*gate
	epoch  int // how often Forget was called
}

// slot is where an issuer has at most one active key.
type slot struct {
	issuer string
	use    Use
}

// New makes an empty ring.
func New(config Config) *Ring {
	return &Ring{
		config: config,
		making: make(chan struct{}, max(1, config.Workers)),
		opened: map[slot]*Signer{},
		gates:  map[slot]*gate{},
	}
}

// Signer gives the signer of an issuer's active key for a use. The error is
// problem.NotFound if there is no such key yet.
func (r *Ring) Signer(ctx context.Context, issuer string, use Use) (*Signer, error) {
	return r.signer(ctx, slot{issuer, use}, r.open)
}

// Ensure is Signer that makes the key if there is none. The algorithm says what to
// make; a key that exists keeps its own. Concurrent calls make one key, on this
// instance and, by the store's word, on all others.
func (r *Ring) Ensure(ctx context.Context, issuer string, use Use, algorithm string) (*Signer, error) {
	if err := allowed(use, algorithm); err != nil {
		return nil, err
	}
	return r.signer(ctx, slot{issuer, use}, func(ctx context.Context, at slot) (*Signer, error) {
		signer, err := r.open(ctx, at)
		if !problem.Is(err, problem.NotFound) {
			return signer, err
		}
		return r.create(ctx, at, algorithm)
	})
}

// signer looks into the ring, and lets one caller at a time fill a slot.
func (r *Ring) signer(ctx context.Context, at slot, fill func(context.Context, slot) (*Signer, error)) (*Signer, error) {
	if signer, _ := r.cached(at); signer != nil {
		return signer, nil
	}
	leave, err := r.enter(ctx, at)
	if err != nil {
		return nil, err
	}
	defer leave()
	signer, epoch := r.cached(at)
	if signer != nil {
		return signer, nil
	}
	if signer, err = fill(ctx, at); err != nil {
		return nil, err
	}
	r.keep(at, signer, epoch)
	return signer, nil
}

func (r *Ring) cached(at slot) (*Signer, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.opened[at], r.epoch
}

// keep remembers a signer, unless keys were forgotten since the store was asked:
// it may be the one that was replaced.
func (r *Ring) keep(at slot, signer *Signer, epoch int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.epoch == epoch {
		r.opened[at] = signer
	}
}

func (r *Ring) open(ctx context.Context, at slot) (*Signer, error) {
	record, err := r.config.Store.Key(ctx, at.issuer, at.use)
	if err != nil {
		return nil, err
	}
	return r.unseal(record, at)
}

// unseal opens a record for the slot that it was asked for. What the database says
// of a record is believed only as far as the seal confirms it.
func (r *Ring) unseal(record Sealed, at slot) (*Signer, error) {
	if record.Issuer != at.issuer || record.Use != at.use {
		cause := fmt.Errorf("asked for the %s key of %q, got that of %q for %s", at.use, at.issuer, record.Issuer, record.Use)
		return nil, problem.Wrap(problem.Internal, "error.key.unsealed", cause)
	}
	private, err := r.config.Master.unseal(record)
	if err != nil {
		return nil, err
	}
	return newSigner(record, private), nil
}

func (r *Ring) create(ctx context.Context, at slot, algorithm string) (*Signer, error) {
	private, err := r.generate(ctx, algorithm)
	if err != nil {
		return nil, err
	}
	record := Sealed{Issuer: at.issuer, Use: at.use, Algorithm: algorithm, CreatedAt: r.config.Now()}
	if err := r.config.Master.seal(&record, private, r.config.Rand); err != nil {
		return nil, err
	}
	winner, err := r.config.Store.AddKey(ctx, record)
	if err != nil {
		return nil, err
	}
	return r.unseal(winner, at)
}

// generate waits for a place among the workers.
func (r *Ring) generate(ctx context.Context, algorithm string) (crypto.Signer, error) {
	select {
	case r.making <- struct{}{}:
	case <-ctx.Done():
		return nil, problem.Wrap(problem.Unavailable, "error.key.busy", ctx.Err())
	}
	defer func() { <-r.making }()
	return Generate(algorithm, r.config.Rand)
}

// Forget drops an issuer's opened keys: the next call asks the store. It is called
// when the issuer's keys have changed here or on another instance.
func (r *Ring) Forget(issuer string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.epoch++
	maps.DeleteFunc(r.opened, func(at slot, _ *Signer) bool { return at.issuer == issuer })
}
