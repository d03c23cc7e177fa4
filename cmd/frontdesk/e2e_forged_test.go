package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestForgedButtons presses what no button of the desk ever carried: everybody
// is answered, and nothing happens.
func TestForgedButtons(t *testing.T) {
	o := newOffice(t)
	o.gather()
	long := strings.Repeat("x", 60)
	forged := []string{
		"t|nosuch|take", "t||take", "t|ticketnew|", "t|ticketnew|TAKE", "t|ticketnew|steal|all", "t|ticketnew|close",
		"t|ticketnew|nudge", "t|ticketnew|announce", "t|ticketnew|undo", "t|" + long, "m|nosuch|more", "m|ticketnew|more",
		"m|ticketnew|../..", "s|done|nosuch", "s|done|ticketnew", "s|steal|ticketnew", "v|nosuch", "c|nosuch", "f|abc.1|x", "f||", "zzz", "|", "x", "l|nosuch",
		"u|", "u|test:-9", "x|nosuch", "r|nosuch", "i|code", "i|t.nosuch|floor", "i|nosuch|floor.5", "i|t.nosuch|all", "\x00", "t|ticketnew|not_ours|nosuch", "t|ticketnew|assign|nosuch",
		"t|ticketnew|when|20200101-08-10", "t|ticketnew|when|99999999-99-99",
	}
	for _, data := range forged {
		for _, who := range castOfMatrix {
			for _, chat := range []desk.ChatKind{desk.ChatPrivate, desk.ChatGroup} {
				o.reset(ticketOfMatrix(desk.StateNew, "taker", o.now))
				before := o.everything()
				press := o.press(who.id, chat, data)
				if diff := cmp.Diff(before, o.everything()); diff != "" {
					t.Errorf("%s presses %q in a %s chat:\n%s", who.id, data, chat, diff)
				}
				if answer, ok := o.answer(press); !ok || answer.Drawn.Text == "" {
					t.Errorf("%s presses %q in a %s chat and is not answered", who.id, data, chat)
				}
			}
		}
	}
}

// everything that a button must not change, without who was met meanwhile.
func (o *office) everything() map[string]string {
	all := map[string]string{}
	keep := func(key string, v any) error {
		data, err := json.Marshal(v)
		all[key] = string(data)
		return err
	}
	o.view(func(tx *storage.Tx) error {
		err := storage.Tickets.Scan(tx, storage.Range{}, func(t desk.Ticket) error { return keep("ticket "+t.ID, t) })
		if err != nil {
			return err
		}
		if err := storage.Groups.Scan(tx, storage.Range{}, func(g desk.Group) error { return keep("group "+g.Address.String(), g) }); err != nil {
			return err
		}
		if err := storage.Invites.Scan(tx, storage.Range{}, func(i desk.Invite) error { return keep("invite", i) }); err != nil {
			return err
		}
		if err := storage.Posts.Scan(tx, storage.Range{}, func(p desk.Post) error { return keep("post "+p.ID, p) }); err != nil {
			return err
		}
		return storage.People.Scan(tx, storage.Range{}, func(p desk.Person) error {
			if len(p.Roles) == 0 && !p.Suspended {
				return nil
			}
			return keep("person "+p.ID, []any{p.Roles, p.Suspended})
		})
	})
	return all
}

// TestPrivilegedButtons presses the buttons of administration, and those that
// show a ticket or begin a conversation, as everybody.
func TestPrivilegedButtons(t *testing.T) {
	managers := []string{"duty", "centre", "property", "admin"}
	desks := append([]string{"operator"}, managers...)
	group := storageGroup()
	tests := []struct {
		data string
		chat desk.ChatKind
		may  []string
	}{
		{"x|guard", desk.ChatPrivate, []string{"duty", "centre", "property", "admin"}},
		{"x|boss", desk.ChatPrivate, []string{"admin"}}, // an administrator is suspended by another one only
		{"r|gone_taker", desk.ChatPrivate, managers},
		{"r|gone_admin", desk.ChatPrivate, []string{"admin"}},
		{"l|cleaning", desk.ChatGroup, []string{"admin"}},
		{"l|cleaning", desk.ChatPrivate, nil},
		{"u|" + group.Address.String(), desk.ChatPrivate, []string{"admin"}},
		{"v|tickettaken", desk.ChatPrivate, append([]string{"colleague", "taker", "everywhere", "requester", "filer", "caretaker", "supervisor"}, desks...)},
		{"o|lp|requester", desk.ChatPrivate, desks},
		{"o|lp|requester", desk.ChatGroup, nil},
		{"c|invite", desk.ChatPrivate, managers},
		{"c|invite", desk.ChatGroup, nil},
		{"c|log", desk.ChatPrivate, append([]string{"caretaker", "caretaker5", "filer"}, desks...)},
		{"s|log|", desk.ChatPrivate, append([]string{"caretaker", "caretaker5", "filer"}, desks...)},
		{"s|invite|", desk.ChatPrivate, managers},
		{"s|parts|tickettaken", desk.ChatPrivate, append([]string{"taker"}, desks...)},
		{"s|cancel_ticket|tickettaken", desk.ChatPrivate, append([]string{"requester", "filer"}, desks...)},
		{"s|pause_note|tickettaken", desk.ChatPrivate, append([]string{"taker"}, desks...)},
	}
	o := newOffice(t)
	for _, tt := range tests {
		for _, who := range castOfMatrix {
			o.gather()
			o.person("boss", roleOf(desk.RoleAdministrator)...)
			o.reset(ticketOfMatrix(desk.StateTaken, "taker", o.now))
			o.update(func(tx *storage.Tx) error { return storage.Groups.Put(tx, group) })
			before, talksBefore := o.everything(), o.talks()
			press := o.press(who.id, tt.chat, tt.data)
			counted := !cmp.Equal(before, o.everything()) || o.talks() != talksBefore
			if may := slices.Contains(tt.may, who.id); counted != may {
				t.Errorf("%s presses %q in a %s chat: counted %v, want %v", who.id, tt.data, tt.chat, counted, may)
			}
			if _, ok := o.answer(press); !ok {
				t.Errorf("%s presses %q in a %s chat and is not answered", who.id, tt.data, tt.chat)
			}
		}
	}
}

