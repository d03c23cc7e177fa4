package desk

import (
	"regexp"
	"strconv"
	"strings"
)

// spokenTime is a time of day as people write it, folded: 9:00, 上午9点, 下午三点半, 5pm.
var spokenTime = regexp.MustCompile(`(凌晨|今早|明早|早上|早晨|上午|中午|下午|傍晚|今晚|明晚|晚上|夜里)?\s*([0-9]{1,2}|[一二两三四五六七八九]|十[一二]?)\s*(?:[:点时]\s*([0-9]{2}|半|钟|整)?分?)?\s*([ap])?(?:\.?m\b\.?)?`)

var spokenHours = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

// ClockIn reads the last time of day in a text, and gives what is left of it, such as
// the day: 明天下午3点 is 15:00 and 明天. Without a half of the day an hour is meant as
// it stands.
func ClockIn(text string) (at ClockTime, rest string, ok bool) {
	folded := Fold(strings.TrimSpace(text))
	var found []int
	for _, m := range spokenTime.FindAllStringSubmatchIndex(folded, -1) {
		hour := folded[m[4]:m[5]]
		_, figure := strconv.Atoi(hour)
		// A word for a figure is an hour only with 点 behind it.
		if figure == nil || strings.ContainsAny(folded[m[5]:m[1]], ":点时") {
			found = m
		}
	}
	if found == nil {
		return 0, text, false
	}
	part := func(i int) string {
		if found[2*i] < 0 {
			return ""
		}
		return folded[found[2*i]:found[2*i+1]]
	}
	half, minutes := part(1), part(3)
	hour, figure := spokenHours[part(2)]
	if !figure {
		hour, _ = strconv.Atoi(part(2))
	}
	minute, _ := strconv.Atoi(minutes)
	if minutes == "半" {
		minute = 30
	}
	switch late := half == "下午" || half == "傍晚" || strings.HasSuffix(half, "晚") || half == "晚上" || part(4) == "p"; {
	case late && hour < 12, half == "中午" && hour < 3:
		hour += 12
	case hour == 12 && (part(4) == "a" || half == "凌晨" || half == "夜里"):
		hour = 0
	}
	day := ""
	switch {
	case strings.HasPrefix(half, "今"):
		day = "今天"
	case strings.HasPrefix(half, "明"):
		day = "明天"
	}
	rest = strings.TrimSpace(folded[:found[0]] + day + " " + folded[found[1]:])
	at = ClockTime(hour*60 + minute)
	return at, rest, minute < 60 && at <= EndOfDay
}
