package award

import (
	"context"
	"crypto/ed25519"

	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Proof gives the proof that an award is in the log, with what opens its leaf,
// as c2sp.org/tlog-proof@v1 text. While the leaf waits for the sequencer the
// answer is Unavailable: ask again in a second.
func (s *Service) Proof(ctx context.Context, id ID) ([]byte, error) {
	stored, err := s.settled(ctx, id)
	if err != nil {
		return nil, err
	}
	proof, err := s.prove(ctx, stored)
	if problem.Is(err, problem.NotFound) {
		return nil, problem.New(problem.Unavailable, "error.log.pending").After(sequencerPause)
	}
	if err != nil {
		return nil, err
	}
	return proof.Marshal(), nil
}

// prove makes the proof of a stored award; problem.NotFound while no checkpoint
// covers its leaf.
func (s *Service) prove(ctx context.Context, stored Stored) (translog.Proof, error) {
	if stored.LeafIndex == nil {
		return translog.Proof{}, problem.New(problem.NotFound, "error.log.pending")
	}
	checkpoint, err := s.Log.Latest(ctx)
	if err != nil {
		return translog.Proof{}, err
	}
	key, err := s.Keys.PublicByThumbprint(ctx, stored.Thumbprint)
	if err != nil {
		return translog.Proof{}, err
	}
	public, isEd25519 := key.Public.(ed25519.PublicKey)
	if !isEd25519 {
		return translog.Proof{}, problem.New(problem.Internal, "error.internal")
	}
	opening := translog.Opening{Day: translog.Day(stored.IssuedAt), Salt: stored.CommitSalt, PublicKey: public}
	return translog.Prove(ctx, s.Log, checkpoint, *stored.LeafIndex, stored.Leaf, opening)
}