func storageGroup() desk.Group {
	return desk.Group{Address: desk.Address{Channel: "test", ID: "-5"}, Department: "security", Title: "保安群", Lang: "zh"}
}

// talks are the flows of the conversations that ask something, other than that
// nothing may be done.
func (o *office) talks() string {
	var all []string
	o.view(func(tx *storage.Tx) error {
		return storage.Conversations.Scan(tx, storage.Range{}, func(c desk.Conversation) error {
			all = append(all, c.Flow)
			return nil
		})
	})
	return fmt.Sprint(all)
}

// TestRepeatedPresses presses everything twice that moves a ticket: the second
// time changes nothing and says how things stand.
func TestRepeatedPresses(t *testing.T) {
	o := newOffice(t)
	o.gather()
	byCapacity := map[string]string{
		"department": "colleague", "offered": "cleaner", "taker": "taker", "requester": "requester", "desk": "operator", "manager": "duty",
	}
	tried := 0
	for _, cell := range desk.Table(desk.KindRepair) {
		// Work goes back to the state before a pause, so resuming moves it too.
		if (cell.To == "" || cell.To == cell.From) && cell.Action != desk.Resume || desk.InTable(desk.Ticket{Kind: desk.KindRepair, State: cell.To}, cell.Action) ||
			cell.Action == desk.Finish || cell.Action == desk.Cancel {
			continue
		}
		for _, capacity := range cell.Who {
			who, ok := byCapacity[capacity]
			if !ok {
				continue
			}
			tried++
			o.reset(ticketOfMatrix(cell.From, "taker", o.now))
			data := desk.PressData("ticket"+string(cell.From), cell.Action, argsOfMatrix[cell.Action])
			o.press(who, desk.ChatGroup, data)
			once := o.everything()
			again := o.press(who, desk.ChatGroup, data)
			if diff := cmp.Diff(once, o.everything()); diff != "" {
				t.Errorf("%s presses %s of a %s ticket twice:\n%s", who, cell.Action, cell.From, diff)
			}
			if answer, ok := o.answer(again); !ok || answer.Drawn.Text == "" {
				t.Errorf("%s presses %s twice and is not answered", who, cell.Action)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d buttons were pressed twice", tried)
	}
}

// TestSuspensionCountsAtOnce refuses the very next press of somebody who was
// suspended, and gives their work back.
func TestSuspensionCountsAtOnce(t *testing.T) {
	o := newOffice(t)
	o.gather()
	o.reset(ticketOfMatrix(desk.StateNew, "", o.now))
	o.press("colleague", desk.ChatGroup, desk.PressData("ticketnew", desk.Take, ""))
	in := o.input("duty", desk.ChatPrivate)
	in.Kind, in.Text, in.Command, in.Arg = desk.InputText, "/suspend Ncolleague", "suspend", "colleague"
	o.handle(in)
	o.press("duty", desk.ChatPrivate, "x|colleague")
	before := o.everything()
	if !strings.Contains(before["ticket ticketnew"], `"state":"new"`) {
		t.Errorf("not given back: %s", before["ticket ticketnew"])
	}
	for _, a := range []desk.Action{desk.Take, desk.Arrive, desk.Undo, desk.NotOurs} {
		press := o.press("colleague", desk.ChatGroup, desk.PressData("ticketnew", a, argsOfMatrix[a]))
		if answer, ok := o.answer(press); !ok || answer.Drawn.Text == "" {
			t.Errorf("%s: not answered", a)
		}
	}
	if diff := cmp.Diff(before, o.everything()); diff != "" {
		t.Errorf("a suspended presser did something:\n%s", diff)
	}
	o.press("duty", desk.ChatPrivate, "r|colleague")
	o.press("colleague", desk.ChatGroup, desk.PressData("ticketnew", desk.Take, ""))
	if !strings.Contains(o.everything()["ticket ticketnew"], `"state":"taken"`) {
		t.Error("restored, and still refused")
	}
}

// TestUndoIsOfThePresserAlone and only for two minutes, and only once.
func TestUndoIsOfThePresserAlone(t *testing.T) {
	o := newOffice(t)
	o.gather()
	undo := func(who string) bool {
		before := o.everything()
		o.press(who, desk.ChatGroup, desk.PressData("ticketnew", desk.Undo, ""))
		return !cmp.Equal(before, o.everything())
	}
	start := func() {
		o.reset(ticketOfMatrix(desk.StateNew, "", o.now))
		o.press("colleague", desk.ChatGroup, desk.PressData("ticketnew", desk.Take, ""))
	}
	start()
	for _, who := range castOfMatrix {
		if who.id != "colleague" && undo(who.id) {
			t.Errorf("%s took back the press of another", who.id)
		}
	}
	if !undo("colleague") || undo("colleague") {
		t.Error("the presser can take it back once, and only once")
	}
	start()
	o.now = o.now.Add(2*time.Minute + time.Second)
	if undo("colleague") {
		t.Error("taken back after two minutes")
	}
}
