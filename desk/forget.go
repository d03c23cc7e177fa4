package desk

import (
	"slices"
	"time"
)

// Erasure is an entry of the ledger: that somebody had erased what the desk knew of
// them, and how much of it went when. It names nobody but by an id that means nothing
// any more.
type Erasure struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	At     time.Time `json:"at"` // when they asked
	Via    string    `json:"via,omitempty"`
	Undone time.Time `json:"undone,omitzero"`
	// Tickets, Stays, Alarms, Words and Files count what was erased so far.
	Tickets int `json:"tickets,omitempty"`
	Stays   int `json:"stays,omitempty"`
	Alarms  int `json:"alarms,omitempty"`
	Words   int `json:"words,omitempty"`
	Files   int `json:"files,omitempty"`
	// Hashes are files whose bytes are still to be removed.
	Hashes []string `json:"hashes,omitempty"`
	// Done is when name, number, room and accounts went: nothing was kept then.
	Done time.Time `json:"done,omitzero"`
}

// Pending tells whether something is still to be erased.
func (e Erasure) Pending() bool { return e.ID != "" && e.Done.IsZero() && e.Undone.IsZero() }

// Erasing is what is to be erased now of a person. With Identity it is also who they
// are, which comes last.
type Erasing struct {
	Erasure  string
	Person   string
	Tickets  []string
	Stays    []string
	Alarms   []string
	Identity bool
}

// ErasureBook is the ledger of what was erased, and what only that needs to read.
type ErasureBook interface {
	Erasure(id string) (Erasure, bool)
	// ErasuresOf lists those of a person, oldest first.
	ErasuresOf(person string) []Erasure
	// AlarmsOf lists a person's alarms since a time, oldest first.
	AlarmsOf(person string, since time.Time) []Alarm
}

// ErasureEntries are what a rule wants erased, and written into the ledger.
type ErasureEntries struct {
	Records []Erasure
	Erase   []Erasing
}

func (e *ErasureEntries) add(b ErasureEntries) {
	e.Records = append(e.Records, b.Records...)
	e.Erase = append(e.Erase, b.Erase...)
}

// keepStay is for how long what was found in a room is kept after somebody has left
// it: as long as a certificate counts, for objections and the shares of room-mates.
const keepStay = 90 * 24 * time.Hour

// forgetMost is how many tickets of a person are looked at, forgetAtOnce how many one
// commit erases.
const (
	forgetMost   = 2000
	forgetAtOnce = 40
)

// ForgetPlan is what can be erased of a person now, and what not yet.
type ForgetPlan struct {
	Tickets, Stays, Alarms []string
	// Identity tells that nothing needs to know any more who they are.
	Identity bool
	// Keeps says of each thing that is kept why, and until when.
	Keeps []Text
}

// PlanForget works out what a person can have erased. Kept are open matters, whole,
// until they end, and who it is as long; where somebody lives, until they have left;
// what was found when they left and the certificate of it, as long as it counts.
func PlanForget(w World, p Person) ForgetPlan {
	now := w.Now()
	var plan ForgetPlan
	var tickets []Ticket
	for _, id := range p.IDs() {
		tickets = append(tickets, w.TicketsOf(id, forgetMost)...)
	}
	tickets = append(tickets, w.SealedOf(p.ID)...)
	for _, t := range tickets {
		switch until := t.certified(w); {
		case !t.Erased.IsZero():
		case t.State.Open(), t.State == StateDone, t.Call.Open():
			plan.Keeps = append(plan.Keeps, T("forget.keep.ticket", "number", t.Number))
		case until.After(now):
			plan.Keeps = append(plan.Keeps, T("forget.keep.certificate", "number", t.Number, "until", until))
		default:
			plan.Tickets = append(plan.Tickets, t.ID)
		}
	}
	for _, s := range w.StaysOf(p.ID) {
		until := s.OutAt.Add(keepStay)
		switch {
		case s.State != StayOut:
			plan.Keeps = append(plan.Keeps, T("forget.keep.stay", "where", BedText(w.Site(), s.Place, s.Bed)))
		case !s.OutAt.IsZero() && until.After(now):
			plan.Keeps = append(plan.Keeps, T("forget.keep.stay_over", "where", BedText(w.Site(), s.Place, s.Bed), "until", until))
		default:
			plan.Stays = append(plan.Stays, s.ID)
		}
	}
	for _, id := range p.IDs() {
		for _, a := range w.AlarmsOf(id, zeroTime) {
			if a.State == AlarmAsked || calledFor(w, a) {
				plan.Keeps = append(plan.Keeps, T("forget.keep.alarm"))
				continue
			}
			plan.Alarms = append(plan.Alarms, a.ID)
		}
	}
	plan.Identity = len(plan.Keeps) == 0 // Until then it has to be known whose it is.
	return plan
}

// calledFor tells whether somebody is still sought because of an alarm, or a person at
// risk can still be written to through the desk.
func calledFor(w World, a Alarm) bool {
	if a.Kind == AlarmRisk && a.State == AlarmTold && w.Now().Sub(a.At) < ConfideFor {
		return true
	}
	return slices.ContainsFunc(w.LaddersRunning(), func(l Ladder) bool { return l.Alarm == a.ID })
}

// certified is until when the certificate of a checkout counts; zero when there is
// none.
func (t Ticket) certified(w World) time.Time {
	if t.Checkout == nil || t.Checkout.Inspection == nil || t.Checkout.Inspection.Certificate == "" {
		return zeroTime
	}
	c, _ := w.Certificate(t.Checkout.Inspection.Certificate)
	return c.ValidUntil
}

