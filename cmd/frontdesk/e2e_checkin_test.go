package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// roster makes a roster of n arrivals in the example's buildings, four beds a room.
func rosterFile(n int, day string) string {
	var b strings.Builder
	b.WriteString("学号,姓名,楼栋,房间号,床位,入住日期\n")
	for i := range n {
		building := i%3 + 1
		room := i / 12
		fmt.Fprintf(&b, "2026%04d,学生%04d,%d,%d%02d,%s,%s\n", i, i, building, room/10+1, room%10+1, string("ABCD"[i/3%4]), day)
	}
	return b.String()
}

// imported puts a file into the office's store, as the command does.
func (o *office) imported(kind, file string, change func(*importRequest)) importReport {
	o.t.Helper()
	r := &registry{t: o.t, store: o.app.Store}
	request := r.request(kind, []byte(file))
	if change != nil {
		change(&request)
	}
	im := importer{store: o.app.Store, base: o.app.Site, now: o.app.Site}
	report, err := im.run(o.t.Context(), request, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return report
}

// last is the newest thing that is to be sent to somebody.
func (o *office) last(to string) (row storage.Outgoing) {
	o.t.Helper()
	o.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{Reverse: true}, func(r storage.Outgoing) error {
			if r.Chat.ID == to && r.PressID == "" {
				row = r
				return storage.Stop
			}
			return nil
		})
	})
	return row
}

// button is the data of a button with a label on the newest message of somebody.
func (o *office) button(to, label string) string {
	o.t.Helper()
	row := o.last(to)
	for _, buttons := range row.Drawn.Buttons {
		for _, b := range buttons {
			if b.Label == label {
				return b.Data
			}
		}
	}
	o.t.Fatalf("%s sees no button %q on %q: %v", to, label, row.Drawn.Text, row.Drawn.Buttons)
	return ""
}

// taps presses a button of the newest message of somebody.
func (o *office) taps(who string, labels ...string) {
	o.t.Helper()
	for _, label := range labels {
		o.press(who, desk.ChatPrivate, o.button(who, label))
	}
}

