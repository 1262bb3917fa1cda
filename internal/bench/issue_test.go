package bench

import (
	"path/filepath"
	"testing"
	"time"
)

const (
	rounds  = 3
	lasting = 3 * time.Second
)

// BenchmarkIssue is workload a: POST /api/v1/awards on the real route against
// gin, one signature and one INSERT of the document.
func BenchmarkIssue(b *testing.B) {
	b.Run("postgres", func(b *testing.B) {
		w := newIssuing(b, "postgres")
		for _, connections := range []int{1, 16} {
			w.measure(b, connections, func(d duel) []goal {
				return []goal{atLeast(0.75, d.speed()), tailAtMost(1.5, d.tail())}
			})
		}
		w.finish(b)
	})
	b.Run("sqlite", func(b *testing.B) {
		w := newIssuing(b, "sqlite")
		w.measure(b, 1, func(duel) []goal { return nil })
		w.measure(b, 16, func(d duel) []goal { return []goal{atLeast(1.5, d.speed())} })
		w.finish(b)
	})
}

// issuing is the product and its floor, ready to issue.
type issuing struct {
	product *serving
	floor   *process
	orders  *orders
	ledger  *ledger
}

func newIssuing(b *testing.B, engine string) *issuing {
	b.Helper()
	i := fresh(b, engine)
	token := i.token(b, "atelier")
	w := &issuing{product: i.serve(b), ledger: newLedger()}
	w.orders = newOrders(b, token, w.product.post(b, "/api/v1/achievements", token, definition(b)))
	w.floor = floor(b, "issue", documentVariable+"="+w.sample(b), databaseVariable+"="+beside(b, i).url)
	w.product.process.server, w.floor.server = i.server(b), i.server(b)
	return w
}

// beside is where the floor writes: a table of its own in the same database on
// PostgreSQL, a file of its own on SQLite, where one process writes at a time.
func beside(b *testing.B, i installation) installation {
	if i.engine == "sqlite" {
		i.url = "sqlite:" + filepath.Join(i.data, "floor.db")
	}
	return i
}

// sample issues one award and keeps its credential in a file: the floor stores
// the very bytes that the product stores.
func (w *issuing) sample(b *testing.B) string {
	b.Helper()
	r := w.product.ask(b, 201, w.orders.maker()())
	w.ledger.hear(r)
	r = w.product.ask(b, 200, get("/credentials/"+acknowledged(r.body), "application/vc"))
	b.Logf("the credential has %d bytes", len(r.body))
	return keep(b, r.body)
}

func (w *issuing) measure(b *testing.B, connections int, goals func(duel) []goal) {
	b.Helper()
	product := load{to: w.product.process, connections: connections, lasting: lasting, status: 201, maker: w.orders.maker, heard: w.ledger.hear}
	request := []byte(head("/", "floor", len(w.orders.body)) + "\r\n" + w.orders.body)
	floor := load{to: w.floor, connections: connections, lasting: lasting, status: 201, maker: always(request)}
	var d duel
	w.product.forget()
	for range rounds {
		d.product = append(d.product, product.run(b))
		w.ledger.audit(b, w.product.installation)
		d.floor = append(d.floor, floor.run(b))
	}
	l := line{workload: "a issue, " + w.product.engine + ", " + connectionsInWords(connections), goals: goals(d),
		product: medians(d.product), floor: medians(d.floor), peak: w.product.peak()}
	tell(b, l, d)
}

// finish has the product examine its own log.
func (w *issuing) finish(b *testing.B) {
	b.Helper()
	w.product.fsck(b)
}
