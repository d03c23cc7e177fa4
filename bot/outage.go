package bot

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/flows"
)

// outage answers a first sentence about something that a work takes away just now,
// before any question; who insists goes on with a report of it. A complaint about it
// is a complaint.
func (t *turn) outage(guesses []flows.Guess) (handled bool, err error) {
	answers := map[string][]string{}
	if len(guesses) > 0 {
		g := guesses[0]
		switch {
		case slices.Contains([]string{desk.KindComplaint, desk.KindSuggestion, desk.KindPraise}, g.Flow):
			return false, nil
		case g.Flow == desk.KindRepair:
			answers = g.Answers
		case len(g.Answers["place"]) > 0:
			answers["place"] = g.Answers["place"]
		}
		if g.Flow != desk.KindRepair {
			answers["words"] = []string{t.in.Text}
		}
	}
	answers["told"] = []string{t.in.Text}
	if !flows.KnownOutage(t.context(), answers) {
		return false, nil
	}
	return true, t.start(desk.KindRepair, answers)
}
