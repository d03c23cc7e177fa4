package desk

import (
	"slices"
	"strings"
)

// take gives the ticket to whoever pressed first.
func take(x *turn) error {
	p := x.actor.Person
	if slices.Contains(x.t.Not, p.ID) {
		return Refuse("refuse.again", "number", x.t.Number)
	}
	if limit := x.site().Limits.TakenAtOnce; limit > 0 && !x.t.Urgency.Rings() {
		waiting := 0
		for _, other := range x.w.TicketsTaken(p.ID) {
			if other.State == StateTaken {
				waiting++
			}
		}
		if waiting >= limit {
			return Refuse("refuse.many", "limit", limit)
		}
	}
	x.t.Taker, x.t.TakenAt = p.ID, x.now()
	x.t.Clocks.Arrive = arrivalAim(x.site(), x.t, x.now())
	x.t.Nudges.Arrive = 0
	if x.t.Announced.IsZero() {
		x.t.Announced = x.now()
	}
	x.post(Post{Kind: PostTaker, Person: p.ID})
	x.askEntry()
	// A ticket that was taken from the morning list gets a card of its own, on
	// which the work goes on. In private the taker's card is that.
	if !slices.ContainsFunc(x.w.Posts(x.t.ID), func(p Post) bool {
		return p.Kind == PostGroup && !p.Superseded && x.site().Can(p.Chat).GroupButtons
	}) {
		x.out.Add(groupPosts(x.w, x.t, x.t.Department, boards(x.w, x.t.Department)))
	}
	if len(x.t.Files) > 0 && !x.t.Discreet {
		x.out.Say(Message{
			Person: p.ID, Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive,
			Text: T("take.photos", "number", x.t.Number), Photos: x.t.Files,
		})
	}
	return nil
}

// giveBack puts the ticket back for anybody of the department.
func giveBack(x *turn) error {
	x.t.Taker, x.t.TakenAt = "", zeroTime
	x.t.Clocks.Arrive = zeroTime
	x.t.Clocks.Take = takeAim(x.site(), x.t, x.now())
	x.t.Nudges.Take = 0
	return nil
}

func arrive(x *turn) error {
	x.t.ArriveAt = x.now()
	return nil
}

// pause stops the work for a reason, up to a limit that the site allows for
// that reason.
func pause(x *turn) error {
	reason, ok := x.site().PauseReason(x.args.Get("reason"))
	if !ok {
		return Refuse("refuse.reason")
	}
	limit, err := ParseTerm(x.args.Get("limit"))
	if err != nil || !slices.Contains(reason.Limits, limit) {
		return Refuse("refuse.limit")
	}
	until := x.site().Calendar.After(x.now(), limit)
	x.t.Pause = &Pause{
		Reason: reason.ID, Note: x.args.Get("note"), By: x.actor.Person.ID,
		At: x.now(), Until: until, From: x.before.State,
	}
	x.t.Nudges.Pause = 0
	if reason.Tell && x.t.Requester != "" && x.t.Requester != x.actor.Person.ID {
		row := Row(Button{Label: T("button.look"), Data: LookData(x.t.ID)})
		if reason.ID == PauseResident {
			row = append(row, Button{Label: T("button.not_me"), Data: PressData(x.t.ID, NotMe, "")})
		}
		x.out.Say(Message{
			Person: x.t.Requester, Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive, Buttons: [][]Button{row},
			Text: T("pause.tell", "number", x.t.Number, "reason", reason.Label, "until", until),
		})
	}
	return nil
}

