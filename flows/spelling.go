package flows

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// spelling brings what people write to what they mean.
type spelling struct {
	simple map[rune]rune
	same   *strings.Replacer
	also   map[string]string
}

func newSpelling(set examples.Set) spelling {
	var pairs []string
	for _, wrong := range slices.SortedFunc(maps.Keys(set.Same), func(a, b string) int {
		return cmp.Or(len(b)-len(a), cmp.Compare(a, b))
	}) {
		pairs = append(pairs, wrong, set.Same[wrong])
	}
	return spelling{simple: set.Simple, same: strings.NewReplacer(pairs...), also: set.Also}
}

// simplified writes a text in simplified signs. Every sign keeps its place, and
// its length in bytes.
func (s spelling) simplified(text string) string {
	return strings.Map(func(r rune) rune {
		if simple, ok := s.simple[r]; ok {
			return simple
		}
		return r
	}, text)
}

// fold is a text as it is understood: folded, simplified, well spelt. Every rune
// keeps its place, so that what is found can be cut out of the original.
func (s spelling) fold(text string) string { return s.same.Replace(s.simplified(desk.Fold(text))) }
