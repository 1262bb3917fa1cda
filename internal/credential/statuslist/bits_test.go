package statuslist

import (
	"bytes"
	"errors"
	"testing"
)

// TestBitOrder: bit 0 is the leftmost of the first byte.
func TestBitOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		index int
		octet int
		value byte
	}{
		{0, 0, 0b1000_0000}, {1, 0, 0b0100_0000}, {7, 0, 0b0000_0001},
		{8, 1, 0b1000_0000}, {94001, 11750, 0b0100_0000}, {Entries - 1, 16383, 0b0000_0001},
	} {
		b := New()
		b.Set(test.index, true)
		raw := b.Bytes()
		if raw[test.octet] != test.value || b.Count() != 1 {
			t.Errorf("bit %d: byte %d is %08b, %d bits set", test.index, test.octet, raw[test.octet], b.Count())
		}
	}
}

// TestEveryBit sets and clears each of the entries on its own, and sees no
// other change.
func TestEveryBit(t *testing.T) {
	t.Parallel()
	b := New()
	for i := range Entries {
		if b.Get(i) {
			t.Fatalf("bit %d is set at first", i)
		}
		b.Set(i, true)
		if !b.Get(i) || i > 0 && b.Get(i-1) || i < Entries-1 && b.Get(i+1) {
			t.Fatalf("bit %d is not set alone", i)
		}
		b.Set(i, false)
		if b.Get(i) {
			t.Fatalf("bit %d is not cleared", i)
		}
	}
	if b.Count() != 0 || !bytes.Equal(b.Bytes(), New().Bytes()) {
		t.Errorf("%d bits are left", b.Count())
	}
	for i := range Entries {
		b.Set(i, true)
	}
	for i := 0; i < Entries; i += 2 {
		b.Set(i, false)
	}
	if b.Count() != Entries/2 || b.Len() != Entries {
		t.Errorf("%d of %d bits", b.Count(), b.Len())
	}
}

func TestBytesAreCopies(t *testing.T) {
	t.Parallel()
	b := New()
	raw := b.Bytes()
	raw[0] = 0xff
	if b.Get(0) {
		t.Error("Bytes gave the bits away")
	}
	other, err := FromBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	raw[0] = 0
	if !other.Get(0) || other.Count() != 8 {
		t.Error("FromBytes kept the caller's bytes")
	}
	if _, err := FromBytes(raw[1:]); !errors.Is(err, ErrTooShort) {
		t.Errorf("one byte short: %v", err)
	}
	if _, err := FromBytes(make([]byte, maxInflated+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("one byte too many: %v", err)
	}
}

func TestOutsideTheListPanics(t *testing.T) {
	t.Parallel()
	for _, i := range []int{-1, Entries} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("bit %d was answered", i)
				}
			}()
			New().Get(i)
		}()
	}
}
