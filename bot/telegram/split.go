package telegram

import (
	"strings"
	"unicode"
)

// textLength counts as Telegram does, in UTF-16 units.
func textLength(s string) int {
	n := 0
	for _, r := range s {
		n += utf16Width(r)
	}
	return n
}

// cutText takes at most limit UTF-16 units; what is cut ends with an ellipsis.
func cutText(s string, limit int) string {
	if textLength(s) <= limit {
		return s
	}
	return s[:prefixWithin(s, limit-1)] + "…"
}

// splitText cuts a text into parts of at most limit UTF-16 units, at a blank
// line, a line, the end of a sentence or a space, in this order, if there is one
// in the second half of the part.
func splitText(s string, limit int) []string {
	var parts []string
	for textLength(s) > limit {
		cut := prefixWithin(s, limit)
		at := cut
		for _, sep := range []string{"\n\n", "\n", "。", ". ", " "} {
			if i := strings.LastIndex(s[:cut], sep); i >= cut/2 {
				at = i + len(sep)
				break
			}
		}
		// A part of spaces alone would be refused.
		if part := strings.TrimRightFunc(s[:at], unicode.IsSpace); part != "" {
			parts = append(parts, part)
		}
		s = strings.TrimLeftFunc(s[at:], unicode.IsSpace)
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}

// prefixWithin is the number of bytes of the longest prefix of whole characters
// that has at most limit UTF-16 units.
func prefixWithin(s string, limit int) int {
	units := 0
	for i, r := range s {
		units += utf16Width(r)
		if units > limit {
			return i
		}
	}
	return len(s)
}
