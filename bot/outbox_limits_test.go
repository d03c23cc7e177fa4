package bot

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/desk"
)

// What is routine does not go out in the first minute of an hour or of its second
// half, where the network asks for that; what somebody waits for does.
func TestOutboxKeepsOffTheHour(t *testing.T) {
	d := newOutboxDesk(t) // It is nine o'clock.
	d.net.numbers.OffTheHour = 5 * time.Minute
	minutes := map[int]bool{}
	for i := range 60 {
		d.say(desk.Message{Chat: d.person(fmt.Sprint(i)), Text: desk.Literal("list"), Lane: desk.LaneRoutine})
	}
	d.interactive(d.person("100"), "answer", desk.ClassNotice)
	d.pass(20 * time.Minute)
	d.say(desk.Message{Chat: d.person("101"), Text: desk.Literal("later"), Lane: desk.LaneRoutine})
	d.pass(time.Second)
	for _, c := range d.net.arrived {
		switch minute := c.At.Minute(); c.M.Text {
		case "list":
			minutes[minute] = true
			if minute < 1 || minute > 6 {
				t.Errorf("a list went at %v", c.At)
			}
		case "answer":
			if minute != 0 {
				t.Errorf("an answer went at %v", c.At)
			}
		case "later":
			if minute != 20 {
				t.Errorf("what came later went at %v", c.At)
			}
		}
	}
	if len(d.net.arrived) != 62 || len(minutes) < 4 {
		t.Errorf("%d arrived, the lists in the minutes %v", len(d.net.arrived), minutes)
	}
}

// A restart forgets nothing of a limit that is longer than a minute.
func TestOutboxRestartKeepsALongLimit(t *testing.T) {
	d := newOutboxDesk(t)
	d.net.numbers = LimitNumbers{PrivateWindow: 10 * time.Minute, PrivateMost: 3}
	d.open()
	chat := d.person("1")
	for i := range 3 {
		d.interactive(chat, fmt.Sprint(i), desk.ClassNotice)
		d.pass(2 * time.Second) // The network has a pace of its own.
	}
	d.pass(5 * time.Minute)
	d.open()
	d.interactive(chat, "one too many", desk.ClassNotice)
	d.pass(time.Minute)
	if n := len(d.net.texts(chat)); n != 3 {
		t.Errorf("%d arrived in ten minutes", n)
	}
	d.pass(5 * time.Minute)
	if n := len(d.net.texts(chat)); n != 4 {
		t.Errorf("%d arrived in all", n)
	}
}
