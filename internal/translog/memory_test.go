package translog

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ramure/internal/problem"
)

const testOrigin = "badges.example/log"

var testStart = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// testKey is the private key of that name: the same in every run.
func testKey(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func testSigner(t testing.TB, origin string, names ...string) *Signer {
	t.Helper()
	s := &Signer{origin: origin}
	for _, name := range names {
		one, err := NewSigner(origin, testKey(name))
		if err != nil {
			t.Fatal(err)
		}
		s.keys = append(s.keys, one.keys...)
	}
	return s
}

// issued is the document of number i, with what opens its leaf.
type issued struct {
	issuer  string
	docHash [32]byte
	opening Opening
	leaf    []byte
}

func testIssue(t testing.TB, i int) issued {
	t.Helper()
	d := issued{
		issuer:  "did:web:badges.example:issuers:atelier",
		docHash: sha256.Sum256(fmt.Appendf(nil, "document %d", i)),
		opening: Opening{
			Day:       Day(testStart),
			Salt:      sha256.Sum256(fmt.Appendf(nil, "salt %d", i)),
			PublicKey: publicOf(testKey("atelier")),
		},
	}
	leaf, err := d.opening.Leaf(d.issuer, d.docHash).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	d.leaf = leaf
	return d
}

// memory is a store of one log. A run of Sequence works on a copy that replaces
// it only when the run succeeds, as a transaction would.
type memory struct {
	head        Head
	pending     []PendingLeaf
	leaves      []LeafRow
	nodes       []NodeRow
	checkpoints []Checkpoint
	fail        string // method that fails
}

func newMemory() *memory { return &memory{head: EmptyHead()} }

func (m *memory) clone() *memory {
	c := *m
	c.pending, c.leaves = slices.Clone(m.pending), slices.Clone(m.leaves)
	c.nodes, c.checkpoints = slices.Clone(m.nodes), slices.Clone(m.checkpoints)
	return &c
}

// sequence runs Sequence in a transaction.
func (m *memory) sequence(s *Signer, now time.Time, limit int) (Result, error) {
	tx := m.clone()
	result, err := Sequence(context.Background(), tx, s, func() time.Time { return now }, limit)
	if err == nil {
		*m = *tx
	}
	return result, err
}

func (m *memory) write(leaves ...[]byte) {
	for _, data := range leaves {
		key := fmt.Sprintf("key-%d", len(m.leaves)+len(m.pending))
		m.pending = append(m.pending, PendingLeaf{Key: key, Data: bytes.Clone(data), Hash: LeafHash(data)})
	}
}

var errInjected = errors.New("injected")

func (m *memory) failing(method string) error {
	if m.fail == method {
		return errInjected
	}
	return nil
}

func (m *memory) Head(context.Context) (Head, error) { return m.head, m.failing("Head") }

func (m *memory) LastCheckpoint(context.Context) (Checkpoint, error) {
	if err := m.failing("LastCheckpoint"); err != nil {
		return Checkpoint{}, err
	}
	if len(m.checkpoints) == 0 {
		return Checkpoint{}, problem.New(problem.NotFound, "none")
	}
	return m.checkpoints[len(m.checkpoints)-1], nil
}

func (m *memory) Pending(_ context.Context, limit int) ([]PendingLeaf, error) {
	return m.pending[:min(limit, len(m.pending))], m.failing("Pending")
}

func (m *memory) Nodes(_ context.Context, positions []int64) ([]Hash, error) {
	if err := m.failing("Nodes"); err != nil {
		return nil, err
	}
	hashes := make([]Hash, len(positions))
	for i, p := range positions {
		at, found := slices.BinarySearchFunc(m.nodes, p, func(n NodeRow, p int64) int { return int(n.Position - p) })
		if !found {
			return nil, fmt.Errorf("node %d is missing", p)
		}
		hashes[i] = m.nodes[at].Hash
	}
	return hashes, nil
}

func (m *memory) AddNodes(_ context.Context, first int64, hashes []Hash) error {
	if first != int64(len(m.nodes)) {
		return problem.New(problem.Conflict, "nodes")
	}
	for i, h := range hashes {
		m.nodes = append(m.nodes, NodeRow{first + int64(i), h})
	}
	return m.failing("AddNodes")
}

func (m *memory) Assign(_ context.Context, keys []string, first int64) error {
	for i, key := range keys {
		if m.pending[i].Key != key {
			return errors.New("not the leaf that was read")
		}
		leaf, err := ParseLeaf(m.pending[i].Data)
		if err != nil {
			return err
		}
		m.leaves = append(m.leaves, LeafRow{first + int64(i), leaf.Kind, m.pending[i].Data, m.pending[i].Hash})
	}
	m.pending = m.pending[len(keys):]
	return m.failing("Assign")
}

func (m *memory) AddCheckpoint(_ context.Context, cp Checkpoint) error {
	if n := len(m.checkpoints); n > 0 && m.checkpoints[n-1].Size >= cp.Size {
		return problem.New(problem.Conflict, "checkpoint")
	}
	m.checkpoints = append(m.checkpoints, cp)
	return m.failing("AddCheckpoint")
}

func (m *memory) SetHead(_ context.Context, old, new Head) error {
	if m.head != old {
		return problem.New(problem.Conflict, "head")
	}
	m.head = new
	return m.failing("SetHead")
}

func (m *memory) Leaves(_ context.Context, first int64, count int) ([][]byte, error) {
	var out [][]byte
	for _, row := range m.leaves[first:min(int(first)+count, len(m.leaves))] {
		out = append(out, row.Data)
	}
	return out, nil
}

func rowsFrom[T any](rows []T, place func(T) int64, from int64, limit int) []T {
	at := slices.IndexFunc(rows, func(r T) bool { return place(r) >= from })
	if at < 0 {
		return nil
	}
	return slices.Clone(rows[at:min(at+limit, len(rows))])
}

func (m *memory) LeafRows(_ context.Context, from int64, limit int) ([]LeafRow, error) {
	return rowsFrom(m.leaves, func(r LeafRow) int64 { return r.Index }, from, limit), m.failing("LeafRows")
}

func (m *memory) NodeRows(_ context.Context, from int64, limit int) ([]NodeRow, error) {
	return rowsFrom(m.nodes, func(r NodeRow) int64 { return r.Position }, from, limit), m.failing("NodeRows")
}

func (m *memory) CheckpointRows(_ context.Context, from int64, limit int) ([]Checkpoint, error) {
	return rowsFrom(m.checkpoints, func(c Checkpoint) int64 { return c.Size }, from, limit), m.failing("CheckpointRows")
}

// testLog is a log of that many issued documents, sequenced in batches.
func testLog(t testing.TB, s *Signer, size, batch int) (*memory, []issued) {
	t.Helper()
	m := newMemory()
	docs := make([]issued, size)
	for i := range docs {
		docs[i] = testIssue(t, i)
		m.write(docs[i].leaf)
	}
	for i := 0; ; i++ {
		result, err := m.sequence(s, testStart.Add(time.Duration(i)*time.Second), batch)
		if err != nil {
			t.Fatal(err)
		}
		if !result.More {
			return m, docs
		}
	}
}

func (m *memory) last() Checkpoint { return m.checkpoints[len(m.checkpoints)-1] }

// naiveRoot is the definition of RFC 6962 §2.1, read aloud.
func naiveRoot(leaves [][]byte) [32]byte {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	left, right := naiveRoot(leaves[:k]), naiveRoot(leaves[k:])
	return sha256.Sum256(slices.Concat([]byte{1}, left[:], right[:]))
}
