package bot

import (
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
)

// danger looks for words of danger in whatever a person writes in private,
// whatever conversation they are in. The numbers to call come first; one tap
// sends people, and without it the managers are called in a minute. A person at
// risk is told of at once, in private only. What was half filled in stays.
func (t *turn) danger() (handled bool) {
	if t.in.Text == "" || t.in.Forwarded || t.in.Edited {
		return false
	}
	if c, ok := findCommand(t.in.Command); ok && c.May(t.p) && !everybodys(c) {
		return false // /route and /find are about words, not in danger
	}
	kind, _ := t.understand.Danger(t.in.Text)
	if kind == "" || wordCommand(t.in.Text) == "sos" {
		return false
	}
	if conv, ok := t.conversation(); ok {
		t.out.Add(flows.Hush(conv))
	}
	recent := t.w.AlarmsOf(t.p.ID, t.w.Now().Add(-desk.AlarmOnce))
	for _, a := range slices.Backward(recent) {
		if a.Kind == desk.AlarmOther && a.State == desk.AlarmAsked && kind != desk.AlarmRisk {
			a.Kind = kind // Now it is known what it is.
		}
		if a.Kind == kind && a.State != desk.AlarmFalse && a.State != desk.AlarmDoubted {
			t.moreDanger(a)
			return true
		}
	}
	out, a := desk.Raise(t.w, desk.Alarm{
		Person: t.p.ID, Kind: kind, Words: []string{t.in.Text}, Files: t.in.Files, Via: t.in.Channel, SaidAt: t.in.At,
		Place: t.placeIn(t.in.Text),
	})
	t.out.Add(out)
	if kind != desk.AlarmRisk {
		t.out.Notes = append(t.out.Notes, desk.Note{Kind: "danger", Person: t.p.ID, Facts: map[string]string{"kind": kind}})
	}
	t.callFirst(a)
	return true
}

// placeIn is the place that a text names, a building if it is no more than that.
func (t *turn) placeIn(text string) string {
	return flows.PlaceIn(t.site(), t.understand, text)
}

// placeNear is the place that the words name; once the building is known, the
// number on a door is enough.
func (t *turn) placeNear(ticket desk.Ticket) string {
	if p, ok := t.site().Places.Get(ticket.Place); ok && p.Building != "" {
		if found := t.site().Places.FindIn(p.Building, t.in.Text); found.Place != nil {
			return found.Place.ID
		}
	}
	return t.placeIn(t.in.Text)
}

// moreDanger takes further words about a danger that is known already: nobody is
// told twice, and nothing is lost.
func (t *turn) moreDanger(a desk.Alarm) {
	if a.Kind == desk.AlarmRisk {
		if l, ok := t.w.Ladder(a.Ladder); ok && a.Ladder != "" {
			t.out.Add(desk.Confided(t.w, l, t.in.Text, t.in.Files))
		}
		t.out.Say(desk.Message{
			Chat: t.in.Address(), Lang: t.lang(), Lane: desk.LaneEmergency, Class: desk.ClassEmergency,
			Text: desk.Lines(t.firstLines(a.Kind), desk.T("danger.risk_told")),
		})
		return
	}
	if a.State == desk.AlarmSent {
		t.addToAlarm(a)
		return
	}
	a.Words, a.Files = append(a.Words, t.in.Text), append(a.Files, t.in.Files...)
	if a.Place == "" {
		a.Place = t.placeIn(t.in.Text)
	}
	t.out.Alarms = append(t.out.Alarms, a)
	t.out.Add(desk.MoreSaid(t.w, a, t.in.Text, t.in.Files))
	t.callFirst(a)
}

// addToAlarm passes further words on to those who are on the way.
func (t *turn) addToAlarm(a desk.Alarm) {
	ticket, ok := t.w.Ticket(a.Ticket)
	if !ok {
		return
	}
	args := desk.Args{Values: map[string]string{"text": t.in.Text}, Files: t.in.Files}
	if out, err := desk.Act(t.w, ticket, desk.AddWords, t.actor(), args); err == nil {
		t.out.Add(out)
		ticket = out.Tickets[0]
	}
	if place := t.placeNear(ticket); a.Place == "" && place != "" {
		if out, err := desk.Act(t.w, ticket, desk.Locate, t.actor(), desk.With("place", place)); err == nil {
			t.out.Add(out)
			a.Place = place
			t.out.Alarms = append(t.out.Alarms, a)
			t.reply(desk.T("danger.place_known", "number", ticket.Number, "place", t.site().PlaceLabel(place)))
			return
		}
	}
	t.reply(desk.T("danger.added", "number", ticket.Number))
}

// aboutAlarm takes the first words after help was sent: the place that was asked
// for, or what else those on the way should know. A form that is open gets what
// names no place.
func (t *turn) aboutAlarm() bool {
	if t.in.Text == "" || t.in.Command != "" || t.in.Forwarded {
		return false
	}
	recent := t.w.AlarmsOf(t.p.ID, t.w.Now().Add(-alarmTalk))
	for _, a := range slices.Backward(recent) {
		ticket, ok := t.w.Ticket(a.Ticket)
		if a.State != desk.AlarmSent || a.Place != "" || !ok || !ticket.State.Open() {
			continue
		}
		if _, busy := t.conversation(); busy && t.placeNear(ticket) == "" {
			return false
		}
		t.addToAlarm(a)
		return true
	}
	return false
}

// moreOfAlarm takes what else somebody says who has an emergency that goes on, and no
// form: those on the way should know it, and a question back would cost time.
func (t *turn) moreOfAlarm() bool {
	if t.in.Text == "" && len(t.in.Files) == 0 || t.in.Forwarded || t.anotherMatter() {
		return false
	}
	for _, a := range slices.Backward(t.w.AlarmsOf(t.p.ID, t.w.Now().Add(-alarmLasts))) {
		if ticket, ok := t.w.Ticket(a.Ticket); ok && a.State == desk.AlarmSent && ticket.State.Open() {
			t.addToAlarm(a)
			return true
		}
	}
	return false
}

// anotherMatter tells whether a sentence is plainly something else than more about an
// emergency: a fault with its place, or what is no report.
func (t *turn) anotherMatter() bool {
	guesses := t.understand.Understand(t.in.Text, t.lang())
	if len(guesses) == 0 || guesses[0].Score < flows.Sure {
		return false
	}
	switch g := guesses[0]; g.Flow {
	case desk.KindRepair, desk.KindRequest:
		return len(g.Answers["category"]) > 0 && len(g.Answers["place"]) > 0
	case "place":
		return false
	}
	return true
}

const (
	// alarmTalk is for how long words belong to an emergency of which nobody knows the
	// place, before anything else that they may be.
	alarmTalk = 5 * time.Minute
	// alarmLasts is for how long words that are nothing else belong to an emergency.
	alarmLasts = 30 * time.Minute
)
