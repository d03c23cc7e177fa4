package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// What a list of places may grow to, so that a slip in a range does not fill the memory.
const (
	maxRange  = 1000
	maxPlaces = 200000
)

const wantIDs = "letters and digits, single or as a range with the same number of digits, such as 1-8 or B1,01-12"

var (
	word     = regexp.MustCompile(`^[A-Za-z0-9]{1,24}$`)
	areaForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,22}[A-Za-z0-9])?$`)
	ending   = regexp.MustCompile(`^([A-Za-z]*)([0-9]{1,6})$`)
)

// expand turns "1-3,B1" into 1, 2, 3, B1; leading zeros stay.
func expand(s string) ([]string, bool) {
	var list []string
	for item := range strings.SplitSeq(s, ",") {
		item = strings.TrimSpace(item)
		first, last, isRange := strings.Cut(item, "-")
		if !isRange {
			if !word.MatchString(item) {
				return nil, false
			}
			list = append(list, item)
			continue
		}
		from, to := ending.FindStringSubmatch(first), ending.FindStringSubmatch(last)
		if from == nil || to == nil || from[1] != to[1] {
			return nil, false
		}
		a, _ := strconv.Atoi(from[2])
		b, _ := strconv.Atoi(to[2])
		if b < a || b-a >= maxRange || len(from[2]) > len(to[2]) || from[2][0] == '0' && len(from[2]) != len(to[2]) {
			return nil, false
		}
		for n := a; n <= b; n++ {
			list = append(list, fmt.Sprintf("%s%0*d", from[1], len(from[2]), n))
		}
	}
	return list, len(list) <= maxRange
}

// names reads one text with ranges, or a list of such texts, in which nothing may come twice.
func (v value) names() []string {
	if v.missing() {
		v.bad(wantIDs)
		return nil
	}
	var all []string
	for _, item := range v.list(wantIDs) {
		for _, name := range read(item, wantIDs, nil, expand) {
			if contains(all, name) {
				item.fail(fmt.Sprintf("%q comes twice", name))
				continue
			}
			all = append(all, name)
		}
	}
	return all
}

// places reads the list of places. It is nil if it cannot be relied on.
func (c *checker) places(v value) *desk.Places {
	before := len(c.problems)
	sec := c.section(v, "buildings", "areas")
	var buildings []desk.Building
	count, seen := 0, ids{}
	if v := sec.get("buildings"); !v.missing() {
		for _, item := range v.list("a list of buildings") {
			for _, b := range c.buildings(item, seen) {
				for _, f := range b.Floors {
					count += len(f.Rooms) + len(f.Areas) + 1
				}
				// A list this long is a slip; it is not worth the memory to hold all of it.
				if count <= maxPlaces {
					buildings = append(buildings, b)
				}
			}
		}
	}
	areas := c.areas(sec.get("areas"))
	if count > maxPlaces {
		v.fail(fmt.Sprintf("expected at most %d places, got %d", maxPlaces, count))
	}
	if sec.present && len(buildings)+len(areas) == 0 && len(c.problems) == before {
		v.fail("expected buildings or areas, there are none")
	}
	if len(c.problems) > before {
		return nil
	}
	places, err := desk.NewPlaces(buildings, areas)
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			v.fail(masked(line))
		}
		return nil
	}
	return places
}

// buildings reads one entry, which may stand for several buildings that are alike: {id} in a text is then the building's own.
func (c *checker) buildings(item value, seen ids) []desk.Building {
	sec := c.section(item, "ids", "label", "aliases", "note", "floors", "areas")
	names := sec.need("ids").names()
	for _, id := range names {
		seen.take(sec.get("ids"), desk.Fold(id))
	}
	var label, note desk.Label
	if v := sec.get("label"); !v.missing() {
		label = v.label(0)
	}
	if v := sec.get("note"); !v.missing() {
		note = v.label(0)
	}
	aliases := sec.get("aliases").texts("names")
	var floors []desk.Floor
	if v := sec.get("floors"); !v.missing() {
		levels := ids{}
		for _, f := range v.list("a list of floors") {
			floors = append(floors, c.floors(f, levels)...)
		}
	}
	areas := c.areas(sec.get("areas"))
	if len(names) > 1 {
		for _, text := range append(aliases, texts(label)...) {
			if !strings.Contains(text, "{id}") {
				sec.fail(fmt.Sprintf("%s would be the name of %d buildings, expected {id} in it", quoted(text), len(names)))
			}
		}
	}
	var list []desk.Building
	for _, id := range names {
		b := desk.Building{ID: id, Label: filled(label, id), Note: filled(note, id), Floors: floors, Areas: areas}
		for _, alias := range aliases {
			b.Aliases = append(b.Aliases, strings.ReplaceAll(alias, "{id}", id))
		}
		list = append(list, b)
	}
	return list
}

// floors reads one entry, which may stand for several floors that are alike.
func (c *checker) floors(item value, seen ids) []desk.Floor {
	sec := c.section(item, "ids", "rooms", "areas")
	names := sec.need("ids").names()
	var rooms []string
	if v := sec.get("rooms"); !v.missing() {
		rooms = v.names()
	}
	areas := c.areas(sec.get("areas"))
	var list []desk.Floor
	for _, id := range names {
		seen.take(sec.get("ids"), desk.Fold(id))
		list = append(list, desk.Floor{ID: id, Rooms: rooms, Areas: areas})
	}
	return list
}

// areas reads the public parts and the equipment of the site, a building or a floor.
func (c *checker) areas(v value) []desk.Area {
	if v.missing() {
		return nil
	}
	var list []desk.Area
	seen := ids{}
	for _, item := range v.list("a list of areas") {
		sec := c.section(item, "id", "label", "aliases", "retired")
		a := desk.Area{Aliases: sec.get("aliases").texts("names"), Retired: sec.get("retired").yes()}
		a.ID = read(sec.need("id"), "letters, digits and inner hyphens such as lift-b, and not floor", "", func(s string) (string, bool) {
			return s, areaForm.MatchString(s) && desk.Fold(s) != "floor"
		})
		seen.take(sec.get("id"), desk.Fold(a.ID))
		a.Label = sec.need("label").label(0)
		list = append(list, a)
	}
	return list
}

// texts lists a label's texts, in a fixed order.
func texts(l desk.Label) []string {
	var list []string
	for _, text := range l {
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

// filled puts a building's id into its label.
func filled(l desk.Label, id string) desk.Label {
	if l == nil {
		return nil
	}
	out := desk.Label{}
	for lang, text := range l {
		out[lang] = strings.ReplaceAll(text, "{id}", id)
	}
	return out
}
