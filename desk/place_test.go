package desk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// testSite has 8 buildings of 12 floors with 12 rooms: 1 to 5, 11, A3 and one
// called after a flower.
func testSite(t testing.TB) *Places {
	t.Helper()
	var buildings []Building
	for _, id := range []string{"1", "2", "3", "4", "5", "11", "A3", "zj"} {
		b := Building{ID: id, Areas: []Area{
			{ID: "lift-a", Label: Label{"zh": "A电梯", "en": "lift A"}},
			{ID: "lift-b", Label: Label{"zh": "B电梯", "en": "lift B"}},
			{ID: "gate", Label: Label{"zh": "大门", "en": "front door"}},
			{ID: "boiler", Label: Label{"zh": "锅炉"}, Retired: true},
		}}
		if id == "zj" {
			b.Label = Label{"zh": "紫荆楼", "en": "Bauhinia Hall"}
			b.Aliases = []string{"紫荆"}
		}
		if id == "5" {
			b.Areas = append(b.Areas[:0:0], Area{ID: "lift", Label: Label{"zh": "电梯", "en": "lift"}}, Area{ID: "gym", Label: Label{"zh": "健身房", "en": "gym"}})
		}
		for floor := 1; floor <= 12; floor++ {
			f := Floor{ID: fmt.Sprint(floor), Areas: []Area{
				{ID: "corridor", Label: Label{"zh": "走廊", "en": "corridor"}, Aliases: []string{"过道", "hallway"}},
				{ID: "bathroom", Label: Label{"zh": "卫生间", "en": "bathroom"}, Aliases: []string{"厕所", "toilet"}},
			}}
			for room := 1; room <= 12; room++ {
				f.Rooms = append(f.Rooms, fmt.Sprintf("%02d", room))
			}
			b.Floors = append(b.Floors, f)
		}
		buildings = append(buildings, b)
	}
	places, err := NewPlaces(buildings, []Area{
		{ID: "canteen", Label: Label{"zh": "食堂", "en": "canteen"}, Aliases: []string{"饭堂", "cafeteria"}},
		{ID: "library", Label: Label{"zh": "图书馆", "en": "library"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return places
}

// said writes what was found in one line: the place, or building/floor and
// suggestions, and the words that it was read from.
func said(text string, f Found) string {
	var b strings.Builder
	switch {
	case f.Place != nil:
		b.WriteString(f.Place.ID)
	case !f.Named:
		return "-"
	default:
		b.WriteString("?" + f.Building)
		if f.Floor != "" {
			b.WriteString("/" + f.Floor)
		}
		for _, s := range f.Suggestions {
			b.WriteString(" " + s.ID)
		}
	}
	return b.String() + " [" + text[f.Start:f.End] + "]"
}

func TestFind(t *testing.T) {
	places := testSite(t)
	for _, c := range []struct{ text, want string }{
		// Rooms, as people write them.
		{"3栋502", "3-502 [3栋502]"},
		{"3号楼502", "3-502 [3号楼502]"},
		{"三号楼五零二", "3-502 [三号楼五零二]"},
		{"三号楼五〇二", "3-502 [三号楼五〇二]"},
		{"三号楼五百零二", "3-502 [三号楼五百零二]"},
		{"０３-５０２", "3-502 [０３-５０２]"},
		{"bldg 3 rm 502", "3-502 [bldg 3 rm 502]"},
		{"Bldg. 3, Rm. 502", "3-502 [Bldg. 3, Rm. 502]"},
		{"bldg3rm502", "3-502 [bldg3rm502]"},
		{"3-502", "3-502 [3-502]"},
		{"3－502", "3-502 [3－502]"},
		{"3 – 502", "3-502 [3 – 502]"},
		{"3#502", "3-502 [3#502]"},
		{"3#楼502", "3-502 [3#楼502]"},
		{"3栋5楼502", "3-502 [3栋5楼502]"},
		{"三栋502室", "3-502 [三栋502室]"},
		{"第三栋 502 室", "3-502 [第三栋 502 室]"},
		{"building 3, room 502", "3-502 [building 3, room 502]"},
		{"Building three, room 502", "3-502 [Building three, room 502]"},
		{"Room 502, Building 3", "3-502 [Room 502, Building 3]"},
		{"No. 3 building room 502", "3-502 [3 building room 502]"},
		{"room 502 in building 3 has no water", "3-502 [room 502 in building 3]"},
		{"502, building 3", "3-502 [502, building 3]"},
		{"Building 3, 502", "3-502 [Building 3, 502]"},
		{"B3-502", "3-502 [B3-502]"},
		{"b3 502", "3-502 [b3 502]"},
		{"3 502", "3-502 [3 502]"},
		{"3/502", "3-502 [3/502]"},
		{"3号502", "3-502 [3号502]"},
		{"3-5-502", "3-502 [3-5-502]"},
		{"3-5-02", "3-502 [3-5-02]"},
		{"3-502-1床板坏了", "3-502 [3-502]"},
		{"3栋5层02室", "3-502 [3栋5层02室]"},
		{"五号楼一二零三", "5-1203 [五号楼一二零三]"},
		{"5-1203", "5-1203 [5-1203]"},
		{"5号楼 1203 房间", "5-1203 [5号楼 1203 房间]"},
		{"5号楼的1203宿舍", "5-1203 [5号楼的1203宿舍]"},
		{"宿舍:3-502", "3-502 [3-502]"},
		{"Room 3-502", "3-502 [3-502]"},
		{"No.3-502", "3-502 [3-502]"},
		{"3——502", "3-502 [3——502]"},
		{"在3栋502室3楼厕所那边", "3-502 [3栋502室]"},
		{"宿舍502,3栋", "3-502 [宿舍502,3栋]"},
		{"十一栋十二楼一二零一", "11-1201 [十一栋十二楼一二零一]"},
		{"A3-402", "A3-402 [A3-402]"},
		{"a3栋402", "A3-402 [a3栋402]"},
		{"A3 402", "A3-402 [A3 402]"},
		{"A3402", "A3-402 [A3402]"},
		{"紫荆楼502", "zj-502 [紫荆楼502]"},
		{"紫荆502空调坏了", "zj-502 [紫荆502]"},
		{"zj-502", "zj-502 [zj-502]"},
		{"Bauhinia Hall, room 502", "zj-502 [Bauhinia Hall, room 502]"},
		// In a sentence.
		{"水龙头漏水,3栋502,随时可以进", "3-502 [3栋502]"},
		{"Tap leaking in 3-502, come any time", "3-502 [3-502]"},
		{"3-502 热水没有", "3-502 [3-502]"},
		{"3-502热水没有", "3-502 [3-502]"},
		{"3-502人都没热水", "3-502 [3-502]"},
		{"3栋502人多", "3-502 [3栋502]"},
		{"3-502WiFi坏了", "3-502 [3-502]"},
		{"我们3栋停电了,但是五号楼 1203 没有", "5-1203 [五号楼 1203]"},
		{"已经3-4天了,3-502还没人来", "3-502 [3-502]"},
		{"3栋502卫生间漏水", "3-502 [3栋502]"},
		{"在食堂吃完饭回来,3-502没水", "3-502 [3-502]"},
		{"13800138000 3栋502", "3-502 [3栋502]"},
		{"3栋502 13800138000", "3-502 [3栋502]"},
		// Buildings and floors.
		{"3栋停电", "?3 [3栋]"},
		{"3号楼5楼停水", "?3/5 [3号楼5楼]"},
		{"Building 3, floor 5 is dark", "?3/5 [Building 3, floor 5]"},
		{"the fifth floor of building 3", "?3/5 [fifth floor of building 3]"},
		{"5th floor, building 3", "?3/5 [5th floor, building 3]"},
		{"3栋5F", "?3/5 [3栋5F]"},
		{"3栋一直没水", "?3 [3栋]"},
		{"3栋24小时没热水", "?3 [3栋]"},
		{"3栋大概200人", "?3 [3栋]"},
		{"A3", "?A3 [A3]"},
		{"紫荆楼", "?zj [紫荆楼]"},
		{"call 120 building 3", "?3 [building 3]"},
		{"3栋健身房", "?3 [3栋]"},
		{"3栋99楼", "?3 [3栋99楼]"},
		{"十三栋", "? [十三栋]"},
		{"B1层停车场", "?/b1 [B1层]"},
		{"5楼没水", "?/5 [5楼]"},
		// Areas and equipment.
		{"食堂太咸", "canteen [食堂]"},
		{"canteen", "canteen [canteen]"},
		{"The CAFETERIA is closed", "canteen [CAFETERIA]"},
		{"图书馆二楼灯坏了", "library [图书馆二楼]"},
		{"the library is cold", "library [library]"},
		{"3栋B电梯", "3-lift-b [3栋B电梯]"},
		{"3栋电梯B坏了", "3-lift-b [3栋电梯B]"},
		{"lift B in building 3", "3-lift-b [lift B in building 3]"},
		{"building 3 lift-b stuck", "3-lift-b [building 3 lift-b]"},
		{"3栋电梯停了", "?3 3-lift-a 3-lift-b [3栋电梯]"},
		{"5号楼电梯停了", "5-lift [5号楼电梯]"},
		{"5号楼3楼电梯", "5-lift [5号楼3楼电梯]"},
		{"5号楼3楼走廊", "5-3-corridor [5号楼3楼走廊]"},
		{"corridor on the 3rd floor of building 5", "5-3-corridor [corridor on the 3rd floor of building 5]"},
		{"3栋五楼卫生间", "3-5-bathroom [3栋五楼卫生间]"},
		{"3栋走廊", "?3 3-1-corridor 3-2-corridor 3-3-corridor [3栋走廊]"},
		{"健身房太热", "5-gym [健身房]"},
		{"3-lift-b", "3-lift-b [3-lift-b]"},
		{"3-5-corridor", "3-5-corridor [3-5-corridor]"},
		{"5号楼旁边的食堂", "canteen [食堂]"},
		{"3栋锅炉", "?3 [3栋]"},
		// Near misses.
		{"3-520", "?3 3-502 3-510 3-512 [3-520]"},
		{"3栋520没水", "?3 3-502 3-510 3-512 [3栋520]"},
		{"9-502", "? 5-502 4-502 3-502 [9-502]"},
		{"31-502", "? 11-502 3-502 1-502 [31-502]"},
		{"9号楼502", "? 5-502 4-502 3-502 [9号楼502]"},
		{"3-1302", "?3 3-1202 3-1102 3-1002 [3-1302]"},
		{"3栋6楼502", "?3/6 3-502 3-602 3-501 [3栋6楼502]"},
		{"502", "? [502]"},
		{"3502", "? 3-502 [3502]"},
		{"502室没水", "? [502室]"},
		{"五楼五零二没水", "?/5 [五楼五零二]"},
		{"3楼502", "?/3 3-502 [3楼502]"},
	} {
		if diff := cmp.Diff(c.want, said(c.text, places.Find(c.text))); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}

func TestFindNothing(t *testing.T) {
	places := testSite(t)
	for _, text := range []string{
		"", " ", "。", "你好", "已经3-4天了", "20-30分钟", "20-30 minutes", "11-27", "2026-11-27", "11/27", "3 days", "3天", "R-1042", "C-203", "b-502",
		"13800138000", "138-0013-8000", "010-8123-4567", "400-820-502", "+86 138 0013 8000", "8:30-17:30", "10:15", "3.502", "1-2个", "1-199元", "有3栋楼", "3-5 people", "500 people",
		"502 people", "a 502 error", "12月5号1203", "the house 3 minutes away", "打印A3纸", "这一栋楼都没电", "每一栋", "两栋楼", "一起来", "十分钟", "三天两头", "wait 502", "v1.502", "192.168.3.502",
		"walk in the building a bit", "my house is cold", "no. 12345", "灯坏了", "电梯", "走廊灯坏了", "3个502", "有3座山", "地上一层灰", "navigate to the gates",
	} {
		if f := places.Find(text); f.Named && !(text == "3.502") {
			t.Errorf("%q was understood as %s", text, said(text, f))
		}
	}
}

func TestFindIn(t *testing.T) {
	places := testSite(t)
	for _, c := range []struct{ text, want string }{
		{"502", "3-502 [502]"},
		{"502没水", "3-502 [502]"},
		{"五楼走廊", "3-5-corridor [五楼走廊]"},
		{"5楼", "?3/5 [5楼]"},
		{"B电梯", "3-lift-b [B电梯]"},
		{"5-1203", "5-1203 [5-1203]"},
		{"520", "?3 3-502 3-510 3-512 [520]"},
		{"食堂", "canteen [食堂]"},
		{"502 people", "-"},
		{"3 days", "-"},
	} {
		if diff := cmp.Diff(c.want, said(c.text, places.FindIn("3", c.text))); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}

// Sites name their buildings in their own ways.
func TestFindOtherSites(t *testing.T) {
	floors := []Floor{{ID: "5", Rooms: []string{"01", "02"}, Areas: []Area{{ID: "hall", Label: Label{"zh": "大厅"}}}}}
	clusters := []Building{
		{ID: "zj3", Label: Label{"zh": "紫荆3号楼"}, Floors: floors},
		{ID: "dx3", Label: Label{"zh": "丁香三号楼"}, Floors: floors},
	}
	letters := []Building{
		{ID: "A", Floors: floors, Areas: []Area{{ID: "lift1", Label: Label{"zh": "1号电梯"}}, {ID: "lift2", Label: Label{"zh": "2号电梯"}}}},
		{ID: "B", Floors: floors},
		{ID: "east", Label: Label{"zh": "7号楼", "en": "Block 7"}, Floors: floors},
	}
	one := []Building{{ID: "tower", Floors: floors}}
	for _, c := range []struct {
		site       []Building
		text, want string
	}{
		{clusters, "紫荆3号楼502", "zj3-502 [紫荆3号楼502]"},
		{clusters, "紫荆三栋502", "zj3-502 [紫荆三栋502]"},
		{clusters, "丁香3栋五零一没电", "dx3-501 [丁香3栋五零一]"},
		{clusters, "3号楼502", "? zj3-502 dx3-502 [3号楼502]"},
		{letters, "A座502", "A-502 [A座502]"},
		{letters, "A502没水", "A-502 [A502]"},
		{letters, "b-502", "B-502 [b-502]"},
		{letters, "Building A, 502", "A-502 [Building A, 502]"},
		{letters, "building a, 502", "A-502 [building a, 502]"},
		{letters, "in the building a pipe burst", "-"},
		{letters, "in Building A pipes burst", "?A [Building A]"},
		{letters, "a 502 error", "-"},
		{letters, "A栋2号电梯", "A-lift2 [A栋2号电梯]"},
		{letters, "A栋二号电梯", "A-lift2 [A栋二号电梯]"},
		{letters, "电梯", "? A-lift1 A-lift2 [电梯]"},
		{letters, "七号楼502", "east-502 [七号楼502]"},
		{letters, "7-502", "east-502 [7-502]"},
		{letters, "block 7 room 501", "east-501 [block 7 room 501]"},
		{one, "502室没水", "tower-502 [502室]"},
		{one, "502没水", "tower-502 [502]"},
		{one, "502人", "-"},
		{one, "5楼大厅", "tower-5-hall [5楼大厅]"},
		{one, "大厅", "tower-5-hall [大厅]"},
		{one, "520", "?tower tower-502 tower-501 [520]"},
	} {
		places, err := NewPlaces(c.site, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, said(c.text, places.Find(c.text))); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
}

// Every room is found under every way to write it, whatever stands around it.
func TestFindEveryRoom(t *testing.T) {
	places := testSite(t)
	ways := []string{"%d-%d", "%d栋%d", "%d号楼%d室", "building %d, room %d", "room %[2]d, building %[1]d", "B%d-%d", "%d#%d", "%d幢%d房间", "Block %d %d", "%d号楼,%d"}
	around := []string{"%s", "你好,%s没水了", "水龙头漏水,%s,随时可以进", "The tap in %s leaks", "(%s)", "今天11-27,%s停电3-4天了", "%s。", "Help! %s: no power for 20-30 minutes"}
	rapid.Check(t, func(t *rapid.T) {
		building := rapid.IntRange(1, 5).Draw(t, "building")
		room := rapid.IntRange(1, 12).Draw(t, "floor")*100 + rapid.IntRange(1, 12).Draw(t, "room")
		said := fmt.Sprintf(rapid.SampledFrom(ways).Draw(t, "way"), building, room)
		text := fmt.Sprintf(rapid.SampledFrom(around).Draw(t, "around"), said)
		found := places.Find(text)
		if found.Place == nil || found.Place.ID != fmt.Sprintf("%d-%d", building, room) {
			t.Fatalf("%s: %+v", text, found)
		}
		if text[found.Start:found.End] != said {
			t.Fatalf("%s: read from %q", text, text[found.Start:found.End])
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"3栋502", "三号楼五零二", "bldg 3 rm 502", "3-5-corridor", "-", "b", "第", "负一层", "\xff3-502", "ＡＢ３", "地下", "3号", "room", "no.", "十百千", "3-502-", "Building ", "五百二室"} {
		f.Add(seed)
	}
	places := testSite(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range []Found{places.Find(text), places.FindIn("3", text)} {
			if found.Start < 0 || found.End < found.Start || found.End > len(text) {
				t.Fatalf("%q: [%d:%d]", text, found.Start, found.End)
			}
			if len(found.Suggestions) > 3 || found.Place != nil && len(found.Suggestions) > 0 || found.Place != nil && !found.Named {
				t.Fatalf("%q: %+v", text, found)
			}
			if found.Named && found.End == found.Start {
				t.Fatalf("%q: named by nothing", text)
			}
		}
	})
}

// However long a message is, it is read; BenchmarkFindLong shows that the time
// stays in proportion.
func TestFindLong(t *testing.T) {
	places := testSite(t)
	for _, part := range []string{"a", "3", "三", "十", " ", "-", "3-", "3-502 ", "第", "3栋", "b3 ", "room ", "电梯", "1.", "五百", "3栋 "} {
		text := strings.Repeat(part, 20000)
		if found := places.Find(text); found.Start < 0 || found.End > len(text) || len(found.Suggestions) > 3 {
			t.Errorf("%q many times: %d to %d, %d suggestions", part, found.Start, found.End, len(found.Suggestions))
		}
	}
}

func BenchmarkFindLong(b *testing.B) {
	places := testSite(b)
	text := strings.Repeat("3栋 ", 20000)
	for b.Loop() {
		places.Find(text)
	}
}

func BenchmarkFind(b *testing.B) {
	places := testSite(b)
	for b.Loop() {
		places.Find("你好,水龙头漏水已经3-4天了,昨天(11-27)打过电话13800138000,我住三号楼五零二,随时可以进,谢谢。Please come to room 502 in building 3.")
	}
}
