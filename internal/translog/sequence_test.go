package translog

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"ramure/internal/problem"
)

func TestSequenceSignsAnEmptyLogOnce(t *testing.T) {
	t.Parallel()
	m, s := newMemory(), testSigner(t, testOrigin, "log")
	first, err := m.sequence(s, testStart, 0)
	if err != nil || first.Checkpoint == nil || first.Checkpoint.Head != EmptyHead() || first.Count != 0 {
		t.Fatalf("first run: %+v, %v", first, err)
	}
	if _, err := s.Policy("").Verify(m.last().Note); err != nil {
		t.Error(err)
	}
	second, err := m.sequence(s, testStart.Add(time.Hour), 0)
	if err != nil || second.Checkpoint != nil || len(m.checkpoints) != 1 {
		t.Errorf("second run: %+v, %v, %d checkpoints", second, err, len(m.checkpoints))
	}
}

func TestSequenceGivesPlacesInOrder(t *testing.T) {
	t.Parallel()
	m, s := newMemory(), testSigner(t, testOrigin, "log")
	for i := range 12 {
		m.write(testIssue(t, i).leaf)
	}
	for run, want := range []struct {
		first int64
		count int
		more  bool
	}{{0, 5, true}, {5, 5, true}, {10, 2, false}} {
		now := testStart.Add(time.Duration(run) * time.Minute)
		r, err := m.sequence(s, now, 5)
		if err != nil || r.First != want.first || r.Count != want.count || r.More != want.more {
			t.Fatalf("run %d: %+v, %v", run, r, err)
		}
		if cp := m.last(); cp.Size != want.first+int64(want.count) || !cp.At.Equal(now) || cp.Origin != testOrigin {
			t.Errorf("run %d: checkpoint of %d leaves at %s", run, cp.Size, cp.At)
		}
	}
	for i, row := range m.leaves {
		if row.Index != int64(i) || string(row.Data) != string(testIssue(t, i).leaf) {
			t.Errorf("place %d has another leaf", i)
		}
	}
	if r, err := m.sequence(s, testStart.Add(time.Hour), 5); err != nil || r.Checkpoint != nil || len(m.checkpoints) != 3 {
		t.Errorf("with nothing pending: %+v, %v", r, err)
	}
	m.write(testIssue(t, 12).leaf)
	if r, err := m.sequence(s, testStart.Add(time.Hour), -1); err != nil || r.Count != 1 || r.More {
		t.Errorf("without a limit: %+v, %v", r, err)
	}
}

