package main

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"frontdesk/desk"
)

// placesColumns are the columns of a list of places.
var placesColumns = []column{
	{name: "building", names: []string{"building", "楼栋", "楼", "栋", "楼号", "宿舍楼", "公寓", "block"}},
	{name: "floor", names: []string{"floor", "楼层", "层", "层号", "level", "storey"}},
	{name: "room", names: []string{"room", "房间", "房号", "房间号", "宿舍", "宿舍号", "寝室", "寝室号", "roomnumber", "roomno"}},
	{name: "area", names: []string{"area", "区域编号", "设备编号", "编号", "区域", "公共区域", "设备", "equipment", "areaid", "equipmentid", "id", "code", "asset"}},
	{name: "name", names: []string{"name", "名称", "中文名称", "楼名", "设备名称", "区域名称", "label"}},
	{name: "name_en", names: []string{"nameen", "英文名称", "英文名", "englishname", "labelen"}},
	{name: "aliases", names: []string{"aliases", "别名", "俗称", "又名", "alias", "alsocalled"}},
	{name: "note", names: []string{"note", "提示", "备注", "说明", "remark", "notes"}},
}

var (
	buildingTail = regexp.MustCompile(`(号楼|号院|楼|栋|幢|座|号)$`)
	floorTail    = regexp.MustCompile(`^第?(.+?)(层|楼|f|F)$`)
)

// placesIn reads a list of places, as residentsIn does a residents' list.
func placesIn(t table, site *desk.Site) (list []desk.ListedPlace, lines []int, h header, problems []problem) {
	seen := map[string]int{}
	h, problems = eachRow(t, placesColumns, func(f fields) {
		before := len(*f.problems)
		p := placeOf(f, site)
		if len(*f.problems) > before {
			return
		}
		key := desk.Fold(p.ID())
		if line, twice := seen[key]; twice {
			f.bad(columnOfPlace(p), p.ID(), fmt.Sprintf("stands on line %d already: expected each place once", line))
			return
		}
		seen[key] = f.row.line
		list, lines = append(list, p), append(lines, f.row.line)
	})
	return list, lines, h, problems
}

func columnOfPlace(p desk.ListedPlace) string {
	switch {
	case p.Room != "":
		return "room"
	case p.Area != "":
		return "area"
	}
	return "building"
}

func placeOf(f fields, site *desk.Site) desk.ListedPlace {
	p := desk.ListedPlace{Building: buildingID(f), Floor: floorID(f), Area: areaID(f)}
	door := narrow(f.get("room"))
	switch {
	case door != "" && p.Area != "":
		f.bad("area", p.Area, "a row is a room or an area, and not both")
	case p.Building == "" && (door != "" || p.Floor != ""):
		f.bad("building", "", "expected the building of the room or floor")
	case door != "":
		p.Floor, p.Room = doorOf(f, p.Building, p.Floor, door)
	case p.Area == "" && p.Floor != "":
		f.bad("floor", p.Floor, "a floor follows from its rooms: expected a room, or the code of an area, in this row")
	case p.Area == "" && p.Building == "":
		f.bad("building", "", "expected a building, a room, or the code of an area")
	}
	if p.Room == "" {
		name, en := f.get("name"), f.get("name_en")
		p.Label = labelOf(site, name, en)
		p.Aliases = aliasesOf(f)
		if p.Area != "" && len(p.Label) == 0 {
			f.bad("name", "", "expected a name for "+p.Area)
		}
		for _, text := range append(texts(p.Label), p.Aliases...) {
			if n := len([]rune(text)); n > 60 {
				f.bad("name", text, fmt.Sprintf("has %d characters, expected at most 60", n))
			}
		}
	}
	if note := f.get("note"); note != "" && p.Area == "" && p.Room == "" {
		p.Note = labelOf(site, note, "")
	}
	return p
}

// labelOf is a name in the site's languages: the first has the name itself, and
// the others too where no other is given.
func labelOf(site *desk.Site, name, en string) desk.Label {
	l := desk.Label{}
	for _, lang := range site.Languages {
		switch {
		case lang == "en" && en != "":
			l[lang] = en
		case name != "":
			l[lang] = name
		case en != "":
			l[lang] = en
		}
	}
	if len(l) == 0 {
		return nil
	}
	return l
}

