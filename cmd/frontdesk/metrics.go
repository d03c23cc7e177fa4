package main

import (
	"context"
	"net/http"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"frontdesk/bot"
	"frontdesk/storage"
)

// metrics are the figures that a monitoring system fetches. Labels are channels,
// departments and words of this program; nothing of a person is in them. What
// each means stands in docs/metrics.md.
type metrics struct {
	registry *prometheus.Registry

	updates *prometheus.CounterVec
	turns   *prometheus.HistogramVec
	commits prometheus.Histogram
	batches prometheus.Histogram
	failed  prometheus.Counter
	sends   *prometheus.CounterVec
	limited *prometheus.CounterVec
}

// newMetrics makes the figures; nil when the configuration has no address for
// them.
func newMetrics(config *Config) *metrics {
	if config.MetricsListen == "" {
		return nil
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "frontdesk_updates_total",
			Help: "Updates handled, by channel, kind and outcome: done, refused, repeated, parked or failed.",
		}, []string{"channel", "kind", "outcome"}),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "frontdesk_turn_seconds",
			Help:    "Time from the arrival of an update to its commit, by channel.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"channel"}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "frontdesk_commit_seconds",
			Help:    "Time that the store took for a commit, until it was durable.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "frontdesk_commit_updates",
			Help:    "How many updates of the store shared a commit.",
			Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128, 256},
		}),
		failed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "frontdesk_commit_failures_total",
			Help: "Commits that failed: the disk was full or broken.",
		}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "frontdesk_sends_total",
			Help: "Attempts to send, by channel, class of message and outcome: sent, retried, dead or dropped.",
		}, []string{"channel", "class", "outcome"}),
		limited: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "frontdesk_send_limited_total",
			Help: "Attempts to send that the channel refused because there were too many (429), by channel.",
		}, []string{"channel"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "frontdesk_build_info", Help: "1, with the version of the program and of Go.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.updates, m.turns, m.commits, m.batches, m.failed, m.sends, m.limited, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observers count what the desk does.
func (m *metrics) observers() Observers {
	if m == nil {
		return Observers{}
	}
	return Observers{
		Turn: func(t bot.Turn) {
			m.updates.WithLabelValues(t.Channel, t.Kind, t.Outcome).Inc()
			m.turns.WithLabelValues(t.Channel).Observe(t.Took.Seconds())
		},
		Attempt: func(a bot.Attempt) {
			m.sends.WithLabelValues(a.Channel, a.Class, a.Outcome).Inc()
			if a.Reason == string(bot.Limited) {
				m.limited.WithLabelValues(a.Channel).Inc()
			}
		},
		Commit: func(c storage.Commit) {
			if c.Err != nil {
				m.failed.Inc()
				return
			}
			m.commits.Observe(c.Took.Seconds())
			m.batches.Observe(float64(c.Updates))
		},
	}
}

// handler serves /metrics. What stands in the store is looked at when it is
// fetched.
func (m *metrics) handler(s *server) http.Handler {
	m.registry.MustRegister(newGauges(func() figures { return s.figures(context.Background()) }))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2}))
	return mux
}