// Forget is somebody's word that they want to be forgotten. It begins after the time
// in which a press can be taken back.
func Forget(w World, p Person, via string) (Effects, error) {
	if p.Employee() {
		return Effects{}, Refuse("forget.staff")
	}
	if _, pending := Forgetting(w, p); pending {
		return Effects{}, Refuse("forget.already")
	}
	e := Erasure{ID: w.NewID(), Person: p.ID, At: w.Now(), Via: via}
	var out Effects
	out.Erasures.Records = append(out.Erasures.Records, e)
	out.Jobs = append(out.Jobs, Job{Key: forgetJob(e.ID), Kind: forgetKind, Subject: e.ID, Due: e.At.Add(w.Site().Limits.UndoFor)})
	return out, nil
}

// Forgetting is the erasure of a person that is not at its end.
func Forgetting(w World, p Person) (Erasure, bool) {
	for _, id := range p.IDs() {
		for _, e := range w.ErasuresOf(id) {
			if e.Pending() {
				return e, true
			}
		}
	}
	return Erasure{}, false
}

// Unforget takes it back: at once, or later what has not been erased so far.
func Unforget(w World, p Person) (Effects, error) {
	e, ok := Forgetting(w, p)
	if !ok {
		return Effects{}, Refuse("forget.none")
	}
	var out Effects
	e.Undone = w.Now()
	out.Erasures.Records = append(out.Erasures.Records, e)
	out.Cancel = append(out.Cancel, forgetJob(e.ID))
	return out, nil
}

func forgetJob(id string) string { return "forget/" + id }

// forgetAgain is when it is looked again whether what was kept can go.
const forgetAgain = 24 * time.Hour

// jobForget erases; it reads much.
var jobForget = JobKind{Name: forgetKind, Gather: true, Run: forget}

const forgetKind = "forget"

// forget erases what can be erased of a person, some of it in each commit, and who
// they are when nothing else is left. Somebody who works for the desk by now stays.
func forget(r Reader, j Job) (Effects, error) {
	var out Effects
	e, ok := r.Erasure(j.Subject)
	p, known := r.Person(e.Person)
	if !ok || !e.Pending() || !known {
		return out, nil
	}
	next := Job{Key: j.Key, Kind: forgetKind, Subject: j.Subject, Due: r.Now().Add(forgetAgain)}
	if p.Employee() {
		out.Jobs = append(out.Jobs, next)
		return out, nil
	}
	plan := PlanForget(r, p)
	x := Erasing{Erasure: e.ID, Person: p.ID, Tickets: plan.Tickets, Stays: plan.Stays, Alarms: plan.Alarms, Identity: plan.Identity}
	if len(x.Tickets) > forgetAtOnce {
		x.Tickets, x.Identity = x.Tickets[:forgetAtOnce], false
		next.Due = r.Now()
	}
	out.Erasures.Erase = append(out.Erasures.Erase, x)
	if !x.Identity {
		out.Jobs = append(out.Jobs, next)
	}
	return out, nil
}

// Forget is the ticket as it is kept for the figures: what, where and when, and none
// of the words, photos and notes. Whoever filed it is an id.
func (t Ticket) Forget(now time.Time) Ticket {
	t.Erased = now
	t.Summary, t.Words, t.Files, t.Proof, t.Last = "", nil, nil, nil, nil
	if t.Pause != nil {
		pause := *t.Pause
		pause.Note = ""
		t.Pause = &pause
	}
	if t.Call != nil {
		call := *t.Call
		call.Note = ""
		t.Call = &call
	}
	if t.Case != nil {
		c := *t.Case
		c.What, c.Why, c.Measure = "", "", ""
		t.Case = &c
	}
	if t.Checkout != nil && t.Checkout.Inspection != nil {
		c, i := *t.Checkout, *t.Checkout.Inspection
		i.Goods, i.Marks, i.Charges = nil, slices.Clone(i.Marks), slices.Clone(i.Charges)
		for n := range i.Marks {
			i.Marks[n].Files = nil
		}
		for n := range i.Charges {
			i.Charges[n].Files = nil // The sum stays: room-mates share it.
		}
		if i.Object != nil {
			o := *i.Object
			o.Words, o.Why, o.Files = "", "", nil
			i.Object = &o
		}
		c.Inspection = &i
		t.Checkout = &c
	}
	return t
}

// plainDetails are the details of events that hold no words of anybody.
var plainDetails = []string{
	"department", "reason", "limit", "slot", "rating", "result", "from", "to", "place", "next", "person", "level", "decision", "n", "rooms",
	"day", "item", "what",
}

// Forget is the event without what anybody wrote.
func (e Event) Forget() Event {
	details := map[string]string{}
	for _, key := range plainDetails {
		if value, ok := e.Details[key]; ok {
			details[key] = value
		}
	}
	if e.Details = details; len(details) == 0 {
		e.Details = nil
	}
	return e
}

// Forget is the stay as it is kept for the figures of the room: nobody's.
func (s Stay) Forget() Stay {
	s.Person, s.Name, s.Number = "", "", ""
	s.Condition = slices.Clone(s.Condition)
	for i := range s.Condition {
		s.Condition[i].Words, s.Condition[i].Files = "", nil
	}
	return s
}

// Forget is the record of somebody who was forgotten: what names its id means nobody
// any more.
func (p Person) Forget(now time.Time) Person {
	return Person{ID: p.ID, Created: p.Created, Joined: p.Joined, Formerly: p.Formerly, Forgotten: now}
}
