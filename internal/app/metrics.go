package app

import (
	"context"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"ramure/internal/httpx"
)

// writers is how many sign and store at once on a processor, and as many may wait:
// enough to share commits, and so few that the last one to be refused learns it
// within 50 ms.
const writers = 8

// lanes keep reading and verifying alive when issuing is flooded: each has its
// places, a short queue, and a refusal that costs nothing.
var lanes = map[httpx.Lane]httpx.LaneLimit{
	httpx.Reading: {Places: 256, Waiting: 1024, Patience: 2 * time.Second},
	httpx.Writing: {Places: writers * runtime.GOMAXPROCS(0), Waiting: writers * runtime.GOMAXPROCS(0), Patience: time.Second, Heavy: true},
	// Each place may hold a whole upload in memory.
	httpx.Verifying: {Places: 8, Waiting: 16, Patience: 2 * time.Second, Heavy: true},
}

// scrapeLimit bounds what one look at the metrics may ask of the database.
const scrapeLimit = 2 * time.Second

// newMetrics makes the counters of the process, the log and the database.
func (a *App) newMetrics() *httpx.Metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	a.gauge(registry, "ramure_log_size", "Leaves that have their place in the log.", a.logSize)
	a.gauge(registry, "ramure_log_pending_seconds", "Age of the oldest leaf that waits for the sequencer.", a.pendingSeconds)
	a.gauge(registry, "ramure_database_connections", "Open connections to the database.", func(context.Context) float64 { return float64(a.Store.Stats().Open) })
	a.gauge(registry, "ramure_database_connections_busy", "Connections to the database at work.", func(context.Context) float64 { return float64(a.Store.Stats().InUse) })
	a.gauge(registry, "ramure_database_waits", "Calls that had to wait for a connection.", func(context.Context) float64 { return float64(a.Store.Stats().Waited) })
	return httpx.NewMetrics(registry)
}

func (a *App) gauge(registry *prometheus.Registry, name, help string, read func(context.Context) float64) {
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
		defer cancel()
		return read(ctx)
	}))
}

// unknownGauge is shown while the database does not answer: it is no number.
const unknownGauge = -1

func (a *App) logSize(ctx context.Context) float64 {
	checkpoint, err := a.Store.LastCheckpoint(ctx)
	if err != nil {
		return unknownGauge
	}
	return float64(checkpoint.Size)
}

func (a *App) pendingSeconds(ctx context.Context) float64 {
	age, err := a.Store.PendingAge(ctx)
	if err != nil {
		return unknownGauge
	}
	return age.Seconds()
}
