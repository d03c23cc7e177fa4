package desk

import "time"

// DutyBook is what is written down about who is on duty: changes of the roster,
// who said that they are there, handovers and notes of the shift.
type DutyBook interface {
	// RosterChanges lists the changes entered in chat that touch a date from the
	// given one on, those that no longer count too.
	RosterChanges(from Date) []RosterChange
	RosterChange(id string) (RosterChange, bool)
	// Presences lists who was asked at the start of a shift, by ShiftDay.Key.
	Presences(shift string) []Presence
	Presence(shift, person string) (Presence, bool)
	Handover(id string) (Handover, bool)
	// ShiftNotes lists what was noted in [from, to), oldest first.
	ShiftNotes(from, to time.Time) []ShiftNote
	// ShiftClock is until when starts of shifts and handovers were seen to; the
	// zero time before the first.
	ShiftClock() time.Time
}

// Presence is what somebody on duty said at the start and the end of a shift.
type Presence struct {
	Shift  string    `json:"shift"`
	Person string    `json:"person"`
	Duties []string  `json:"duties,omitempty"`
	Asked  time.Time `json:"asked"`
	// Until is when whoever has not pressed is passed over, On when they pressed.
	Until time.Time `json:"until"`
	On    time.Time `json:"on,omitzero"`
	// Carried says that they were there already, in the shift before.
	Carried bool `json:"carried,omitempty"`
	// Rest are the tickets that were left in their hands at the end, Answer what
	// they said about them: keep or return.
	Rest   []string `json:"rest,omitempty"`
	Answer string   `json:"answer,omitempty"`
}

// Missed tells whether they did not say in time that they are there.
func (p Presence) Missed(now time.Time) bool { return p.On.IsZero() && !now.Before(p.Until) }

// presenceOf finds what a person was asked at the start of a shift, under whatever
// id they had then.
func presenceOf(w World, shift string, p Person) (Presence, bool) {
	for _, id := range p.IDs() {
		if x, ok := w.Presence(shift, id); ok {
			return x, true
		}
	}
	return Presence{}, false
}

// ShiftNote is what somebody of the desk wrote into the shift's log.
type ShiftNote struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Text string    `json:"text"`
}

// DutyEntries are what a rule wants written into the duty book.
type DutyEntries struct {
	Changes   []RosterChange
	Presences []Presence
	Handovers []Handover
	Notes     []ShiftNote
	// Clock moves ShiftClock on, unless it is zero.
	Clock time.Time
}

func (e *DutyEntries) add(b DutyEntries) {
	e.Changes = append(e.Changes, b.Changes...)
	e.Presences = append(e.Presences, b.Presences...)
	e.Handovers = append(e.Handovers, b.Handovers...)
	e.Notes = append(e.Notes, b.Notes...)
	if b.Clock.After(e.Clock) {
		e.Clock = b.Clock
	}
}

// DutyRule says how the start of a shift and a handover go.
type DutyRule struct {
	// Ask are the roles and departments whose people are asked at the start of
	// their shift whether they are there; none are asked without Within, the time
	// they have to say so.
	Ask    []string
	Within time.Duration
	// Handover is how long before a change of the desk's shift the card of the
	// handover comes; without it there are none. Sign is how long after the change
	// both have to sign.
	Handover time.Duration
	Sign     time.Duration
}
