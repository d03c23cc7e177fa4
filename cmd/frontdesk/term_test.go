package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
)

// term is the end of a term: people who leave their rooms within a week, on the
// network of a campus. What they do follows from what they see there.
type term struct {
	*month
	book    *termLedger
	leavers []*termLeaver
	byID    map[string]*termLeaver
	first   desk.Date // of the visits
	days    int
	rush    desk.Date // everybody's favourite
	lou     map[string]*playground.Person
	rooms   int // places of an hour
}

// termLeaver is somebody who leaves, and what sort of person they are.
type termLeaver struct {
	*playground.Person
	room, bed, name, student string
	day                      desk.Date
	express, absent          bool
	objects, silent          bool
}

// TestTortureTerm lives the end of a term: everybody books, changes, cancels, waits,
// does not come, is inspected, signs, objects, through the handler, the outbox and a
// network. The checkouts in every digest and weekly report, the places of every hour and
// every certificate are compared with what the network's log says, and nothing else.
// FRONTDESK_TORTURE makes it 500 people.
func TestTortureTerm(t *testing.T) {
	people, days, seed := 32, 3, uint64(1)
	if torture() {
		people, days, seed = 500, 7, tortureSeed(t)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	begun := time.Now()
	w := newTerm(t, seed, people, days)
	w.opens()
	w.plan()
	w.live(desk.ClockTime(9*60+30).On(w.first.AddDays(days+4), w.zone))
	w.verifyAll()
	w.book.close()
	for _, line := range w.errors.errors() {
		t.Error("logged as an error:", line)
	}
	t.Logf("%d people, %d checkouts, %d certificates, %d digests, %d weekly reports, %d lines of the log, numbers %v, %v",
		people, len(w.book.visits), len(w.book.papers), w.book.digests, w.book.weeks, w.read, w.book.saw, time.Since(begun).Round(time.Second))
	if len(w.stuck) > 0 {
		t.Logf("not found on a screen: %v", w.stuck)
	}
}

var termCrew = []crewOf{
	{string(desk.RoleOperator), 1, 0}, {string(desk.RoleDutyManager), 1, 1}, {string(desk.RoleCentreManager), 1, 0},
	{string(desk.RolePropertyManager), 1, 0}, {string(desk.RoleSupervisor), 3, 0}, {string(desk.RoleCaretaker), 3, 0},
	{"engineering", 1, 0}, {"cleaning", 1, 0}, {"security", 1, 1},
}

func newTerm(t *testing.T, seed uint64, people, days int) *term {
	t.Helper()
	// Tight: on the favourite day not all find a place.
	buildings, rooms := 1+people/200, max(1, people/170)
	m := newFakeCampus(t, seed, "2026-11-29 07:40", people, termCrew, func(c *Config) {
		s := c.Site
		s.Checkout.EveryDay, s.Checkout.Usual.Rooms = true, rooms
		if buildings == 1 {
			s.Checkout.Usual.Hours = desk.Hours{{From: 9 * 60, To: 12 * 60}}
		}
		s.Meeting.On = false
		// What follows by itself is work for others, and tried elsewhere.
		s.Inspection.Cleaning, s.Inspection.Lock, s.Inspection.Repair, s.Inspection.Last = "", "", "", nil
		all := s.Inspection.Inventories[0].Items
		s.Inspection.Inventories = []desk.Inventory{{}}
		for _, item := range all {
			if item.ID == "door_key" || item.ID == "air_con" || item.ID == "water_meter" {
				item.Follow = "none"
				s.Inspection.Inventories[0].Items = append(s.Inspection.Inventories[0].Items, item)
			}
		}
		s.Inspection.AnswerIn, s.Inspection.ObjectIn = desk.Term{Days: 1}, desk.Term{Days: 1}
	})
	w := &term{month: m, byID: map[string]*termLeaver{}, first: desk.Date{Year: 2026, Month: 12, Day: 1}, days: days, lou: map[string]*playground.Person{}, rooms: rooms}
	w.rush = w.first.AddDays(days / 2)
	for i, p := range m.residents {
		n := i / 4 / buildings // the room in its building
		room := fmt.Sprintf("%d-%d%02d", 3+i/4%buildings, 1+n/12, 1+n%12)
		w.leavers = append(w.leavers, &termLeaver{
			Person: p, room: room, bed: string(rune('A' + i%4)), name: p.Name(), student: fmt.Sprintf("2023%04d", i),
			express: m.chance(14), absent: m.chance(12), objects: m.chance(16), silent: m.chance(8),
		})
		w.byID[p.ID()] = w.leavers[i]
	}
	for i, p := range m.crew["caretaker/0"] {
		w.lou[fmt.Sprint(3+i)] = p
	}
	w.book = newTermLedger(w)
	m.enters, m.reacts = w.book.enter, w.react
	return w
}

// opens lets everybody write to the desk once, and puts on the list who lives where.
func (w *term) opens() {
	w.month.opens()
	for _, p := range w.leavers {
		w.says(p.Person, "/start")
	}
	err := w.app.Store.Update(context.Background(), func(tx *storage.Tx) error {
		var e desk.Effects
		for i, p := range w.leavers {
			person, _ := storage.NewWorld(tx, w.app.Site()).PersonAt(p.Private())
			e.House.Stays = append(e.House.Stays, desk.Stay{
				ID: fmt.Sprintf("stay%03d", i), Person: person.ID, Name: p.name, Number: p.student, Kind: desk.ResidentStudent, Place: p.room, Bed: p.bed,
				From: tx.Now().AddDate(-1, 0, 0), InAt: tx.Now().AddDate(-1, 0, 0), State: desk.StayIn,
			})
		}
		return w.app.writer().Apply(tx, e)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// plan lays out when people book: some at once, after the last places of one hour, the
// others when it suits.
func (w *term) plan() {
	at := func(day int, clock desk.ClockTime) time.Time { return clock.On(w.first.AddDays(day), w.zone) }
	var rush []*termLeaver
	for i, p := range w.leavers {
		p.day = w.first.AddDays(w.rand.IntN(w.days))
		switch {
		case i%8 == 3:
			p.day, p.express = w.rush, false
			rush = append(rush, p)
		case w.chance(20):
			p.day = w.rush
			fallthrough
		default:
			w.at(at(-2, desk.ClockTime(10*60+w.rand.IntN(11*60))), func() { w.books(p) })
		}
		for day := range w.days + 1 { // Whoever still has nothing tries again in the evening.
			w.at(at(day-1, desk.ClockTime(18*60+w.rand.IntN(170))), func() { w.triesAgain(p, w.first.AddDays(day)) })
		}
		if w.chance(12) {
			w.at(at(-1, desk.ClockTime(9*60+w.rand.IntN(600))), func() { w.changes(p) })
		}
		if w.chance(8) {
			w.at(at(-1, desk.ClockTime(9*60+w.rand.IntN(600))), func() { w.cancels(p) })
		}
		if p.express {
			for day := range w.days {
				w.at(at(day, desk.ClockTime(8*60+30+w.rand.IntN(60))), func() { w.dropsKey(p) })
			}
		}
	}
	w.at(at(-2, desk.ClockTime(9*60)), func() { w.allAtOnce(rush) })
	for day := range w.days + 1 {
		for _, clock := range []desk.ClockTime{9*60 + 5, 10*60 + 5, 11*60 + 5, 14*60 + 5, 15*60 + 5, 16*60 + 5} {
			for _, building := range []string{"3", "4", "5"} {
				w.at(at(day, clock), func() { w.goesRound(building, w.first.AddDays(day), clock-5) })
			}
		}
	}
}

// verifyAll lets a stranger confirm every certificate that came.
func (w *term) verifyAll() {
	stranger := w.person("9999", "路人", "zh-hans")
	for _, p := range w.book.papers {
		w.says(stranger, "/verify "+strings.ToLower(p.code))
		text := w.newest(stranger).Text
		if !includes(text, "证明有效:"+desk.MaskName(p.name)+",") || !strings.Contains(text, p.out.String()) {
			w.t.Errorf("%s of %s: /verify says %q", p.code, p.name, text)
		}
	}
}
