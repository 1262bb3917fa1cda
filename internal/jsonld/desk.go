package jsonld

import "sync"

// desk is the memory that a canonicalisation works in. It goes from one to the next,
// since making and sweeping it would cost as much as the work itself.
type desk struct {
	canonicalizer
	said   repetition
	sorted []byte
}

var desks = sync.Pool{New: func() any {
	return &desk{canonicalizer: canonicalizer{labels: make(map[string]int32)}}
}}

// largestDesk is how much text a desk may have room for to be kept.
const largestDesk = 256 << 10

// sitDown takes a cleared desk; leave must follow.
func sitDown() *desk { return desks.Get().(*desk) }

// leave clears the desk for others. What was read from it before must have been
// copied.
func (d *desk) leave() {
	if cap(d.text) > largestDesk || cap(d.sorted) > largestDesk {
		return
	}
	clear(d.labels)
	d.canonicalizer = canonicalizer{labels: d.labels, statements: d.statements[:0], text: d.text[:0]}
	desks.Put(d)
}
