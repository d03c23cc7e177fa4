package main

import (
	"strings"
	"testing"
)

// TestImportPlacesLines imports lists of places with every kind of mistake.
func TestImportPlacesLines(t *testing.T) {
	const head = "building,floor,room,area,name,name_en,aliases,note\n"
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"good", head + "9,,,,九号楼,Nine,,\n9,1,101,,,,,\n9,,,lift-a,电梯,Lift,,\n,,,gym,体育馆,Gym,,\n", nil},
		{"nothing in a row", head + ",,,,x,,,\n", []string{"line 2, column A (building): expected a building, a room, or the code of an area"}},
		{"bad building", head + "nine!,,,,x,,,\n", []string{`line 2, column A (building): "nine!": expected letters and digits`}},
		{"bad floor", head + "9,五,101,,,,,\n", []string{`column B (floor): "五": expected letters and digits`}},
		{"bad room", head + "9,,阳台,,,,,\n9,,1,,,,,\n", []string{`column C (room): "阳台"`, `line 3, column C (room): "1": expected the floor and at least two digits`}},
		{"a room of another floor", head + "9,5,602,,,,,\n", []string{`"602": expected a room of floor 5, such as 502`}},
		{"a room without building", head + ",,101,,,,,\n", []string{"expected the building of the room"}},
		{"room and area", head + "9,,101,lift-a,电梯,,,\n", []string{"a row is a room or an area, and not both"}},
		{"a floor alone", head + "9,5,,,,,,\n", []string{"a floor follows from its rooms"}},
		{"bad code", head + "9,,,电梯,电梯,,,\n9,,,floor,x,,,\n", []string{`column D (area): "电梯": expected a code`, `"floor": expected a code`}},
		{"an area without name", head + "9,,,lift-a,,,,\n", []string{"line 2, column E (name): expected a name for lift-a"}},
		{"twice", head + "9,1,101,,,,,\n9号楼,,101,,,,,\n", []string{`line 3, column C (room): "9-101": stands on line 2 already`}},
		{"two buildings of one name", head + "9,,,,紫荆,,,\n10,,,,紫荆,,,\n", []string{`both called "紫荆"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t, nil)
			report, err := r.imports(importPlaces, []byte(c.file), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Problems) != len(c.want) {
				t.Fatalf("%d problems, want %d:\n%s", len(report.Problems), len(c.want), report.text(importPlaces))
			}
			for i, want := range c.want {
				if got := report.Problems[i].String(); !strings.Contains(got, want) {
					t.Errorf("%s\nwant in it: %s", got, want)
				}
			}
			if _, there := r.site.Places.Get("9-101"); there != (len(c.want) == 0) {
				t.Errorf("9-101 is there: %v", there)
			}
		})
	}
}

// TestImportPlacesJoinTheSite sees that imported places are found like
// configured ones, that the configuration wins, and that what leaves the list
// keeps its name and is not found any more.
func TestImportPlacesJoinTheSite(t *testing.T) {
	r := newRegistry(t, nil)
	report, err := r.imports(importPlaces, example(t, "places.csv"), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v\n%s", err, report.text(importPlaces))
	}
	find := func(text, want string) {
		t.Helper()
		found := r.site.Places.Find(text)
		got := found.Building
		if found.Place != nil {
			got = found.Place.ID
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	find("水龙头漏水,9栋102", "9-102")
	find("9-201 no hot water", "9-201")
	find("紫荆9号楼 202 灯坏了", "9-202")
	find("紫荆九电梯坏了", "9-lift-a")
	find("健身房空调不制冷", "gym")
	find("A3-B101", "A3-B101")
	find("3-502", "3-502")
	if b, _ := r.site.Places.Building("9"); b.Note["zh"] != "女生楼，进楼先找楼管" || b.Note["en"] != b.Note["zh"] {
		t.Errorf("the note is %v", b.Note)
	}
	report = r.must(importPlaces, "building,room,area,name\n3,501,,\n3,599,,\n3,,lift-a,Other\n", nil)
	if !strings.Contains(report.text(importPlaces), "2 of the new places are in the configuration already") {
		t.Errorf("the report does not say who wins:\n%s", report.text(importPlaces))
	}
	find("3-599", "3-599")
	if place, _ := r.site.Places.Get("3-lift-a"); place.Label["en"] != "Building 3, lift A" {
		t.Errorf("the configuration lost: %v", place.Label)
	}
	r.must(importPlaces, "building,room\n9,101\n", replacing)
	find("9-101", "9-101")
	find("健身房空调不制冷", "")
	if found := r.site.Places.Find("9-102"); found.Place != nil {
		t.Error("a retired room is found")
	}
	if place, ok := r.site.Places.Get("9-102"); !ok || place.Label["zh"] != "9号楼102" {
		t.Errorf("a retired room has lost its name: %v %v", ok, place.Label)
	}
	r.must(importPlaces, "building,room\n9,102\n", nil)
	find("9-102", "9-102")
}

// TestImportExamples imports the files of the document, in both of which all is
// new, and then nothing.
func TestImportExamples(t *testing.T) {
	r := newRegistry(t, nil)
	for _, c := range []struct {
		kind, file string
		n          int
	}{{importPlaces, "places.csv", 9}, {importPeople, "people.csv", 5}} {
		for _, want := range [][2]int{{c.n, 0}, {0, c.n}} {
			report, err := r.imports(c.kind, example(t, c.file), nil)
			if err != nil || len(report.Problems) > 0 || len(report.Unused) > 0 || report.New != want[0] || report.Unchanged != want[1] {
				t.Errorf("%s, want %v new and unchanged: %v\n%s", c.file, want, err, report.text(c.kind))
			}
		}
	}
}
