package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Exported says what an export of the log wrote.
type Exported struct {
	Size    int64 // leaves of the tree in the folder
	Written int   // tiles and bundles written
	Kept    int   // those that were there already
}

// The files of an exported log, beside its tiles (C2SP tlog-tiles, tlog-policy).
const (
	checkpointFile = "checkpoint"
	policyFile     = "policy"
)

// ExportLog writes the log as it was last published into a folder, as the files
// that a static server answers the same addresses from. Tiles that are there
// stay; the checkpoint comes last, so that the folder is a whole log at every
// moment. It refuses a folder that holds another log, or this log ahead of the
// database: an older backup must not roll a mirror back.
func (c *Core) ExportLog(ctx context.Context, dir string) (Exported, error) {
	last, err := c.Store.LastCheckpoint(ctx)
	if problem.Is(err, problem.NotFound) {
		return Exported{}, errors.New("nothing was published yet: the running service signs the first checkpoint")
	}
	if err != nil {
		return Exported{}, err
	}
	m, err := openMirror(dir)
	if err != nil {
		return Exported{}, err
	}
	done, err := c.exportTo(ctx, m, last)
	return done, errors.Join(err, m.close())
}

func (c *Core) exportTo(ctx context.Context, m *mirror, last translog.Checkpoint) (Exported, error) {
	resumes, err := c.resumes(ctx, m, last)
	if err != nil {
		return Exported{}, err
	}
	done := Exported{Size: last.Size}
	missing := func(t translog.Tile) bool {
		if resumes && m.has(t) {
			done.Kept++
			return false
		}
		return true
	}
	err = translog.Publish(ctx, c.Store, last.Head, missing, func(t translog.Tile, data []byte) error {
		done.Written++
		return m.put(t.Path(), data)
	})
	if err != nil {
		return Exported{}, err
	}
	return done, c.seal(ctx, m, last)
}

// seal makes the tiles last, then shows them. Another export may have finished
// meanwhile with a later checkpoint, which stays.
func (c *Core) seal(ctx context.Context, m *mirror, last translog.Checkpoint) error {
	policy, err := c.Log.Policy().Marshal()
	if err != nil {
		return err
	}
	if err := errors.Join(m.put(policyFile, policy), m.settle()); err != nil {
		return err
	}
	there, err := c.published(m)
	if err != nil || there.Size > last.Size {
		return err
	}
	if err := errors.Join(m.put(checkpointFile, last.Note), m.settle()); err != nil {
		return err
	}
	return m.tidy()
}

// resumes reports whether the folder holds the beginning of this very log; an
// error when it holds something else. Without a checkpoint nothing that lies
// there is believed.
func (c *Core) resumes(ctx context.Context, m *mirror, last translog.Checkpoint) (bool, error) {
	there, err := c.published(m)
	if err != nil || there.Note == nil {
		return false, err
	}
	if there.Size > last.Size {
		return false, fmt.Errorf("%s holds %d leaves and the database %d: the database is older than what was published "+
			"from it, do not issue with it: %w", m.root.Name(), there.Size, last.Size, translog.ErrDiverged)
	}
	proof, err := translog.Consistency(ctx, c.Store, there.Size, last.Size)
	if err == nil {
		err = translog.CheckConsistency(proof, there.Head, last.Head)
	}
	if err != nil {
		return false, fmt.Errorf("the log does not continue what lies in %s: %w", m.root.Name(), err)
	}
	return true, nil
}

// published reads the checkpoint that lies in the folder; without a note when
// there is none.
func (c *Core) published(m *mirror) (translog.Checkpoint, error) {
	signed, err := m.root.ReadFile(checkpointFile)
	if errors.Is(err, fs.ErrNotExist) {
		return translog.Checkpoint{}, nil
	}
	if err != nil {
		return translog.Checkpoint{}, err
	}
	there, err := c.Log.Policy().Verify(signed)
	if err != nil {
		return translog.Checkpoint{}, fmt.Errorf("%s holds the checkpoint of another log: choose another folder: %w", m.root.Name(), err)
	}
	return there.Checkpoint, nil
}
