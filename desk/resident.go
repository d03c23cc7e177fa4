package desk

import (
	"strings"
	"time"
)

// Resident is an entry of the residents' list: who may use the desk in their
// own name. The list comes from a file of the campus and is never changed in
// chat.
type Resident struct {
	// Number is the student or staff number, as the list writes it.
	Number string `json:"number"`
	Name   string `json:"name"`
	// Room is the id of a place of the site; empty for who lives elsewhere.
	Room  string `json:"room,omitempty"`
	Phone string `json:"phone,omitempty"`
	Kind  string `json:"kind,omitempty"` // one of ResidentKinds, or empty
	// Until is the last day on which the entry counts; zero means without end.
	Until Date `json:"until,omitzero"`
	// Left is when the list no longer named them; zero while it does.
	Left time.Time `json:"left,omitzero"`
}

// The kinds of resident. A guest's rights end with the stay, so a guest has an
// Until.
const (
	ResidentStudent = "student"
	ResidentStaff   = "staff"
	ResidentTenant  = "tenant"
	ResidentGuest   = "guest"
)

// ResidentKinds lists every kind.
var ResidentKinds = []string{ResidentStudent, ResidentStaff, ResidentTenant, ResidentGuest}

// Counts tells whether the entry counts on a day.
func (r Resident) Counts(today Date) bool {
	return r.Left.IsZero() && (r.Until.IsZero() || today.Compare(r.Until) <= 0)
}

// NumberKey is a student or staff number as it is compared: without spaces, and
// without regard to case and width.
func NumberKey(number string) string { return strings.Join(strings.Fields(Fold(number)), "") }

// NameKey is a name as it is compared: without spaces, points and hyphens, and
// without regard to case and width.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.', '·', '•', '-', '\'', '’':
			return -1
		}
		return r
	}, Fold(name))
}

// ResidentList is what rules may ask of the residents' list.
type ResidentList interface {
	// Listed tells whether the site has a list at all. Without one nobody is
	// asked to be on it.
	Listed() bool
	// Resident finds an entry by its number; one that has left too.
	Resident(number string) (Resident, bool)
	// ResidentsByPhone lists the entries with a phone number, digits only
	// compared; at most 20.
	ResidentsByPhone(phone string) []Resident
	// PersonByNumber finds whose record an entry verifies.
	PersonByNumber(number string) (Person, bool)
}

// Entitled gives the list's entry that verifies the person now, if there is one. It
// is looked up each time: who has left the list, and whose stay is over, is
// unverified from that moment on.
func Entitled(w World, p Person) (Resident, bool) {
	if r, ok := w.Resident(p.Number); ok && p.Number != "" && r.Counts(DateOf(w.Now(), w.Site().Zone)) {
		return r, true
	}
	return stayRights(w, p)
}

// Unverified tells whether the person is one whom the desk does not know: there
// is a residents' list, and they are not on it. Who works here was let in by an
// administrator and need not be.
func Unverified(w World, p Person) bool {
	if p.Employee() || !w.Listed() && !wasGuest(w, p) {
		return false
	}
	_, ok := Entitled(w, p)
	return !ok
}

// UnverifiedLimit is how many tickets an unverified person may have open at
// once. Urgent ones are never counted against anybody.
const UnverifiedLimit = 2

// EntryHeld tells whether nobody may enter yet: the place is somebody's room,
// the requester is not verified, and no one of the desk has confirmed it. An
// emergency waits for nobody.
func EntryHeld(w World, t Ticket) bool {
	place, ok := w.Site().Places.Get(t.Place)
	if !ok || place.Public() || t.Urgency == Emergency || t.EntryBy != "" {
		return false
	}
	p, _ := w.Person(t.Requester)
	return Unverified(w, p)
}

// confirmEntry is the desk's word that one may enter although nobody knows the
// requester by the list.
func confirmEntry(x *turn) error {
	if !EntryHeld(x.w, x.t) {
		return Refuse("verify.not_held", "number", x.t.Number)
	}
	x.t.EntryBy = x.actor.Person.ID
	x.tellTaker(T("verify.may_enter", "number", x.t.Number, "place", x.place(), "name", x.actor.Person.Called()), ClassNotice)
	x.keepUndo()
	return nil
}

// askEntry asks who answers for a ticket, when somebody takes it, whether one
// may enter.
func (x *turn) askEntry() {
	if !EntryHeld(x.w, x.t) {
		return
	}
	p, _ := x.w.Person(x.t.Requester)
	x.out.Say(Message{
		Person: Answerable(x.w, x.t), Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: T("verify.ask_entry", "number", x.t.Number, "place", x.place(), "name", p.Called(), "taker", x.takerName()),
		Buttons: [][]Button{Row(
			Button{Label: T("button.confirm_entry"), Data: PressData(x.t.ID, ConfirmEntry, "")},
			Button{Label: T("button.look"), Data: LookData(x.t.ID)})},
	})
}
