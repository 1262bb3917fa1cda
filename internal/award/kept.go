package award

import (
	"context"
	"slices"
	"time"

	"ramure/internal/credential"
	"ramure/internal/freshness"
)

// kept is what this process keeps of what anybody may read. A change of any of
// it raises the change sequence, here at once and elsewhere within a second, and
// nothing that was kept is served any more.
type kept struct {
	documents *freshness.Cache[ID, []byte]
	views     *freshness.Cache[ID, *View]
	lists     *freshness.Cache[int, StatusList]
}

// Bytes that each of them may take, 32 MiB in all.
const (
	keptDocuments = 8 << 20
	keptViews     = 20 << 20
	keptLists     = 4 << 20
)

// keptFor bounds how long anything is kept, were it changed behind our back: by
// hand in the database, or by a disk.
const keptFor = time.Minute

func keep(c Config) kept {
	source := c.Changes
	if source == nil {
		source = freshness.NewSequence(c.Now) // which nobody tells of changes: keep nothing
	}
	return kept{
		documents: freshness.NewCache[ID, []byte](source, c.Now, keptDocuments),
		views:     freshness.NewCache[ID, *View](source, c.Now, keptViews),
		lists:     freshness.NewCache[int, StatusList](source, c.Now, keptLists),
	}
}

// entrySize is about what an entry takes besides its document.
const entrySize = 512

func (s *Service) keptDocument(ctx context.Context, id ID) ([]byte, error) {
	return s.kept.documents.Get(id, func() ([]byte, freshness.Terms, error) {
		until := s.Now().Add(keptFor)
		document, err := s.Store.PublicDocument(ctx, id)
		return document, freshness.Terms{Size: entrySize + len(document), Until: until}, err
	})
}

// keptView answers an examination of at most a minute ago that would come out the
// same now, but for its moment.
func (s *Service) keptView(ctx context.Context, id ID) (View, error) {
	found, err := s.kept.views.Get(id, func() (*View, freshness.Terms, error) {
		view, err := s.examine(ctx, id)
		return &view, view.terms(), err
	})
	if err != nil {
		return View{}, err
	}
	view := *found
	view.Report.Checks = slices.Clone(found.Report.Checks) // the door writes its sentences into them
	view.Report.CheckedAt = s.Now()
	return view, nil
}

// terms keep a view until the moment at which its dates say something else. Not
// kept is one that has yet to begin, one that waits for its place in the log, and
// one in which something failed or is unknown: the next reader may have better
// luck.
func (v View) terms() freshness.Terms {
	now := v.Report.CheckedAt
	final := []credential.Verdict{credential.Valid, credential.Expired, credential.Revoked}
	if v.LeafIndex == nil || now.Before(v.ValidFrom) || !slices.Contains(final, v.Report.Verdict) {
		return freshness.Terms{}
	}
	until := now.Add(keptFor)
	if end := v.ValidUntil; end != nil && !now.After(*end) && end.Before(until) {
		until = *end
	}
	return freshness.Terms{Size: viewSize(v), Until: until}
}

// viewSize guesses what a view takes in memory: its bytes, what was read out of
// them, and the report.
func viewSize(v View) int { return 4*len(v.Document) + 8*entrySize }

func (s *Service) keptList(ctx context.Context, number int) (StatusList, error) {
	return s.kept.lists.Get(number, func() (StatusList, freshness.Terms, error) {
		l, err := s.list(ctx, number)
		size := entrySize + len(l.Document) + 8*len(l.Revoked)
		return l, freshness.Terms{Size: size, Until: l.ValidUntil.Add(-listReserve - 1)}, err
	})
}
