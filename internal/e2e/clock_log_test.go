package e2e

import (
	"context"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/translog"
)

// settled waits for every award to have its place in the log, and reads the times
// of the log from its beginning to its end.
func (j *jump) settled() {
	j.T.Helper()
	for kind, n := range j.soundLog(j.T) {
		if kind == translog.KindIssue && n != len(j.awards) {
			j.Errorf("%d awards were answered, %d are in the log", len(j.awards), n)
		}
	}
	issued := map[int64]time.Time{}
	for _, id := range j.awards {
		stored, err := j.Store.Award(j.Context(), auth.Operator("eric-embrun"), award.ID(id))
		j.must(err)
		issued[*stored.LeafIndex] = stored.IssuedAt
		if off := time.Until(stored.IssuedAt).Abs(); off > time.Hour-time.Minute && j.Store.Engine() == "postgres" {
			j.Errorf("signed %s off", off)
		}
	}
	j.must(j.Store.Archive(j.Context(), func(ctx context.Context, all translog.Archive) error {
		j.checkpointsInOrder(ctx, all)
		return j.leavesInOrder(ctx, all, issued)
	}))
}

func (j *jump) checkpointsInOrder(ctx context.Context, all translog.Archive) {
	points, err := all.CheckpointRows(ctx, 0, most)
	j.must(err)
	for n := 1; n < len(points); n++ {
		if points[n].At.Before(points[n-1].At) {
			j.Errorf("the checkpoint of %d leaves is of %s, after one of %s", points[n].Size, points[n].At, points[n-1].At)
		}
	}
}

// leavesInOrder wants the days never to go back, nor the hours by more than the
// second that clocks may differ, and clients that sign at the same moment.
func (j *jump) leavesInOrder(ctx context.Context, all translog.Archive, issued map[int64]time.Time) error {
	rows, err := all.LeafRows(ctx, 0, most)
	day, latest := "", time.Time{}
	for _, row := range rows {
		leaf, err := translog.ParseLeaf(row.Data)
		j.must(err)
		if leaf.Day < day {
			j.Errorf("leaf %d is of %s, after one of %s", row.Index, leaf.Day, day)
		}
		at := issued[row.Index]
		if row.Kind == translog.KindIssue && at.Before(latest.Add(-time.Second)) {
			j.Errorf("leaf %d is of %s, after one of %s", row.Index, at, latest)
		}
		day = leaf.Day
		if at.After(latest) {
			latest = at
		}
	}
	if len(rows) < len(issued) {
		j.Errorf("%d leaves for %d awards", len(rows), len(issued))
	}
	return err
}
