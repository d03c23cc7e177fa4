package desk

import "time"

// Some channels deliver to a person only for a while after they last wrote, and
// only so often (Capabilities.PushWindow). What is asked later than that is asked
// by phone.

const (
	// askMargin is how long before the end of a window the callback question is
	// asked at the latest, so that there is time to answer; askLeast is how long
	// there must be at all.
	askMargin = time.Hour
	askLeast  = 5 * time.Minute
	// askEvening is how long before the end of the hours in which people may be
	// asked the question goes, when the window would shut in the night.
	askEvening = 10 * time.Minute
)

// WritableUntil is until when a person can be written to where they last wrote;
// ends is false when that has no end. It is known to some minutes, and never too
// late.
func (s *Site) WritableUntil(p Person) (until time.Time, ends bool) {
	window := s.Can(p.Address()).PushWindow
	if p.Address().IsZero() || window == 0 {
		return zeroTime, false
	}
	return p.Wrote.Add(window), true
}

// Shut tells whether nothing more can be said to a person where they last wrote.
func (s *Site) Shut(p Person, now time.Time) bool {
	until, ends := s.WritableUntil(p)
	return ends && !now.Before(until)
}

// askBy is what a ticket keeps of that when its work is done.
func askBy(w World, t Ticket) time.Time {
	p, _ := w.Person(t.Requester)
	until, _ := w.Site().WritableUntil(p)
	return until
}

// askAt is when the callback question is due: at the usual time, or earlier if the
// requester could not be written to by then. Where there is no permitted hour
// before the window shuts it is the usual time, and then somebody phones.
func askAt(s *Site, t Ticket) time.Time {
	usual := s.callbackWindow(s.Calendar.After(t.DoneAt, s.Callback.AskAfter))
	if t.AskBy.IsZero() {
		return usual
	}
	// What was pressed by mistake can be taken back for so long.
	first := t.DoneAt.Add(s.Limits.UndoFor)
	if at, ok := askWithin(s, usual, first, t.AskBy); ok {
		return at
	}
	return usual
}

// askWithin is the best time to ask between first and the end of a window; ok is
// false when there is none in the hours in which people may be asked.
func askWithin(s *Site, usual, first, until time.Time) (at time.Time, ok bool) {
	last := until.Add(-askMargin)
	if !usual.After(last) {
		return usual, true
	}
	if at = s.lastPermitted(last); !at.Before(first) {
		return at, true
	}
	at = s.callbackWindow(first)
	return at, !at.After(until.Add(-askLeast))
}

// lastPermitted is the last time at t or before at which people may be asked: t
// itself, or the evening before.
func (s *Site) lastPermitted(t time.Time) time.Time {
	from, to := s.Callback.From, s.Callback.To
	if s.callbackWindow(t).Equal(t) {
		return t
	}
	for date := DateOf(t, s.Zone); ; date = date.AddDays(-1) {
		_, end := Span{From: from, To: to}.On(date, s.Zone)
		if !end.After(t) {
			return end.Add(-askEvening)
		}
	}
}

// MustKnow tells whether a message of the class is something that a person has to
// be told somehow: that their matter is registered, that nobody opened, danger.
func (c Class) MustKnow() bool { return c == ClassRegistration || c == ClassEmergency }

// WindowShut is what follows when something about a ticket cannot be said to a
// person any more: the callback question becomes a call task, once a ticket; what
// they must know is passed to those who operate the desk, who phone: said is what
// it was, key makes it unique. Other classes have no effects. It returns an error
// of the transition table, which has a row for it in every state.
func WindowShut(w World, t Ticket, p Person, class Class, said, key string) (Effects, error) {
	switch {
	case class == ClassCallback:
		if t.State != StateDone || t.Call != nil || t.Anonymous() {
			return Effects{}, nil
		}
		return callTask(w, t, false)
	case class.MustKnow() && t.ID != "":
		return tellByPhone(w, t, p, class, said, key), nil
	}
	return Effects{}, nil
}

// tellByPhone asks those who operate the desk to pass something on by phone.
func tellByPhone(w World, t Ticket, p Person, class Class, said, key string) Effects {
	phone := Text{}
	if p.Phone != "" {
		phone = T("call.phone", "phone", p.Phone)
	}
	m := Message{
		Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: Lines(T("window.tell", "number", t.Number, "title", Title(w.Site(), t), "place", Where(w.Site(), t), "name", p.Called()),
			phone, T("window.said", "text", said)),
		Buttons: lookButtons(t),
	}
	if class == ClassEmergency {
		m.Class, m.Lane = ClassEmergency, LaneEmergency
	}
	var out Effects
	for _, c := range whoPhones(w) {
		if c.ID == p.ID {
			continue
		}
		m.Person, m.Key = c.ID, "window/"+key+"/"+c.ID
		out.Say(m)
	}
	return out
}

// whoPhones are those who phone for the desk: the operators on duty, or a manager.
func whoPhones(w World) []Person {
	if list := OnDuty(w, string(RoleOperator)); len(list) > 0 {
		return list
	}
	return Managers(w, 0)
}
