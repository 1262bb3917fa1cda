package bench

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"
)

const starts = 5

// BenchmarkStart is workload g: from the start of the program to its first 200,
// its memory, and its size.
func BenchmarkStart(b *testing.B) {
	b.Run("size", func(b *testing.B) {
		info, err := os.Stat(program(b))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(0, "ns/op")
		results.add(line{workload: "g stripped program, with all assets", goals: []goal{megabytesAtMost(40e6, info.Size())}})
	})
	for _, engine := range engines {
		b.Run(engine, func(b *testing.B) {
			startEmpty(b, engine)
			startMillion(b, engine)
			memory(b, engine)
			b.ReportMetric(0, "ns/op")
		})
	}
}

// startEmpty starts where nothing was before: the schema, the master key and
// the log's key are made, too.
func startEmpty(b *testing.B, engine string) {
	b.Helper()
	times := make([]time.Duration, starts)
	for n := range times {
		times[n] = fresh(b, engine).startOnce(b)
	}
	tellStart(b, "g start to first 200, empty, "+engine, times, 150*time.Millisecond)
}

func startMillion(b *testing.B, engine string) {
	b.Helper()
	i, prepared := preparedMillion(b, engine)
	if !prepared {
		results.add(line{workload: "g start to first 200, 1e6 awards, " + engine, instead: "not prepared: `make bench-data`"})
		return
	}
	times := make([]time.Duration, starts)
	for n := range times {
		times[n] = i.startOnce(b)
	}
	tellStart(b, "g start to first 200, 1e6 awards, "+engine, times, 600*time.Millisecond)
}

func tellStart(b *testing.B, workload string, times []time.Duration, want time.Duration) {
	b.Helper()
	slices.Sort(times)
	middle := percentile(times, 50)
	l := line{workload: workload, goals: []goal{within(want, middle)}, product: figures{p50: middle, p99: times[len(times)-1]}}
	results.add(l)
	b.Log(l.markdown())
}

// startOnce starts the real program, and stops it once it has answered.
func (i installation) startOnce(b *testing.B) time.Duration {
	b.Helper()
	address, command := freeAddress(b), i.command(b, "serve")
	command.Env = append(command.Env, i.settings(address, freeAddress(b))...)
	endWithParent(command)
	began := time.Now()
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	defer stopNow(b, command)
	request := get("/", "text/html")
	for time.Since(began) < startPatience {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			time.Sleep(200 * time.Microsecond) // the program is what is to have the processor
			continue
		}
		conn.Close()
		w, err := dial(address)
		if err != nil {
			b.Fatal(err)
		}
		r, err := w.ask(request)
		w.close()
		if err != nil || r.status != 200 {
			b.Fatalf("%d %v", r.status, err)
		}
		return time.Since(began)
	}
	b.Fatalf("no answer after %s:\n%s", startPatience, complaint(command))
	return 0
}

func stopNow(b *testing.B, command *exec.Cmd) {
	b.Helper()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		b.Errorf("the program ended with %v", err)
	}
}

// memory is what the program has resident: a moment after its start, and at
// most under a load of issuing and reading.
func memory(b *testing.B, engine string) {
	b.Helper()
	w := newIssuing(b, engine)
	idle := w.product.installation.serve(b)
	time.Sleep(2 * time.Second) // idle is to have nothing left to do
	resident := idle.resident()
	w.product.forget()
	keys := w.product.keys(b)
	reading := load{to: w.product.process, connections: 16, lasting: lasting, status: 200, maker: anyOf(keys, askPage)}
	read := reading.meanwhile(b)
	writing := load{to: w.product.process, connections: 16, lasting: lasting, status: 201, maker: w.orders.maker, heard: w.ledger.hear}
	written := writing.run(b)
	f := read()
	w.ledger.audit(b, w.product.installation)
	results.add(line{workload: "g memory, idle, " + engine, goals: []goal{megabytesAtMost(40e6, resident)}, peak: resident})
	tell(b, line{workload: "g memory, 16 issuing (and 16 reading pages: " + thousands(f.rate) + "/s), " + engine,
		goals: []goal{megabytesAtMost(100e6, w.product.peak())}, product: written, peak: w.product.peak()}, duel{})
}
