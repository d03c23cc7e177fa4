package main

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"frontdesk/scheduler"
)

// gaugesFor is how long the figures of the store are given again without looking.
const gaugesFor = 5 * time.Second

// gauges are the figures of one moment.
type gauges struct {
	look func() figures

	mu   sync.Mutex
	seen figures
	at   time.Time

	ready, waiting, oldest, due, late, tickets, undelivered *prometheus.Desc
	store, backup, drill, pending, failed                   *prometheus.Desc
}

func newGauges(look func() figures) *gauges {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("frontdesk_"+name, help, labels, nil)
	}
	return &gauges{
		look:        look,
		ready:       desc("ready", "1 when a part of the desk goes on, 0 when it has stalled, as /readyz says.", "part"),
		waiting:     desc("outbox_waiting", "Messages that are queued or being sent, by lane, at most 10000.", "lane"),
		oldest:      desc("outbox_oldest_seconds", "For how long the oldest message that could be sent has waited, by lane.", "lane"),
		due:         desc("jobs_due", "Jobs that are due and not done: rules (reminders, lists) and tasks (backups, files).", "sort"),
		late:        desc("jobs_late_seconds", "For how long the first of them has been due.", "sort"),
		tickets:     desc("tickets", "Open tickets, by department and state.", "department", "state"),
		undelivered: desc("undelivered_messages", "Messages that were given up; staff can see why."),
		store:       desc("store_bytes", "Size of the store's file."),
		backup:      desc("backup_last_success_timestamp_seconds", "When the newest backup was made; 0 if there is none."),
		drill:       desc("restore_drill_last_success_timestamp_seconds", "When a backup was last restored in a drill; 0 if never."),
		pending:     desc("telegram_pending_updates", "Updates that wait at Telegram; in webhook mode only."),
		failed:      desc("figures_failed", "1 when the store could not be read for these figures."),
	}
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		g.ready, g.waiting, g.oldest, g.due, g.late, g.tickets, g.undelivered, g.store, g.backup, g.drill, g.pending, g.failed,
	} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	f := g.fresh()
	put := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	since := func(t time.Time) float64 {
		if t.IsZero() {
			return 0
		}
		return max(f.At.Sub(t).Seconds(), 0)
	}
	for _, p := range f.Parts {
		put(g.ready, oneIf(p.OK), p.Name)
	}
	put(g.failed, oneIf(f.Failed))
	put(g.store, float64(f.StoreBytes))
	put(g.backup, stamp(f.LastBackup))
	put(g.drill, stamp(f.LastDrill))
	if f.Pending >= 0 {
		put(g.pending, float64(f.Pending))
	}
	if f.Failed {
		return // Half of it would mislead.
	}
	for _, lane := range laneNames {
		w := f.Lanes[lane.lane]
		put(g.waiting, float64(w.Count), lane.name)
		put(g.oldest, since(w.Since), lane.name)
	}
	for sort, late := range map[string]scheduler.Late{"rules": f.Backlog.Rules, "tasks": f.Backlog.Tasks} {
		put(g.due, float64(late.Count), sort)
		put(g.late, since(late.Since), sort)
	}
	for _, group := range slices.SortedFunc(maps.Keys(f.Tickets), ticketGroup.compare) {
		put(g.tickets, float64(f.Tickets[group]), group.Department, group.State)
	}
	put(g.undelivered, float64(f.Undelivered))
}

// fresh are figures of the last few seconds.
func (g *gauges) fresh() figures {
	g.mu.Lock()
	defer g.mu.Unlock()
	if age := time.Since(g.at); g.at.IsZero() || age >= gaugesFor {
		g.seen = g.look()
		g.at = time.Now()
	}
	return g.seen
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func stamp(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}
