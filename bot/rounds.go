package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
)

func hasRounds(s *desk.Site) bool { return len(s.Rounds) > 0 }

func readsNight(p desk.Person) bool { return p.Manages() || p.Has(desk.RoleSupervisor) }

// cmdRound carries out a button of a round: what.round[.stop]. Who may is decided
// each time, by the rules.
func (t *turn) cmdRound(arg string) error {
	what, x, stop, err := t.roundOf(arg)
	if err != nil {
		return err
	}
	var out desk.Effects
	switch what {
	case "b":
		if out, x, err = desk.BeginRound(t.w, x, t.p); err != nil {
			return err
		}
		t.out.Add(out)
		text, buttons := x.Card(t.w)
		t.show(text, buttons...)
		return nil
	case "a", "n":
		return t.atStop(what, x, stop)
	case "o":
		if !t.p.Is(x.Walker) {
			return desk.Refuse("round.not_begun")
		}
		text, buttons := x.Choose(t.w)
		t.show(text, buttons...)
		return nil
	case "u":
		if out, x, err = desk.UndoCheck(t.w, x, stop, t.p); err != nil {
			return err
		}
		t.out.Add(out)
		text, buttons := x.Card(t.w)
		t.show(text, buttons...)
		return nil
	case "v":
		if !readsNight(t.p) && !t.p.Is(x.Walker) {
			return desk.Refuse("command.refused", "command", "rounds")
		}
		t.private(x.Report(t.w), t.foundTickets(x)...)
		return nil
	}
	return desk.Refuse("press.unknown")
}

// roundOf reads what a button of a round carries. Without a stop it is -1.
func (t *turn) roundOf(arg string) (what string, x desk.Round, stop int, err error) {
	parts := strings.Split(arg, ".")
	if len(parts) != 4 && len(parts) != 5 {
		return "", x, -1, desk.Refuse("press.unknown")
	}
	x, ok := t.w.Round(strings.Join(parts[1:4], "."))
	stop = -1
	if len(parts) == 5 {
		if stop, err = strconv.Atoi(parts[4]); err != nil || stop < 0 || stop >= len(x.Stops) {
			ok = false
		}
	}
	if !ok {
		return "", x, -1, desk.Refuse("press.unknown")
	}
	return parts[0], x, stop, nil
}

// atStop begins the conversation about a place of the round: a photo, where nothing
// shows yet that the walker is there, and how it is.
func (t *turn) atStop(what string, x desk.Round, stop int) error {
	if stop < 0 {
		return desk.Refuse("press.unknown")
	}
	// Nothing is written yet: a rule only says whether it may be.
	if _, _, err := desk.ReachStop(t.w, x, stop, t.p, "scan", nil); err != nil {
		return err
	}
	s := x.Stops[stop]
	switch {
	case what == "n":
		return t.start(flows.RoundName.Name, stopAnswers(x, stop))
	case s.Done():
		return desk.Refuse("round.checked", "place", t.site().PlaceLabel(s.Place), "at", s.Checked)
	case s.At.IsZero():
		return t.start(flows.RoundArrive.Name, stopAnswers(x, stop))
	}
	return t.start(flows.RoundCheck.Name, stopAnswers(x, stop))
}

func stopAnswers(x desk.Round, stop int) map[string][]string {
	return map[string][]string{"round": {x.ID}, "stop": {strconv.Itoa(stop)}}
}

// roundsAsked is how long ago a round was due that a scan still begins.
const roundsAsked = 12 * time.Hour

// scanOnRound takes a sticker as the arrival at a place of the round that the
// person is on, or has been asked to go on: the scan begins it. Any other sticker,
// and one whose place was seen to, is what it always is.
func (t *turn) scanOnRound(place string) (handled bool, err error) {
	if !t.p.Employee() || !hasRounds(t.site()) {
		return false, nil
	}
	now := t.w.Now()
	list := t.w.RoundsUnderway(t.p.ID)
	for _, x := range t.w.RoundsBetween(now.Add(-roundsAsked), now.Add(1)) {
		if x.Begun.IsZero() && slices.ContainsFunc(x.Asked, t.p.Is) && x.MayWalk(t.w, t.p) {
			list = append(list, x)
		}
	}
	for _, x := range list {
		stop := slices.IndexFunc(x.Stops, func(s desk.RoundStop) bool { return s.Place == place && !s.Done() })
		if stop < 0 || !now.Before(x.Until) || !x.Ended.IsZero() {
			continue
		}
		out, begun, err := desk.BeginRound(t.w, x, t.p)
		if err != nil {
			return true, err
		}
		t.out.Add(out)
		if out, x, err = desk.ReachStop(t.w, begun, stop, t.p, "scan", nil); err != nil {
			return true, err
		}
		t.out.Add(out)
		return true, t.start(flows.RoundCheck.Name, stopAnswers(x, stop))
	}
	return false, nil
}

// foundTickets are the buttons of the tickets of a round.
func (t *turn) foundTickets(x desk.Round) [][]desk.Button {
	var rows [][]desk.Button
	seen := map[string]bool{}
	for _, stop := range x.Stops {
		for _, f := range stop.Findings {
			if ticket, ok := t.w.Ticket(f.Ticket); ok && f.Ticket != "" && !seen[ticket.ID] && t.site().Sees(t.p, ticket) {
				seen[ticket.ID] = true
				rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)}))
			}
		}
	}
	return pairs(rows)
}

// cmdRounds shows the plan of the night and how it stands: what is due still, and
// of what was due how it went. A button for each opens what was found.
func (t *turn) cmdRounds(string) error {
	s, now := t.site(), t.w.Now()
	from, to := desk.RoundsNight(s, now)
	lines := []desk.Text{desk.T("rounds.head", "from", from, "to", to)}
	var rows [][]desk.Button
	var row []desk.Button
	known := map[string]bool{}
	for i, x := range t.w.RoundsBetween(from, to) {
		known[x.ID] = true
		lines = append(lines, desk.T("rounds.numbered", "n", i+1, "line", x.Line(t.w)))
		if x.Stands(now) == desk.RoundWaits || x.Stands(now) == desk.RoundMissed {
			if !x.MayWalk(t.w, t.p) || !now.Before(x.Until) {
				continue
			}
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.round_begin_n", "n", i+1), Data: desk.RoundData("b", x.ID, -1)}))
			continue
		}
		if x.Unasked {
			continue
		}
		row = append(row, desk.Button{Label: desk.T("button.round_look_n", "n", i+1), Data: desk.RoundData("v", x.ID, -1)})
	}
	rows = append(rows, slices.Collect(slices.Chunk(row, 3))...)
	for _, d := range s.RoundsDue(from.Add(-1), to.Add(-1)) {
		if !known[d.ID] {
			lines = append(lines, desk.T("rounds.planned", "at", d.At, "round", d.Plan.Label, "n", len(d.Plan.Places), "what", s.DutyLabel(d.Plan.By)))
		}
	}
	if len(lines) == 1 {
		lines = append(lines, desk.T("rounds.none"))
	}
	t.show(desk.Lines(lines...), rows...)
	return nil
}
