package bench

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"
)

const (
	slowClients = 2000
	slowLimit   = 10 * time.Second
	slowPatient = 20 * time.Second // after which the benchmark gives up on the server
)

// BenchmarkSlowClients is R18 of the design: 2,000 clients that send a byte a
// second, of a header or of a form, must neither keep the others from reading
// nor stay.
func BenchmarkSlowClients(b *testing.B) {
	i := smallOf(b, "sqlite", hot)
	product, keys := i.serve(b), i.keys(b)
	for _, kind := range []struct{ name, beginning string }{
		{"a header", "GET /v/" + keys[0].id + " HTTP/1.1\r\nHost: badges.example.org\r\nX-Slow: "},
		{"a form", "POST /v/" + keys[0].id + "/personne HTTP/1.1\r\nHost: badges.example.org\r\n" +
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nfamilyName="},
	} {
		b.Run(kind.name, func(b *testing.B) {
			readers := load{to: product.process, connections: 4, lasting: lasting, status: 200, maker: anyOf(keys, askPage)}
			product.forget()
			var d duel // the product with slow clients, against itself without
			var longest time.Duration
			var left int
			for range rounds {
				d.floor = append(d.floor, readers.run(b))
				attack := begin(b, product.address, kind.beginning)
				d.product = append(d.product, readers.run(b))
				took, stayed := attack.end()
				longest, left = max(longest, took), left+stayed
			}
			l := line{
				workload: fmt.Sprintf("slow clients, %d that send %s; pages of others, against none", slowClients, kind.name),
				goals: []goal{tailAtMost(2, d.tail()),
					{"closed ≤ 10 s", fmt.Sprintf("%.1f s", longest.Seconds()), longest <= slowLimit && left == 0}},
				product: medians(d.product), floor: medians(d.floor), peak: product.peak(),
			}
			tell(b, l, d)
			if left > 0 {
				b.Errorf("%d slow connections were still open after %s", left, slowPatient)
			}
		})
	}
}

// attack is so many slow clients at work.
type attack struct {
	began time.Time
	group sync.WaitGroup
	mutex sync.Mutex
	last  time.Duration // when the last one was closed
	left  int           // those that the server never closed
}

func begin(b *testing.B, address, beginning string) *attack {
	b.Helper()
	a := &attack{began: time.Now()}
	for range slowClients {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		a.group.Go(func() { a.trickle(conn, beginning) })
	}
	return a
}

// trickle sends a byte a second until the server has had enough. An answer
// counts as the end: whoever refuses has no more to wait for.
func (a *attack) trickle(conn net.Conn, beginning string) {
	defer conn.Close()
	began := time.Now()
	_, _ = io.WriteString(conn, beginning)
	answer := make([]byte, 512)
	for time.Since(began) < slowPatient {
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		_, err := conn.Read(answer)
		if err == nil || !errors.Is(err, os.ErrDeadlineExceeded) {
			a.closed(time.Since(began))
			return
		}
		_, _ = io.WriteString(conn, "a")
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.left++
}

func (a *attack) closed(after time.Duration) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.last = max(a.last, after)
}

// end waits until every slow client is rid of.
func (a *attack) end() (longest time.Duration, left int) {
	a.group.Wait()
	return a.last, a.left
}
