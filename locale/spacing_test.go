package locale

import "testing"

func TestTheSeamOfChineseHasNoSpace(t *testing.T) {
	for _, c := range []struct{ text, more, want string }{
		{"争取 ", "明天 10:20", "争取明天 10:20"},
		{"争取 ", "14:00", "争取 14:00"},
		{"争取明天 10:20", " 前修好", "争取明天 10:20 前修好"},
		{"工程部", " 15 分钟内", "工程部 15 分钟内"},
		{"工程部", " 接单", "工程部接单"},
		{"Tap leaking: ", "王师傅", "Tap leaking: 王师傅"},
		{"leaves ", "tomorrow", "leaves tomorrow"},
		{"", "", ""},
	} {
		if got := join(c.text, c.more); got != c.want {
			t.Errorf("join(%q, %q) = %q, want %q", c.text, c.more, got, c.want)
		}
	}
}
