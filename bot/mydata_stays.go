package bot

import (
	"time"

	"frontdesk/desk"
)

// stays says in words where a person has lived.
func (t *turn) stays() desk.Text {
	var list []desk.Text
	for _, s := range t.w.StaysOf(t.p.ID) {
		list = append(list, desk.T("mydata.stay", "where", desk.BedText(t.site(), s.Place, s.Bed), "from", desk.DateOf(s.From, t.site().Zone).String(),
			"state", desk.T("mydata.stay_"+string(s.State)))) //locale:key mydata.stay_expected mydata.stay_in mydata.stay_leaving mydata.stay_out
	}
	if list == nil {
		return desk.Text{}
	}
	return desk.T("mydata.stays", "list", list)
}

// exportedStay is where a person has lived, with what they reported and the
// certificate at the end. Of room-mates there is nothing.
type exportedStay struct {
	Place       string               `json:"place"`
	Bed         string               `json:"bed,omitempty"`
	Kind        string               `json:"kind,omitempty"`
	Name        string               `json:"name"`
	Number      string               `json:"number,omitempty"`
	From        time.Time            `json:"from"`
	To          time.Time            `json:"to,omitzero"`
	In          time.Time            `json:"moved_in,omitzero"`
	Out         time.Time            `json:"moved_out,omitzero"`
	State       desk.StayState       `json:"state"`
	Agreed      []desk.Agreed        `json:"agreed,omitempty"`
	Keys        []string             `json:"keys,omitempty"`
	Reported    []exportedCondition  `json:"reported_at_check_in,omitempty"`
	Certificate *exportedCertificate `json:"certificate,omitempty"`
}

type exportedCondition struct {
	Item  string    `json:"item"`
	Words string    `json:"words,omitempty"`
	Files int       `json:"photos,omitempty"`
	At    time.Time `json:"at"`
}

type exportedCertificate struct {
	Code       string    `json:"code"`
	Issued     time.Time `json:"issued"`
	ValidUntil time.Time `json:"valid_until"`
	Fees       string    `json:"fees_yuan"`
}

// exportedCheckout is what was found at a checkout, as the resident was shown it.
type exportedCheckout struct {
	Inspected time.Time        `json:"inspected,omitzero"`
	Charges   []exportedCharge `json:"charges,omitempty"`
	Readings  []string         `json:"readings,omitempty"`
	Left      []string         `json:"left_behind,omitempty"`
	Agreed    time.Time        `json:"agreed,omitzero"`
	Objection string           `json:"objection,omitempty"`
	Decision  string           `json:"decision,omitempty"`
	Answer    string           `json:"answer,omitempty"`
	Fees      string           `json:"fees_yuan,omitempty"`
}

type exportedCharge struct {
	Item   string         `json:"item"`
	State  desk.MarkState `json:"state"`
	Yuan   string         `json:"yuan"`
	Shared int            `json:"shared_among,omitempty"`
	Before bool           `json:"reported_at_check_in,omitempty"`
	Photos int            `json:"photos,omitempty"`
}

func (t *turn) exportStays() []exportedStay {
	codes := map[string]string{}
	for _, ticket := range t.mine(exportMost) {
		if c := ticket.Checkout; c != nil && c.Inspection != nil {
			codes[c.Stay] = c.Inspection.Certificate
		}
	}
	var list []exportedStay
	for _, s := range t.w.StaysOf(t.p.ID) {
		one := exportStay(s)
		if c, ok := t.w.Certificate(codes[s.ID]); ok {
			one.Certificate = &exportedCertificate{desk.ShownCode(c.Code), c.At, c.ValidUntil, desk.Yuan(c.Fees)}
		}
		list = append(list, one)
	}
	return list
}

