package desk

import (
	"slices"
	"testing"
	"time"
)

// The caretaker hears in the morning who comes: by window, of their building alone, and
// nothing on a day without visits.
func TestVisitsForTheCaretaker(t *testing.T) {
	w := newTown(t)
	w.people["care"] = Person{ID: "care", Name: "郑楼管", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"3"}}}, Created: w.now}
	w.people["care9"] = Person{ID: "care9", Name: "别楼", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"9"}}}, Created: w.now}
	tomorrow := DateOf(w.now, w.site.Zone).AddDays(1)
	slot := func(day Date, from, to int) (time.Time, time.Time) {
		return ClockTime(from*60).On(day, w.site.Zone), ClockTime(to*60).On(day, w.site.Zone)
	}
	file := func(place string, day Date, from, to int) string {
		d := Draft{Kind: KindRepair, Category: "door", Place: place}
		if from > 0 {
			d.From, d.To = slot(day, from, to)
		}
		return w.open(d)
	}
	late := file("3-502", tomorrow, 16, 18)
	early := file("3-501", tomorrow, 8, 10)
	file("3-501", tomorrow.AddDays(1), 8, 10)
	file("canteen", tomorrow, 8, 10)
	anyTime := file("3-502", tomorrow, 0, 0)
	file("3-501", tomorrow, 0, 0) // nobody has it: nobody comes yet
	w.act(t, late, "wang", Take)
	w.act(t, anyTime, "zhao", Take)
	w.now = ClockTime(8*60).On(tomorrow, w.site.Zone)
	w.said = nil
	w.runJob(t, jobVisits, "")
	var told []Message
	for _, m := range w.said {
		if m.Person == "care9" {
			t.Errorf("who cares for another building is told %v", m.Text)
		}
		if m.Person == "care" {
			told = append(told, m)
		}
	}
	if len(told) != 1 || !told[0].Silent {
		t.Fatalf("told %+v", told)
	}
	lines := told[0].Text.Lines
	var places []string
	for _, l := range lines[1:] {
		places = append(places, l.Args["place"].(Label)["zh"])
	}
	want := []string{w.site.PlaceLabel(w.tickets[early].Place)["zh"], w.site.PlaceLabel(w.tickets[late].Place)["zh"], w.site.PlaceLabel(w.tickets[anyTime].Place)["zh"]}
	if !slices.Equal(places, want) {
		t.Errorf("visits %q, want %q", places, want)
	}
	if lines[1].Args["who"].(Text).Key != "label" || lines[2].Args["who"].(Text).Args["name"] != "wang" || lines[3].Args["when"].(Text).Key != "visits.any_time" {
		t.Errorf("lines: %+v", lines)
	}
	w.now = w.now.AddDate(0, 0, 9)
	w.act(t, late, "wang", Finish)
	w.act(t, anyTime, "zhao", Finish)
	w.said = nil
	w.runJob(t, jobVisits, "")
	if len(w.said) != 0 {
		t.Errorf("on a day without visits: %+v", w.said)
	}
}
