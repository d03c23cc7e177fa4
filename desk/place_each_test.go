package desk

import (
	"slices"
	"strings"
	"testing"
)

// TestEachPlace reads several places from one line, as people write them.
func TestEachPlace(t *testing.T) {
	floors := func(n ...string) (list []Floor) {
		for _, id := range n {
			list = append(list, Floor{ID: id, Rooms: []string{"01", "02"}})
		}
		return list
	}
	var buildings []Building
	for _, id := range []string{"1", "2", "3", "4", "5"} {
		buildings = append(buildings, Building{ID: id, Label: Label{"zh": id + "号楼", "en": "Building " + id}, Floors: floors("1", "2", "3", "4", "5")})
	}
	places, err := NewPlaces(buildings, []Area{{ID: "canteen", Label: Label{"zh": "食堂", "en": "Canteen"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ texts, want, unknown string }{
		{"1号楼、2号楼 | 1、2号楼 | 1号楼和2号楼 | 1-2号楼 | 1号楼,2栋 | 1号楼 2号楼 | 1至2号楼停水 | buildings 1 and 2 | Building 1, building 2 | buildings 1-2", "1 2", ""},
		{"3号楼 2-4层 | 3号楼2至4层 | 3号楼2、3、4层 | 3号楼2层、3层、4层 | 3号楼2层,3层和4层 | floors 2-4 of building 3 | floors 2 to 4 of building 3 | Building 3 floors 2, 3 and 4 | 2-4层 3号楼", "3-2-floor 3-3-floor 3-4-floor", ""},
		{"1号楼、3号楼 2-3层 | 1号楼,3号楼2-3层 | building 1, floors 2-3 of building 3 | building 1, building 3 floors 2-3", "1 3-2-floor 3-3-floor", ""},
		{"3号楼2层、5号楼4层 | 3栋2楼和5栋4楼 | floor 2 of building 3 and floor 4 of building 5", "3-2-floor 5-4-floor", ""},
		{"3-502、3-501 | 3-502 3-501 | 3-502 and 3-501", "3-502 3-501", ""},
		{"食堂、1号楼 | canteen and building 1", "canteen 1", ""},
		{"3号楼、3号楼2层 | 3号楼2层,3号楼 | building 3, floor 2 of building 3", "3", ""},
		{"1号楼、1号楼", "1", ""},
		{"1号楼、9号楼", "1", "9号楼"},
		{"building 1, building 9", "1", "building 9"},
		{"3号楼5-7层", "3-5-floor", "6层"},
		{"3号楼 | building 3", "3", ""},
		{"明天9点停水 | 12-05 9:00 | some words", "", ""},
	} {
		for text := range strings.SplitSeq(tt.texts, " | ") {
			ids, unknown := places.Each(text)
			if got := strings.Join(ids, " "); got != tt.want || unknown != tt.unknown {
				t.Errorf("%q is %q and %q unknown, want %q and %q", text, got, unknown, tt.want, tt.unknown)
			}
			if !slices.Equal(ids, places.uncovered(ids)) {
				t.Errorf("%q covers itself: %v", text, ids)
			}
		}
	}
	if ids, _ := (*Places)(nil).Each("3号楼"); ids != nil {
		t.Error("places of no site")
	}
}
