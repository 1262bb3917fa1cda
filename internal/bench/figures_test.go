package bench

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// figures are what one run of one side gave, or the medians of several.
type figures struct {
	rate     float64 // right answers a second
	p50, p99 time.Duration
	cost     cost // of one right answer
	wrong    int
	first    string // the first wrong answer
}

// sum joins what the connections saw. Nothing but wrong answers is an error:
// there would be nothing to compare.
func sum(tallies []tally, lasting time.Duration) (figures, error) {
	var f figures
	var times []time.Duration
	var broken []error
	for _, t := range tallies {
		times = append(times, t.times...)
		f.wrong += t.wrong
		if f.first == "" {
			f.first = t.first
		}
		if t.err != nil {
			broken = append(broken, t.err)
		}
	}
	if len(broken) > 0 {
		return f, errors.Join(broken...)
	}
	if len(times) == 0 {
		return f, fmt.Errorf("no right answer in %s; %d wrong ones, such as %s", lasting, f.wrong, f.first)
	}
	slices.Sort(times)
	f.rate = float64(len(times)) / lasting.Seconds()
	f.p50, f.p99 = percentile(times, 50), percentile(times, 99)
	return f, nil
}

// percentile of sorted times, by the nearest-rank method.
func percentile(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := (len(sorted)*percent + 99) / 100
	return sorted[max(rank, 1)-1]
}

// medians of each figure over the rounds.
func medians(rounds []figures) (f figures) {
	f.rate = median(rounds, func(r figures) float64 { return r.rate })
	f.p50 = time.Duration(median(rounds, func(r figures) float64 { return float64(r.p50) }))
	f.p99 = time.Duration(median(rounds, func(r figures) float64 { return float64(r.p99) }))
	f.cost.program = time.Duration(median(rounds, func(r figures) float64 { return float64(r.cost.program) }))
	f.cost.database = time.Duration(median(rounds, func(r figures) float64 { return float64(r.cost.database) }))
	for _, r := range rounds {
		f.wrong += r.wrong
		if f.first == "" {
			f.first = r.first
		}
	}
	return f
}

func median[T any](list []T, of func(T) float64) float64 {
	if len(list) == 0 {
		return 0
	}
	values := make([]float64, len(list))
	for i, one := range list {
		values[i] = of(one)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// duel sets a product against its floor, round by round.
type duel struct{ product, floor []figures }

// speed is the median of the rounds' ratios: above 1 the product is the faster.
func (d duel) speed() float64 {
	return d.ratio(func(p, f figures) float64 { return p.rate / f.rate })
}

// tail is how many times longer the slowest hundredth takes.
func (d duel) tail() float64 {
	return d.ratio(func(p, f figures) float64 { return float64(p.p99) / float64(f.p99) })
}

func (d duel) ratio(of func(p, f figures) float64) float64 {
	ratios := make([]float64, min(len(d.product), len(d.floor)))
	for i := range ratios {
		ratios[i] = of(d.product[i], d.floor[i])
	}
	return median(ratios, func(r float64) float64 { return r })
}
