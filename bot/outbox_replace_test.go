package bot

import (
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// A resident whose messages cannot be replaced gets a new one only for what matters
// to them.
func TestOutboxNewMessagesThatMatter(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	d.card("1", a)
	d.pass(time.Minute)
	step := func(words string, state desk.State, change func(*desk.Ticket)) {
		d.turn("1", func(t *desk.Ticket) {
			t.Summary, t.State = words, state
			if change != nil {
				change(t)
			}
		})
		d.pass(time.Minute)
	}
	aim := func(hours int) func(*desk.Ticket) {
		return func(t *desk.Ticket) {
			t.Taker, t.Clocks.Arrive = "wang", time.Date(2026, 3, 2, hours, 0, 0, 0, time.UTC)
		}
	}
	step("offered", desk.StateOffered, nil)
	step("taken", desk.StateTaken, aim(14))
	step("arrived", desk.StateArrived, nil)
	step("paused", desk.StatePaused, nil)
	step("resumed, later", desk.StateTaken, aim(18))
	step("done", desk.StateDone, nil)
	step("closed", desk.StateClosed, nil)
	compare(t, []string{"R-1 first", "R-1 taken", "R-1 resumed, later"}, kf.texts(a))
	compare(t, []string(nil), d.states())
	d.view(func(tx *storage.Tx) error {
		return storage.Deliveries.Scan(tx, storage.Range{}, func(x storage.Delivery) error {
			if x.Edit {
				t.Errorf("recorded as an edit: %+v", x)
			}
			return nil
		})
	})
}

// A card is replaced for as long as the network can; then a new message follows, and
// is replaced in its turn.
func TestOutboxEditsEnd(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.can = desk.Capabilities{EditFor: 72 * time.Hour}
	a := d.person("1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.State = desk.StateTaken }, a)
	d.pass(time.Minute)
	edits := func() (list []bool) {
		for _, c := range d.net.arrived {
			list = append(list, c.M.Edit != "")
		}
		return list
	}
	d.clock = d.clock.Add(71 * time.Hour)
	d.turn("1", func(t *desk.Ticket) { t.State = desk.StateArrived; t.Summary = "arrived" })
	d.pass(2 * time.Hour)
	d.turn("1", func(t *desk.Ticket) { t.State = desk.StatePaused; t.Summary = "paused" })
	d.pass(71 * time.Hour)
	d.turn("1", func(t *desk.Ticket) { t.State = desk.StateArrived; t.Summary = "arrived again" })
	d.pass(time.Minute)
	compare(t, []bool{false, true, false, true}, edits())
	compare(t, []string{"R-1 first", "R-1 arrived", "R-1 paused", "R-1 arrived again"}, d.net.texts(a))
	if post := d.post("p1-0"); post.Ref != "2" || post.Shown != post.Want {
		t.Errorf("post %+v", post)
	}
}

// When the network says that replacing has run out, the message stays and is not
// tried again; a change that matters is a new message.
func TestOutboxEditsRunOut(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.can = desk.Capabilities{EditFor: 72 * time.Hour, EditsLimited: true}
	a := d.person("1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.State = desk.StateTaken }, a)
	d.pass(time.Minute)
	spent := map[string]bool{}
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if c.M.Edit != "" && spent[c.M.Edit] {
			return &SendError{Reason: NoMessage}, false
		}
		spent[c.M.Edit] = c.M.Edit != ""
		return nil, false
	}
	change := func(state desk.State, words string) {
		d.turn("1", func(t *desk.Ticket) { t.State = state; t.Summary = words })
		d.pass(time.Minute)
	}
	change(desk.StateArrived, "arrived")
	change(desk.StateArrived, "more words")
	change(desk.StateArrived, "still more words")
	compare(t, 1, len(d.net.refused))
	change(desk.StatePaused, "paused")
	compare(t, []string{"R-1 first", "R-1 arrived", "R-1 paused"}, d.net.texts(a))
	change(desk.StateArrived, "arrived again")
	compare(t, "2", d.net.arrived[3].M.Edit)
	compare(t, []string(nil), d.states())
}

// A notice in a group stays as it is, and is followed by another when the ticket can
// be taken again. The network may not even give it a name.
func TestOutboxNoticesOfAGroup(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.can, d.net.nameless = desk.Capabilities{}, true
	g := d.group("-1", "")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.Clocks.Take = d.clock.Add(15 * time.Minute) }, g)
	d.pass(time.Minute)
	change := func(state desk.State, words string, take time.Duration) {
		d.turn("1", func(t *desk.Ticket) {
			t.State, t.Summary = state, words
			if take > 0 {
				t.Clocks.Take = d.clock.Add(take)
			}
		})
		d.pass(time.Minute)
	}
	change(desk.StateTaken, "taken", 0)
	change(desk.StateArrived, "arrived", 0)
	change(desk.StateNew, "given back", time.Hour)
	change(desk.StateDone, "done", 0)
	compare(t, []string{"R-1 first", "R-1 given back"}, d.net.texts(g))
	compare(t, []string(nil), d.states())
}

