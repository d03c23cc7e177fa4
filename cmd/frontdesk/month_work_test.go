package main

import (
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// reactInGroup sends somebody for every ticket that can be taken.
func (m *month) reactInGroup(department string, message playground.Message) {
	take, one := m.words("zh", "button.take"), strings.Split(m.words("zh", "button.take_number"), "{")[0]
	for _, row := range message.Buttons {
		for _, b := range row {
			number := ""
			switch {
			case b.Label == take:
				number = anyNumber.FindString(message.Text)
			case strings.HasPrefix(b.Label, strings.TrimSpace(one)):
				number = anyNumber.FindString(b.Label)
			}
			if number == "" || m.coming[number] {
				continue
			}
			m.coming[number] = true
			after := m.minutes(1, 13)
			switch n := m.rand.IntN(100); {
			case strings.HasPrefix(message.Text, "【"):
				after = m.minutes(1, 7)
			case n < 8:
				after = m.minutes(16, 50)
			case n < 11:
				after = m.minutes(60, 600)
			}
			m.in(after, func() { m.takes(department, number) })
		}
	}
}

// takes lets somebody who works now and has room take a ticket.
func (m *month) takes(department, number string) {
	group := m.groups[department]
	w := anyOf(m, m.onDuty(department)...)
	for range 4 {
		if m.hands[w.ID()] >= 4 {
			w = anyOf(m, m.onDuty(department)...)
		}
	}
	asleep := len(m.crew[department+"/1"]) == 0 && !m.byDay()
	if asleep || m.hands[w.ID()] >= 5 {
		m.in(m.minutes(15, 40), func() { m.takes(department, number) })
		return
	}
	before := m.ledger.taker(number)
	pressed := m.press(w, group, "button.take", number)
	if !pressed {
		pressed = m.press(w, group, strings.Replace(m.words("zh", "button.take_number"), "{number}", number, 1))
	}
	switch {
	case pressed && before == "" && m.ledger.taker(number) == w.ID():
		delete(m.coming, number)
		m.hands[w.ID()]++
		m.works(w, department, number)
	case pressed: // Refused: somebody else goes later.
		m.in(m.minutes(5, 30), func() { m.takes(department, number) })
	default:
		delete(m.coming, number)
	}
}

// works is what becomes of a ticket that somebody took.
func (m *month) works(w *playground.Person, department, number string) {
	m.in(m.minutes(10, 150), func() {
		m.hands[w.ID()]--
		m.goes(w, department, number)
	})
}

func (m *month) working(w *playground.Person, department string) bool {
	return slices.Contains(m.onDuty(department), w)
}

// later puts something off to when somebody works again.
func (m *month) later(w *playground.Person, department string, do func()) {
	if m.working(w, department) && (len(m.crew[department+"/1"]) > 0 || m.byDay()) {
		do()
		return
	}
	from := desk.ClockTime(8*60 + 5)
	if slices.Contains(m.crew[department+"/1"], w) {
		from = 17*60 + 35
	}
	date := desk.DateOf(m.now, m.zone)
	if !from.On(date, m.zone).After(m.now) {
		date = date.AddDays(1)
	}
	m.at(from.On(date, m.zone).Add(m.minutes(1, 90)), do)
}

// goes is the visit, which goes wrong in every way now and then.
func (m *month) goes(w *playground.Person, department, number string) {
	group := m.groups[department]
	m.later(w, department, func() {
		switch n := m.rand.IntN(100); {
		case n < 5:
			if m.press(w, group, "button.no_access", number) {
				m.in(m.minutes(60, 1500), func() { m.finishes(w, department, number) })
				return
			}
		case n < 8:
			if m.press(w, group, "button.give_back", number) {
				return
			}
			if m.press(w, group, "button.more", number) && m.press(w, group, "button.give_back", number) {
				return
			}
		case n < 11:
			m.in(m.minutes(1200, 4000), func() { m.finishes(w, department, number) }) // forgotten
			return
		case n < 82:
			m.press(w, group, "button.arrived", number)
			if m.chance(4) && m.press(w, group, "button.more", number) && m.press(w, group, "button.undo", number) {
				m.in(m.minutes(5, 30), func() { m.press(w, group, "button.arrived", number) })
			}
		}
		if m.chance(10) {
			m.in(m.minutes(3, 15), func() { m.waits(w, department, number) })
			return
		}
		m.in(m.minutes(35, 60), func() { m.finishes(w, department, number) })
	})
}

// waits pauses the work; it goes on by itself when nobody lets it.
func (m *month) waits(w *playground.Person, department, number string) {
	group := m.groups[department]
	reasons := m.config.Site.Pauses
	reason := reasons[m.rand.IntN(len(reasons))]
	if m.press(w, group, "button.pause", number) && m.press(w, group, reason.Label.In("zh"), number) {
		limit := reason.Limits[m.rand.IntN(min(2, len(reason.Limits)))]
		m.press(w, group, m.config.Texts.Render("zh", desk.T("button.limit", "limit", limit), m.now), number)
		if reason.ID == "contractor" {
			m.says(w, "电梯维保公司,后天来")
		}
	}
	m.in(m.minutes(60, 5000), func() {
		m.later(w, department, func() {
			m.press(w, group, "button.resume", number)
			m.in(m.minutes(10, 60), func() { m.finishes(w, department, number) })
		})
	})
}

// finishes says in private that the work is done.
func (m *month) finishes(w *playground.Person, department, number string) {
	m.later(w, department, func() {
		if !m.press(w, m.groups[department], "button.done", number) {
			return
		}
		m.taps(w, "option.no_photo", number)
		if m.chance(1) {
			m.now = m.now.Add(20 * time.Second)
			if m.press(w, m.groups[department], "button.undo", number) {
				m.in(m.minutes(5, 60), func() { m.finishes(w, department, number) })
			}
		}
	})
}
