package desk

// door reads the number of a room at i: 502, 五零二, 502a. Letters may follow only
// if they are part of the number, or if the number without them is one of the
// site's (3-502wifi).
func (p *Places) door(f folded, i int) (number string, end int) {
	number, end = f.number(i)
	if number == "" || len(number) > 5 {
		return "", i
	}
	next := f.rune(end)
	if !letter(next) {
		return number, end
	}
	if lettered := number + string(next); !latin(f.rune(end+1)) && (p.numbers[lettered] || p.numbers[trimZeros(lettered)]) {
		return lettered, end + 1
	}
	if len(number) >= 3 && p.numbers[number] && letter(f.rune(end+1)) {
		return number, end
	}
	return "", i
}

// numbered reads a building and a room with a sign between: 3-502, 3#502, A3-502,
// A502, 3-5-502. Dates, phone numbers, ranges and ticket numbers look alike;
// those are skipped whole.
func (p *Places) numbered(f folded, i int) (mention, int) {
	tag, end := f.tag(i)
	if tag == "" || f.midway(i) {
		return mention{}, i
	}
	h := p.call(tag)
	if !isNumber(tag) && len(tag) <= 10 {
		if m, ok := p.glued(tag, end); ok {
			return m, end
		}
	}
	sign := f.spaces(end)
	switch f.rune(sign) {
	case '-', '#', '/', '_', '号':
	default:
		return mention{}, i
	}
	if f.rune(sign) == '号' && f.rune(i-1) == '月' {
		return mention{}, i
	}
	loose := f.rune(sign) == '-' || f.rune(sign) == '#'
	for f.rune(sign) == '-' && f.rune(sign+1) == '-' {
		sign++ // a Chinese dash is two
	}
	from := f.spaces(sign + 1)
	number, after := p.door(f, from)
	if number == "" {
		return mention{}, i
	}
	if end := f.chain(after, len(number)); end > after {
		return p.chained(f, h, tag, number, after, end)
	}
	m := mention{end: after, building: true, house: h, said: tag, room: number}
	short, exact := len(number) < 3, h.room(number) != nil
	switch {
	case exact && !short, exact && loose && !f.counts(after):
		return m, after
	case !loose || short || len(number) > 4 || f.counts(after):
	case h != nil && len(tag) <= 3, h == nil && p.numbers[number] && unknownTag(tag):
		return m, after
	}
	if f.rune(sign) == '号' {
		// 5号 may still be followed by something else: 5号502室 is read by its parts.
		return mention{}, i
	}
	return mention{}, after
}

// glued reads A502 and A3502, where nothing stands between.
func (p *Places) glued(tag string, end int) (mention, bool) {
	for k := len(tag) - 1; k > 0; k-- {
		if h := p.called[tag[:k]]; h != nil && !isNumber(tag[:k]) && len(tag)-k >= 3 && h.room(tag[k:]) != nil {
			return mention{end: end, building: true, house: h, said: tag[:k], room: tag[k:]}, true
		}
	}
	return mention{}, false
}

// unknownTag says whether a tag looks like a building although the site has none
// of the name: 9, 13, C9.
func unknownTag(tag string) bool {
	if len(tag) > 1 && letter(rune(tag[0])) {
		tag = tag[1:]
	}
	return isNumber(tag) && len(tag) <= 2
}

// chain returns where a row of numbers with signs between, which goes on at i,
// ends; i if it does not. After a short number a point or a colon goes on as well
// (8.30, 10:15).
func (f folded) chain(i, digits int) int {
	for {
		switch f.rune(i) {
		case '-', '/':
		case '.', ':':
			if digits >= 3 {
				return i
			}
		default:
			return i
		}
		if !digit(f.rune(i + 1)) {
			return i
		}
		for i++; latin(f.rune(i)); i++ {
		}
	}
}

// chained reads building-floor-room (3-5-502, 3-5-02) and a room with a bed
// (3-502-1); any other row of numbers from i up to end is skipped.
func (p *Places) chained(f folded, h *house, tag, second string, i, end int) (mention, int) {
	m := mention{end: end, building: true, house: h, said: tag}
	third, stop := f.number(i + 1)
	if h == nil || f.rune(i) != '-' || stop != end {
		return mention{}, end
	}
	if l := h.floorCalled(second); l != nil {
		if room := h.room(third); len(third) >= 3 && room != nil && room.Floor == l.ID {
			m.room = third
			return m, end
		}
		if room := h.room(second + third); len(third) == 2 && room != nil && room.Floor == l.ID {
			m.room = second + third
			return m, end
		}
	}
	if len(second) >= 3 && len(third) <= 2 && h.room(second) != nil {
		m.room, m.end = second, i
		return m, end
	}
	return mention{}, end
}

// roomOf reads a room: 502室, 1203 房间, 宿舍502, room 502, rm. 502, and a bare 502,
// which is weak.
func (p *Places) roomOf(f folded, i int) (mention, int) {
	from := f.keyword(i, roomWords)
	if from < 0 {
		from = f.keyword(i, buildingRunes)
	}
	if from < 0 {
		from = f.oneOf(i, roomPrefixes)
	}
	strong := from > 0
	if strong {
		from = f.afterMark(from)
		if m, _ := p.numbered(f, from); m.end > 0 {
			return mention{}, i // room 3-502 is read from its number on
		}
	} else {
		from = i
		_, inside := numerals[f.rune(i-1)]
		if latin(f.rune(i-1)) || inside || f.midway(i) {
			return mention{}, i
		}
	}
	number, end := p.door(f, from)
	if number == "" {
		return mention{}, i
	}
	known := p.numbers[number] || p.numbers[trimZeros(number)]
	after := f.oneOf(f.spaces(end), roomSuffixes)
	if after > 0 {
		strong = true
	} else if chain := f.chain(end, len(number)); chain > end {
		return mention{}, chain
	}
	amount := after < 0 && f.counts(end)
	switch {
	case amount && (len(number) < 3 || !known):
		return mention{}, i
	case len(number) >= 3, known && (strong || latin(f.rune(from))):
	case strong && len(number) == 2:
		// 3楼02室: within a floor two digits are enough, elsewhere they are not.
		strong = false
	default:
		return mention{}, i
	}
	return mention{end: max(end, after), room: number, weak: !strong, amount: amount}, max(end, after)
}

// room returns a room by its number, with or without leading zeros; nil if there
// is none, or no building.
func (h *house) room(number string) *Place {
	if h == nil {
		return nil
	}
	if room := h.rooms[number]; room != nil {
		return room
	}
	return h.rooms[trimZeros(number)]
}

// floorCalled returns a floor by what people call it, with or without leading
// zeros.
func (h *house) floorCalled(floor string) *level {
	if l := h.level(floor); l != nil {
		return l
	}
	return h.level(trimZeros(floor))
}
