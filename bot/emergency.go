package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
	"frontdesk/flows"
)

// cmdSOS is the emergency of somebody who has said nothing else: one tap says what
// it is and sends people, another one says where. Whoever taps neither is asked
// about in a minute.
func (t *turn) cmdSOS(arg string) error {
	a := desk.Alarm{Person: t.p.ID, Kind: desk.AlarmOther, Via: t.in.Channel, SaidAt: t.in.At}
	if arg = strings.TrimSpace(arg); arg != "" {
		a.Words, a.Place = []string{arg}, t.placeIn(arg)
	}
	if conv, ok := t.conversation(); ok {
		t.out.Add(flows.Hush(conv))
	}
	for _, known := range slices.Backward(t.w.AlarmsOf(t.p.ID, t.w.Now().Add(-desk.AlarmOnce))) {
		if known.Kind == desk.AlarmOther && known.State == desk.AlarmAsked {
			t.askKind(known)
			return nil
		}
	}
	out, a := desk.Raise(t.w, a)
	t.out.Add(out)
	t.askKind(a)
	return nil
}

// firstLines are the number to call first, the desk's own, and what keeps people
// safe meanwhile, in that order.
//
//locale:prefix danger.first. danger.safe.
func (t *turn) firstLines(kind string) desk.Text {
	var lines []desk.Text
	if len(flows.DangerNumbers(kind)) > 0 || kind == desk.AlarmOther {
		lines = append(lines, desk.T("danger.first."+kind))
	}
	if numbers := t.hotlines(); len(numbers) > 0 {
		lines = append(lines, desk.T("danger.hotline", "hotlines", numbers))
	}
	return desk.Lines(append(lines, desk.T("danger.safe."+kind))...)
}

// callFirst says whom to call, and asks for the one tap: what it is and where have
// been guessed already.
func (t *turn) callFirst(a desk.Alarm) {
	if a.Kind == desk.AlarmOther {
		t.askKind(a)
		return
	}
	lines := []desk.Text{t.firstLines(a.Kind)}
	var rows [][]desk.Button
	switch {
	case a.Kind == desk.AlarmRisk:
		lines = append(lines, desk.T("danger.risk_told"))
	case a.Place != "":
		lines = append(lines, desk.T("danger.ask_place", "place", t.site().PlaceLabel(a.Place)))
	default:
		lines = append(lines, desk.T("danger.ask"))
	}
	if a.Kind != desk.AlarmRisk {
		rows = append(rows, desk.Row(
			desk.Button{Label: t.itIs(a), Data: desk.AlarmData(a.ID, "yes")},
			desk.Button{Label: desk.T("button.other_kind"), Data: desk.AlarmData(a.ID, "which")},
			desk.Button{Label: desk.T("button.no_danger"), Data: desk.AlarmData(a.ID, "no")}))
	}
	t.urgently(desk.Lines(lines...), rows...)
}

// itIs is the label of the one tap: what it is, with the building where that fits.
//
//locale:prefix danger.yes.
func (t *turn) itIs(a desk.Alarm) desk.Text {
	what := desk.T("danger.yes." + a.Kind)
	place, ok := t.site().Places.Get(a.Place)
	if !ok {
		return what
	}
	id := place.ID
	if place.Building != "" {
		id = place.Building
	}
	at := desk.T("danger.yes_at", "what", what, "place", t.site().PlaceLabel(id))
	if utf8.RuneCountInString(t.wr.Texts.Render(t.lang(), at, t.w.Now())) > 10 {
		return what
	}
	return at
}

// sosKinds are the kinds that can be picked, as people look for them.
var sosKinds = []string{
	"fire", "gas", "flood", "shock", "trapped", "injury", "fight", "missing", "poison", "theft", "harassment", desk.AlarmRisk,
	desk.AlarmOther,
}

// askKind asks what it is; the tap sends people.
func (t *turn) askKind(a desk.Alarm) {
	var buttons []desk.Button
	for _, kind := range sosKinds {
		buttons = append(buttons, desk.Button{Label: desk.T("danger.yes." + kind), Data: desk.AlarmData(a.ID, "k."+kind)})
	}
	rows := slices.Collect(slices.Chunk(buttons, 3))
	rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.no_danger"), Data: desk.AlarmData(a.ID, "no")}))
	t.urgently(desk.Lines(t.firstLines(desk.AlarmOther), desk.T("danger.which")), rows...)
}

// urgently answers ahead of everything else.
func (t *turn) urgently(text desk.Text, rows ...[]desk.Button) {
	m := desk.Message{
		Chat: t.in.Address(), Lang: t.lang(), Lane: desk.LaneEmergency, Class: desk.ClassEmergency, Text: text, Buttons: rows,
	}
	if t.in.Press != nil {
		m.Edit = t.in.Press.Ref
	}
	t.out.Say(m)
}

