package statuslist

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// rounds of the Feistel network. Ten is far above the four that a pseudorandom
// permutation needs; one index costs about a microsecond.
const rounds = 10

// Permutation is a keyed, secret order of the numbers below its size: the n-th
// credential gets the bit Index(n), and whoever lacks the key cannot tell from
// two indexes which credential came first.
type Permutation struct {
	block     cipher.Block
	size      uint64
	leftBits  int
	rightBits int
}

// NewPermutation makes the permutation of the numbers 0 to size-1 under an AES
// key of 16, 24 or 32 random bytes.
func NewPermutation(key []byte, size int) (*Permutation, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("statuslist: permutation key: %w", err)
	}
	if size < 2 || size > 1<<31 {
		return nil, fmt.Errorf("%w: permutation of %d", ErrRange, size)
	}
	width := bits.Len64(uint64(size) - 1)
	return &Permutation{block: block, size: uint64(size), leftBits: width / 2, rightBits: width - width/2}, nil
}

// Index is the place of the counter, from 0. Like a slice, it panics when the
// counter has reached the size: whoever counts knows when the list is full.
func (p *Permutation) Index(counter uint64) int {
	if counter >= p.size {
		panic(fmt.Sprintf("statuslist: counter %d of a list of %d", counter, p.size))
	}
	index := p.shuffle(counter)
	// Cycle walking: a size that is no power of two leaves places over the
	// end; going on from there comes back into the range, each place once.
	for index >= p.size {
		index = p.shuffle(index)
	}
	return int(index)
}

// shuffle is an alternating Feistel network on the two halves of the number,
// which for 17 bits are 8 and 9 wide. Each round can be undone, so the whole is
// a bijection whatever the round function.
func (p *Permutation) shuffle(n uint64) uint64 {
	left, right := n>>p.rightBits, n&lowBits(p.rightBits)
	for round := 0; round < rounds; round += 2 {
		left ^= p.round(round, right) & lowBits(p.leftBits)
		right ^= p.round(round+1, left) & lowBits(p.rightBits)
	}
	return left<<p.rightBits | right
}

// round is AES of the number of the round and one half.
func (p *Permutation) round(number int, half uint64) uint64 {
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[:8], uint64(number))
	binary.BigEndian.PutUint64(block[8:], half)
	p.block.Encrypt(block[:], block[:])
	return binary.BigEndian.Uint64(block[:8])
}

func lowBits(width int) uint64 { return 1<<width - 1 }
