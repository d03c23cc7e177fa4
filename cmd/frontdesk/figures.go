package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// figuresMost bounds how many open tickets are counted.
const figuresMost = 20000

// figures are how the desk stands at one moment. They name nobody.
type figures struct {
	At      time.Time
	Parts   []Part
	Lanes   map[desk.Lane]bot.LaneWait
	Backlog scheduler.Backlog
	// Tickets are the open ones.
	Tickets     map[ticketGroup]int
	Undelivered int
	StoreBytes  int64
	LastBackup  time.Time
	LastDrill   time.Time
	// Pending is how many updates wait at Telegram; -1 if it was not asked.
	Pending int
	// Failed says that the store could not be read.
	Failed bool
}

type ticketGroup struct{ Department, State string }

func (g ticketGroup) compare(h ticketGroup) int {
	return cmp.Or(strings.Compare(g.Department, h.Department), strings.Compare(g.State, h.State))
}

// figures gathers them, in a View.
func (s *server) figures(ctx context.Context) figures {
	now := s.app.now()
	dir := s.app.Config().Backup.Dir
	f := figures{
		At: now, Parts: s.parts(ctx, now), Tickets: map[ticketGroup]int{},
		LastBackup: lastBackup(dir), LastDrill: lastDrill(dir), Pending: s.pending(),
	}
	if info, err := os.Stat(storePath(s.config)); err == nil {
		f.StoreBytes = info.Size()
	}
	err := s.app.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if f.Lanes, err = bot.Waits(tx, now); err != nil {
			return err
		}
		if f.Undelivered, err = storage.Outbox.Count(tx, "dead", storage.Range{Limit: figuresMost}); err != nil {
			return err
		}
		return storage.Tickets.By(tx, "open", storage.Range{Limit: figuresMost}, func(t desk.Ticket) error {
			f.Tickets[ticketGroup{t.Department, string(t.State)}]++
			return nil
		})
	})
	if err == nil {
		f.Backlog, err = s.app.Scheduler.Backlog(ctx, now)
	}
	if err != nil {
		f.Failed = true
		s.log.Warn("the figures could not be read", "error", err)
	}
	return f
}

// writeStatus writes the figures for a person.
func (s *server) writeStatus(w io.Writer, f figures) {
	site := s.app.Site()
	fmt.Fprintf(w, "frontdesk %s, site %s, running for %s\n", version, site.ID, whole(f.At.Sub(s.app.started)))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	writeParts(table, f.Parts)
	table.Flush() //nolint:errcheck // The caller has gone.
	open, by := 0, map[string]int{}
	for group, n := range f.Tickets {
		open += n
		by[group.Department] += n
	}
	var departments []string
	for _, id := range slices.Sorted(maps.Keys(by)) {
		departments = append(departments, fmt.Sprint(id, " ", by[id]))
	}
	fmt.Fprintf(w, "open tickets: %d", open)
	if open > 0 {
		fmt.Fprintf(w, " (%s)", strings.Join(departments, ", "))
	}
	fmt.Fprint(w, "\nwaiting to be sent:")
	for _, lane := range laneNames {
		fmt.Fprintf(w, " %s %d", lane.name, f.Lanes[lane.lane].Count)
	}
	fmt.Fprintf(w, "\nundelivered: %d\njobs due: %d\nstore: %.1f MB\n", f.Undelivered, f.Backlog.Rules.Count+f.Backlog.Tasks.Count,
		float64(f.StoreBytes)/1e6)
	fmt.Fprintf(w, "last backup: %s\nlast restore drill: %s\n", ago(site, f.At, f.LastBackup), ago(site, f.At, f.LastDrill))
}

// laneNames are the lanes, as figures call them.
var laneNames = []struct {
	lane desk.Lane
	name string
}{{desk.LaneEmergency, "emergency"}, {desk.LaneAnswer, "answer"}, {desk.LaneInteractive, "interactive"}, {desk.LaneRoutine, "routine"}}

func ago(site *desk.Site, now, t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return fmt.Sprintf("%s (%s ago)", site.Local(t).Format("2006-01-02 15:04"), now.Sub(t).Round(time.Minute))
}

// writeParts writes one line a part.
func writeParts(w io.Writer, parts []Part) {
	for _, p := range parts {
		state := "ok"
		if !p.OK {
			state = "STALLED"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.Name, state, p.Detail)
	}
}

func allOK(parts []Part) bool {
	return !slices.ContainsFunc(parts, func(p Part) bool { return !p.OK })
}
