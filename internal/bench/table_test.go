package bench

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// results are the lines of the table, in the order of their workloads.
var results table

type table struct {
	mutex sync.Mutex
	lines []line
}

// line is one measured workload.
type line struct {
	workload string
	goals    []goal // none: a figure that is told without a goal
	product  figures
	floor    figures
	peak     int64  // bytes
	instead  string // why there are no figures, such as "not prepared"
}

// goal is one thing that was wished for.
type goal struct {
	words string // "≥ 0.75 ×"
	got   string
	met   bool
}

// atLeast and atMost are goals of a ratio.
func atLeast(want, got float64) goal {
	return goal{fmt.Sprintf("≥ %.4g ×", want), fmt.Sprintf("%.2f", got), got >= want}
}

func atMost(want, got float64) goal {
	return goal{fmt.Sprintf("≤ %.4g ×", want), fmt.Sprintf("%.2f", got), got <= want}
}

// tailAtMost is the goal of the slowest hundredth.
func tailAtMost(want, got float64) goal {
	return goal{fmt.Sprintf("p99 ≤ %.4g ×", want), fmt.Sprintf("p99 %.2f", got), got <= want}
}

// within is the goal of a duration, under the size of a figure of megabytes.
func within(want, got time.Duration) goal {
	return goal{"≤ " + milliseconds(want), milliseconds(got), got <= want}
}

func megabytesAtMost(want, got int64) goal {
	return goal{"≤ " + megabytes(want), megabytes(got), got <= want && got > 0}
}

func (t *table) add(l line) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.lines = append(t.lines, l)
}

// print writes the table in Markdown; nothing when nothing was measured.
func (t *table) print(out io.Writer, loadBefore string) {
	if len(t.lines) == 0 {
		return
	}
	slices.SortStableFunc(t.lines, func(a, b line) int { return strings.Compare(a.letter(), b.letter()) })
	fmt.Fprintln(out, "\n| workload | goal | ratio | product, p50 / p99 | floor, p50 / p99 | processor time of one answer | peak RSS | |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|")
	for _, l := range t.lines {
		fmt.Fprintln(out, l.markdown())
	}
	fmt.Fprintf(out, "\n%d processors, %s; load of the machine %s before, %s after.\n\n",
		runtime.NumCPU(), runtime.Version(), loadBefore, loadAverage())
}

// save writes the table to a file, as it is printed; a path of "" asks for none.
func (t *table) save(path, loadBefore string) error {
	if path == "" || len(t.lines) == 0 {
		return nil
	}
	var text bytes.Buffer
	t.print(&text, loadBefore)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, bytes.TrimLeft(text.Bytes(), "\n"), 0o644)
}

func (l line) letter() string {
	first, _, _ := strings.Cut(l.workload, " ")
	return first
}

func (l line) markdown() string {
	var words, got []string
	for _, g := range l.goals {
		words, got = append(words, g.words), append(got, g.got)
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s |", l.workload, strings.Join(words, ", "), strings.Join(got, ", "),
		l.product.cell(), l.floor.cell(), l.costs(), megabytes(l.peak), l.verdict())
}

// costs are the product's, and the floor's beside them.
func (l line) costs() string {
	product, floor := l.product.cost.words(), l.floor.cost.words()
	if product == "" || floor == "" {
		return product
	}
	return product + " : " + floor
}

// verdict is pass or short; what has no goal has none.
func (l line) verdict() string {
	if l.instead != "" {
		return l.instead
	}
	if len(l.goals) == 0 {
		return ""
	}
	for _, g := range l.goals {
		if !g.met {
			return "short"
		}
	}
	return "pass"
}

// cell is "1,234/s, 0.61 / 1.20 ms".
func (f figures) cell() string {
	switch {
	case f.p50 == 0:
		return ""
	case f.rate == 0:
		return fmt.Sprintf("%s / %s", milliseconds(f.p50), milliseconds(f.p99))
	}
	return fmt.Sprintf("%s/s, %s / %s", thousands(f.rate), milliseconds(f.p50), milliseconds(f.p99))
}

// thousands writes a whole number with commas.
func thousands(value float64) string {
	digits := fmt.Sprintf("%.0f", value)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// milliseconds keeps three digits.
func milliseconds(d time.Duration) string {
	value := float64(d) / float64(time.Millisecond)
	decimals := 2 - int(math.Floor(math.Log10(max(value, 0.001))))
	return fmt.Sprintf("%.*f ms", min(max(decimals, 0), 3), value)
}

func megabytes(bytes int64) string {
	if bytes <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
}
