package jsonld

import (
	"bytes"
	"hash/maphash"
	"math/bits"
	"slices"
)

// repetition finds statements that were said before: a graph is a set, and the
// hashes below count statements. It is a table of places, found by hash.
type repetition struct {
	seed maphash.Seed
	at   []int32 // statement + 1, 0 where free; a power of two long
}

// clear forgets all statements and makes room for so many, and twice as many
// places free. A table that is somewhat larger serves too.
func (r *repetition) clear(statements int) {
	places := 2 << bits.Len(uint(statements))
	if places <= len(r.at) && len(r.at) <= 4*places {
		clear(r.at)
		return
	}
	r.seed, r.at = maphash.MakeSeed(), make([]int32, places)
}

// before tells whether a line was said already, and remembers it.
func (r *repetition) before(c *canonicalizer, l *line) bool {
	h := maphash.Bytes(r.seed, c.text[l.start:l.end])
	for g := range l.gaps {
		h = (bits.RotateLeft64(h, 21) ^ uint64(l.node[g]+1)) * 0x9E3779B97F4A7C15
	}
	for h >>= 20; ; h++ { // a taken place: the next one
		at := &r.at[h&uint64(len(r.at)-1)]
		if *at == 0 {
			*at = int32(len(c.statements)) + 1
			return false
		}
		if c.equal(&c.statements[*at-1], l) {
			return true
		}
	}
}

func (c *canonicalizer) equal(a, b *line) bool {
	return a.gaps == b.gaps && a.node == b.node && a.position == b.position &&
		bytes.Equal(c.text[a.start:a.end], c.text[b.start:b.end])
}

// uses lists the statements of every node, one list after the other.
type uses struct {
	from []int32 // node → where its list begins; one more entry for the end
	list []int32
}

func newUses(statements []line, nodes int) uses {
	u := uses{from: make([]int32, nodes+2)}
	for i := range statements {
		statements[i].each(func(node int32) { u.from[node+2]++ })
	}
	for node := 2; node < len(u.from); node++ {
		u.from[node] += u.from[node-1]
	}
	u.list = make([]int32, u.from[nodes+1])
	for i := range statements {
		statements[i].each(func(node int32) {
			u.list[u.from[node+1]] = int32(i)
			u.from[node+1]++
		})
	}
	return u
}

// of gives the statements of a node.
func (u *uses) of(node int32) []int32 { return u.list[u.from[node]:u.from[node+1]] }

// each calls do for each node of a line, once.
func (l *line) each(do func(node int32)) {
	for g := range l.gaps {
		if !slices.Contains(l.node[:g], l.node[g]) {
			do(l.node[g])
		}
	}
}
