package bench

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

const (
	hostileTime   = 50 * time.Millisecond
	hostileMemory = 64 << 20
	// hostileDoubt is the time from which an input is measured again: the first
	// time may have swept up after the one before.
	hostileDoubt = 5 * time.Millisecond
)

// hostile is a family of inputs that are made to be dear. Each is refused, or told
// not to be valid; what counts is what that costs.
type hostile struct {
	name   string
	inputs func(yield func(act func(context.Context) bool) bool) // acts answer true when the input was let through
}

// BenchmarkHostile is the second half of workload d: the dearest input of each
// family, in processor time of the whole process, and the memory that the family
// took beyond what the process had.
func BenchmarkHostile(b *testing.B) {
	document, issuer, key := foreign(b)
	warm := signedJSON(b, document, issuer, key)
	if err := verifying(b, warm)(b.Context()); err != nil {
		b.Fatal(err)
	}
	total := 0
	for _, family := range []hostile{
		{"cliques of 5 to 40 blank nodes", cliques}, {"1 to 10,000 levels, arrays and objects", depths},
		{"nodes that nothing tells apart, up to 2,000", equals(document)}, {"a member twice, at every level", doubles(document)},
		{"wide and long: arrays, texts, numbers, IRIs, names", wides(document)}, {"contexts, types and proofs without end", crowds(warm)},
		{"tokens: long, of dots, deep inside", tokens}, {"gzip bombs to 1 GiB in status lists", bombs(b)},
	} {
		total += family.tell(b)
	}
	b.Logf("%d hostile inputs", total)
}

// tell measures a family and gives how many inputs it had.
func (h hostile) tell(b *testing.B) int {
	b.Helper()
	self := &process{command: &exec.Cmd{Process: &os.Process{Pid: os.Getpid()}}}
	debug.FreeOSMemory()
	self.forget()
	before := self.resident()
	var times []time.Duration
	through := 0
	for act := range h.inputs {
		if n := len(times); n < 200 || n%100 == 0 {
			runtime.GC() // what it took to write the inputs is not the product's
		}
		took, let := dearest(b, act)
		times = append(times, took)
		if let {
			through++
		}
	}
	grown := max(self.peak()-before, 1)
	slices.Sort(times)
	worst := times[len(times)-1]
	l := line{workload: "d hostile: " + h.name, peak: grown, product: figures{p50: percentile(times, 50), p99: worst},
		goals: []goal{within(hostileTime, worst), {"+ " + megabytes(hostileMemory), "+ " + megabytes(grown), grown <= hostileMemory}}}
	if through > 0 {
		l.product.wrong, l.product.first = through, "an input that is let through"
	}
	tell(b, l, duel{})
	b.Logf("%d inputs, %d let through", len(times), through)
	return len(times)
}

// dearest measures an input; in doubt three times, of which the middle one counts.
func dearest(b *testing.B, act func(context.Context) bool) (time.Duration, bool) {
	b.Helper()
	measure := func() (time.Duration, bool) {
		before := processorTime(b)
		let := act(b.Context())
		return processorTime(b) - before, let
	}
	first, let := measure()
	if first < hostileDoubt {
		return first, let
	}
	times := []time.Duration{first}
	for range 2 {
		runtime.GC()
		again, _ := measure()
		times = append(times, again)
	}
	slices.Sort(times)
	return times[1], let
}

// asUpload verifies an input as the product does, without network.
func asUpload(input []byte) func(context.Context) bool {
	sources := credential.Sources{Keys: did.Self{}, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	return func(ctx context.Context) bool {
		return credential.Verify(ctx, input, sources).Verdict == credential.Valid
	}
}

// asGraph names the blank nodes of statements. A graph that is named in time is no
// fault: only the cost counts.
func asGraph(quads []jsonld.Quad) func(context.Context) bool {
	return func(ctx context.Context) bool {
		_, _ = jsonld.Canonicalize(ctx, quads, jsonld.Options{})
		return false
	}
}

// asList reads a status list; one that is within the bounds is no fault.
func asList(encoded string) func(context.Context) bool {
	return func(context.Context) bool {
		list, err := statuslist.Decode(encoded)
		return err == nil && list.Len() > 8*(2<<20)
	}
}