// TestArrivalMorning is the morning on which two hundred students move in: the test
// keeps its own book of who came, and everything that the desk counts is compared with
// it.
func TestArrivalMorning(t *testing.T) {
	t.Parallel()
	n := 200
	if testing.Short() {
		n = 60
	}
	o := newOffice(t)
	o.now = time.Date(2026, 9, 1, 8, 0, 0, 0, o.app.Site().Zone)
	caretakers := map[string]string{}
	for b := 1; b <= 3; b++ {
		id := fmt.Sprintf("caretaker%d", b)
		o.person(id, desk.Role{Name: desk.RoleCaretaker, Buildings: []string{fmt.Sprint(b)}})
		caretakers[fmt.Sprint(b)] = id
	}
	o.person("manager", desk.Role{Name: desk.RoleDutyManager})
	if report := o.imported(importArrivals, rosterFile(n, "2026-09-01"), nil); len(report.Problems) > 0 || report.New != n {
		t.Fatalf("%d new: %s", report.New, report.text(importArrivals))
	}
	rng := rand.New(rand.NewSource(7))
	came, rooms, of := map[string]int{}, map[string]bool{}, map[string]int{}
	for _, i := range rng.Perm(n) {
		o.now = o.now.Add(time.Minute)
		building := fmt.Sprint(i%3 + 1)
		of[building]++
		number, name := fmt.Sprintf("2026%04d", i), fmt.Sprintf("学生%04d", i)
		chance := rng.Intn(100)
		if chance < 8 {
			continue // does not come
		}
		caretaker := caretakers[building]
		onPaper := chance < 18
		me := "s" + number
		if !onPaper {
			o.says(me, "入住")
			o.says(me, number)
			o.says(me, name)
			o.says(me, "同意")
			o.says(me, "同意")
			if got := o.last(me).Drawn.Text; !strings.Contains(got, name) || !strings.Contains(got, "领钥匙") {
				t.Fatalf("%s is told %q", name, got)
			}
		}
		o.command(caretaker, desk.ChatPrivate, "/checkin "+number)
		o.taps(caretaker, "交钥匙")
		if onPaper {
			o.taps(caretaker, "纸质签字")
		} else {
			o.taps(caretaker, "已核对,交出")
			if chance > 90 {
				o.taps(me, "没收到")
				o.taps(caretaker, "看入住", "交钥匙", "已核对,交出")
			}
			o.taps(me, "收到了")
		}
		came[building]++
		rooms[fmt.Sprintf("%s-%d", building, i/12)] = true
	}
	for building, caretaker := range caretakers {
		o.command(caretaker, desk.ChatPrivate, "/checkin")
		want := fmt.Sprintf("应到%d,已到%d,未到%d", of[building], came[building], of[building]-came[building])
		if got := o.last(caretaker).Drawn.Text; !includes(got, want) {
			t.Errorf("building %s: %q, want %q", building, got, want)
		}
	}
	o.command("manager", desk.ChatPrivate, "/rooms")
	lived := 0
	for b := 1; b <= 3; b++ {
		in := 0
		for room := range rooms {
			if strings.HasPrefix(room, fmt.Sprint(b, "-")) {
				in++
			}
		}
		lived += in
		if got := o.last("manager").Drawn.Text; !includes(got, fmt.Sprintf("%d号楼:住人%d/", b, in)) {
			t.Errorf("/rooms says %q, want %d rooms lived in in building %d", got, in, b)
		}
	}
	beds := map[string]string{}
	o.view(func(tx *storage.Tx) error {
		return storage.Stays.Scan(tx, storage.Range{}, func(s desk.Stay) error {
			if s.State.Here() {
				if other, taken := beds[s.Place+s.Bed]; taken {
					t.Errorf("%s has the bed of %s", s.Name, other)
				}
				beds[s.Place+s.Bed] = s.Name
			}
			return nil
		})
	})
	// The day after, everybody who did not come is named, once.
	o.now = time.Date(2026, 9, 2, 9, 0, 30, 0, o.app.Site().Zone)
	for range 2 {
		if _, err := o.app.Scheduler.Step(t.Context(), o.now); err != nil {
			t.Fatal(err)
		}
	}
	for building, caretaker := range caretakers {
		text := ""
		times := 0
		o.view(func(tx *storage.Tx) error {
			return storage.Outbox.Scan(tx, storage.Range{}, func(r storage.Outgoing) error {
				if r.Chat.ID == caretaker && includes(r.Drawn.Text, "应到"+fmt.Sprint(of[building])+",已到"+fmt.Sprint(came[building])+"。") {
					text = r.Drawn.Text
					times++
				}
				return nil
			})
		})
		missing := of[building] - came[building]
		if times != 1 || missing > 0 && !includes(text, fmt.Sprintf("没到%d:", missing)) {
			t.Errorf("the caretaker of building %s is told %d times %q, want once that %d are missing", building, times, text, missing)
		}
	}
	var share *desk.RoomShare
	o.view(func(tx *storage.Tx) error {
		share = desk.Digest(storage.NewWorld(tx, o.app.Site()), o.now.Add(-24*time.Hour), o.now).Rooms
		return nil
	})
	if share == nil || share.ByState[desk.RoomOccupied] != lived {
		t.Errorf("the digest counts %+v, want %d rooms lived in", share, lived)
	}
}