// Whatever is wrong in what is stored, nothing is signed and nothing changes.
func TestSequenceRefusesToSignOnTop(t *testing.T) {
	t.Parallel()
	signer := testSigner(t, testOrigin, "log")
	foreign, err := testSigner(t, testOrigin, "thief").Checkpoint(EmptyHead(), testStart)
	if err != nil {
		t.Fatal(err)
	}
	spoilers := map[string]func(m *memory){
		"head size":                 func(m *memory) { m.head.Size-- },
		"head root":                 func(m *memory) { m.head.Root[7] ^= 1 },
		"rolled back head":          func(m *memory) { m.head = m.checkpoints[len(m.checkpoints)-2].Head },
		"rolled back checkpoints":   func(m *memory) { m.checkpoints = m.checkpoints[:len(m.checkpoints)-1] },
		"all checkpoints lost":      func(m *memory) { m.checkpoints = nil },
		"emptied head":              func(m *memory) { m.head = EmptyHead() },
		"checkpoint row":            func(m *memory) { m.checkpoints[len(m.checkpoints)-1].Root[0] ^= 1 },
		"checkpoint note":           func(m *memory) { flip(&m.checkpoints[len(m.checkpoints)-1].Note, 30) },
		"checkpoint of another key": func(m *memory) { m.checkpoints[len(m.checkpoints)-1].Note = foreign.Note },
		"pending leaf":              func(m *memory) { flip(&m.pending[0].Data, 28) },
		"pending leaf's value":      func(m *memory) { flip(&m.pending[1].Data, len(m.pending[1].Data)-10) },
		"pending hash":              func(m *memory) { m.pending[1].Hash[31] ^= 128 },
		"pending text": func(m *memory) {
			m.pending[0] = PendingLeaf{"key", []byte("Amina Benali\n"), LeafHash([]byte("Amina Benali\n"))}
		},
		"note of an older checkpoint": func(m *memory) {
			m.checkpoints[len(m.checkpoints)-1].Note = m.checkpoints[len(m.checkpoints)-2].Note
		},
	}
	// 37 leaves are full subtrees of 32, 4 and 1: these three nodes carry the root.
	for _, position := range []int64{NodeCount(32) - 1, NodeCount(36) - 1, NodeCount(37) - 1} {
		spoilers[fmt.Sprint("node ", position)] = func(m *memory) { m.nodes[position].Hash[3] ^= 4 }
	}
	for name, spoil := range spoilers {
		m, _ := testLog(t, signer, 37, 30)
		m.write(testIssue(t, 37).leaf, testIssue(t, 38).leaf)
		m = m.clone()
		spoil(m)
		nodes, checkpoints := len(m.nodes), len(m.checkpoints)
		r, err := m.sequence(signer, testStart.Add(time.Hour), 0)
		if !errors.Is(err, ErrDiverged) || problem.KindOf(err) != problem.Internal || r.Checkpoint != nil {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		if len(m.nodes) != nodes || len(m.checkpoints) != checkpoints || len(m.pending) != 2 {
			t.Errorf("%s: something was written", name)
		}
	}
}

// flip changes one bit of a copy, so that rows that share bytes stay apart.
func flip(data *[]byte, at int) {
	copied := append([]byte{}, *data...)
	copied[at] ^= 1
	*data = copied
}

func TestSequenceAndTheClock(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	last := testStart.Add(time.Second) // when testLog signs for the second time
	for jump, want := range map[time.Duration]time.Time{
		-time.Hour: {}, -365 * 24 * time.Hour: {}, -time.Second - 1: {},
		-time.Second: last, -1: last, 0: last,
		1: last.Add(1), time.Hour: last.Add(time.Hour), 366 * 24 * time.Hour: last.Add(366 * 24 * time.Hour),
	} {
		m, _ := testLog(t, s, 4, 3)
		m.write(testIssue(t, 4).leaf)
		_, err := m.sequence(s, last.Add(jump), 0)
		switch {
		case want.IsZero():
			if !errors.Is(err, ErrClock) || problem.KindOf(err) != problem.Unavailable || len(m.checkpoints) != 2 {
				t.Errorf("jump of %s: %v, %d checkpoints", jump, err, len(m.checkpoints))
			}
		case err != nil || !m.last().At.Equal(want):
			t.Errorf("jump of %s: signed at %s, %v", jump, m.last().At, err)
		}
	}
}

func TestSequencePassesFailuresOn(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	for _, method := range []string{"Head", "LastCheckpoint", "Pending", "Nodes", "AddNodes", "Assign", "AddCheckpoint", "SetHead"} {
		m, _ := testLog(t, s, 5, 5)
		m.write(testIssue(t, 5).leaf)
		m.fail = method
		if r, err := m.sequence(s, testStart.Add(time.Hour), 0); !errors.Is(err, errInjected) || r.Checkpoint != nil {
			t.Errorf("%s fails: %+v, %v", method, r, err)
		}
		m.fail = ""
		if r, err := m.sequence(s, testStart.Add(time.Hour), 0); err != nil || r.Count != 1 || m.head.Size != 6 {
			t.Errorf("after %s failed: %+v, %v", method, r, err)
		}
	}
}

// While a log key is replaced, checkpoints carry both signatures; whoever knows
// one of the keys goes on verifying, and the new key goes on alone afterwards.
func TestSequenceWhileTheKeyIsReplaced(t *testing.T) {
	t.Parallel()
	older, both, newer := testSigner(t, testOrigin, "old"), testSigner(t, testOrigin, "new", "old"), testSigner(t, testOrigin, "new")
	m, _ := testLog(t, older, 3, 3)
	m.write(testIssue(t, 3).leaf)
	if _, err := m.clone().sequence(newer, testStart.Add(time.Hour), 0); !errors.Is(err, ErrDiverged) {
		t.Errorf("the new key alone signed on top of the old one: %v", err)
	}
	if _, err := m.sequence(both, testStart.Add(time.Hour), 0); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*Signer{"old": older, "both": both, "new": newer} {
		if _, err := s.Policy("").Verify(m.last().Note); err != nil {
			t.Errorf("who knows %s: %v", name, err)
		}
	}
	m.write(testIssue(t, 4).leaf)
	if _, err := m.sequence(newer, testStart.Add(2*time.Hour), 0); err != nil {
		t.Error(err)
	}
}

// A deployment that accepts a new address goes on with its own tree.
func TestSequenceUnderANewOrigin(t *testing.T) {
	t.Parallel()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 3, 3)
	m.write(testIssue(t, 3).leaf)
	moved := testSigner(t, "moved.example/log", "log")
	if r, err := m.sequence(moved, testStart.Add(time.Hour), 0); err != nil || r.Checkpoint.Origin != "moved.example/log" {
		t.Errorf("%+v, %v", r, err)
	}
}
