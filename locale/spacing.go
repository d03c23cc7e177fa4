package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// join puts a stretch of a text behind what is there. Chinese is set with a
// space beside digits and Latin letters and with none between characters, and
// only the value decides which it is: "争取 {done} 前" is "争取 14:00 前" and
// "争取明天 14:00 前". So a template has the space, and it goes where both sides
// are Chinese. What people wrote is not touched: only the seam is.
func join(text, more string) string {
	if before, ok := strings.CutSuffix(text, " "); ok && han(lastRune(before)) && han(firstRune(more)) {
		text = before
	}
	if after, ok := strings.CutPrefix(more, " "); ok && han(lastRune(text)) && han(firstRune(after)) {
		more = after
	}
	return text + more
}

func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// han leaves out the signs that English has too: after a colon it has a space,
// also before a Chinese name.
func han(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("。、「」【】", r)
}
