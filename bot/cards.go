package bot

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// DrawPost draws a post in its newest state: the same facts of a ticket, for
// the eyes that will see it. The outbox calls it when it claims the row.
func DrawPost(w *storage.World, wr storage.Writer, p desk.Post) desk.Drawn {
	c := card{w: w, s: w.Site(), p: p}
	var text desk.Text
	var buttons [][]desk.Button
	if p.Kind == desk.PostLeavers && p.Leavers != nil {
		text, buttons = c.leavers()
	} else if p.Kind == desk.PostList {
		text, buttons = c.listFor()
	} else {
		t, ok := w.Ticket(p.Ticket)
		if !ok {
			return desk.Drawn{}
		}
		c.t = t
		text, buttons = c.draw()
	}
	if p.Superseded {
		buttons = nil
	}
	return desk.Drawn{
		Text:    wr.Texts.Render(p.Lang, text, w.Now()),
		Buttons: wr.DrawButtons(buttons, p.Lang, w.Now()),
	}
}

// card is one post while it is drawn.
type card struct {
	w *storage.World
	s *desk.Site
	p desk.Post
	t desk.Ticket
}

func (c *card) draw() (desk.Text, [][]desk.Button) {
	switch c.p.Kind {
	case desk.PostGroup:
		return c.inGroup()
	case desk.PostMember:
		return c.member()
	case desk.PostTaker:
		return c.taker()
	case desk.PostRequester:
		return c.requester()
	case desk.PostJoined:
		return c.joined()
	case desk.PostCall:
		return c.call()
	}
	return c.desk()
}

// head is the first line of every card: mark, number and fault.
func (c *card) head(title desk.Text) desk.Text {
	key := "card.head"
	switch c.t.Urgency {
	case desk.Urgent:
		key = "card.head_urgent"
	case desk.Emergency:
		key = "card.head_emergency"
	}
	return desk.T(key, "number", c.t.Number, "title", title)
}

// category is the fault as a group sees it: never the words that somebody
// wrote, which may hold a name or a number.
func (c *card) category() desk.Text {
	if c.t.Kind == desk.KindEmergency {
		return desk.Title(c.s, c.t)
	}
	category, _ := c.s.Category(c.t.Category)
	return desk.T("label", "label", category.Called())
}

func (c *card) name(person string) string {
	p, _ := c.w.Person(person)
	return p.Called()
}

func (c *card) place() desk.Text { return desk.Where(c.s, c.t) }

// act makes a button for an action on the ticket.
func (c *card) act(label string, a desk.Action, arg ...string) desk.Button {
	b := desk.Button{Label: desk.T(label)}
	value := ""
	if len(arg) > 0 {
		value = arg[0]
	}
	b.Data = desk.PressData(c.t.ID, a, value)
	return b
}

func (c *card) menu(label, menu string) desk.Button {
	return desk.Button{Label: desk.T(label), Data: desk.MenuData(c.t.ID, menu)}
}

func (c *card) start(label, flow string) desk.Button {
	return desk.Button{Label: desk.T(label), Data: desk.StartData(flow, c.t.ID)}
}

// when says the agreed window, or that any time today suits.
func (c *card) when() desk.Text {
	if !c.t.From.IsZero() {
		return desk.T("slot", "from", c.t.From, "to", c.t.To)
	}
	if c.dayPassed(c.t.Clocks.Visit) && (c.t.State == desk.StateNew || c.t.State == desk.StateOffered) {
		return desk.T("card.day_passed", "day", c.t.Clocks.Visit)
	}
	return desk.T("card.day", "day", c.t.Clocks.Visit)
}

// passed tells whether a time by which something should have happened is over: nobody
// comes yesterday.
func (c *card) passed(by time.Time) bool { return !by.IsZero() && c.w.Now().After(by) }

// dayPassed tells whether the day of that time is over. On the day itself it is still
// the day on which somebody comes.
func (c *card) dayPassed(by time.Time) bool {
	return !by.IsZero() && desk.DateOf(by, c.s.Zone).Compare(desk.DateOf(c.w.Now(), c.s.Zone)) < 0
}

// where says where it is, and when somebody should come unless that is at once.
func (c *card) where() desk.Text {
	if c.t.Kind == desk.KindEmergency {
		return c.place()
	}
	return desk.T("card.where", "place", c.place(), "when", c.when())
}

// entry says whether one may come in when nobody is there.
func (c *card) entry() desk.Text {
	if c.t.Entry == desk.EntryNone {
		return desk.Text{}
	}
	return desk.T("entry." + string(c.t.Entry))
}

// progress is the line that says where the ticket stands, for employees.
func (c *card) progress() desk.Text {
	t := c.t
	if t.Kind == desk.KindEmergency {
		if said := c.emergencyProgress(); !said.IsZero() {
			return said
		}
	}
	switch t.State {
	case desk.StateNew:
		return c.waiting()
	case desk.StateOffered:
		d, _ := c.s.Department(t.Offered)
		return desk.T("card.offered", "department", d.Label)
	case desk.StateTaken:
		if !t.From.IsZero() {
			return desk.T("card.taken_slot", "taker", c.name(t.Taker), "at", t.TakenAt, "slot", c.when())
		}
		return desk.T("card.taken", "taker", c.name(t.Taker), "at", t.TakenAt, "by", t.Clocks.Arrive)
	case desk.StateArrived:
		return desk.T("card.arrived", "taker", c.name(t.Taker), "at", t.ArriveAt)
	case desk.StatePaused:
		reason, _ := c.s.PauseReason(t.Pause.Reason)
		return desk.T("card.paused", "taker", c.name(t.Taker), "reason", reason.Label, "until", t.Pause.Until)
	case desk.StateNoAccess:
		return desk.T("card.no_access", "taker", c.name(t.Taker), "at", t.Since)
	case desk.StateDone:
		return desk.T("card.done", "taker", c.name(t.Taker), "at", t.DoneAt)
	case desk.StateReworked:
		next, _ := c.w.Ticket(t.Rework)
		return desk.T("card.reworked", "next", next.Number)
	case desk.StateClosed:
		return desk.T("card.closed_" + t.ClosedBy)
	}
	return desk.T("card.cancelled_" + t.ClosedBy)
}

// waiting says by when somebody should have it, or who was told that nobody
// has.
func (c *card) waiting() desk.Text {
	if c.t.Nudges.Take == 0 {
		return desk.T("card.waiting", "said", c.t.SaidAt, "by", c.t.Clocks.Take)
	}
	var names []desk.Text
	told := map[string]bool{}
	for level := range min(c.t.Nudges.Take, 3) {
		for _, p := range desk.Managers(c.w, level) {
			if !told[p.ID] {
				told[p.ID] = true
				names = append(names, desk.Literal(p.Called()))
			}
		}
	}
	return desk.T("card.untaken", "by", c.t.Clocks.Take, "managers", names)
}

// overdue is said on every card of an open ticket that is late.
func (c *card) overdue() desk.Text {
	if !c.t.State.Open() || c.t.State == desk.StatePaused || c.t.Clocks.Done.IsZero() || !c.w.Now().After(c.t.Clocks.Done) {
		return desk.Text{}
	}
	return desk.T("card.overdue", "late", c.w.Now().Sub(c.t.Clocks.Done).Truncate(time.Hour), "due", c.t.Clocks.Done)
}
