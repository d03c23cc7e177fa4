package desk

import "strings"

// cancel ends the ticket; who was on the way is told at once.
func cancel(x *turn) error {
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "resident"
	if !x.actor.Person.Is(x.t.Requester) {
		x.t.ClosedBy = "desk"
		x.tellRequester(T("cancel.tell", "number", x.t.Number), ClassNotice)
	}
	x.out.Add(tellJoined(x.t, T("join.cancelled", "number", x.t.Number, "category", categoryOf(x.w, x.t), "place", x.place()),
		Row(Button{Label: T("button.cmd_repair"), Data: CommandData("repair")})))
	x.tellTaker(T("cancel.taker", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place()), ClassNotice)
	return nil
}

// chase passes a resident's impatience on: to the taker alone, or to whoever
// answers for it while nobody has it, or the taker or their department is off
// shift. One that comes too soon is answered kindly and
// goes to nobody; the third, or one on an overdue ticket, goes to the duty
// manager.
func chase(x *turn) error {
	limits := x.site().Limits
	if n := len(x.t.Chases); n > 0 {
		if next := x.t.Chases[n-1].Add(limits.ChaseEvery); x.now().Before(next) {
			return Refuse("chase.soon", "number", x.t.Number, "next", next)
		}
	}
	x.t.Chases = append(x.t.Chases, x.now())
	text := T("chase.tell", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place(), "times", len(x.t.Chases))
	told := Disturbed(x.w, x.t)
	if d, _ := x.site().Department(x.t.Department); !x.t.Urgency.Rings() && !x.site().Calendar.Open(d.Hours, x.now()) {
		told = Answerable(x.w, x.t)
	}
	x.tell(told, text, ClassReminder)
	overdue := !x.t.Clocks.Done.IsZero() && x.now().After(x.t.Clocks.Done) ||
		x.t.State == StateNew && !x.t.Announced.IsZero() && x.now().After(x.t.Clocks.Take)
	if (overdue || len(x.t.Chases) >= limits.ChaseTimes) && !x.t.Nudges.Chase {
		x.t.Nudges.Chase = true
		x.out.Add(ToManagers(x.w, Message{
			Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive,
			Text: T("chase.manager", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place(),
				"times", len(x.t.Chases), "state", standing(x.w, x.t, x.takerName())),
			Buttons: lookButtons(x.t),
		}))
	}
	return nil
}

// makeUrgent is the resident's "it is urgent": the clocks change and the card
// goes out at once, at any hour.
func makeUrgent(x *turn) error {
	if x.t.Urgency.Rings() {
		return Refuse("urgent.already", "number", x.t.Number)
	}
	x.t.Urgency = Urgent
	x.reroute()
	x.t.Clocks = aims(x.site(), x.t, x.now())
	if x.t.Taker != "" {
		x.t.Clocks.Arrive = arrivalAim(x.site(), x.t, x.now())
		x.t.Nudges.Arrive = 0
		x.tellTaker(T("urgent.taker", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place()), ClassCard)
	}
	if x.t.State == StateNew {
		x.out.Add(announceNow(x.w, &x.t))
	}
	return nil
}

// reroute lets the routes decide anew while nobody has the ticket.
func (x *turn) reroute() {
	if x.t.State != StateNew {
		return
	}
	place, _ := x.site().Places.Get(x.t.Place)
	to, _ := x.site().RouteTo(matterOf(x.site(), x.t, place, x.now()))
	if to != x.t.Department && !x.t.Announced.IsZero() {
		x.post(Post{Kind: PostGroup, Department: to})
	}
	x.t.Department = to
}

// addWords keeps what somebody adds, and passes it on to who needs it.
func addWords(x *turn) error {
	text := strings.TrimSpace(x.args.Get("text"))
	if text == "" && len(x.args.Files) == 0 {
		return Refuse("refuse.empty")
	}
	if text != "" {
		x.t.Words = append(x.t.Words, Words{By: x.actor.Person.ID, At: x.now(), Text: text})
	}
	room := MaxFiles - len(x.t.Files)
	if len(x.args.Files) > room {
		x.args.Files = x.args.Files[:max(room, 0)]
		if room <= 0 && text == "" {
			return Refuse("refuse.files", "limit", MaxFiles)
		}
	}
	x.t.Files = append(x.t.Files, x.args.Files...)
	if x.t.Discreet && !x.actor.Person.Is(x.t.Taker) {
		// Who goes there must not learn from the words who called: the desk reads them.
		x.tell(Answerable(x.w, x.t), Lines(T("add.taker", "number", x.t.Number), quoted(text)), ClassNotice)
	} else if !x.actor.Person.Is(x.t.Taker) && x.t.Taker != "" {
		x.out.Say(Message{
			Person: x.t.Taker, Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive, Photos: x.args.Files,
			Silent: !x.t.Urgency.Rings() && OffShift(x.w, x.t.Taker),
			Text:   Lines(T("add.taker", "number", x.t.Number), quoted(text)),
		})
	}
	if !x.actor.Person.Is(x.t.Requester) {
		x.out.Say(Message{
			Person: x.t.Requester, Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive, Photos: x.args.Files,
			Text: Lines(T("add.requester", "number", x.t.Number, "name", x.actor.Person.Called()), quoted(text)),
		})
	}
	return nil
}

func quoted(text string) Text {
	if text == "" {
		return Text{}
	}
	return T("quote", "text", text)
}

// MaxFiles is how many files a ticket holds.
const MaxFiles = 10

// reschedule agrees on another time of visit.
func reschedule(x *turn) error {
	if x.args.Get("slot") == AnyTime {
		// It says when, and not that somebody may come in alone: that stays as it was.
		x.t.From, x.t.To = zeroTime, zeroTime
		return nil
	}
	slot, ok := parseSlot(x.site(), x.args.Get("slot"))
	if !ok || !slot.To.After(x.now()) {
		return Refuse("refuse.slot")
	}
	x.t.From, x.t.To = slot.From, slot.To
	x.t.Clocks.Visit = slot.To
	if x.t.Clocks.Done.Before(slot.To) {
		x.t.Clocks.Done = slot.To
	}
	if x.t.State == StateNoAccess {
		x.enter(StateTaken)
	}
	if x.t.Taker != "" {
		x.t.Clocks.Arrive, x.t.Nudges.Arrive = slot.To, 0
		if !x.actor.Person.Is(x.t.Taker) {
			x.tellTaker(T("when.taker", "number", x.t.Number, "place", x.place(), "from", slot.From, "to", slot.To), ClassNotice)
		}
	}
	return nil
}
