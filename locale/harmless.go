package locale

import (
	"strings"
	"unicode"
)

// The characters that set the direction of the text after them. Embeddings and isolates are closed where their line ends, because an open one would turn the words of the desk around; overrides are left out, because their only use in a name is to make it read as another.
const (
	lre, rle, pdf, lro, rlo = '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'
	lri, rli, fsi, pdi      = '\u2066', '\u2067', '\u2068', '\u2069'
)

// Harmless returns words that somebody wrote so that they cannot spoil the words around them: without control characters, with valid UTF-8, and with every direction closed that they open. Line breaks and tabs stay.
func Harmless(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.IndexFunc(s, suspect) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	var open []rune // the closers that are owed, the innermost last
	settle := func() {
		for len(open) > 0 {
			b.WriteRune(open[len(open)-1])
			open = open[:len(open)-1]
		}
	}
	for _, r := range s {
		switch r {
		case '\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f':
			settle()
			b.WriteByte('\n')
		case '\t':
			b.WriteByte('\t')
		case lre, rle:
			open = append(open, pdf)
			b.WriteRune(r)
		case lri, rli, fsi:
			open = append(open, pdi)
			b.WriteRune(r)
		case pdf, pdi:
			// Only the innermost is closed: a closer without an opener would close what the desk itself had opened.
			if len(open) > 0 && open[len(open)-1] == r {
				open = open[:len(open)-1]
				b.WriteRune(r)
			}
		case lro, rlo:
		default:
			if !unicode.IsControl(r) {
				b.WriteRune(r)
			}
		}
	}
	settle()
	return b.String()
}

// suspect says whether a character needs a closer look.
func suspect(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || lre <= r && r <= rlo || lri <= r && r <= pdi
}
