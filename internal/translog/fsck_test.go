package translog

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func fsck(t *testing.T, m *memory) Report {
	t.Helper()
	report, err := Fsck(context.Background(), m, publicOf(testKey("log")))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestFsckOfSoundLogs(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	for _, size := range []int{0, 1, 2, 3, 255, 256, 1025, 2500} {
		m, _ := testLog(t, s, size, 100)
		m.write(testIssue(t, size).leaf) // a pending leaf is none of its business
		report := fsck(t, m)
		if report.Found != 0 || len(report.Differences) != 0 {
			t.Errorf("%d leaves: %v", size, report.Differences)
		}
		if report.Leaves != int64(size) || report.Nodes != NodeCount(int64(size)) || report.Checkpoints != int64(len(m.checkpoints)) || report.Head != m.head {
			t.Errorf("%d leaves: report %+v", size, report)
		}
	}
	if report := fsck(t, newMemory()); report.Found != 0 {
		t.Errorf("before the first checkpoint: %v", report.Differences)
	}
}

// One changed bit in any column is found, every time, and in its own row.
func TestFsckFindsEveryChangedBit(t *testing.T) {
	t.Parallel()
	sound, _ := testLog(t, testSigner(t, testOrigin, "log"), 100, 40)
	bit := func(data []byte, r *rand.Rand) { data[r.IntN(len(data))] ^= 1 << r.IntN(8) }
	columns := map[string]func(m *memory, r *rand.Rand) (Part, int64){
		"leaf data": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.leaves[r.IntN(100)]
			row.Data = bytes.Clone(row.Data)
			bit(row.Data, r)
			return PartLeaf, row.Index
		},
		"leaf hash": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.leaves[r.IntN(100)]
			bit(row.Hash[:], r)
			return PartLeaf, row.Index
		},
		"leaf kind": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.leaves[r.IntN(100)]
			kind := []byte(row.Kind)
			bit(kind, r)
			row.Kind = Kind(kind)
			return PartLeaf, row.Index
		},
		"leaf index": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.leaves[r.IntN(100)]
			place := row.Index
			row.Index ^= 1 << (7 + r.IntN(57)) // smaller ones meet the unique index of the table
			slices.SortFunc(m.leaves, func(a, b LeafRow) int { return compare(a.Index, b.Index) })
			return PartLeaf, place
		},
		"node hash": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.nodes[r.IntN(len(m.nodes))]
			bit(row.Hash[:], r)
			return PartNode, row.Position
		},
		"node position": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.nodes[r.IntN(len(m.nodes))]
			place := row.Position
			row.Position ^= 1 << (8 + r.IntN(56))
			slices.SortFunc(m.nodes, func(a, b NodeRow) int { return compare(a.Position, b.Position) })
			return PartNode, place
		},
		"checkpoint note": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.checkpoints[r.IntN(len(m.checkpoints))]
			row.Note = bytes.Clone(row.Note)
			bit(row.Note, r)
			return PartCheckpoint, row.Size
		},
		"checkpoint root": func(m *memory, r *rand.Rand) (Part, int64) {
			row := &m.checkpoints[r.IntN(len(m.checkpoints))]
			bit(row.Root[:], r)
			return PartCheckpoint, row.Size
		},
		"head root": func(m *memory, r *rand.Rand) (Part, int64) {
			bit(m.head.Root[:], r)
			return PartHead, 100
		},
		"head size": func(m *memory, r *rand.Rand) (Part, int64) {
			m.head.Size ^= 1 << r.IntN(64)
			return PartHead, m.head.Size
		},
	}
	one := map[string]bool{"leaf data": true, "leaf hash": true, "leaf kind": true, "node hash": true,
		"checkpoint note": true, "checkpoint root": true, "head root": true}
	for name, spoil := range columns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			for range 1_000 {
				m := sound.clone()
				part, place := spoil(m, r)
				report := fsck(t, m)
				if !slices.ContainsFunc(report.Differences, func(d Difference) bool { return d.Part == part && d.Place == place }) {
					t.Fatalf("%s %d was spoiled, found: %v", part, place, report.Differences)
				}
				if one[name] && report.Found != 1 {
					t.Fatalf("%s %d was spoiled, found too much: %v", part, place, report.Differences)
				}
			}
		})
	}
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestFsckFindsLostAndForeignRows(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	thief, err := testSigner(t, testOrigin, "thief").Checkpoint(Head{Size: 8}, testStart)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(m *memory){
		"leaf 5: is missing": func(m *memory) { m.leaves = slices.Delete(m.leaves, 5, 6) },
		"leaf 3: breaks the grammar": func(m *memory) {
			m.leaves[3].Data = []byte("Amina Benali")
			m.leaves[3].Hash = LeafHash(m.leaves[3].Data)
		},
		"leaf 11: is missing":           func(m *memory) { m.leaves = m.leaves[:11] },
		"node 4: is missing":            func(m *memory) { m.nodes = slices.Delete(m.nodes, 4, 5) },
		"head 12: there are 11 leaves":  func(m *memory) { m.leaves, m.nodes = m.leaves[:11], m.nodes[:NodeCount(11)] },
		"head 12: there are 0 leaves":   func(m *memory) { m.leaves, m.nodes = nil, nil },
		"head 0: there are 12 leaves":   func(m *memory) { m.head = EmptyHead() },
		"head 12: the last checkpoint":  func(m *memory) { m.checkpoints = m.checkpoints[:1] },
		"leaf -3: its place":            func(m *memory) { m.leaves = slices.Insert(m.leaves, 0, LeafRow{Index: -3}) },
		"node -1: its position":         func(m *memory) { m.nodes = slices.Insert(m.nodes, 0, NodeRow{Position: -1}) },
		"node 5000: stands beyond":      func(m *memory) { m.nodes = append(m.nodes, NodeRow{Position: 5000}) },
		"checkpoint 13: stands beyond":  func(m *memory) { m.checkpoints = append(m.checkpoints, Checkpoint{Head: Head{Size: 13}}) },
		"checkpoint 6: the root is not": func(m *memory) { resign(t, s, m) },
		"checkpoint 8: is not signed":   func(m *memory) { m.checkpoints = slices.Insert(m.checkpoints, 1, thief) },
		"checkpoint 12: its time":       func(m *memory) { m.checkpoints[1].At = testStart.Add(-time.Second) },
		"checkpoint 12: its row":        func(m *memory) { m.checkpoints[1].Note = m.checkpoints[0].Note },
		"leaf 9223372036854775807: stands beyond": func(m *memory) {
			m.leaves = append(m.leaves, LeafRow{Index: math.MaxInt64})
		},
	} {
		m, _ := testLog(t, s, 12, 6)
		spoil(m)
		report := fsck(t, m)
		if !slices.ContainsFunc(report.Differences, func(d Difference) bool { return strings.HasPrefix(d.String(), name) }) {
			t.Errorf("%s: not among %v", name, report.Differences)
		}
	}
}

