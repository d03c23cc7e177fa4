package bot

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

// deaf understands nothing.
type deaf struct{}

func (deaf) Understand(string, string) []flows.Guess { return nil }
func (deaf) Danger(string) (kind, why string)        { return "", "" }
func (deaf) Doubt(string) (kind, why string)         { return "", "" }

// hears hands inputs of a resident of kf to a handler of the desk.
func (d *outboxDesk) hears(in desk.Input) {
	d.t.Helper()
	h := NewHandler(d.store, d.writer, func(*storage.Tx) (flows.Understander, error) { return deaf{}, nil },
		append([]Channel{d.net}, d.others...), slog.New(slog.DiscardHandler))
	d.inputs++
	in.Channel, in.UpdateID, in.At = "kf", fmt.Sprint(d.inputs), d.clock
	if in.From.ID == "" {
		in.From = desk.Sender{ID: "1", Name: "N1"}
	}
	in.Chat = desk.InputChat{ID: in.From.ID, Kind: desk.ChatPrivate}
	if err := h.Handle(d.t.Context(), []desk.Input{in}, nil); err != nil {
		d.t.Fatal(err)
	}
}

// Channels tell of every opening of a chat: somebody new is greeted, and somebody
// who was silent for long.
func TestEnteredGreetsOnce(t *testing.T) {
	d, _ := newWindowDesk(t)
	greeted := func() int { return len(d.rows()) }
	enter := func() { d.hears(desk.Input{Kind: desk.InputEntered}) }
	enter()
	compare(t, 1, greeted())
	enter()
	d.clock = d.clock.Add(29 * 24 * time.Hour)
	enter()
	compare(t, 1, greeted())
	d.clock = d.clock.Add(2 * 24 * time.Hour)
	enter()
	enter()
	compare(t, 2, greeted())
	d.clock = d.clock.Add(20 * 24 * time.Hour)
	d.hears(desk.Input{Kind: desk.InputSticker})
	answered := greeted()
	d.clock = d.clock.Add(20 * 24 * time.Hour)
	enter()
	compare(t, answered, greeted())
	d.view(func(tx *storage.Tx) error {
		n, err := storage.Unclear.Count(tx, "", storage.Range{})
		compare(t, 0, n)
		return err
	})
}

// What the link carried is done, as it is after /start, also for somebody known.
func TestEnteredByALink(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.Requester = "1" })
	d.hears(desk.Input{Kind: desk.InputEntered, Arg: "t1"})
	d.pass(time.Minute)
	compare(t, []string{"R-1 first"}, kf.texts(a))
}

// Opening the chat is not writing: what is held stays, and so does the address that
// was last written from.
func TestEnteredIsNotWriting(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	kf.sent[a.String()] = windowMost
	d.tell("1", "held", desk.ClassNotice, "")
	d.pass(time.Second)
	d.hears(desk.Input{Kind: desk.InputEntered})
	compare(t, []string{"held "}, d.states())
	d.clock = d.clock.Add(time.Hour)
	d.hears(desk.Input{Kind: desk.InputSticker})
	var p desk.Person
	d.view(func(tx *storage.Tx) (err error) {
		p, _, err = storage.People.Get(tx, "1")
		return err
	})
	if !p.Wrote.Equal(d.clock) {
		t.Errorf("wrote at %v", p.Wrote)
	}
	for _, state := range d.states() {
		if state != "waiting " {
			t.Errorf("a row is %s", state)
		}
	}
}

// A message that was taken and did not arrive is dealt with as if it had been
// refused: staff see it, somebody phones, and the card comes when they write.
func TestFailedLater(t *testing.T) {
	d, kf := newWindowDesk(t)
	kf.one = 1
	a := d.resident(kf, "1")
	d.card("1", a)
	d.turn("1", func(t *desk.Ticket) { t.State = desk.StateDone })
	d.tell("1", "is it good?", desk.ClassCallback, "1")
	d.tell("1", "a notice", desk.ClassNotice, "1")
	d.pass(time.Minute)
	compare(t, 3, len(kf.texts(a)))
	fail := func(ref string) {
		d.hears(desk.Input{Kind: desk.InputFailed, Ref: ref, Text: string(Closed)})
		d.pass(time.Minute)
	}
	for _, ref := range []string{"1", "2", "3", "unheard of"} {
		fail(ref)
	}
	compare(t, []string{"zh:window.tell R-1 N1", "call R-1"}, heard(d.net, operator, ";"))
	compare(t, []string{"held "}, d.states())
	var notes []string
	d.view(func(tx *storage.Tx) error {
		return storage.Notes.Scan(tx, storage.Range{}, func(n desk.Note) error {
			notes = append(notes, n.Kind+" "+n.Facts["class"]+" "+n.Facts["why"])
			return nil
		})
	})
	compare(t, []string{"undelivered registration closed", "undelivered callback closed", "undelivered notice closed"}, notes)
	d.writes(kf, a)
	d.pass(time.Minute)
	compare(t, "R-1 first", kf.texts(a)[3])
}
