package flows

import (
	"strconv"
	"time"

	"frontdesk/desk"
)

func (w *fakeWorld) Round(id string) (desk.Round, bool) { x, ok := w.rounds[id]; return x, ok }

func (w *fakeWorld) RoundsUnderway(person string) []desk.Round {
	var list []desk.Round
	for _, x := range w.rounds {
		if x.Walker == person && x.Ended.IsZero() {
			list = append(list, x)
		}
	}
	return list
}

func (w *fakeWorld) RoundsBetween(time.Time, time.Time) []desk.Round { return nil }
func (w *fakeWorld) RoundClock() time.Time                           { return time.Time{} }

// round lets the person walk a round of two places since a quarter of an hour; at
// is the place at which they have arrived.
func (d *dialogue) round(kind desk.RoundKind, values map[string]string) {
	p := d.w.people[d.person]
	p.Roles = []desk.Role{{Name: desk.RoleDutyManager}}
	d.w.people[d.person] = p
	today := desk.DateRange{From: desk.DateOf(d.w.now, d.w.site.Zone)}
	d.w.changes = append(d.w.changes, desk.RosterChange{
		ID: "extra", Kind: desk.ChangeExtra, Who: p.ID, Dates: today, Shift: "day", Duty: string(desk.RoleDutyManager), At: d.w.now,
	})
	begun := d.w.now.Add(-15 * time.Minute)
	x := desk.Round{
		ID: "plan.20261124.1000", Plan: "plan", Kind: kind, Label: desk.Label{"zh": "巡查", "en": "Round"}, By: string(desk.RoleDutyManager),
		Due: begun, Made: begun, Begun: begun, Walker: d.person, Until: d.w.now.Add(8 * time.Hour), Takes: 45 * time.Minute, Grace: 15 * time.Minute,
		Stops: []desk.RoundStop{
			{RoundPlace: desk.RoundPlace{Place: "canteen", Items: []desk.RoundItem{
				{ID: "exit", Label: desk.Label{"zh": "安全出口", "en": "Fire exit"}},
				{ID: "light", Label: desk.Label{"zh": "灯", "en": "Lights"}, Category: "power"},
			}}},
			{RoundPlace: desk.RoundPlace{Place: "library"}},
		},
	}
	if kind == desk.RoundPost {
		x.Label, x.Department = desk.Label{"zh": "查岗", "en": "Posts"}, "security"
	}
	for i := range x.Stops {
		if values["at"] == strconv.Itoa(i) {
			x.Stops[i].At, x.Stops[i].How = d.w.now, "scan"
		}
	}
	d.w.rounds[x.ID] = x
}