// resume goes on. When the limit is reached the desk does it by rule and says
// so to the taker and the follower: a pause never outlasts its limit silently.
func resume(x *turn) error {
	p := x.t.Pause
	if p == nil {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	x.goOn(p.From)
	if x.actor.rule() {
		reason, _ := x.site().PauseReason(p.Reason)
		text := T("pause.over", "number", x.t.Number, "place", x.place(), "reason", reason.Label)
		told := Disturbed(x.w, x.t)
		x.tell(told, text, ClassReminder)
		if who := Answerable(x.w, x.t); who != told {
			x.tell(who, text, ClassReminder)
		}
	}
	return nil
}

// goOn leaves a pause to the state before it.
func (x *turn) goOn(from State) {
	if from == StateNoAccess {
		from = StateTaken
	}
	x.enter(from)
	if x.t.Clocks.Arrive.IsZero() || x.t.Clocks.Arrive.Before(x.now()) {
		x.t.Clocks.Arrive = arrivalAim(x.site(), x.t, x.now())
		x.t.Nudges.Arrive = 0
	}
}

// PauseResident is the reason that the resident may deny.
const PauseResident = "resident"

// notMe is the resident's word that the work does not wait for them: there was no
// pause, so its time is taken off no clock, and who paused is told.
func notMe(x *turn) error {
	if x.t.Pause == nil || x.t.Pause.Reason != PauseResident {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	by, from := x.t.Pause.By, x.t.Pause.From
	x.event.Details = map[string]string{"paused_by": by}
	x.t.Pause = nil
	x.goOn(from)
	text := T("pause.not_me", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place(), "name", nameOf(x.w, by))
	x.tellTaker(text, ClassNotice)
	if who := Answerable(x.w, x.t); who != x.t.Taker {
		x.tell(who, text, ClassNotice)
	}
	return nil
}

// endPause adds what the pause took to the books and moves the aim by it.
func (x *turn) endPause() {
	if x.t.Pause == nil {
		return
	}
	took := x.now().Sub(x.t.Pause.At)
	x.t.Paused += took
	x.t.Clocks.Done = x.t.Clocks.Done.Add(took)
	x.t.Pause = nil
}

// noAccess asks the resident for another time; the ticket stays open and with
// its taker.
func noAccess(x *turn) error {
	x.t.From, x.t.To = zeroTime, zeroTime
	x.out.Say(Message{
		Person: x.t.Requester, Ticket: x.t.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text:    T("noaccess.ask", "number", x.t.Number, "taker", x.takerName(), "at", x.now()),
		Buttons: slotButtons(x.w, x.t),
	})
	return nil
}

// finish says that the work is done; the resident is asked later.
func finish(x *turn) error {
	x.t.DoneAt, x.t.AskBy = x.now(), askBy(x.w, x.t)
	x.t.Proof = append(x.t.Proof, x.args.Files...)
	x.t.Nudges.Callback = 0
	return nil
}

// addProof keeps the other photos of an album of which the first one finished
// the work.
func addProof(x *turn) error {
	room := max(MaxFiles-len(x.t.Proof), 0)
	x.t.Proof = append(x.t.Proof, x.args.Files[:min(room, len(x.args.Files))]...)
	x.keepUndo()
	return nil
}

// showPhone changes nothing; the event keeps who looked.
func showPhone(x *turn) error {
	if x.t.Discreet && !x.actor.Person.Desk() {
		return Refuse("refuse.right", "number", x.t.Number)
	}
	x.keepUndo()
	return nil
}

// addNote keeps what an employee wrote for the others of the desk.
func addNote(x *turn) error {
	text := strings.TrimSpace(x.args.Get("text"))
	if text == "" {
		return Refuse("refuse.empty")
	}
	x.t.Words = append(x.t.Words, Words{By: x.actor.Person.ID, At: x.now(), Text: text, Internal: true})
	x.keepUndo()
	return nil
}

func usedParts(x *turn) error {
	parts := strings.TrimSpace(x.args.Get("parts"))
	if parts == "" {
		return Refuse("refuse.empty")
	}
	x.t.Parts = append(x.t.Parts, parts)
	return nil
}

// keepUndo lets the press before this one still be taken back: nothing that
// matters followed it.
func (x *turn) keepUndo() {
	if last := x.before.Last; last != nil && last.Seq == x.before.Seq {
		kept := *last
		kept.Seq = x.t.Seq
		x.t.Last = &kept
	}
}
