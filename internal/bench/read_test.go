package bench

import (
	"strconv"
	"testing"
	"time"
)

const (
	small       = 10_000
	hot         = 100 // awards that everybody asks for
	readLasting = 700 * time.Millisecond
)

// BenchmarkRead is workload c: the credential and its page, hot and cold, among
// ten thousand and a million stored, for 16 and 64 connections.
func BenchmarkRead(b *testing.B) {
	for _, engine := range engines {
		b.Run(engine, func(b *testing.B) {
			cold := map[string]time.Duration{} // p50 among ten thousand, by question and connections
			b.Run("1e4", func(b *testing.B) {
				set := smallOf(b, engine, small)
				newReading(b, set, "1e4", cold).measure(b)
				revocations(b, set)
			})
			b.Run("1e6", func(b *testing.B) {
				set, prepared := preparedMillion(b, engine)
				if !prepared {
					results.add(line{workload: "c read among 1e6, " + engine, instead: "not prepared: `make bench-data`"})
					return
				}
				newReading(b, set, "1e6", cold).measure(b)
			})
		})
	}
}

// preparedMillion gives the large set, its server running until the benchmark
// ends.
func preparedMillion(b *testing.B, engine string) (installation, bool) {
	b.Helper()
	i, complete := millionOf(engine)
	if !complete || engine == "sqlite" {
		return i, complete
	}
	server, err := i.cluster()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
	})
	i.url = server.URL("ramure")
	return i, true
}

// reading is the product and its three floors, ready to be read.
type reading struct {
	product           *serving
	hello, page, bare *process
	size              string // 1e4 or 1e6, in words
	keys              []key
	cold              map[string]time.Duration
}

func newReading(b *testing.B, i installation, size string, cold map[string]time.Duration) *reading {
	b.Helper()
	r := &reading{product: i.serve(b), size: size, keys: i.keys(b), cold: cold}
	r.hello = floor(b, "hello")
	r.page = floor(b, "page", documentVariable+"="+r.samplePage(b))
	r.bare = floor(b, "select", databaseVariable+"="+i.url)
	return r
}

// samplePage keeps a page of the product in a file: the constant page of the
// floor is of the same size.
func (r *reading) samplePage(b *testing.B) string {
	b.Helper()
	answer := r.product.ask(b, 200, askPage(r.keys[0]))
	b.Logf("the page has %d bytes", len(answer.body))
	return keep(b, answer.body)
}

func (r *reading) measure(b *testing.B) {
	b.Helper()
	for _, connections := range []int{16, 64} {
		r.product.forget()
		taken := r.rounds(b, connections)
		r.tell(b, taken, connections)
	}
}

// side is one of the things that take turns within a round.
type side string

const (
	hello    side = "hello"
	constant side = "constant page"
	bare     side = "SELECT"
	jsonHot  side = "JSON hot"
	pageHot  side = "page hot"
	jsonCold side = "JSON cold"
	pageCold side = "page cold"
)

// rounds lets all sides take turns.
func (r *reading) rounds(b *testing.B, connections int) map[side][]figures {
	b.Helper()
	few := r.keys[:hot]
	turns := []struct {
		side  side
		to    *process
		maker func() maker
	}{
		{hello, r.hello, always(get("/", "*/*"))}, {jsonHot, r.product.process, anyOf(few, askJSON)},
		{constant, r.page, always(get("/", "text/html"))}, {pageHot, r.product.process, anyOf(few, askPage)},
		{bare, r.bare, anyOf(r.keys, askRow)}, {jsonCold, r.product.process, anyOf(r.keys, askJSON)},
		{pageCold, r.product.process, anyOf(r.keys, askPage)},
	}
	taken := map[side][]figures{}
	for range rounds {
		for _, turn := range turns {
			l := load{to: turn.to, connections: connections, lasting: readLasting, status: 200, maker: turn.maker}
			taken[turn.side] = append(taken[turn.side], l.run(b))
		}
	}
	return taken
}

// tell sets each question against its floor (performance.md, row c).
func (r *reading) tell(b *testing.B, taken map[side][]figures, connections int) {
	b.Helper()
	for _, one := range []struct {
		product, floor side
		speed          float64
	}{{jsonHot, hello, 0.6}, {pageHot, constant, 0.6}, {jsonCold, bare, 0.85}, {pageCold, bare, 0.6}} {
		d := duel{taken[one.product], taken[one.floor]}
		l := line{
			workload: "c " + string(one.product) + " : " + string(one.floor) + ", " + r.product.engine + ", " + r.size + ", " + connectionsInWords(connections),
			goals:    []goal{atLeast(one.speed, d.speed()), tailAtMost(2, d.tail())},
			product:  medians(d.product), floor: medians(d.floor), peak: r.product.peak(),
		}
		if one.floor == bare {
			l.goals = append(l.goals, r.growth(string(one.product)+strconv.Itoa(connections), l.product.p50)...)
		}
		tell(b, l, d)
	}
}

// growth compares a cold read among a million with the same among ten thousand.
func (r *reading) growth(question string, p50 time.Duration) []goal {
	before, known := r.cold[question]
	if r.cold[question] = p50; !known || r.size != "1e6" {
		return nil
	}
	want := map[string]float64{"sqlite": 1.5, "postgres": 1.7}[r.product.engine]
	g := atMost(want, float64(p50)/float64(before))
	g.words, g.got = "p50 "+g.words+" 1e4", "p50 "+g.got
	return []goal{g}
}
