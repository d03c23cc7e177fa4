package bot

import (
	"time"

	"frontdesk/desk"
)

// waitedMost is how many pauses are told one by one.
const waitedMost = 3

// waited says how long a ticket took with and without its pauses, and who stopped the
// clock, why and for how long; nothing of a ticket that never waited.
func waited(w desk.Reader, t desk.Ticket) []desk.Text {
	pauses := desk.Pauses(w.History(t.ID))
	if len(pauses) == 0 || t.Case != nil {
		return nil
	}
	whole, net := t.Spent(w.Now())
	lines := []desk.Text{desk.T("waited.both", "whole", max(whole, time.Minute), "net", max(net, time.Minute))}
	for _, p := range pauses[max(len(pauses)-waitedMost, 0):] {
		reason, _ := w.Site().PauseReason(p.Reason)
		by, _ := w.Person(p.By)
		key := "waited.pause"
		switch {
		case p.Denied:
			key = "waited.denied"
		case p.To.IsZero():
			key = "waited.now"
		}
		//locale:key waited.pause waited.denied waited.now
		lines = append(lines, desk.T(key, "reason", reason.Label, "name", by.Called(), "from", p.From, "took", max(p.Took(w.Now()), time.Minute)))
	}
	return lines
}