// resign makes every checkpoint of the log anew over a root that is wrong.
func resign(t *testing.T, s *Signer, m *memory) {
	t.Helper()
	for i, cp := range m.checkpoints {
		forged, err := s.Checkpoint(Head{cp.Size, LeafHash([]byte("forged"))}, cp.At)
		if err != nil {
			t.Fatal(err)
		}
		m.checkpoints[i] = forged
	}
}

func TestFsckKeepsTheFirstDifferences(t *testing.T) {
	t.Parallel()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 1500, 1500)
	for i := range m.leaves {
		m.leaves[i].Kind = KindRevoke
	}
	report := fsck(t, m)
	if report.Found != 1500 || len(report.Differences) != MaxDifferences {
		t.Errorf("%d found, %d kept", report.Found, len(report.Differences))
	}
}

func TestFsckWithoutTheKey(t *testing.T) {
	t.Parallel()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 3, 1)
	for _, keys := range [][]ed25519.PublicKey{nil, {publicOf(testKey("thief"))}} {
		report, err := Fsck(context.Background(), m, keys...)
		if err != nil || report.Found != 3 {
			t.Errorf("%d keys: %v, %v", len(keys), report.Differences, err)
		}
	}
}

func TestFsckPassesFailuresOn(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"Head", "LeafRows", "NodeRows", "CheckpointRows"} {
		m, _ := testLog(t, testSigner(t, testOrigin, "log"), 3, 1)
		m.fail = method
		if _, err := Fsck(context.Background(), m, publicOf(testKey("log"))); !errors.Is(err, errInjected) {
			t.Errorf("%s fails: %v", method, err)
		}
	}
	if got := fmt.Sprint(Difference{PartNode, 4, "is missing"}); got != "node 4: is missing" {
		t.Errorf("written as %q", got)
	}
}