// pressAlarm is the one tap of who said it, or of a manager who was told of it.
func (t *turn) pressAlarm(id, what string) error {
	a, ok := t.w.Alarm(id)
	own := t.p.Is(a.Person)
	if !ok || !own && (!t.p.Manages() || a.Kind == desk.AlarmRisk || what != "yes" && what != "no") {
		return desk.Refuse("press.unknown")
	}
	t.answer(desk.Text{})
	if a.State == desk.AlarmDoubted && own && (what == "yes" || what == "no") {
		t.undoubt(a, what)
		return nil
	}
	if kind, picked := strings.CutPrefix(what, "k."); picked {
		return t.pickKind(a, kind)
	}
	if place, picked := strings.CutPrefix(what, "at."); picked {
		return t.pickPlace(a, place)
	}
	switch {
	case what == "no" && a.State == desk.AlarmSent:
		return t.falseAlarm(a)
	case a.State == desk.AlarmSent:
		ticket, _ := t.w.Ticket(a.Ticket)
		t.replace(desk.T("danger.sent_already", "number", ticket.Number))
	case a.State == desk.AlarmFalse && !own:
		t.replace(desk.T("danger.manager_closed", "name", t.nameOf(a.Person)))
	case what == "which":
		t.askKind(a)
	case what == "yes":
		t.send(a)
	default:
		return t.noDanger(a)
	}
	return nil
}

// pickKind says what it is, which sends people.
func (t *turn) pickKind(a desk.Alarm, kind string) error {
	if !slices.Contains(sosKinds, kind) {
		return desk.Refuse("press.unknown")
	}
	if a.State == desk.AlarmSent {
		ticket, _ := t.w.Ticket(a.Ticket)
		t.replace(desk.T("danger.sent_already", "number", ticket.Number))
		return nil
	}
	if a.Kind == desk.AlarmRisk { // They are told of already.
		t.urgently(desk.Lines(t.firstLines(a.Kind), desk.T("danger.risk_told")))
		return nil
	}
	if a.Kind = kind; kind != desk.AlarmRisk {
		t.send(a)
		return nil
	}
	out, _ := desk.AtRisk(t.w, a)
	t.out.Add(out)
	t.urgently(desk.Lines(t.firstLines(kind), desk.T("danger.risk_told")))
	return nil
}

// send sends people, and asks where if nobody knows.
func (t *turn) send(a desk.Alarm) {
	out, ticket := desk.SendHelp(t.w, a)
	t.out.Add(out)
	d, _ := t.site().Department(ticket.Department)
	lines := []desk.Text{t.firstLines(a.Kind), desk.T("danger.sent", "number", ticket.Number, "department", d.Label)}
	if !t.p.Is(a.Person) {
		t.replace(desk.T("danger.sent_for", "number", ticket.Number, "name", t.nameOf(a.Person)))
		return
	}
	undo := desk.Row(desk.Button{Label: desk.T("button.no_danger"), Data: desk.AlarmData(a.ID, "no")})
	var rows [][]desk.Button
	if a.Place == "" {
		lines = append(lines, desk.T("danger.where"))
		rows = t.whereButtons(a)
	}
	t.urgently(desk.Lines(lines...), append(rows, undo)...)
}

// whereMost is how many places are offered by buttons.
const whereMost = 24

// whereButtons are the buildings and the public areas of the site.
func (t *turn) whereButtons(a desk.Alarm) [][]desk.Button {
	var buttons []desk.Button
	offer := func(id string) {
		label := t.site().PlaceLabel(id)
		short := desk.Text{Key: "label", Args: map[string]any{"label": label}}
		if utf8.RuneCountInString(t.wr.Texts.Render(t.lang(), short, t.w.Now())) > 10 {
			short = desk.Literal(id)
		}
		if data := desk.AlarmData(a.ID, "at."+id); len(data) <= desk.MaxButtonData && len(buttons) < whereMost {
			buttons = append(buttons, desk.Button{Label: short, Data: data})
		}
	}
	for _, b := range t.site().Places.Buildings() {
		offer(b.ID)
	}
	for _, p := range t.site().Places.PublicAreas() {
		offer(p.ID)
	}
	return slices.Collect(slices.Chunk(buttons, 4))
}

// pickPlace says where it is, after people were sent.
func (t *turn) pickPlace(a desk.Alarm, place string) error {
	ticket, ok := t.w.Ticket(a.Ticket)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	out, err := desk.Act(t.w, ticket, desk.Locate, t.actor(), desk.With("place", place))
	if err != nil {
		return err
	}
	t.out.Add(out)
	text := desk.T("danger.place_known", "number", ticket.Number, "place", t.site().PlaceLabel(place))
	if p, _ := t.site().Places.Get(place); p.Building != "" && p.ID == p.Building {
		text = desk.Lines(text, desk.T("danger.where_in")) // The next words say it: aboutAlarm.
	} else {
		a.Place = place
		t.out.Alarms = append(t.out.Alarms, a)
	}
	t.urgently(text, desk.Row(desk.Button{Label: desk.T("button.no_danger"), Data: desk.AlarmData(a.ID, "no")}))
	return nil
}

// noDanger closes an alarm of which nobody was sent, and goes on with the form.
func (t *turn) noDanger(a desk.Alarm) error {
	t.out.Add(desk.NoDanger(t.w, a, t.p))
	if !t.p.Is(a.Person) {
		t.replace(desk.T("danger.manager_closed", "name", t.nameOf(a.Person)))
		return nil
	}
	t.replace(desk.T("danger.closed"))
	if conv, ok := t.conversation(); ok {
		out, err := flows.Reprompt(t.context(), conv)
		t.out.Add(out)
		return err
	}
	return nil
}

// falseAlarm calls those back who were sent. Nobody is reproached.
func (t *turn) falseAlarm(a desk.Alarm) error {
	ticket, _ := t.w.Ticket(a.Ticket)
	if !ticket.State.Open() {
		t.replace(desk.T("danger.closed"))
		return nil
	}
	out, err := desk.Act(t.w, ticket, desk.FalseAlarm, t.actor(), desk.Args{})
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.replace(desk.T("danger.closed"))
	return nil
}
