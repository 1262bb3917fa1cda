package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ramure/internal/translog"
)

const selectHead = `SELECT size, root FROM log_head WHERE log = $1`

func scanHead(r row) (head translog.Head, err error) {
	var root hash32
	err = r.Scan(&head.Size, &root)
	head.Root = translog.Hash(root)
	return head, err
}

const selectLastCheckpoint = `SELECT size, root, note, at FROM log_checkpoint
	WHERE log = $1 ORDER BY size DESC LIMIT 1`

func scanCheckpoint(r row) (cp translog.Checkpoint, err error) {
	var root hash32
	var at Time
	err = r.Scan(&cp.Size, &root, &cp.Note, &at)
	cp.Root, cp.At = translog.Hash(root), at.Time
	cp.Origin, _, _ = strings.Cut(string(cp.Note), "\n")
	return cp, err
}

// LastCheckpoint gives the checkpoint of greatest size; problem.NotFound
// before the first.
func (s *Store) LastCheckpoint(ctx context.Context) (translog.Checkpoint, error) {
	return readOne(ctx, s, "read the checkpoint", scanCheckpoint, selectLastCheckpoint, logID)
}

// Nodes gives the hashes at positions, in their order; a missing one is an error.
func (s *Store) Nodes(ctx context.Context, positions []int64) ([]translog.Hash, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	hashes, err := nodes(ctx, s.reader, positions)
	return hashes, failed("read nodes of the log", err)
}

// Leaves gives count leaves from the place first on, in order; a missing one is
// an error.
func (s *Store) Leaves(ctx context.Context, first int64, count int) ([][]byte, error) {
	leaves, err := readAll(ctx, s, "read leaves of the log", scalar[[]byte], `SELECT data FROM log_leaf
		WHERE log = $1 AND idx >= $2 AND idx < $3 ORDER BY idx`, logID, first, first+int64(count))
	if err == nil && len(leaves) != count {
		err = fmt.Errorf("read leaves of the log: %d of %d from place %d", len(leaves), count, first)
	}
	return leaves, err
}

// PendingAge is how long the oldest leaf has been waiting for its place; zero
// when none waits.
func (s *Store) PendingAge(ctx context.Context) (time.Duration, error) {
	oldest, err := readOne(ctx, s, "read the age of the log", scalar[optionalTime],
		`SELECT MIN(created_at) FROM log_leaf WHERE log = $1 AND idx IS NULL`, logID)
	if err != nil || oldest.at == nil {
		return 0, err
	}
	return max(0, s.now().Sub(*oldest.at)), nil
}

func scanNode(r row) (n translog.NodeRow, err error) {
	var hash hash32
	err = r.Scan(&n.Position, &hash)
	n.Hash = translog.Hash(hash)
	return n, err
}

// nodes reads positions in runs, and puts what it read into the order asked.
func nodes(ctx context.Context, q querier, positions []int64) ([]translog.Hash, error) {
	read, err := listed(ctx, q, scanNode, `SELECT pos, hash FROM log_node WHERE log = $1 AND pos IN `, positions, logID)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]translog.Hash, len(positions))
	for _, one := range read {
		found[one.Position] = one.Hash
	}
	hashes := make([]translog.Hash, len(positions))
	for i, position := range positions {
		hash, stored := found[position]
		if !stored {
			return nil, fmt.Errorf("the node at position %d is missing", position)
		}
		hashes[i] = hash
	}
	return hashes, nil
}
