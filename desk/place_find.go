package desk

import "slices"

// Find looks for a place in what somebody wrote, wherever it stands:
// 水龙头漏水,3栋502,随时可以进. It understands the site's own names, the usual words for
// buildings, floors and rooms in Chinese and English, numbers in digits and in
// Chinese, and full-width signs. Of several places the most exact one counts,
// then the first. Numbers that are not places (dates, phones, amounts, ticket
// numbers) are left alone.
func (p *Places) Find(text string) Found {
	if p == nil {
		return Found{}
	}
	var home *house
	if len(p.order) == 1 {
		home = p.order[0]
	}
	return p.find(text, home)
}

// FindIn is Find for an answer given after a building was chosen: "502" and
// "五楼走廊" are then understood as being there. A text that names another building
// is still heard.
func (p *Places) FindIn(building, text string) Found {
	if h := p.house(building); h != nil {
		return p.find(text, h)
	}
	return p.Find(text)
}

func (p *Places) find(text string, home *house) Found {
	f := foldText(text)
	if found, ok := p.findWhole(f, home); ok {
		return found
	}
	best, bestScore := Found{}, 0
	for _, g := range groups(f, p.mentions(f)) {
		found, score := p.resolve(&g, home)
		if score > bestScore {
			best, bestScore = found, score
			best.Start, best.End = f.at[g.start], f.at[g.end]
		}
	}
	return best
}

// findWhole understands what is a place only if nothing else was written: an id,
// "3 502", "3502", "502" and "A3".
func (p *Places) findWhole(f folded, home *house) (Found, bool) {
	from, to := f.spaces(0), len(f.runes)
	for to > from && (f.runes[to-1] == ' ' || f.runes[to-1] == '。' || f.runes[to-1] == '.') {
		to--
	}
	if to-from > 40 || from == to {
		return Found{}, false
	}
	at := func(found Found) (Found, bool) {
		found.Start, found.End, found.Named = f.at[from], f.at[to], true
		return found, true
	}
	whole := string(f.runes[from:to])
	if place := p.ids[whole]; place != nil && (place.Area != "" || place.Room != "") && !p.retired(place) {
		return at(Found{Place: new(*place), Building: place.Building, Floor: place.Floor})
	}
	var g group
	g.start, g.end = from, to
	tag, end := f.tag(from)
	if h := p.called[tag]; end == to && h != nil && !isNumber(tag) {
		return at(Found{Building: h.ID})
	}
	if second := f.afterSign(end); second > end && tag != "" {
		number, end := p.door(f, second)
		if h := p.call(tag); end == to && len(number) >= 3 && len(number) <= 4 && (h != nil || isNumber(tag) && unknownTag(tag) && p.numbers[number]) {
			g.building, g.house, g.said, g.room = true, h, tag, number
			found, _ := p.resolve(&g, home)
			return at(found)
		}
	}
	number, end := p.door(f, from)
	if end != to || len(number) < 3 || len(number) > 6 {
		return Found{}, false
	}
	g.room = number
	found, score := p.resolve(&g, home)
	if score >= scoreNear {
		return at(found)
	}
	// 3502 may be 3-502, but so many figures are worth a question.
	for k := 1; k < len(number)-2 && isNumber(number); k++ {
		if room := p.called[number[:k]].room(number[k:]); room != nil {
			found.Suggestions = append(found.Suggestions, *room)
		}
	}
	if len(found.Suggestions) > 0 {
		return at(Found{Suggestions: found.Suggestions[:min(3, len(found.Suggestions))]})
	}
	return Found{}, false
}

// afterSign returns where the number after spaces or one separating sign begins,
// or i if there is none.
func (f folded) afterSign(i int) int {
	at := f.spaces(i)
	switch f.rune(at) {
	case ',', '.', '/', '_', ':', '-', '#':
		at = f.spaces(at + 1)
	}
	return at
}

func (p *Places) retired(place *Place) bool {
	list := p.areas
	if place.Room != "" {
		return false
	}
	if place.Building != "" {
		list = p.Areas(place.Building, place.Floor)
	}
	return !slices.ContainsFunc(list, func(q Place) bool { return q.ID == place.ID })
}

// group is what the mentions that stand together say of one place.
type group struct {
	mention
	weakBuilding, weakRoom, weakFloor bool
	// before says that the room was said before its building.
	before bool
	parts  []mention
}

// groups puts mentions together that have nothing but joints between and do not
// say the same thing twice. A room and an area are never one place, so that
// 3栋502卫生间 keeps its bathroom in the description.
func groups(f folded, list []mention) []group {
	var all []group
	for _, m := range list {
		if n := len(all) - 1; n >= 0 && all[n].takes(m) && f.joined(all[n].end, m.start) {
			all[n].take(m)
			continue
		}
		g := group{}
		g.start = m.start
		g.take(m)
		all = append(all, g)
	}
	return all
}

func (g *group) takes(m mention) bool {
	if g.building && g.room != "" {
		return false // it is complete: 3栋502,5楼厕所
	}
	return !(g.building && m.building || g.floor != "" && m.floor != "" || g.place() && m.place())
}

func (m mention) place() bool { return m.room != "" || m.area != nil }

func (g *group) take(m mention) {
	g.end = m.end
	g.parts = append(g.parts, m)
	if m.building {
		g.before = g.room != ""
		g.building, g.house, g.said, g.weakBuilding = true, m.house, m.said, m.weak
	}
	if m.floor != "" {
		g.floor, g.weakFloor = m.floor, m.weak
	}
	if m.room != "" {
		g.room, g.weakRoom, g.amount = m.room, m.weak && !m.building, m.amount
	}
	if m.area != nil {
		g.area = m.area
	}
}

// way keeps of a group only what leads to a place: the building and the
// floor. The words of the rest then stay in the description.
func (g *group) way() *group {
	way := &group{}
	for _, m := range g.parts {
		if m.place() {
			continue
		}
		if len(way.parts) == 0 {
			way.start = m.start
		}
		way.take(m)
	}
	return way
}

// joined says whether nothing but joints stands between two mentions.
func (f folded) joined(i, end int) bool {
	if end-i > 12 {
		return false
	}
	for i < end {
		switch f.rune(i) {
		case ' ', ',', '-', '#', '/', ':', '(', ')', '\'', '’':
			i++
			continue
		}
		if after := f.oneOf(i, joints); after > 0 {
			i = after
			continue
		}
		word, after := f.word(i)
		if !jointWords[word] {
			return false
		}
		i = after
	}
	return true
}

// upper says whether the rune at i was written as a capital ASCII letter.
func (f folded) upper(i int) bool {
	r := f.rune(i)
	return i < len(f.runes) && letter(r) && !(f.at[i] < len(f.source) && rune(f.source[f.at[i]]) == r)
}
