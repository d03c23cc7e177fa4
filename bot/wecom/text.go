package wecom

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the most bytes of a text message. What is beyond is cut without a
// word.
// https://developer.work.weixin.qq.com/document/path/90236
const MaxText = 2048

// cleanText makes words acceptable: valid UTF-8 without NUL, and not only of
// spaces.
func cleanText(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// breaks are the places where a text is best cut, the best first.
var breaks = []string{"\n\n", "\n", "。", ". ", "；", ";", "，", ",", " "}

// splitBytes cuts a text into parts of at most limit bytes, between lines if it
// can, never within a character.
func splitBytes(s string, limit int) []string {
	var parts []string
	for len(s) > limit {
		cut := limit
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		at := bestBreak(s[:cut], cut/2)
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

// bestBreak is where s is best cut, in bytes: behind the last of the best breaks
// that is not before least, or else its end.
func bestBreak(s string, least int) int {
	for _, sep := range breaks {
		if i := strings.LastIndex(s, sep); i >= 0 && i+len(sep) > least {
			return i + len(sep)
		}
	}
	return len(s)
}

// runes counts characters.
func runes(s string) int { return utf8.RuneCountInString(s) }

// firstRunes is the longest prefix of at most n characters.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// shorten takes at most n characters; what is cut ends with an ellipsis.
func shorten(s string, n int) string {
	if runes(s) <= n {
		return s
	}
	return firstRunes(s, n-1) + "…"
}
