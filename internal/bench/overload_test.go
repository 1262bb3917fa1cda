package bench

import (
	"fmt"
	"testing"
	"time"
)

const (
	floodLasting     = 4 * time.Second
	floodConnections = 512
	refusalLimit     = 50 * time.Millisecond
)

// BenchmarkOverload is R17 of the design: orders come at once, twice, five and
// ten times the capacity that was measured just before, while recruiters read
// pages.
func BenchmarkOverload(b *testing.B) {
	for _, engine := range engines {
		b.Run(engine, func(b *testing.B) {
			o := &overload{issuing: newIssuing(b, engine)}
			o.capacity(b)
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
	peak     float64       // most awards a second
	steady   time.Duration // p99 of what was admitted at the capacity
	unloaded figures       // of the pages while nobody issues
}

func (o *overload) capacity(b *testing.B) {
	b.Helper()
	closed := load{to: o.product.process, connections: 16, lasting: lasting, status: 201, maker: o.orders.maker, heard: o.ledger.hear}
	o.peak = closed.run(b).rate
	o.unloaded = o.recruiters().run(b)
}

// recruiters read pages, a few at a time.
func (o *overload) recruiters() load {
	few := make([]key, 0, hot)
	for id := range o.ledger.ids {
		if few = append(few, key{id: id}); len(few) == hot {
			break
		}
	}
	return load{to: o.product.process, connections: 2, lasting: floodLasting, status: 200, maker: anyOf(few, askPage)}
}

// offer floods the product with so many times its capacity.
func (o *overload) offer(b *testing.B, times float64) {
	b.Helper()
	capacity := o.peak
	pages := o.recruiters().meanwhile(b)
	f := stream{to: o.product.process, rate: times * capacity, connections: floodConnections, lasting: floodLasting,
		maker: o.orders.maker, heard: o.ledger.hear}.run(b)
	read := pages()
	good := float64(len(f.admitted)) / floodLasting.Seconds()
	o.peak = max(o.peak, good)
	admitted := percentile(f.admitted, 99)
	if times == 1 {
		o.steady = admitted
	}
	refused := percentile(f.refused, 99)
	l := line{
		workload: fmt.Sprintf("overload %g × capacity, %s: %s/s offered; pages meanwhile %s/s, p99 %s (alone %s)", times, o.product.engine,
			thousands(times*capacity), thousands(read.rate), milliseconds(read.p99), milliseconds(o.unloaded.p99)),
		goals: []goal{
			{"goodput ≥ 80 % of peak", fmt.Sprintf("%.0f %%", 100*good/o.peak), good >= 0.8*o.peak},
			{"503 within 50 ms at p99", milliseconds(refused), refused <= refusalLimit},
			{"admitted p99 ≤ 2 × that at 1 ×", fmt.Sprintf("%.1f", float64(admitted)/float64(o.steady)), admitted <= 2*o.steady},
		},
		product: figures{rate: good, p50: percentile(f.admitted, 50), p99: admitted},
	}
	tell(b, l, duel{})
	b.Logf("admitted %d, refused %d, other %d %s", len(f.admitted), len(f.refused), f.other, f.first)
	if f.other > 0 {
		b.Errorf("%d answers were neither an award nor a 503 with Retry-After, such as %s", f.other, f.first)
	}
	if read.wrong > 0 {
		b.Errorf("%d pages were refused, such as %s", read.wrong, read.first)
	}
}
