package flows

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"frontdesk/desk"
)

// testSite is like the example site: eight buildings of six floors with twelve
// rooms, of which the last has thirty rooms a floor.
func testSite(t testing.TB) *desk.Site {
	t.Helper()
	made.Do(func() { theSite = makeSite(t) })
	return theSite
}

// A site never changes, so that one is enough for all tests.
var (
	made    sync.Once
	theSite *desk.Site
)

func makeSite(t testing.TB) *desk.Site {
	t.Helper()
	zone := time.FixedZone("CST", 8*60*60)
	label := func(zh, en string) desk.Label { return desk.Label{"zh": zh, "en": en} }
	var buildings []desk.Building
	for b := 1; b <= 8; b++ {
		building := desk.Building{ID: fmt.Sprint(b), Areas: []desk.Area{
			{ID: "lift-a", Label: label("A电梯", "Lift A")},
			{ID: "boiler-room-in-the-basement", Label: label("地下室锅炉房和水泵房", "Boiler room in the basement")},
		}}
		building.Areas[1].ID = "boiler-room"
		for f := 1; f <= 6; f++ {
			floor := desk.Floor{ID: fmt.Sprint(f), Areas: []desk.Area{{ID: "corridor", Label: label("走廊", "Corridor")}}}
			rooms := 12
			if b == 8 {
				rooms = 30
			}
			for r := 1; r <= rooms; r++ {
				floor.Rooms = append(floor.Rooms, fmt.Sprintf("%02d", r))
			}
			building.Floors = append(building.Floors, floor)
		}
		buildings = append(buildings, building)
	}
	places, err := desk.NewPlaces(buildings, []desk.Area{
		{ID: "canteen", Label: label("食堂", "Canteen")}, {ID: "library", Label: label("图书馆", "Library")},
	})
	if err != nil {
		t.Fatal(err)
	}
	words := func(zh, en []string) map[string][]string { return map[string][]string{"zh": zh, "en": en} }
	hours := func(s string) desk.Term { return mustTerm(t, s) }
	deadline := desk.Deadlines{Take: hours("15m"), Arrive: hours("30m"), OnSite: hours("30m"), FirstVisit: hours("12h"), Done: hours("24h"), Rework: hours("24h")}
	open, err := desk.ParseHours("08:00-17:30")
	if err != nil {
		t.Fatal(err)
	}
	always, _ := desk.ParseHours("00:00-24:00")
	return &desk.Site{
		Checkout: checkoutRule(),
		ID:       "test", Name: label("示例校区", "Example Campus"), Zone: zone, Languages: []string{"zh", "en"},
		Departments: []desk.Department{
			{ID: "engineering", Label: label("工程部", "Engineering"), Hours: desk.WorkingHours{Hours: open, EveryDay: true}},
			{ID: "cleaning", Label: label("保洁部", "Cleaning"), Hours: desk.WorkingHours{Hours: open, EveryDay: true}},
			{ID: "security", Label: label("保安部", "Security"), Hours: desk.WorkingHours{Hours: always, EveryDay: true}},
		},
		Categories: []desk.Category{
			{ID: "leak", Kind: desk.KindRepair, Label: label("漏水堵水", "Leak/drain"),
				Words:       words([]string{"漏水", "滴水", "水龙头", "水管", "堵", "马桶"}, []string{"leak", "tap", "pipe", "blocked", "drain"}),
				UrgentWords: words([]string{"爆管", "喷水", "漏得大", "淹了"}, []string{"burst", "flooding", "gushing"})},
			{ID: "hot_water", Kind: desk.KindRepair, Label: label("没热水", "Hot water"), Words: words([]string{"热水", "水不热"}, []string{"hot water", "cold shower"})},
			{ID: "power", Kind: desk.KindRepair, Label: label("没电灯坏", "Power"), Words: words([]string{"没电", "停电", "灯", "插座"}, []string{"power", "light", "socket"}),
				UrgentWords: words([]string{"烧焦"}, []string{"burning smell"})},
			{ID: "air_con", Kind: desk.KindRepair, Label: label("空调", "Air con"), Words: words([]string{"空调", "不制冷"}, []string{"air con", "ac", "not cooling"})},
			{ID: "door", Kind: desk.KindRepair, Label: label("门锁家具", "Door/lock"), Words: words([]string{"门锁", "锁", "床", "桌", "窗"}, []string{"lock", "door", "bed", "desk", "window"})},
			{ID: "other", Kind: desk.KindRepair, Label: label("其他", "Other"), Words: words([]string{"坏了", "报修"}, []string{"broken", "repair"})},
			{ID: "clean", Kind: desk.KindRequest, Label: label("保洁", "Cleaning"), Words: words([]string{"打扫", "保洁", "垃圾"}, []string{"clean", "rubbish"})},
			{ID: "moving", Kind: desk.KindRequest, Label: label("搬运", "Moving"), Words: words([]string{"搬"}, []string{"move", "moving"})},
			{ID: "service", Kind: desk.KindRequest, Label: label("其他需求", "Other help"), Words: words([]string{"帮忙"}, []string{"help with"})},
		},
		Places:   places,
		Routes:   []desk.Route{{Kinds: []string{desk.KindRequest}, Department: "cleaning"}, {Department: "engineering"}},
		Calendar: desk.Calendar{Zone: zone, Workweek: desk.MondayToFriday()},
		Roster: desk.Roster{Shifts: []desk.Shift{
			{Name: "day", Label: label("白班", "Day shift"), Span: desk.Span{From: 8 * 60, To: 17*60 + 30}, Staff: map[string][]string{
				"operator": {"test:900"}, "duty_manager": {"test:901"}, "engineering": {"test:7", "test:902"},
			}, PersonDays: map[string]desk.Days{"test:7": desk.Weekdays(time.Monday, time.Wednesday), "test:902": desk.Weekdays(time.Tuesday, time.Thursday)}},
			{Name: "night", Label: label("夜班", "Night shift"), Span: desk.Span{From: 17*60 + 30, To: 8 * 60}, Days: desk.DayWork, Staff: map[string][]string{
				"engineering": {"test:903"},
			}},
		}},
		Deadlines: map[desk.Urgency]desk.Deadlines{desk.Normal: deadline, desk.Urgent: deadline, desk.Emergency: deadline},
		Pauses: []desk.PauseReason{
			{ID: "contractor", Label: label("外委", "Contractor"), Limits: []desk.Term{hours("1d"), hours("3d")}, Tell: true},
		},
		Quiet: desk.QuietHours{From: 22 * 60, To: 8 * 60},
		Limits: desk.Limits{
			ChaseEvery: 10 * time.Minute, ChaseTimes: 3, TakenAtOnce: 5, UndoFor: 2 * time.Minute, InviteFor: 15 * time.Minute,
			RemindDialog: time.Hour, CloseDialog: 24 * time.Hour,
		},
		CheckIn: desk.CheckInRule{
			On: true, Agreement: desk.SignedText{Version: "2026-09", Text: label("住宿协议:爱护房间。", "Housing agreement: take care of the room.")},
			Safety: desk.SignedText{Version: "2026-09", Text: label("安全须知:不用大功率电器。", "Safety: no high-power appliances.")},
			Inventory: []desk.InventoryItem{
				{ID: "bed", Label: label("床", "Bed"), Category: "door"}, {ID: "desk", Label: label("桌椅", "Desk"), Category: "door"},
			},
			Within: 24 * time.Hour, Remind: 2 * time.Hour, After: 9 * 60, GuestAt: 10 * 60,
		},
		Incidents: desk.IncidentRule{Categories: []string{"power", "hot_water"}},
		Links:     map[string]string{"test": "https://chat.example/desk?start="},
	}
}

func mustTerm(t testing.TB, s string) desk.Term {
	t.Helper()
	term, err := desk.ParseTerm(s)
	if err != nil {
		t.Fatal(err)
	}
	return term
}