// What a press opens on a message that cannot be replaced comes as a new one, and
// one that lost its sense stays.
func TestOutboxMenusWithoutEdits(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.can = desk.Capabilities{}
	a := d.person("1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.State = desk.StateTaken }, a)
	draw := d.draw
	d.draw = func(w *storage.World, wr storage.Writer, p desk.Post) desk.Drawn {
		m := draw(w, wr, p)
		m.Text += p.Menu
		return m
	}
	d.pass(time.Minute)
	d.apply(desk.Effects{Menus: []desk.MenuChange{{Post: "p1-0", Menu: " pause"}}})
	d.pass(time.Minute)
	d.update(func(tx *storage.Tx) error {
		p, _, err := storage.Posts.Get(tx, "p1-0")
		if err != nil {
			return err
		}
		p.Superseded = true
		return storage.Redraw(tx, p)
	})
	d.pass(time.Minute)
	compare(t, []string{"R-1 first", "R-1 first pause"}, d.net.texts(a))
	compare(t, []string(nil), d.states())
}

// Where the answer to a press is a message of its own, it is said only when the
// same press brings nothing else: no new message, and no card that changes.
func TestOutboxAnswersThatAreMessages(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.can = desk.Capabilities{EditFor: 72 * time.Hour, AnswerIsMessage: true}
	a := d.person("1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.State = desk.StateTaken }, a)
	d.pass(time.Minute)
	answer := func(words string, alert bool, e desk.Effects) {
		e.Answers = []desk.Answer{{Channel: "net", PressID: "press " + words, Text: desk.Literal(words), Chat: a, Alert: alert}}
		d.apply(e)
		d.pass(time.Minute)
	}
	arrived := func(words string) desk.Effects {
		ticket := desk.Ticket{}
		d.view(func(tx *storage.Tx) (err error) {
			ticket, _, err = storage.Tickets.Get(tx, "1")
			return err
		})
		ticket.Summary = words
		return desk.Effects{Tickets: []desk.Ticket{ticket}}
	}
	answer("too late", false, desk.Effects{})
	answer("chased", false, arrived("first"))      // The card looks the same: the words are all there is.
	answer("noted", false, arrived("arrived"))     // The card changes.
	answer("mind", true, arrived("arrived again")) // An alert is always said.
	answer("yours", false, desk.Effects{Messages: []desk.Message{
		{Person: "1", Text: desk.Literal("R-1 is yours"), Class: desk.ClassNotice, Lane: desk.LaneInteractive},
	}})
	compare(t, []string{"R-1 first", "too late", "chased", "R-1 arrived", "mind", "R-1 arrived again", "R-1 is yours"}, d.net.texts(a))
	compare(t, []string(nil), d.states())
}
