package desk

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns the text as it is compared: full-width letters, digits and signs
// as half-width ones, every kind of hyphen as "-", every space as " ", and all in
// lower case. Chinese stays as it is.
func Fold(s string) string {
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	case '！' <= r && r <= '～':
		return foldRune(r - '！' + '!')
	}
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣':
		return '-'
	case '、', '﹐':
		return ','
	case '﹟', '♯':
		return '#'
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	return unicode.ToLower(r)
}

// folded is a folded text that knows where each rune stood in the original.
type folded struct {
	source string
	runes  []rune
	// at[i] is the byte of the original at which runes[i] starts; one more gives
	// the end.
	at []int
}

func foldText(s string) folded {
	f := folded{source: s, runes: make([]rune, 0, len(s)), at: make([]int, 0, len(s)+1)}
	for i, r := range s {
		f.runes = append(f.runes, foldRune(r))
		f.at = append(f.at, i)
	}
	f.at = append(f.at, len(s))
	return f
}

// rune returns the rune at i, or 0 beyond either end.
func (f folded) rune(i int) rune {
	if i < 0 || i >= len(f.runes) {
		return 0
	}
	return f.runes[i]
}

// spaces returns the first place from i on that is no space.
func (f folded) spaces(i int) int {
	for f.rune(i) == ' ' {
		i++
	}
	return i
}

// has says whether the word stands at i, with an end of the word at each edge
// that is a letter or a digit. A space in the word matches one or more spaces or
// a hyphen.
func (f folded) has(i int, word []rune) (end int, ok bool) {
	if latin(word[0]) && latin(f.rune(i-1)) {
		return 0, false
	}
	for _, r := range word {
		if r == ' ' {
			if f.rune(i) != ' ' && f.rune(i) != '-' {
				return 0, false
			}
			i = f.spaces(i + 1)
			continue
		}
		if f.rune(i) != r {
			return 0, false
		}
		i++
	}
	if latin(word[len(word)-1]) && latin(f.rune(i)) {
		return 0, false
	}
	return i, true
}

func digit(r rune) bool  { return '0' <= r && r <= '9' }
func letter(r rune) bool { return 'a' <= r && r <= 'z' }
func latin(r rune) bool  { return digit(r) || letter(r) }

// numerals are the Chinese digits, and 两 as people say it.
var numerals = map[rune]int{'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// powers are the Chinese tens.
var powers = map[rune]int{'十': 10, '百': 100, '千': 1000}

// number reads the number at i, in digits (502) or in Chinese: as a row of digits
// (五零二) or counted (十二, 五百零二). It returns the digits, which keep leading zeros,
// and where the number ends; no digits when there is none.
func (f folded) number(i int) (digits string, end int) {
	end = i
	for digit(f.rune(end)) {
		end++
	}
	if end > i {
		return string(f.runes[i:end]), end
	}
	counted := false
	// More than nine are no number that the desk knows; the limit keeps a long row
	// of them cheap.
	for ; end < len(f.runes) && end-i <= 9; end++ {
		_, isPower := powers[f.runes[end]]
		if _, isDigit := numerals[f.runes[end]]; !isDigit && !isPower {
			break
		}
		counted = counted || isPower
	}
	if end == i || end-i > 9 {
		return "", i
	}
	if counted {
		n, ok := countChinese(f.runes[i:end])
		if !ok {
			return "", i
		}
		return strconv.Itoa(n), end
	}
	row := make([]byte, 0, end-i)
	for _, r := range f.runes[i:end] {
		row = append(row, byte('0'+numerals[r]))
	}
	return string(row), end
}

// countChinese reads a number below ten thousand that is counted in tens: 十二, 二十,
// 一百零三, 一千二百零三, and 五百二 as people say it for 520.
func countChinese(runes []rune) (n int, ok bool) {
	one, last, zero := -1, 10000, false
	for _, r := range runes {
		power, isPower := powers[r]
		switch {
		case !isPower && one > 0:
			// Only 零 may stand before another digit.
			return 0, false
		case !isPower:
			one, zero = numerals[r], zero || numerals[r] == 0
		case power >= last || one == 0 || one < 0 && power != 10:
			return 0, false
		default:
			n, last, one, zero = n+max(one, 1)*power, power, -1, false
		}
	}
	if one > 0 && !zero && last > 10 {
		one *= last / 10
	}
	return n + max(one, 0), true
}

// chinese writes a number up to 99 as people count it: 3 -> 三, 12 -> 十二, 20 ->
// 二十.
func chinese(n int) string {
	ones := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n == 0:
		return "零"
	case n < 10:
		return ones[n]
	case n < 20:
		return "十" + ones[n-10]
	}
	return ones[n/10] + "十" + ones[n%10]
}

// trimZeros takes leading zeros off: 03 -> 3.
func trimZeros(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return s
}
