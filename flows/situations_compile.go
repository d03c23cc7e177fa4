package flows

import (
	"maps"
	"slices"
	"strings"

	"frontdesk/flows/examples"
)

// compileSituations makes ready what was read: the gravest kind comes first.
func compileSituations(set examples.Set) situations {
	var s situations
	numbers, at := map[string]int{}, map[string]int{}
	for i, role := range slices.Sorted(maps.Keys(set.Roles)) {
		numbers[role] = i
		name := ""
		if slices.Contains(set.States, role) {
			name = role
		}
		s.roles = append(s.roles, name)
	}
	for _, role := range slices.Sorted(maps.Keys(set.Roles)) {
		for _, text := range set.Roles[role] {
			text = alike(text)
			i, known := at[text]
			if !known {
				i = len(s.words)
				at[text] = i
				s.words = append(s.words, roleWord{text: text})
			}
			to := &s.words[i].roles
			if slices.Contains(set.States, role) && !negative(text) {
				to = &s.words[i].deniable
			}
			if !slices.Contains(*to, numbers[role]) {
				*to = append(*to, numbers[role])
			}
		}
	}
	for _, text := range set.Inert {
		s.words = append(s.words, roleWord{text: alike(text), inert: true})
	}
	s.at = map[opening][]int{}
	for i, w := range s.words {
		begins := openingOf(w.text)
		s.at[begins] = append(s.at[begins], i)
	}
	for _, from := range set.Situations {
		to := situation{kind: from.Kind, doubtful: from.Doubtful}
		for _, p := range from.Parts {
			part := situationPart{after: p.After, absent: p.Absent}
			for _, role := range p.Roles {
				part.roles = append(part.roles, numbers[role])
			}
			to.parts = append(to.parts, part)
		}
		s.list = append(s.list, to)
	}
	slices.SortStableFunc(s.list, func(a, b situation) int {
		return slices.Index(examples.Dangers, a.kind) - slices.Index(examples.Dangers, b.kind)
	})
	return s
}

// negative tells whether a word denies something itself.
func negative(word string) bool {
	return slices.ContainsFunc([]string{"not ", "cant ", "no ", "nobody ", "never ", "没", "不"}, func(no string) bool { return strings.HasPrefix(word, no) })
}
