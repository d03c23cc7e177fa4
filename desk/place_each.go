package desk

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// placesRange is how many floors or buildings "2-4层" may stand for.
const placesRange = 40

// Each reads all places that a text names, whole buildings and floors too, in their
// order: 1号楼、2号楼; 3号楼 2-4层; floors 2 and 3 of building 5. A floor or a room
// without a building is in the one named before, or else in the next. What another
// one covers is left out. unknown is the first thing named that the site has not.
func (p *Places) Each(text string) (ids []string, unknown string) {
	if p == nil {
		return nil, ""
	}
	var home *house
	if len(p.order) == 1 {
		home = p.order[0]
	}
	parts := listSigns.Split(spelledOut(text), -1)
	for n, part := range parts {
		f := foldText(part)
		for _, g := range groups(f, p.mentions(f)) {
			switch {
			case g.building:
				home = g.house
			case home == nil:
				home = p.nextHouse(parts[n:])
			}
			found, score := p.resolve(&g, home)
			id := p.whole(found)
			if g.floor != "" && !g.place() && home.floorCalled(g.floor) == nil {
				id, score = "", max(score, scoreHint)
			}
			switch {
			case score == 0:
			case id != "":
				ids = append(ids, id)
			case unknown == "":
				unknown = part[f.at[g.start]:f.at[g.end]]
			}
		}
	}
	return p.uncovered(ids), unknown
}

// nextHouse is the first building that is named.
func (p *Places) nextHouse(parts []string) *house {
	for _, part := range parts {
		f := foldText(part)
		for _, m := range p.mentions(f) {
			if m.house != nil {
				return m.house
			}
		}
	}
	return nil
}

// whole is the id of what was understood: the place, or else the floor or building.
func (p *Places) whole(found Found) string {
	switch {
	case found.Place != nil:
		return found.Place.ID
	case len(found.Suggestions) > 0 || found.Building == "":
		return ""
	case found.Floor == "":
		return found.Building
	}
	if floor, ok := p.Get(found.Building + "-" + found.Floor + "-" + floorWord); ok {
		return floor.ID
	}
	return ""
}

// uncovered leaves out what comes twice, and what is in another one.
func (p *Places) uncovered(ids []string) []string {
	var list []string
	for n, id := range ids {
		covered := slices.Contains(ids[:n], id) || slices.ContainsFunc(ids, func(other string) bool {
			return other != id && covers(p, other, id)
		})
		if !covered {
			list = append(list, id)
		}
	}
	return list
}

// What stands for several: a range, and numbers that share one word.
var (
	rangeBefore  = regexp.MustCompile(`(?i)\b(floor|building)s?\s+(\d{1,2})\s*(?:-|–|—|~|to)\s*(\d{1,2})\b`)
	listBefore   = regexp.MustCompile(`(?i)\b(floor|building)s\s+(\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2})+)\b`)
	rangeAfter   = regexp.MustCompile(`(\d{1,2})\s*(?:-|–|—|~|至|到)\s*(\d{1,2})\s*(号楼|栋|幢|层)`)
	listAfter    = regexp.MustCompile(`(\d{1,2}(?:\s*[、,和及与]\s*\d{1,2})+)\s*(号楼|栋|幢|层)`)
	floorsOf     = regexp.MustCompile(`(?i)(floor \d+(?:、floor \d+)+)\s+(?:of|in)\s+(building\s+\w+)`)
	listSigns    = regexp.MustCompile(`[、,;\n]|\band\b|&`)
	wholeNumbers = regexp.MustCompile(`\d+`)
)

// spelledOut writes out what stands for several places: 2-4层 is 2层、3层、4层.
func spelledOut(text string) string {
	text = strings.Map(foldRune, text)
	text = rangeAfter.ReplaceAllStringFunc(text, func(s string) string {
		m := rangeAfter.FindStringSubmatch(s)
		return each(between(m[1], m[2]), "", m[3], s)
	})
	text = listAfter.ReplaceAllStringFunc(text, func(s string) string {
		m := listAfter.FindStringSubmatch(s)
		return each(wholeNumbers.FindAllString(m[1], -1), "", m[2], s)
	})
	text = rangeBefore.ReplaceAllStringFunc(text, func(s string) string {
		m := rangeBefore.FindStringSubmatch(s)
		return each(between(m[2], m[3]), m[1]+" ", "", s)
	})
	text = listBefore.ReplaceAllStringFunc(text, func(s string) string {
		m := listBefore.FindStringSubmatch(s)
		return each(wholeNumbers.FindAllString(m[2], -1), m[1]+" ", "", s)
	})
	return floorsOf.ReplaceAllStringFunc(text, func(s string) string {
		m := floorsOf.FindStringSubmatch(s)
		return each(strings.Split(m[1], "、"), m[2]+" ", "", s)
	})
}

func each(numbers []string, before, after, otherwise string) string {
	if len(numbers) == 0 {
		return otherwise
	}
	for i, n := range numbers {
		numbers[i] = before + n + after
	}
	return strings.Join(numbers, "、")
}

// between are the numbers from one to another; none if that is no range.
func between(from, to string) []string {
	a, _ := strconv.Atoi(from)
	b, _ := strconv.Atoi(to)
	var list []string
	for n := a; n <= b && b-a < placesRange; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}
