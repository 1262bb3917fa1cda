package bench

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The instruments are tested like everything else: a ruler that is too short
// makes everybody tall.

func TestPercentileIsTheNearestRank(t *testing.T) {
	t.Parallel()
	times := make([]time.Duration, 200)
	for n := range times {
		times[n] = time.Duration(n + 1)
	}
	for percent, want := range map[int]time.Duration{0: 1, 50: 100, 99: 198, 100: 200} {
		if got := percentile(times, percent); got != want {
			t.Errorf("percentile %d: %d, want %d", percent, got, want)
		}
	}
	if one := percentile(times[:1], 99); one != 1 || percentile(nil, 50) != 0 {
		t.Errorf("of one: %d", one)
	}
}

// Each round is compared with itself: a machine that slowed down between two of
// them changes nothing.
func TestDuelComparesRoundByRound(t *testing.T) {
	t.Parallel()
	d := duel{
		product: []figures{{rate: 80, p99: 3}, {rate: 8, p99: 30}, {rate: 70, p99: 2}},
		floor:   []figures{{rate: 100, p99: 2}, {rate: 10, p99: 20}, {rate: 100, p99: 1}},
	}
	if d.speed() != 0.8 || d.tail() != 1.5 {
		t.Errorf("speed %v, tail %v; want 0.8 and 1.5", d.speed(), d.tail())
	}
	if m := medians(d.product); m.rate != 70 || m.p99 != 3 {
		t.Errorf("medians %+v", m)
	}
}

func TestWireReadsAnswers(t *testing.T) {
	t.Parallel()
	w := &wire{in: bufio.NewReader(strings.NewReader("HTTP/1.1 201 Created\r\nContent-Length: 12\r\n\r\n{\"id\":\"abc\"}" +
		"HTTP/1.1 304 Not Modified\r\nEtag: \"x\"\r\n\r\n" +
		"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))}
	made, err := w.read()
	if err != nil || made.status != 201 || acknowledged(made.body) != "abc" || made.retryAfter || made.closing {
		t.Errorf("%+v %v", made, err)
	}
	if same, err := w.read(); err != nil || same.status != 304 || len(same.body) != 0 {
		t.Errorf("%+v %v", same, err)
	}
	if busy, err := w.read(); err != nil || busy.status != 503 || !busy.retryAfter || !busy.closing {
		t.Errorf("%+v %v", busy, err)
	}
	if _, err := w.read(); err == nil {
		t.Error("an answer of unknown length was read")
	}
}

func TestLedgerFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	told := func(ids ...string) *ledger {
		l := newLedger()
		for _, id := range ids {
			l.hear(reply{status: 201, body: []byte(`{"id":"` + id + `"}`)})
		}
		return l
	}
	unsure := told("a")
	unsure.hear(reply{status: 500})
	unsure.hear(reply{status: 503, retryAfter: true}) // certainly nothing was done
	for name, c := range map[string]struct {
		ledger *ledger
		stored map[string]int
		want   balance
	}{
		"all well":            {told("a", "b"), map[string]int{"a": 1, "b": 1}, balance{acknowledged: 2, stored: 2}},
		"lost":                {told("a", "b"), map[string]int{"a": 1}, balance{acknowledged: 2, stored: 1, lost: 1}},
		"stored unasked":      {told("a"), map[string]int{"a": 1, "b": 1}, balance{acknowledged: 1, stored: 2, doubled: 1}},
		"acknowledged twice":  {told("a", "a"), map[string]int{"a": 1}, balance{acknowledged: 2, stored: 1, doubled: 1}},
		"not in the log":      {told("a"), map[string]int{"a": 0}, balance{acknowledged: 1, stored: 1, unlogged: 1}},
		"twice in the log":    {told("a"), map[string]int{"a": 2}, balance{acknowledged: 1, stored: 1, unlogged: 1}},
		"one of unknown fate": {unsure, map[string]int{"a": 1, "b": 1}, balance{acknowledged: 1, stored: 2}},
		"more than unknown":   {unsure, map[string]int{"a": 1, "b": 1, "c": 1}, balance{acknowledged: 1, stored: 3, doubled: 1}},
	} {
		if got := c.ledger.compare(c.stored); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	tab := table{lines: []line{
		{workload: "c read", instead: "not prepared"},
		{workload: "a issue", goals: []goal{atLeast(0.75, 0.8), tailAtMost(1.5, 1.6)}, peak: 54e6,
			product: figures{rate: 1234, p50: 610 * time.Microsecond, p99: 12 * time.Millisecond,
				cost: cost{412 * time.Microsecond, 95 * time.Microsecond}},
			floor: figures{cost: cost{program: 88 * time.Microsecond}}},
		{workload: "a sign", goals: []goal{atMost(2, 1.99)}},
	}}
	tab.print(&out, "0.1")
	want := []string{
		"| a issue | ≥ 0.75 ×, p99 ≤ 1.5 × | 0.80, p99 1.60 | 1,234/s, 0.610 ms / 12.0 ms |  | 412 + 95 µs : 88 µs | 54 MB | short |",
		"| a sign | ≤ 2 × | 1.99 |  |  |  |  | pass |",
		"| c read |  |  |  |  |  |  | not prepared |",
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")[2:]
	for n, line := range want {
		if lines[n] != line {
			t.Errorf("line %d: %s\nwant %s", n, lines[n], line)
		}
	}
	path := filepath.Join(t.TempDir(), "artifacts", "bench.md")
	if err := tab.save(path, "0.1"); err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(saved), "| workload |") || strings.Count(string(saved), "\n| ") != len(tab.lines) {
		t.Errorf("%v, %s", err, saved)
	}
}
