package desk

// mention is a part of a place that a text names between two of its runes: a
// building, a floor, a room, an area, or a building with its room (3-502).
type mention struct {
	start, end int

	building bool
	house    *house // nil if the site has no such building
	said     string // what the building was called

	floor string // folded
	room  string // folded, as it is written
	area  *name

	// weak marks what is a place only beside another part of one: a bare number,
	// A3 (which may be paper), 一栋楼.
	weak bool
	// amount marks a room's number with a word after it that counts: 502人 is a
	// room after 3栋, and an amount elsewhere.
	amount bool
}

// mentions reads a text from left to right. What is no part of a place is skipped
// a run at a time, so that no number is read from its middle.
func (p *Places) mentions(f folded) []mention {
	var list []mention
	for i := 0; i < len(f.runes); {
		m, end := p.mention(f, i)
		if end > i {
			if m.end > 0 {
				m.start = i
				list = append(list, m)
			}
			i = end
			continue
		}
		switch _, numeral := numerals[f.runes[i]]; {
		case latin(f.runes[i]):
			for latin(f.rune(i)) {
				i++
			}
		case numeral:
			for numeral && i < len(f.runes) {
				i++
				_, numeral = numerals[f.rune(i)]
			}
		default:
			i++
		}
	}
	return list
}

// mention reads what begins at i, and where to go on; a mention without an end is
// to be skipped.
func (p *Places) mention(f folded, i int) (mention, int) {
	if f.rune(i) == ' ' {
		return mention{}, i
	}
	for _, read := range []func(folded, int) (mention, int){p.numbered, p.named, p.building, p.floorOf, p.roomOf} {
		if m, end := read(f, i); end > i {
			return m, end
		}
	}
	return mention{}, i
}

// named reads a name of the site's own.
func (p *Places) named(f folded, i int) (mention, int) {
	for _, n := range p.names[f.rune(i)] {
		if end, ok := f.has(i, n.runes); ok {
			if n.house != nil {
				return mention{end: end, building: true, house: n.house, said: n.text}, end
			}
			return mention{end: end, area: n}, end
		}
	}
	return mention{}, i
}

// call returns the building that is called so: 3, 03, A3, or B3 for building 3 if
// there is no B3.
func (p *Places) call(tag string) *house {
	if h := p.called[tag]; h != nil {
		return h
	}
	if h := p.called[trimZeros(tag)]; h != nil {
		return h
	}
	if len(tag) > 1 && tag[0] == 'b' && isNumber(tag[1:]) {
		return p.called[trimZeros(tag[1:])]
	}
	return nil
}

// building reads a building: 3号楼, 第三栋, A座, building 3, bldg. no. 3, no. 3
// building, and A3 if the site has it.
func (p *Places) building(f folded, i int) (mention, int) {
	if end := f.keyword(i, buildingRunes); end > 0 {
		return p.buildingAfter(f, i, end)
	}
	from := i
	if f.rune(i) == '第' {
		from++
	}
	tag, end := f.tag(from)
	if tag == "" || len(tag) > 4 || f.midway(from) {
		return mention{}, i
	}
	m := mention{building: true, house: p.call(tag), said: tag}
	gap := f.spaces(end)
	if after := f.oneOf(gap, buildingSuffixes); after > 0 {
		if f.rune(gap) != '号' && f.oneOf(i-1, counted) > 0 {
			return mention{}, i
		}
		last, first := f.rune(after-1), f.rune(from)
		m.weak = first == '两' || first == '一' && last == '楼' && f.rune(after-2) != '号' || m.house == nil && last == '座'
		m.end = after
		return m, after
	}
	if isNumber(tag) {
		if after := f.keyword(gap, buildingRunes); after > 0 && m.house != nil && !digit(f.rune(f.spaces(after))) {
			m.end = after
			return m, after
		}
		return mention{}, i
	}
	if p.called[tag] != nil {
		if after := f.oneOf(end, letteredSuffixes); after > 0 {
			m.end = after
			return m, after
		}
	}
	if p.called[tag] == nil && f.oneOf(gap, floorSuffixes) > 0 {
		return mention{}, i // B1层 is a basement, unless the site has a building B1
	}
	if m.house != nil && len(tag) > 1 && end == from+len(tag) {
		m.weak, m.end = true, end
		return m, end
	}
	return mention{}, i
}

// buildingAfter reads the number or letter after a word for a building that
// stands from i to at.
func (p *Places) buildingAfter(f folded, i, at int) (mention, int) {
	from := f.afterMark(at)
	tag, end := f.tag(from)
	if from == at {
		// bldg3: the digits go on from the word.
		tag, end = f.number(at)
	}
	if number := spoken[tag]; number != "" {
		tag = number
	}
	if tag == "" || len(tag) > 4 || f.counts(end) {
		return mention{}, i
	}
	h := p.call(tag)
	if h == nil && (!isNumber(tag) || len(tag) > 2) {
		return mention{}, i
	}
	// The article after "the building" is not building A.
	if tag == "a" && !f.upper(from) && letter(f.rune(f.spaces(end))) {
		return mention{}, i
	}
	return mention{end: end, building: true, house: h, said: tag}, end
}

// floorOf reads a floor: 5楼, 第五层, 5F, floor 5, 5th floor, B1层, 负一楼.
func (p *Places) floorOf(f folded, i int) (mention, int) {
	if at := f.keyword(i, floorWords); at > 0 {
		tag, end := f.tag(f.afterMark(at))
		if number := spoken[tag]; number != "" {
			tag = number
		}
		if !isFloor(tag) || f.counts(end) {
			return mention{}, i
		}
		return mention{end: end, floor: trimZeros(tag)}, end
	}
	from, below := i, ""
	if after := f.oneOf(i, floorPrefixes); after > 0 {
		if f.rune(i) != '第' {
			below = "b"
		}
		from = after
	}
	tag, end := f.tag(from)
	if tag == "" || f.midway(from) || f.rune(from) == '两' {
		return mention{}, i
	}
	gap := f.spaces(end)
	if after := f.oneOf(gap, floorSuffixes); after > 0 && isFloor(tag) {
		// 一层灰 is dust; 一楼 is hardly ever anything but a floor.
		weak := f.rune(after-1) == '层' && !latin(f.rune(from))
		return mention{end: after, floor: below + trimZeros(tag), weak: weak}, after
	}
	number := spoken[tag]
	switch last := len(tag) - 1; {
	case last >= 1 && last <= 2 && tag[last] == 'f' && isNumber(tag[:last]):
		return mention{end: end, floor: trimZeros(tag[:last])}, end
	case last >= 2 && last <= 3 && isNumber(tag[:last-1]) && ordinals[tag[last-1:]]:
		number = tag[:last-1]
	case last <= 1 && isNumber(tag):
		number = tag
	}
	if after := f.keyword(gap, floorWords); number != "" && after > 0 && !digit(f.rune(f.spaces(after))) {
		return mention{end: after, floor: trimZeros(number)}, after
	}
	return mention{}, i
}

// isFloor says whether a tag can be a floor: at most two digits, or B1.
func isFloor(tag string) bool {
	if len(tag) > 1 && tag[0] == 'b' {
		tag = tag[1:]
	}
	return isNumber(tag) && len(tag) <= 2
}