// exportStay is a stay as its person may read it: who of the desk gave keys or has a
// paper is not theirs.
func exportStay(s desk.Stay) exportedStay {
	one := exportedStay{
		Place: s.Place, Bed: s.Bed, Kind: s.Kind, Name: s.Name, Number: s.Number, From: s.From, To: s.To, In: s.InAt, Out: s.OutAt, State: s.State,
	}
	for _, a := range s.Agreed {
		one.Agreed = append(one.Agreed, desk.Agreed{Text: a.Text, Version: a.Version, At: a.At})
	}
	if s.Keys != nil {
		one.Keys = s.Keys.Kinds
	}
	for _, c := range s.Condition {
		one.Reported = append(one.Reported, exportedCondition{c.Item, c.Words, len(c.Files), c.At})
	}
	return one
}

// exportCheckout is nothing for a ticket that is none, or has not been inspected.
func exportCheckout(ticket desk.Ticket) *exportedCheckout {
	if ticket.Checkout == nil || ticket.Checkout.Inspection == nil || ticket.Checkout.Inspection.Finished.IsZero() {
		return nil
	}
	i := ticket.Checkout.Inspection
	out := &exportedCheckout{Inspected: i.Finished, Agreed: i.Agreed, Fees: desk.Yuan(i.Owed())}
	for _, c := range i.Charges {
		out.Charges = append(out.Charges, exportedCharge{c.Item, c.State, desk.Yuan(c.Fen), c.Of, c.Before, len(c.Files)})
	}
	for _, m := range i.Marks {
		if m.Reading != "" {
			out.Readings = append(out.Readings, m.Item+" "+m.Reading)
		}
	}
	for _, g := range i.Goods {
		out.Left = append(out.Left, g.What)
	}
	if o := i.Object; o != nil {
		out.Objection, out.Decision, out.Answer = o.Words, o.Decision, o.Why
	}
	return out
}

// bookings says in words which checkouts a person has booked.
func (t *turn) bookings() desk.Text {
	var list []desk.Text
	for _, ticket := range t.mine(exportMost) {
		if c := ticket.Checkout; c != nil && ticket.State.Open() {
			list = append(list, desk.T("mydata.booking", "number", ticket.Number, "where", desk.BedText(t.site(), ticket.Place, c.Bed)))
		}
	}
	if list == nil {
		return desk.Text{}
	}
	return desk.T("mydata.bookings", "list", list)
}

// certificates says in words which certificates of a person can still be confirmed.
func (t *turn) certificates() desk.Text {
	var list []desk.Text
	for _, ticket := range t.mine(exportMost) {
		if ticket.Checkout == nil || ticket.Checkout.Inspection == nil {
			continue
		}
		if c, ok := t.w.Certificate(ticket.Checkout.Inspection.Certificate); ok && c.Valid(t.w.Now()) {
			list = append(list, desk.T("mydata.certificate", "code", desk.ShownCode(c.Code), "until", c.ValidUntil))
		}
	}
	if list == nil {
		return desk.Text{}
	}
	return desk.T("mydata.certificates", "list", list)
}

// alarms says how much danger a person has reported that is still on record; of what
// kind stands in the file alone, since others may look at the screen.
func (t *turn) alarms() desk.Text {
	if n := len(t.ownAlarms()); n > 0 {
		return desk.T("mydata.alarms", "n", n)
	}
	return desk.Text{}
}

func (t *turn) ownAlarms() []desk.Alarm {
	var list []desk.Alarm
	for _, id := range t.p.IDs() {
		list = append(list, t.w.AlarmsOf(id, time.Time{})...)
	}
	return list
}

// exportedAlarm is danger that a person wrote of.
type exportedAlarm struct {
	At    time.Time `json:"at"`
	Kind  string    `json:"kind"`
	Words []string  `json:"my_words,omitempty"`
	Place string    `json:"place,omitempty"`
	State string    `json:"state"`
	Files int       `json:"my_files,omitempty"`
}

func (t *turn) exportAlarms() []exportedAlarm {
	var list []exportedAlarm
	for _, a := range t.ownAlarms() {
		list = append(list, exportedAlarm{a.At, a.Kind, a.Words, a.Place, a.State, len(a.Files)})
	}
	return list
}
