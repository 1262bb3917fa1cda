package statuslist

import (
	"fmt"
	"math/bits"
	"slices"
)

// Entries is the length of our lists, and the least that a list may have: a
// shorter one would single its credentials out (§3.2, STATUS_LIST_LENGTH_ERROR).
const Entries = 131072

// Bits is a list of bits, all clear at first. It is not safe for concurrent
// use.
type Bits struct{ raw []byte }

// New makes a list of Entries clear bits.
func New() *Bits { return &Bits{raw: make([]byte, Entries/8)} }

// FromBytes makes a list of bits as Bytes gave them; the error is ErrTooShort
// or ErrTooLarge.
func FromBytes(raw []byte) (*Bits, error) {
	switch {
	case len(raw) < Entries/8:
		return nil, fmt.Errorf("%w: %d", ErrTooShort, len(raw)*8)
	case len(raw) > maxInflated:
		return nil, ErrTooLarge
	}
	return &Bits{raw: slices.Clone(raw)}, nil
}

// Bytes is a copy of the bits, eight to a byte, for storage.
func (b *Bits) Bytes() []byte { return slices.Clone(b.raw) }

// Len is the number of bits.
func (b *Bits) Len() int { return len(b.raw) * 8 }

// Count is the number of bits that are set.
func (b *Bits) Count() int {
	n := 0
	for _, octet := range b.raw {
		n += bits.OnesCount8(octet)
	}
	return n
}

// Get tells whether bit i is set. Like a slice, it panics outside the list:
// Read is the way for an index that somebody else wrote.
func (b *Bits) Get(i int) bool { return b.raw[i/8]&mask(i) != 0 }

// Set sets bit i, or clears it, and panics outside the list. Revocation is
// final: only lists of another purpose have a use for clearing.
func (b *Bits) Set(i int, on bool) {
	if on {
		b.raw[i/8] |= mask(i)
	} else {
		b.raw[i/8] &^= mask(i)
	}
}

// mask of bit i in its byte: the first bit is the leftmost (Bitstring Encoding).
func mask(i int) byte { return 0x80 >> (i % 8) }
