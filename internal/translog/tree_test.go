package translog

import (
	"context"
	"encoding/hex"
	"testing"

	"ramure/internal/problem"
)

// The inputs and roots of the Merkle tree tests of Certificate Transparency.
func TestRootsOfCertificateTransparency(t *testing.T) {
	t.Parallel()
	leaves := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	if root := EmptyHead().Root; hex.EncodeToString(root[:]) != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("the root of nothing is %x", root)
	}
	tree, err := regrow(context.Background(), newMemory(), EmptyHead())
	if err != nil {
		t.Fatal(err)
	}
	for i, leaf := range leaves {
		data, _ := hex.DecodeString(leaf)
		if err := tree.add(LeafHash(data)); err != nil {
			t.Fatal(err)
		}
		head, err := tree.head()
		if err != nil || hex.EncodeToString(head.Root[:]) != roots[i] || head.Size != int64(i+1) {
			t.Errorf("%d leaves: %d %x, %v", i+1, head.Size, head.Root, err)
		}
	}
}

// Every root that was signed on the way to 600 leaves is the one that the
// definition gives, whatever the batches.
func TestRootsAreThoseOfTheDefinition(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	for _, batch := range []int{1, 64, 600} {
		m, docs := testLog(t, s, 600, batch)
		var leaves [][]byte
		for _, d := range docs {
			leaves = append(leaves, d.leaf)
		}
		if want := (600 + batch - 1) / batch; len(m.checkpoints) != want {
			t.Errorf("batches of %d: %d checkpoints, want %d", batch, len(m.checkpoints), want)
		}
		for _, cp := range m.checkpoints {
			if cp.Root != naiveRoot(leaves[:cp.Size]) {
				t.Fatalf("batches of %d: the root of %d leaves is not that of the definition", batch, cp.Size)
			}
		}
		if int64(len(m.nodes)) != NodeCount(600) {
			t.Errorf("batches of %d: %d nodes, want %d", batch, len(m.nodes), NodeCount(600))
		}
	}
}

func TestEveryInclusionProofVerifies(t *testing.T) {
	t.Parallel()
	const most = 600 // every leaf of every tree up to here
	ctx := context.Background()
	m, docs := testLog(t, testSigner(t, testOrigin, "log"), most, 1)
	for _, cp := range m.checkpoints {
		for i := range cp.Size {
			path, err := Inclusion(ctx, m, i, cp.Size)
			if err != nil {
				t.Fatal(err)
			}
			if err := CheckInclusion(path, cp.Head, i, LeafHash(docs[i].leaf)); err != nil {
				t.Fatalf("leaf %d of %d: %v", i, cp.Size, err)
			}
		}
		// The neighbour's path, index and leaf prove nothing.
		if cp.Size > 1 {
			path, _ := Inclusion(ctx, m, 0, cp.Size)
			for name, err := range map[string]error{
				"index": CheckInclusion(path, cp.Head, 1, LeafHash(docs[0].leaf)),
				"leaf":  CheckInclusion(path, cp.Head, 0, LeafHash(docs[1].leaf)),
				"short": CheckInclusion(path[1:], cp.Head, 0, LeafHash(docs[0].leaf)),
				"size":  CheckInclusion(path, Head{cp.Size + 1, cp.Root}, cp.Size, LeafHash(docs[0].leaf)),
			} {
				if !problem.Is(err, problem.Invalid) {
					t.Fatalf("size %d, wrong %s: %v", cp.Size, name, err)
				}
			}
		}
	}
}

func TestEveryConsistencyProofVerifies(t *testing.T) {
	t.Parallel()
	const most = 130
	ctx := context.Background()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), most, 1)
	heads := []Head{EmptyHead()}
	for _, cp := range m.checkpoints {
		heads = append(heads, cp.Head)
	}
	forked := Head{Root: LeafHash([]byte("another history"))}
	for older := range int64(most + 1) {
		for newer := older; newer <= most; newer++ {
			proof, err := Consistency(ctx, m, older, newer)
			if err != nil {
				t.Fatal(err)
			}
			if err := CheckConsistency(proof, heads[older], heads[newer]); err != nil {
				t.Fatalf("%d to %d: %v", older, newer, err)
			}
			forked.Size = older
			if err := CheckConsistency(proof, forked, heads[newer]); !problem.Is(err, problem.Invalid) {
				t.Fatalf("another history of %d leaves goes into %d: %v", older, newer, err)
			}
			if older < newer {
				if err := CheckConsistency(proof, heads[newer], heads[older]); !problem.Is(err, problem.Invalid) {
					t.Fatalf("rolled back from %d to %d: %v", newer, older, err)
				}
			}
		}
	}
}

func TestConsistencyFromNothing(t *testing.T) {
	t.Parallel()
	one := Head{Size: 1, Root: LeafHash(nil)}
	if err := CheckConsistency(nil, EmptyHead(), one); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"a proof of nothing":   CheckConsistency([]Hash{{}}, EmptyHead(), one),
		"a root of nothing":    CheckConsistency(nil, Head{Root: one.Root}, one),
		"two roots of nothing": CheckConsistency(nil, EmptyHead(), Head{Root: one.Root}),
		"a negative size":      CheckConsistency(nil, Head{Size: -1}, one),
	} {
		if !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Sizes that make the index arithmetic of x/mod run for ever are refused first.
func TestSizesOutOfRange(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	long := make([]Hash, 63)
	for _, size := range []int64{MaxSize + 1, 1<<62 + 1, 1<<63 - 1, -1} {
		if err := CheckInclusion(long, Head{Size: size}, 0, Hash{}); !problem.Is(err, problem.Invalid) {
			t.Errorf("inclusion in %d leaves: %v", size, err)
		}
		if err := CheckConsistency(long, Head{Size: 1}, Head{Size: size}); !problem.Is(err, problem.Invalid) {
			t.Errorf("consistency with %d leaves: %v", size, err)
		}
		if path, err := Inclusion(ctx, newMemory(), 0, size); !problem.Is(err, problem.NotFound) {
			t.Errorf("a path of %d hashes in %d leaves, %v", len(path), size, err)
		}
		if proof, err := Consistency(ctx, newMemory(), 1, size); !problem.Is(err, problem.NotFound) {
			t.Errorf("a proof of %d hashes to %d leaves, %v", len(proof), size, err)
		}
	}
	for _, index := range []int64{-1, 4, 5} {
		if path, err := Inclusion(ctx, newMemory(), index, 4); !problem.Is(err, problem.NotFound) {
			t.Errorf("a path of %d hashes from leaf %d of 4, %v", len(path), index, err)
		}
		if err := CheckInclusion(nil, Head{Size: 4}, index, Hash{}); !problem.Is(err, problem.Invalid) {
			t.Errorf("leaf %d of 4: %v", index, err)
		}
	}
}
