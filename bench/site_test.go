//go:build unix

package bench

import (
	"fmt"
	"time"

	"frontdesk/desk"
)

const (
	firstPerson = 5001
	buildings   = 8
	floors      = 6
	rooms       = 12
)

func name(i int) string { return fmt.Sprintf("住户%d", i) }

// building is where a person lives.
func building(i int) int { return 1 + i%buildings }

// home is a person's own room.
func home(i int) string {
	n := i / buildings
	return fmt.Sprintf("%d-%d%02d", building(i), 1+n/rooms%floors, 1+n%rooms)
}

// group is the chat of the department of a building.
func group(building int) int64 { return -1_000_000_000_000 - int64(building) }

// benchSite is a campus in which each building has a department.
func benchSite() (*desk.Site, error) {
	label := func(zh, en string) desk.Label { return desk.Label{"zh": zh, "en": en} }
	always, err := desk.ParseHours("00:00-24:00")
	if err != nil {
		return nil, err
	}
	zone := time.FixedZone("CST", 8*60*60)
	site := &desk.Site{
		ID: "bench", Name: label("校区", "Campus"), Zone: zone, Languages: []string{"zh", "en"},
		Calendar:  desk.Calendar{Zone: zone, Workweek: desk.MondayToFriday()},
		Deadlines: map[desk.Urgency]desk.Deadlines{},
		Limits: desk.Limits{
			ChaseEvery: time.Minute, ChaseTimes: 3, NewPerDay: 1 << 30, TakenAtOnce: 1 << 30, UndoFor: 2 * time.Minute,
			InviteFor: time.Minute, RemindDialog: time.Hour, CloseDialog: 24 * time.Hour,
		},
	}
	var list []desk.Building
	for b := 1; b <= buildings; b++ {
		d := fmt.Sprintf("d%d", b)
		site.Departments = append(site.Departments, desk.Department{
			ID: d, Label: label(fmt.Sprintf("%d部", b), d), Hours: desk.WorkingHours{Hours: always, EveryDay: true},
		})
		site.Routes = append(site.Routes, desk.Route{Places: []string{fmt.Sprint(b)}, Department: d})
		one := desk.Building{ID: fmt.Sprint(b)}
		for f := 1; f <= floors; f++ {
			floor := desk.Floor{ID: fmt.Sprint(f), Areas: []desk.Area{{ID: "corridor", Label: label("走廊", "Corridor")}}}
			for r := 1; r <= rooms; r++ {
				floor.Rooms = append(floor.Rooms, fmt.Sprintf("%02d", r))
			}
			one.Floors = append(one.Floors, floor)
		}
		list = append(list, one)
	}
	site.Routes = append(site.Routes, desk.Route{Department: "d1"})
	if site.Places, err = desk.NewPlaces(list, nil); err != nil {
		return nil, err
	}
	for _, c := range []struct{ id, zh, en, word string }{
		{"leak", "漏水堵水", "Leak", "漏水"}, {"hot_water", "没热水", "Hot water", "热水"}, {"power", "没电灯坏", "Power", "没电"},
		{"air_con", "空调", "Air con", "空调"}, {"door", "门锁家具", "Door", "门锁"}, {"other", "其他", "Other", "坏了"},
	} {
		site.Categories = append(site.Categories, desk.Category{
			ID: c.id, Kind: desk.KindRepair, Label: label(c.zh, c.en), Words: map[string][]string{"zh": {c.word}},
		})
	}
	terms := map[string]desk.Term{}
	for _, s := range []string{"8h", "12h", "24h"} {
		if terms[s], err = desk.ParseTerm(s); err != nil {
			return nil, err
		}
	}
	for _, u := range []desk.Urgency{desk.Normal, desk.Urgent, desk.Emergency} {
		site.Deadlines[u] = desk.Deadlines{
			Take: terms["8h"], Arrive: terms["8h"], OnSite: terms["8h"], FirstVisit: terms["12h"], Done: terms["24h"], Rework: terms["24h"],
		}
	}
	return site, nil
}
