package desk

import (
	"fmt"
	"time"
)

// Slot is a window of time in which somebody comes.
type Slot struct{ From, To time.Time }

// AnyTime is the slot of somebody whom any time suits.
const AnyTime = "any"

// Key names the slot in a button: the local date and the hours.
func (s Slot) Key(zone *time.Location) string {
	from, to := s.From.In(zone), s.To.In(zone)
	return from.Format("20060102-15") + to.Format("-15")
}

// parseSlot reads a slot's key.
func parseSlot(site *Site, key string) (Slot, bool) {
	var day string
	var from, to int
	if n, err := fmt.Sscanf(key, "%8s-%2d-%2d", &day, &from, &to); n != 3 || err != nil {
		return Slot{}, false
	}
	date, err := time.ParseInLocation("20060102", day, site.Zone)
	if err != nil || from < 0 || to <= from || to > 24 {
		return Slot{}, false
	}
	d := DateOf(date, site.Zone)
	return Slot{From: ClockTime(from*60).On(d, site.Zone), To: ClockTime(to*60).On(d, site.Zone)}, true
}

// ParseSlot reads a slot's key in the site's zone.
func (s *Site) ParseSlot(key string) (Slot, bool) { return parseSlot(s, key) }

// slotHours are the windows that are offered on a day.
var slotHours = [][2]int{{8, 10}, {10, 12}, {14, 16}, {16, 18}, {18, 20}}

// Slots are the next n windows in which somebody can come: today from an hour
// ahead, then the following days.
func (s *Site) Slots(now time.Time, n int) []Slot {
	var list []Slot
	for day := DateOf(now, s.Zone); len(list) < n; day = day.AddDays(1) {
		for _, h := range slotHours {
			slot := Slot{From: ClockTime(h[0]*60).On(day, s.Zone), To: ClockTime(h[1]*60).On(day, s.Zone)}
			if slot.From.After(now.Add(30*time.Minute)) && len(list) < n {
				list = append(list, slot)
			}
		}
	}
	return list
}

// SlotText says a slot: today, tomorrow or the day, and the hours.
func SlotText(s Slot) Text { return T("slot", "from", s.From, "to", s.To) }

// slotButtons are the two next windows of the day's ends, and another time.
func slotButtons(w World, t Ticket) [][]Button {
	var row []Button
	for _, slot := range w.Site().Slots(w.Now(), 2) {
		row = append(row, Button{Label: SlotText(slot), Data: PressData(t.ID, Reschedule, slot.Key(w.Site().Zone))})
	}
	return [][]Button{row, Row(Button{Label: T("button.other_time"), Data: StartData("when", t.ID)})}
}
