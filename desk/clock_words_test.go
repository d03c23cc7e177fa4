package desk

import "testing"

// TestClockIn reads times of day as people write them.
func TestClockIn(t *testing.T) {
	for text, want := range map[string][2]string{
		"9:00": {"09:00", ""}, "明天 9:00": {"09:00", "明天"}, "12-05 14:30": {"14:30", "12-05"}, "明天上午9点": {"09:00", "明天"},
		"下午三点半": {"15:30", ""}, "下午5点": {"17:00", ""}, "今晚8点": {"20:00", "今天"}, "明早7点半": {"07:30", "明天"}, "晚上十点": {"22:00", ""},
		"中午12点": {"12:00", ""}, "中午1点": {"13:00", ""}, "凌晨12点": {"00:00", ""}, "11点": {"11:00", ""}, "14点15分": {"14:15", ""},
		"5 pm": {"17:00", ""}, "tomorrow 5pm": {"17:00", "tomorrow"}, "12 p.m.": {"12:00", ""}, "12am": {"00:00", ""}, "fri 9:30 am": {"09:30", "fri"},
		"24:00": {"24:00", ""}, "17": {"17:00", ""}, "十二点": {"12:00", ""}, "12月5日 9点": {"09:00", "12月5日"}, "周一下午2点整": {"14:00", "周一"},
	} {
		at, rest, ok := ClockIn(text)
		if !ok || at.String() != want[0] || rest != want[1] {
			t.Errorf("%q is %v, %q, %v; want %v", text, at, rest, ok, want)
		}
	}
	for _, text := range []string{"", "明天", "周一", "25:00", "9:75", "一会儿", "tomorrow"} {
		if at, rest, ok := ClockIn(text); ok {
			t.Errorf("%q is no time of day, and was read as %v, %q", text, at, rest)
		}
	}
}
