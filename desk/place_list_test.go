package desk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlaceLabels(t *testing.T) {
	places := testSite(t)
	for _, c := range []struct{ id, zh, en string }{
		{"3-502", "3号楼502", "Building 3, 502"},
		{"a3-402", "A3楼402", "Building A3, 402"},
		{"zj-502", "紫荆楼502", "Bauhinia Hall, 502"},
		{"3-5-corridor", "3号楼5层走廊", "Building 3, floor 5 corridor"},
		{"3-5-floor", "3号楼5层", "Building 3, floor 5"},
		{"3-lift-b", "3号楼B电梯", "Building 3, lift B"},
		{"3", "3号楼", "Building 3"},
		{"3-boiler", "3号楼锅炉", "Building 3, 锅炉"},
		{"canteen", "食堂", "canteen"},
	} {
		place, ok := places.Get(c.id)
		if diff := cmp.Diff(Label{"zh": c.zh, "en": c.en}, place.Label); !ok || diff != "" {
			t.Errorf("%s: %v\n%s", c.id, ok, diff)
		}
		if place.Public() != (place.Room == "") {
			t.Errorf("%s: a room is private and all else public", c.id)
		}
	}
}

func TestPlacesLists(t *testing.T) {
	places := testSite(t)
	if n := len(places.Buildings()); n != 8 {
		t.Errorf("%d buildings", n)
	}
	if n := len(places.Floors("3")); n != 12 {
		t.Errorf("%d floors", n)
	}
	if rooms := places.Rooms("3", "5"); len(rooms) != 12 || rooms[1].ID != "3-502" {
		t.Errorf("rooms: %v", rooms)
	}
	if areas := places.Areas("3", ""); len(areas) != 3 {
		t.Errorf("a retired area is listed, or one is missing: %v", areas)
	}
	if areas := places.Areas("3", "5"); len(areas) != 2 || areas[0].ID != "3-5-corridor" {
		t.Errorf("areas: %v", areas)
	}
	if areas := places.PublicAreas(); len(areas) != 2 {
		t.Errorf("public areas: %v", areas)
	}
	if places.Rooms("9", "1") != nil || places.Areas("9", "") != nil || places.Floors("9") != nil || places.Rooms("3", "99") != nil {
		t.Error("what does not exist has something in it")
	}
	var none *Places
	if _, ok := none.Get("3"); ok || none.Find("3-502").Named || none.FindIn("3", "502").Named || none.Buildings() != nil {
		t.Error("no list should be an empty one")
	}
}

func TestNewPlacesRefuses(t *testing.T) {
	floor := func(id string, rooms ...string) []Floor { return []Floor{{ID: id, Rooms: rooms}} }
	for _, c := range []struct {
		name      string
		buildings []Building
		areas     []Area
		want      string
	}{
		{"same building", []Building{{ID: "a"}, {ID: "A"}}, nil, `"A" comes twice`},
		{"same room", []Building{{ID: "3", Floors: []Floor{{ID: "1", Rooms: []string{"12"}}, {ID: "11", Rooms: []string{"2"}}}}}, nil, `"3-112" comes twice`},
		{"bad building", []Building{{ID: "3号"}}, nil, "letters and digits"},
		{"bad floor", []Building{{ID: "3", Floors: floor("5-1")}}, nil, "letters and digits"},
		{"bad room", []Building{{ID: "3", Floors: floor("5", "")}}, nil, "number within the floor"},
		{"reserved", []Building{{ID: "3", Floors: []Floor{{ID: "5", Areas: []Area{{ID: "floor"}}}}}}, nil, "and not"},
		{"same alias", []Building{{ID: "a", Aliases: []string{"紫荆"}}, {ID: "b", Aliases: []string{"紫荆"}}}, nil, "both called"},
		{"same number", []Building{{ID: "a", Aliases: []string{"3号楼"}}, {ID: "b", Aliases: []string{"3栋"}}}, nil, "both called"},
		{"area like a building", []Building{{ID: "gym"}}, []Area{{ID: "gym"}}, "comes twice"},
	} {
		_, err := NewPlaces(c.buildings, c.areas)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
