package desk

import (
	"slices"
	"strconv"
	"strings"
)

// name is something that people call a building or areas.
type name struct {
	text  string
	runes []rune
	house *house
	// areas bear the name; stems are those for which it lacks a letter or number:
	// 电梯 for B电梯.
	areas, stems []*Place
}

// name returns the entry for a folded text, which it makes if need be.
func (m *placeMaker) name(text string) *name {
	runes := []rune(text)
	for _, n := range m.names[runes[0]] {
		if n.text == text {
			return n
		}
	}
	n := &name{text: text, runes: runes}
	m.names[runes[0]] = append(m.names[runes[0]], n)
	return n
}

// sortNames puts longer names first, so that they win over those they begin with.
func (m *placeMaker) sortNames() {
	for _, list := range m.names {
		slices.SortStableFunc(list, func(a, b *name) int { return len(b.runes) - len(a.runes) })
	}
}

// foldName folds a name and makes its spaces single.
func foldName(s string) string { return strings.Join(strings.Fields(Fold(s)), " ") }

// nameBuildings learns what the buildings are called. Ids come before the names
// that follow from labels, and what the site wrote before what is derived from
// it.
func (m *placeMaker) nameBuildings() {
	for _, h := range m.order {
		m.called[Fold(h.ID)] = h
	}
	for _, h := range m.order {
		for _, text := range h.said() {
			if short := buildingTag(text); short != "" {
				m.callTag(short, h)
				continue
			}
			n := m.name(text)
			if n.house != nil && n.house != h {
				m.fail("buildings %s and %s are both called %q: want names that differ", n.house.ID, h.ID, text)
			}
			n.house = h
		}
	}
	for _, h := range m.order {
		for _, text := range h.said() {
			for _, variant := range buildingVariants(text) {
				if n := m.name(variant); n.house == nil {
					n.house = h
				}
			}
		}
	}
}

// callTag lets a building be called by a bare number or letter. Two buildings
// with the same one is an error, unless it is the id of the other.
func (m *placeMaker) callTag(tag string, h *house) {
	other := m.called[tag]
	switch {
	case other == nil:
		m.called[tag] = h
	case other != h && Fold(other.ID) != tag:
		m.fail("buildings %s and %s are both called %q: want names that differ", other.ID, h.ID, tag)
	}
}

// said lists what the site calls the building, folded, each once.
func (h *house) said() []string {
	var list []string
	for _, text := range h.Aliases {
		list = append(list, foldName(text))
	}
	for _, text := range h.Label {
		list = append(list, foldName(text))
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// buildingTag returns the number or letter of a name that consists of nothing
// else but a usual word for a building: 3 of "3号楼" and "block 3". Such names are
// understood by grammar, in all their forms.
func buildingTag(text string) string {
	f := foldText(text)
	for _, word := range buildingWords {
		if rest, ok := strings.CutPrefix(text, word+" "); ok && isWord(rest, false) && len(rest) <= 4 {
			return rest
		}
	}
	tag, end := f.tag(0)
	if tag == "" || len(tag) > 4 {
		return ""
	}
	tag = trimZeros(tag)
	if end == len(f.runes) {
		return tag
	}
	if suffix := f.oneOf(end, buildingSuffixes); suffix == len(f.runes) {
		return tag
	}
	if suffix := f.oneOf(end, letteredSuffixes); !isNumber(tag) && suffix == len(f.runes) {
		return tag
	}
	return ""
}

// buildingVariants returns the other ways to say a name with a number inside:
// 紫荆三栋 for 紫荆3号楼.
func buildingVariants(text string) []string {
	f := foldText(text)
	for i := 1; i < len(f.runes); i++ {
		digits, end := f.number(i)
		if digits == "" {
			continue
		}
		head, tail := string(f.runes[:i]), string(f.runes[end:])
		n, err := strconv.Atoi(digits)
		if err != nil {
			return nil
		}
		tails := []string{tail}
		for _, suffix := range variantSuffixes {
			if rest, ok := strings.CutPrefix(tail, suffix); ok {
				for _, other := range variantSuffixes {
					tails = append(tails, other+rest)
				}
				break
			}
		}
		var list []string
		for _, tail := range tails {
			list = append(list, head+strconv.Itoa(n)+tail, head+chinese(n)+tail)
		}
		return list
	}
	return nil
}

// nameArea learns what an area is called: its label and aliases, its id in words,
// and the same with a letter or number on the other side (电梯B for B电梯).
func (m *placeMaker) nameArea(p *Place, a Area) {
	texts := append([]string{}, a.Aliases...)
	for _, text := range a.Label {
		texts = append(texts, text)
	}
	if len(a.ID) >= 4 {
		texts = append(texts, strings.ReplaceAll(a.ID, "-", " "))
	}
	for _, text := range texts {
		text = foldName(text)
		if runes := []rune(text); len(runes) == 0 || len(runes) == 1 && latin(runes[0]) || isNumber(text) {
			continue
		}
		m.call(text, p, false)
		stem, tag := splitTag(text)
		if tag == "" {
			continue
		}
		m.call(stem, p, true)
		if latin([]rune(stem)[0]) {
			m.call(tag+" "+stem, p, false)
			m.call(stem+" "+tag, p, false)
			continue
		}
		for _, variant := range []string{tag + stem, stem + tag, tag + "号" + stem, tag + " " + stem, stem + " " + tag} {
			m.call(variant, p, false)
		}
		if n, err := strconv.Atoi(tag); err == nil {
			m.call(chinese(n)+"号"+stem, p, false)
		}
	}
}

func (m *placeMaker) call(text string, p *Place, stem bool) {
	n := m.name(text)
	list := &n.areas
	if stem {
		list = &n.stems
	}
	if !slices.Contains(*list, p) {
		*list = append(*list, p)
	}
}

// splitTag takes a single letter or a number off either end of a name: "b电梯" and
// "lift b" give the stem and "b".
func splitTag(text string) (stem, tag string) {
	runes := []rune(text)
	head := 0
	for head < len(runes) && latin(runes[head]) {
		head++
	}
	tail := len(runes)
	for tail > 0 && latin(runes[tail-1]) {
		tail--
	}
	isTag := func(r []rune) bool { return len(r) == 1 || len(r) == 2 && isNumber(string(r)) }
	switch {
	case isTag(runes[:head]):
		stem, tag = string(runes[head:]), string(runes[:head])
	case isTag(runes[tail:]):
		stem, tag = string(runes[:tail]), string(runes[tail:])
	}
	stem = strings.TrimSpace(strings.TrimPrefix(strings.Trim(stem, " -"), "号"))
	if len([]rune(stem)) < 2 {
		return "", ""
	}
	return stem, tag
}
