package httpx

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts requests and times them, by route pattern and status; it
// knows no address and no visitor.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
}

// NewMetrics makes the counters in a registry of their own.
func NewMetrics(registry *prometheus.Registry) *Metrics {
	m := &Metrics{
		registry: registry,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "ramure_requests_total",
			Help: "Requests answered, by method, route pattern and status."}, []string{"method", "route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ramure_request_seconds",
			Help: "Time to answer, by route pattern.", Buckets: prometheus.ExponentialBuckets(0.0005, 2, 15)}, []string{"route"}),
	}
	registry.MustRegister(m.requests, m.latency)
	return m
}

// observe counts one answer. It stands outside of rescue, so that a panic is
// counted as the failure that was answered.
func (e *Engine) observe(c *gin.Context) {
	if e.config.Metrics == nil {
		return
	}
	start := e.config.Now()
	c.Next()
	route := c.FullPath()
	if route == "" {
		route = unknownRoute
	}
	m := e.config.Metrics
	m.requests.WithLabelValues(knownMethod(c.Request.Method), route, strconv.Itoa(c.Writer.Status())).Inc()
	m.latency.WithLabelValues(route).Observe(float64(e.config.Now().Sub(start)) / float64(time.Second))
}

// measureLanes shows how full the lanes are.
func (e *Engine) measureLanes(m *Metrics) {
	for name, l := range e.lanes {
		labels := prometheus.Labels{"lane": string(name)}
		m.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "ramure_lane_busy", Help: "Requests under way in a lane.", ConstLabels: labels},
				func() float64 { return float64(len(l.places)) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "ramure_lane_waiting", Help: "Requests waiting for a place in a lane.", ConstLabels: labels},
				func() float64 { return float64(l.waiting.Load()) }),
			prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "ramure_lane_refused_total", Help: "Requests refused because a lane was full.", ConstLabels: labels},
				func() float64 { return float64(l.refused.Load()) }),
		)
	}
}

// Route serves what was counted, for the operator's own network.
func (m *Metrics) Route() Route {
	handler := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return Route{Method: http.MethodGet, Path: "/metrics", Policy: Public, Body: NoBody, Note: "Counters for Prometheus",
		Handler: func(c *gin.Context) { handler.ServeHTTP(c.Writer, c.Request) }}
}