// TestForgedCheckIn: what belongs to moving in changes by nobody's press but those
// whose it is, in private or in a group, and everybody who presses is answered.
func TestForgedCheckIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.person("caretaker3", desk.Role{Name: desk.RoleCaretaker, Buildings: []string{"3"}})
	o.person("caretaker5", desk.Role{Name: desk.RoleCaretaker, Buildings: []string{"5"}})
	o.person("operator", desk.Role{Name: desk.RoleOperator})
	o.person("manager", desk.Role{Name: desk.RoleDutyManager})
	o.person("tech", desk.Role{Name: desk.RoleTechnician, Departments: []string{"engineering"}})
	gone := o.person("gone", desk.Role{Name: desk.RoleAdministrator})
	gone.Suspended = true
	o.person("mine")
	o.person("other")
	zone := o.app.Site().Zone
	today := desk.ClockTime(0).On(desk.DateOf(o.now, zone), zone)
	stay := func(id, person, bed string, state desk.StayState) desk.Stay {
		s := desk.Stay{ID: id, Person: person, Name: "Name " + id, Number: id, Kind: desk.ResidentStudent, Place: "3-502", Bed: bed, From: today, State: state, Seq: 1}
		if state.Here() {
			s.InAt, s.ConditionBy = o.now, o.now.Add(24*time.Hour)
			s.Condition = []desk.Condition{{Item: "bed", Words: "broken", At: o.now}}
		} else {
			s.Keys = &desk.KeysGiven{Kinds: []string{"door"}, By: "caretaker3", At: o.now}
		}
		return s
	}
	o.update(func(tx *storage.Tx) error {
		if err := storage.People.Put(tx, gone); err != nil {
			return err
		}
		return o.app.writer().Apply(tx, desk.Effects{House: desk.HouseEntries{
			Stays: []desk.Stay{stay("e1", "mine", "A", desk.StayExpected), stay("h1", "mine", "B", desk.StayIn), stay("e2", "", "C", desk.StayExpected)},
			Rooms: []desk.Room{{Place: "3-501", State: desk.RoomLet, Since: o.now, Tenant: "Books", From: today, To: today.AddDate(0, 1, 0), By: "manager", Seq: 1}},
		}})
	})
	receive := []string{"caretaker3", "operator", "manager"}
	for data, who := range map[string][]string{ // who may press it after all
		"c|checkin|g.e1.1": receive, "c|checkin|p.e2.7": receive, "c|checkin|g.e2.1": nil, "c|checkin|g.e1.99": nil, "c|checkin|p.h1.1": receive,
		"c|checkin|y.e1": {"mine"}, "c|checkin|n.e1": {"mine"}, "c|checkin|z.e1": receive, "c|checkin|z.h1": nil, "c|checkin|o.h1": {"mine"},
		"c|checkin|r.h1.0": {"mine"}, "c|checkin|r.h1.7": nil, "c|checkin|r.h1.-1": nil, "c|checkin|o.e1": nil, "c|checkin|y.nosuch": nil,
		"c|checkin|s.nosuch": nil, "c|checkin|l.3.2026-11-24.exp.-1": nil, "c|checkin|a.3.2026-99-99": nil, "c|rooms|e.3-501.1": {"manager"},
		"c|rooms|e.3-501.7": nil, "c|rooms|e.canteen.1": nil, "c|rooms|l.3.nosuch.0": nil, "c|rooms|w.canteen.vacant": nil,
	} {
		for _, from := range []string{"caretaker3", "caretaker5", "operator", "manager", "tech", "gone", "mine", "other", "stranger"} {
			for _, chat := range []desk.ChatKind{desk.ChatPrivate, desk.ChatGroup} {
				if contains(who, from) && chat == desk.ChatPrivate {
					continue
				}
				before := o.houseBook()
				press := o.press(from, chat, data)
				if after := o.houseBook(); before != after {
					t.Errorf("%s presses %q in a %s chat:\n%s\n%s", from, data, chat, before, after)
				}
				if _, ok := o.answer(press); !ok {
					t.Errorf("%s presses %q in a %s chat and is not answered", from, data, chat)
				}
			}
		}
	}
	// And those whose it is change something.
	for _, p := range [][2]string{
		{"caretaker3", "c|checkin|p.e2.7"}, {"mine", "c|checkin|o.h1"}, {"mine", "c|checkin|r.h1.0"}, {"mine", "c|checkin|n.e1"},
		{"operator", "c|checkin|z.e1"}, {"manager", "c|rooms|e.3-501.1"},
	} {
		before := o.houseBook()
		if o.press(p[0], desk.ChatPrivate, p[1]); before == o.houseBook() {
			t.Errorf("%s presses %q and nothing changes", p[0], p[1])
		}
	}
}

// houseBook is everything in the house book, in words.
func (o *office) houseBook() string {
	var b strings.Builder
	o.view(func(tx *storage.Tx) error {
		err := storage.Stays.Scan(tx, storage.Range{}, func(s desk.Stay) error {
			return json.NewEncoder(&b).Encode(s)
		})
		if err == nil {
			err = storage.Rooms.Scan(tx, storage.Range{}, func(r desk.Room) error {
				return json.NewEncoder(&b).Encode(r)
			})
		}
		return err
	})
	return b.String()
}