func aliasesOf(f fields) []string {
	var list []string
	for _, a := range strings.FieldsFunc(f.get("aliases"), func(r rune) bool { return strings.ContainsRune(";；、|,，/", r) }) {
		if a = strings.TrimSpace(a); a != "" && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	return list
}

func buildingID(f fields) string {
	text := narrow(f.get("building"))
	id := buildingTail.ReplaceAllString(text, "")
	if text != "" && !word.MatchString(id) {
		f.bad("building", text, "expected letters and digits, such as 3, A3 or 3号楼; its name goes into the column name")
		return ""
	}
	return id
}

func floorID(f fields) string {
	text := narrow(f.get("floor"))
	id := text
	if m := floorTail.FindStringSubmatch(text); m != nil {
		id = m[1]
	}
	if text != "" && !word.MatchString(id) {
		f.bad("floor", text, "expected letters and digits, such as 5 or B1")
		return ""
	}
	return id
}

func areaID(f fields) string {
	text := desk.Fold(f.get("area"))
	if text != "" && (!areaForm.MatchString(text) || text == "floor") {
		f.bad("area", text, "expected a code of letters, digits and inner hyphens, such as lift-b; what people call it goes into the column name")
		return ""
	}
	return text
}

// doorOf reads a room's number: 502 with or without its floor, or 3-502.
func doorOf(f fields, building, floor, text string) (string, string) {
	door := text
	if rest, ok := strings.CutPrefix(desk.Fold(text), desk.Fold(building)+"-"); ok {
		door = text[len(text)-len(rest):]
	}
	door = strings.TrimSuffix(strings.TrimSuffix(door, "室"), "房")
	if !word.MatchString(door) {
		f.bad("room", text, "expected the number on the door in letters and digits, such as 502")
		return "", ""
	}
	level, number, ok := desk.SplitDoor(floor, door)
	switch {
	case !ok && floor == "":
		f.bad("room", text, "expected the floor and at least two digits, such as 502, or a column for the floor")
	case !ok:
		f.bad("room", text, "expected a room of floor "+floor+", such as "+floor+"02")
	}
	return level, number
}

// mergePlaces is the list as it will be. A place that the file does not name
// stays; with replace it is retired: nothing that an old ticket names is lost.
func mergePlaces(old, file []desk.ListedPlace, site *desk.Places, replace bool) ([]desk.ListedPlace, importReport) {
	var report importReport
	before := map[string]desk.ListedPlace{}
	for _, p := range old {
		before[desk.Fold(p.ID())] = p
	}
	named := map[string]desk.ListedPlace{}
	var list, fresh []desk.ListedPlace
	configured := 0
	for _, p := range file {
		key := desk.Fold(p.ID())
		named[key] = p
		was, known := before[key]
		switch {
		case !known:
			report.New++
			fresh = append(fresh, p)
			if _, ok := site.Get(p.ID()); ok {
				configured++
			}
		case !reflect.DeepEqual(was, p):
			report.Changed++
			report.note(p.ID() + " changes")
		default:
			report.Unchanged++
		}
	}
	// Places are shown in the order of the list, so those that it had keep theirs,
	// unless the file is the whole of it.
	for _, p := range old {
		now, inFile := named[desk.Fold(p.ID())]
		switch {
		case inFile:
			if !replace {
				list = append(list, now)
			}
			continue
		case p.Retired:
			report.Gone++
		case replace:
			p.Retired = true
			report.Left++
			report.note(p.ID() + " is retired")
		default:
			report.Kept++
		}
		list = append(list, p)
	}
	if replace {
		list = append(slices.Clone(file), list...)
	} else {
		list = append(list, fresh...)
	}
	if configured > 0 {
		report.Hints = append(report.Hints, fmt.Sprintf("%d of the new places are in the configuration already; what it says of them counts", configured))
	}
	return list, report
}
