package bench

import (
	"os"
	"runtime"
	"testing"
)

// share splits the machine: one processor makes the load, the others serve it.
// Under a flood, whoever floods would otherwise take the processors from the
// service, and what is measured would be the scheduler of the kernel.
type share struct {
	service, load processors
	whole         processors
}

// processors is a set of them, one bit each.
type processors uint64

// split gives the parts of a machine that has at least two processors; all of it
// to both on any other, or where it can't be done.
func split() share {
	all := allowed(0)
	s := share{all, all, all}
	for bit := processors(1); bit != 0; bit <<= 1 {
		if all&bit != 0 && all != bit {
			s.load, s.service = bit, all&^bit // the last one makes the load
		}
	}
	return s
}

// serving runs what starts programs, so that they have the service's part.
func (s share) serving(start func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	restrict(0, s.service)
	defer restrict(0, s.whole)
	start()
}

// begin keeps this process and a database server to their parts until the benchmark
// ends.
func (s share) begin(b *testing.B, server int) {
	b.Helper()
	self, before := os.Getpid(), runtime.GOMAXPROCS(0)
	for _, pid := range family(server) {
		restrictAll(pid, s.service)
	}
	restrictAll(self, s.load)
	runtime.GOMAXPROCS(s.load.count())
	b.Cleanup(func() {
		runtime.GOMAXPROCS(before)
		restrictAll(self, s.whole)
		for _, pid := range family(server) {
			restrictAll(pid, s.whole)
		}
	})
}

func (p processors) count() (n int) {
	for ; p != 0; p &= p - 1 {
		n++
	}
	return n
}
