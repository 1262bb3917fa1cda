package e2e

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
)

// row is what became of a corpus.
type row struct {
	name                    string
	count, through, crashes atomic.Int64
	slowest                 record // nanoseconds of one answer
	heaviest                record // bytes of resident memory, of one answer or of all together
}

// record is the largest of some figures, and what it was of.
type record struct {
	sync.Mutex
	name  string
	value int64
}

func (r *record) note(name string, value int64) {
	r.Lock()
	defer r.Unlock()
	if r.name == "" || value > r.value {
		r.name, r.value = name, value
	}
}

// grown is by how much this process's memory grew at most during an act, in bytes;
// 0 where that can't be told. What others do in the process meanwhile counts too.
func grown(act func()) int64 {
	debug.FreeOSMemory()
	before := memory("VmRSS:")
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak begins anew (proc(5))
	act()
	return max(memory("VmHWM:")-before, 0)
}

// allocated is how much memory this process has asked for since its start, in bytes.
func allocated() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// memory reads a line of this process's status, in bytes; 0 where there is none.
func memory(line string) int64 {
	status, err := os.ReadFile("/proc/self/status")
	_, rest, found := strings.Cut(string(status), line)
	fields := strings.Fields(rest)
	if err != nil || !found || len(fields) == 0 {
		return 0
	}
	kibibytes, _ := strconv.ParseInt(fields[0], 10, 64)
	return kibibytes << 10
}

// show prints the table of the README's security section.
func show(t *testing.T, rows []*row) {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 1, ' ', 0)
	fmt.Fprintln(table, "| corpus\t| count\t| let through\t| crashes\t| slowest\t| memory\t|")
	fmt.Fprintln(table, "|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, r := range rows {
		fmt.Fprintf(table, "| %s\t| %d\t| %d\t| %d\t| %.1f ms\t| +%d MiB\t|\n", r.name, r.count.Load(), r.through.Load(),
			r.crashes.Load(), float64(r.slowest.value)/1e6, (r.heaviest.value+1<<19)>>20)
	}
	table.Flush()
	t.Logf("\n%s", &text)
}
