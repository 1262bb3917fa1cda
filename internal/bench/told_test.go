package bench

import (
	"fmt"
	"testing"
)

// tell puts a line into the table, and the ratio beside Go's own figures. Wrong
// answers are told and fail the benchmark: a figure of speed that counts on
// them is no figure.
func tell(b *testing.B, l line, d duel) {
	b.Helper()
	results.add(l)
	b.Log(l.markdown())
	if len(d.floor) > 0 {
		b.ReportMetric(d.speed(), "ratio")
	}
	b.ReportMetric(0, "ns/op")
	for side, f := range map[string]figures{"product": l.product, "floor": l.floor} {
		if f.wrong > 0 {
			b.Errorf("%s: the %s gave %d wrong answers, such as %s", l.workload, side, f.wrong, f.first)
		}
	}
}

func connectionsInWords(n int) string {
	if n == 1 {
		return "1 connection"
	}
	return fmt.Sprintf("%d connections", n)
}
