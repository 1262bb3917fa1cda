package statuslist

import (
	"crypto/sha256"
	"math"
	"testing"
)

func key(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:16]
}

func permutation(t *testing.T, text string, size int) *Permutation {
	t.Helper()
	p, err := NewPermutation(key(text), size)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPermutationIsABijection: every place of the list is given out once.
func TestPermutationIsABijection(t *testing.T) {
	t.Parallel()
	for _, size := range []int{2, 3, 5, 8, 1000, 4097, 100_000, Entries} {
		p := permutation(t, "bijection", size)
		seen := make([]bool, size)
		for counter := range size {
			index := p.Index(uint64(counter))
			if index < 0 || index >= size || seen[index] {
				t.Fatalf("size %d: counter %d has the index %d", size, counter, index)
			}
			seen[index] = true
		}
	}
}

// TestPermutationHidesTheOrder: over 50,000 credentials the index follows
// neither the counter nor its neighbour, whatever the key.
func TestPermutationHidesTheOrder(t *testing.T) {
	t.Parallel()
	const n = 50_000
	for _, text := range []string{"one", "two", "three", "four"} {
		p := permutation(t, text, Entries)
		counters, indexes := make([]float64, n), make([]float64, n)
		for i := range n {
			counters[i], indexes[i] = float64(i), float64(p.Index(uint64(i)))
		}
		if r := correlation(counters, indexes); math.Abs(r) >= 0.02 {
			t.Errorf("key %s: correlation with the order %.4f", text, r)
		}
		if r := correlation(indexes[1:], indexes[:n-1]); math.Abs(r) >= 0.02 {
			t.Errorf("key %s: correlation with the neighbour %.4f", text, r)
		}
	}
}

// correlation is Pearson's.
func correlation(x, y []float64) float64 {
	var meanX, meanY, xy, xx, yy float64
	for i := range x {
		meanX += x[i] / float64(len(x))
		meanY += y[i] / float64(len(x))
	}
	for i := range x {
		xy += (x[i] - meanX) * (y[i] - meanY)
		xx += (x[i] - meanX) * (x[i] - meanX)
		yy += (y[i] - meanY) * (y[i] - meanY)
	}
	return xy / math.Sqrt(xx*yy)
}

// TestPermutationIsStable: the order of a list must never change under our
// feet, for indexes are inside signed bytes. Another
// implementation (AES-128 of OpenSSL, in a script) gives the same values.
func TestPermutationIsStable(t *testing.T) {
	t.Parallel()
	p := permutation(t, "stable", Entries)
	want := []int{75137, 100412, 99305, 37213, 37669, 100360}
	for counter, index := range want {
		if got := p.Index(uint64(counter)); got != index {
			t.Errorf("counter %d: %d, want %d", counter, got, index)
		}
	}
	if other := permutation(t, "another", Entries); other.Index(0) == want[0] && other.Index(1) == want[1] {
		t.Error("another key gives the same order")
	}
}

func TestPermutationRefuses(t *testing.T) {
	t.Parallel()
	for _, size := range []int{-1, 0, 1, 1<<31 + 1} {
		if _, err := NewPermutation(key("x"), size); err == nil {
			t.Errorf("size %d was taken", size)
		}
	}
	if _, err := NewPermutation([]byte("short"), Entries); err == nil {
		t.Error("a key of five bytes was taken")
	}
	defer func() {
		if recover() == nil {
			t.Error("a full list gave another index")
		}
	}()
	permutation(t, "x", Entries).Index(Entries)
}
