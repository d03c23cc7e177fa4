package bot

import (
	"strings"

	"frontdesk/desk"
)

// checkoutOwn is a booking for whose it is.
func (c *card) checkoutOwn() (desk.Text, [][]desk.Button) {
	t, text := c.t, desk.CheckoutText(c.w, c.t)
	switch t.State {
	case desk.StateTaken, desk.StateArrived:
		return desk.T("checkout.mine_under_way", "number", t.Number, "name", c.name(t.Taker)), nil
	case desk.StateDone:
		return desk.T("checkout.mine_inspected", "number", t.Number), nil
	case desk.StateClosed:
		return desk.T("checkout.mine_closed", "number", t.Number), nil
	case desk.StateCancelled:
		return text, [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.checkout_book"), Data: desk.CommandData("checkout|b")})}
	}
	lines := []desk.Text{text}
	if t.State == desk.StateNew && (t.Checkout.HasSlot() || t.Checkout.Express) {
		lines = append(lines, c.checkoutBring())
		if name := c.name(t.Follower); name != "" {
			lines = append(lines, desk.T("mine.follower", "follower", name))
		}
	}
	return desk.Lines(lines...), c.bookingButtons(t.Checkout.NoShows < 2)
}

// checkoutBring says what to do before the visit.
func (c *card) checkoutBring() desk.Text {
	if c.t.Checkout.Express {
		return desk.T("checkout.bring_express")
	}
	return desk.T("checkout.bring", "lead", c.s.Checkout.Lead)
}

// bookingButtons change a booking, or take the place that is held.
func (c *card) bookingButtons(change bool) [][]desk.Button {
	var rows [][]desk.Button
	if c.t.Checkout.Waiting && c.t.Checkout.Offer != 0 {
		rows = append(rows, desk.Row(c.act("button.checkout_take", desk.BookSlot), c.act("button.checkout_not", desk.NotThen)))
	}
	if i := c.t.Checkout.Inspection; c.t.Checkout.Express && (i == nil || i.KeyAt.IsZero()) {
		rows = append(rows, desk.Row(c.act("button.key_dropped", desk.KeyDropped)))
	}
	if change {
		rows = append(rows, desk.Row(c.start("button.checkout_move", "checkout_move"), c.start("button.checkout_cancel", "checkout_cancel")))
	}
	return rows
}

// checkoutDesk is a booking for who inspects and for the desk.
func (c *card) checkoutDesk(viewer desk.Person) (desk.Text, [][]desk.Button) {
	t := c.t
	stay, _ := c.w.Stay(t.Checkout.Stay)
	kind := desk.Text{}
	if stay.Kind != "" {
		kind = desk.T("checkout.kind." + stay.Kind) //locale:key checkout.kind.student checkout.kind.staff checkout.kind.tenant checkout.kind.guest
	}
	who := desk.T("checkout.who", "name", stay.Name, "number", stay.Number, "kind", kind)
	lines := []desk.Text{
		desk.T("checkout.head", "number", t.Number, "place", c.place(), "bed", stay.Bed), c.bookedFor(), who,
	}
	if p, ok := c.w.Person(t.Requester); ok && p.Phone != "" && viewer.Desk() {
		lines = append(lines, desk.T("card.requester_phone", "name", p.Called(), "phone", p.Phone))
	}
	if t.Checkout.NoShows > 0 {
		lines = append(lines, desk.T("checkout.no_shows", "n", t.Checkout.NoShows))
	}
	lines = append(lines, c.mates())
	for _, words := range t.Words {
		lines = append(lines, desk.T("card.words", "name", c.name(words.By), "at", words.At, "text", words.Text))
	}
	lines = append(lines, c.inspectDesk()...)
	rows := c.inspectButtons(viewer)
	if t.Checkout.HasSlot() && desk.MayAct(t, desk.NoShow, viewer) {
		rows = append(rows, desk.Row(c.act("button.checkout_no_show", desk.NoShow)))
	}
	if viewer.Desk() && desk.MayAct(t, desk.MoveSlot, viewer) {
		rows = append(rows, c.bookingButtons(true)...)
	}
	if t.Undoable(viewer.ID, c.s, c.w) {
		rows = append(rows, desk.Row(c.act("button.undo", desk.Undo)))
	}
	return desk.Lines(append(lines, c.history(viewer)...)...), rows
}

// bookedFor says where the booking stands, for employees.
func (c *card) bookedFor() desk.Text {
	t, k := c.t, c.t.Checkout
	switch {
	case t.State == desk.StateCancelled:
		return desk.T("checkout.is_cancelled")
	case t.State == desk.StateClosed:
		return desk.T("checkout.is_closed")
	case t.State == desk.StateDone:
		return desk.T("checkout.is_inspected")
	case t.State == desk.StateTaken || t.State == desk.StateArrived:
		return desk.T("checkout.is_under_way", "name", c.name(t.Taker))
	case t.State == desk.StateNoAccess:
		return desk.T("checkout.is_no_show", "at", t.From)
	case !k.Lost.IsZero():
		return desk.T("checkout.is_lost")
	case k.Waiting:
		return desk.T("checkout.is_waiting", "day", desk.ClockTime(12*60).On(k.Day, c.s.Zone))
	case k.Express:
		return desk.T("checkout.is_express", "day", desk.ClockTime(12*60).On(k.Day, c.s.Zone))
	}
	return desk.T("checkout.is_slot", "from", t.From, "to", t.To)
}

// mates are the other bookings of the room on that day: they are one visit.
func (c *card) mates() desk.Text {
	var list []desk.Text
	for _, p := range c.w.SlotDay(c.t.Checkout.Building, c.t.Checkout.Day).Places {
		if o, ok := c.w.Ticket(p.Ticket); ok && p.Room == c.t.Place && o.ID != c.t.ID && !p.Held {
			list = append(list, desk.T("checkout.mate", "number", o.Number, "at", p.At.String()))
		}
	}
	if len(list) == 0 {
		return desk.Text{}
	}
	return desk.T("checkout.mates", "list", list)
}

// visitLines is how many visits one message of an inspector's day shows.
const visitLines = 40

// leavers is the list of an inspector's day: by the hour, in the order in which they
// walk, each line with a button that opens the booking.
func (c *card) leavers() (desk.Text, [][]desk.Button) {
	return visitListOf(c.s, c.w, *c.p.Leavers)
}

func visitListOf(s *desk.Site, w desk.World, r desk.VisitList) (desk.Text, [][]desk.Button) {
	noon := desk.ClockTime(12*60).On(r.Day, s.Zone)
	visits := desk.VisitsOf(w, r)
	if len(visits) == 0 {
		return desk.T("leavers.none", "day", noon), nil
	}
	lines := []desk.Text{desk.T("leavers.head", "day", noon, "n", len(visits))}
	var row []desk.Button
	hour := ""
	for i, t := range visits {
		head := "express"
		if t.Checkout.HasSlot() || t.State != desk.StateNew && !t.From.IsZero() {
			head = t.Checkout.Slot.String()
		}
		if head != hour {
			hour = head
			if head == "express" {
				lines = append(lines, desk.T("leavers.express"))
			} else {
				lines = append(lines, desk.T("leavers.hour", "at", head))
			}
		}
		if i >= visitLines {
			continue
		}
		stay, _ := w.Stay(t.Checkout.Stay)
		line := desk.T("leavers.line", "place", strings.TrimSpace(t.Place+" "+stay.Bed), "name", stay.Name)
		if state := visitState(s, w, t); !state.IsZero() {
			line = desk.T("leavers.line_state", "place", strings.TrimSpace(t.Place+" "+stay.Bed), "name", stay.Name, "state", state)
		}
		lines = append(lines, line)
		row = append(row, desk.Button{Label: desk.Literal(visitLabel(t, stay)), Data: desk.LookData(t.ID)})
	}
	if more := len(visits) - visitLines; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	var rows [][]desk.Button
	for len(row) > 0 {
		n := min(3, len(row))
		rows, row = append(rows, row[:n]), row[n:]
	}
	return desk.Lines(lines...), rows
}

// visitLabel names a visit on a button of ten characters at most.
func visitLabel(t desk.Ticket, stay desk.Stay) string {
	label := strings.TrimSpace(t.Place + " " + stay.Bed)
	if len([]rune(label)) > 10 {
		return t.Number
	}
	return label
}

// visitState is how a visit of the list went; of one to come whether its resident can
// be written to: whoever cannot was not reminded.
func visitState(s *desk.Site, w desk.World, t desk.Ticket) desk.Text {
	switch t.State {
	case desk.StateNew:
		if p, ok := w.Person(t.Requester); ok && s.Shut(p, w.Now()) {
			return desk.T("leavers.state_silent")
		}
		return desk.Text{}
	case desk.StateNoAccess:
		return desk.T("leavers.state_no_show")
	case desk.StateClosed, desk.StateDone:
		return desk.T("leavers.state_done")
	}
	return desk.T("leavers.state_under_way")
}
