package bench

import (
	"fmt"
	"os"
	"testing"
	"time"
)

const (
	floodLasting     = 4 * time.Second
	floodConnections = 1024 // so that nobody waits for one to be free
	refusalLimit     = 50 * time.Millisecond
)

// BenchmarkOverload is R17 of the design: orders come at once, twice, five and
// ten times the capacity that was measured just before, while recruiters read
// pages. The load has a processor of its own, and the product and its database have
// the others, in the flood and when the capacity is measured.
func BenchmarkOverload(b *testing.B) {
	for _, engine := range engines {
		b.Run(engine, func(b *testing.B) {
			o := &overload{}
			parts := split()
			parts.serving(func() { o.issuing = newIssuing(b, engine) })
			parts.begin(b, o.product.process.server)
			o.issue(b, time.Second) // for the recruiters to have something to read
			for _, times := range []float64{1, 2, 5, 10} {
				o.offer(b, times)
			}
			o.ledger.audit(b, o.product.installation)
		})
	}
}

// overload is the product, and what was found of it so far.
type overload struct {
	*issuing
	steady time.Duration // p99 of what was admitted at the capacity
}

// capacity is what the product issues to clients who wait for their answers, while
// recruiters read pages as they do in the flood.
func (o *overload) capacity(b *testing.B) float64 {
	b.Helper()
	pages := o.recruiters().meanwhile(b)
	defer pages()
	return o.issue(b, floodLasting/2).rate
}

func (o *overload) issue(b *testing.B, lasting time.Duration) figures {
	b.Helper()
	return load{to: o.product.process, connections: 16, lasting: lasting, status: 201,
		maker: o.orders.maker, heard: o.ledger.hear}.run(b)
}

// recruiters read pages, 200 a second at most.
func (o *overload) recruiters() load {
	few := make([]key, 0, hot)
	for id := range o.ledger.ids {
		if few = append(few, key{id: id}); len(few) == hot {
			break
		}
	}
	return load{to: o.product.process, connections: 4, pace: 20 * time.Millisecond, lasting: floodLasting, status: 200, maker: anyOf(few, askPage)}
}

// offer floods the product with so many times its capacity.
func (o *overload) offer(b *testing.B, times float64) {
	b.Helper()
	capacity, alone := o.capacity(b), o.recruiters().run(b)
	pages := o.recruiters().meanwhile(b)
	before, mine := o.product.spentSoFar(), used(os.Getpid())
	f := stream{to: o.product.process, rate: times * capacity, connections: floodConnections, lasting: floodLasting,
		maker: o.orders.maker, heard: o.ledger.hear, unanswered: o.ledger.doubt}.run(b)
	read := pages()
	b.Logf("admitted %d, refused %d, other %d %s in %s; processor time of service and load: %s, %s", len(f.admitted), len(f.refused), f.other, f.first,
		f.took, o.product.spentSoFar().since(before, 1).words(), used(os.Getpid())-mine)
	workload := fmt.Sprintf("overload %g ×, %s: %s/s offered to a capacity of %s/s, %s", times, o.product.engine,
		thousands(times*capacity), thousands(capacity), readers(read, alone))
	tell(b, line{workload: workload, goals: o.goals(f, capacity, times == 1), product: f.figures()}, duel{})
	if f.other > 0 {
		b.Errorf("%d answers were neither an award nor a 503 with Retry-After, such as %s", f.other, f.first)
	}
	if read.wrong > 0 {
		b.Errorf("%d pages were refused, such as %s", read.wrong, read.first)
	}
}

// readers tells how the pages fared.
func readers(meanwhile, alone figures) string {
	return fmt.Sprintf("pages p99 %s (alone %s)", milliseconds(meanwhile.p99), milliseconds(alone.p99))
}

// goals holds a flood against the capacity that was measured before it; the first
// one sets what is steady.
func (o *overload) goals(f flood, capacity float64, first bool) []goal {
	good := f.figures().rate
	admitted, refused := percentile(f.admitted, 99), percentile(f.refused, 99)
	if first {
		o.steady = admitted
	}
	return []goal{
		{"goodput ≥ 80 % of capacity", fmt.Sprintf("%.0f %%", 100*good/capacity), good >= 0.8*capacity},
		{"503 ≤ 50 ms at p99", milliseconds(refused), refused <= refusalLimit},
		{"admitted p99 ≤ 2 × that at 1 ×", fmt.Sprintf("%.1f", float64(admitted)/float64(o.steady)), admitted <= 2*o.steady},
	}
}

// figures are those of what was admitted.
func (f flood) figures() figures {
	return figures{rate: float64(len(f.admitted)) / f.took.Seconds(), p50: percentile(f.admitted, 50), p99: percentile(f.admitted, 99)}
}
