package jsonld

import (
	"context"
	"sync"
)

// placers are those at rest: their memory goes from one document to the next.
var placers = sync.Pool{New: func() any { return &placer{used: make(map[derivation]*vocabulary)} }}

// largestStack is how many statements a placer may have room for to be kept.
const largestStack = 1_024

// setOut takes a placer that has seen nothing yet; rest must follow.
func setOut(ctx context.Context) *placer {
	p := placers.Get().(*placer)
	p.ctx = ctx
	return p
}

// rest clears a placer for others: nothing of a document stays behind.
func (p *placer) rest() {
	if cap(p.quads) > largestStack || cap(p.members) > largestStack || cap(p.objects) > largestStack {
		return
	}
	clear(p.used)
	clear(p.quads[:cap(p.quads)])
	clear(p.members[:cap(p.members)])
	clear(p.objects[:cap(p.objects)])
	clear(p.trail[:cap(p.trail)])
	*p = placer{trail: p.trail[:0], used: p.used, quads: p.quads[:0], members: p.members[:0], objects: p.objects[:0]}
	placers.Put(p)
}
