package locale

import (
	"testing"
	"testing/fstest"
	"time"

	"frontdesk/desk"

	"github.com/google/go-cmp/cmp"
)

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// sample is a catalogue with one text of each form.
func sample(t *testing.T, text string) *Catalog {
	t.Helper()
	c, err := Load(shanghai(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for lang := range c.texts {
		c.texts[lang]["sample"] = parsed
	}
	return c
}

func TestTimes(t *testing.T) {
	zone := shanghai(t)
	now := time.Date(2026, 11, 24, 10, 20, 0, 0, zone)
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, zone).UTC()
	}
	tests := []struct {
		text   string
		at     time.Time
		zh, en string
	}{
		{"{at}", at(11, 24, 14, 0), "14:00", "14:00"},
		{"{at}", at(11, 24, 0, 0), "0:00", "0:00"},
		{"{at}", at(11, 25, 10, 20), "明天 10:20", "10:20 tomorrow"},
		{"{at}", at(11, 23, 23, 59), "昨天 23:59", "23:59 yesterday"},
		{"{at}", at(11, 27, 10, 20), "周五 10:20", "Fri 10:20"},
		{"{at}", at(11, 30, 9, 5), "周一 9:05", "Mon 9:05"},
		{"{at}", at(12, 1, 10, 20), "12-01 10:20", "1 Dec 10:20"},
		{"{at}", at(11, 20, 10, 20), "11-20 10:20", "20 Nov 10:20"},
		{"{at}", at(13, 3, 10, 20), "2027-01-03 10:20", "3 Jan 2027 10:20"},
		{"{at:day}", at(11, 24, 14, 0), "今天", "today"},
		{"{at:day}", at(11, 25, 14, 0), "明天", "tomorrow"},
		{"{at:day}", at(11, 28, 14, 0), "周六", "Sat"},
		{"{at:day}", at(12, 28, 14, 0), "12-28", "28 Dec"},
		{"{at:date}", at(11, 24, 14, 0), "11-24", "24 Nov"},
		{"{at:time}", at(12, 24, 14, 7), "14:07", "14:07"},
		{"{at:hour}", at(12, 24, 8, 7), "8", "8"},
		{"{at:weekday}", at(12, 24, 8, 7), "周四", "Thu"},
		{"{at:long}", at(11, 24, 8, 0), "11月24日 周二", "Tue 24 Nov"},
	}
	for _, test := range tests {
		c := sample(t, test.text)
		got := [2]string{c.Render("zh", desk.T("sample", "at", test.at), now), c.Render("en", desk.T("sample", "at", test.at), now)}
		if want := [2]string{test.zh, test.en}; got != want {
			t.Errorf("%s of %v: got %q, want %q", test.text, test.at, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	c := sample(t, "<{v}>")
	now := time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)
	label := desk.Label{"zh": "没热水", "en": "Hot water"}
	tests := []struct {
		value  any
		zh, en string
	}{
		{"R-1042", "R-1042", "R-1042"},
		{17, "17", "17"},
		{desk.Urgent, "urgent", "urgent"},
		{label, "没热水", "Hot water"},
		{desk.Place{Label: label}, "没热水", "Hot water"},
		{desk.Term{Duration: 15 * time.Minute}, "15 分钟", "15 minutes"},
		{desk.Term{Duration: 24 * time.Hour}, "24 小时", "24 hours"},
		{desk.Term{Duration: 90*time.Minute + time.Second}, "1 小时 30 分钟 1 秒", "1 hour 30 minutes 1 second"},
		{desk.Term{Workdays: 3}, "3 个工作日", "3 working days"},
		{desk.Term{Workdays: 1}, "1 个工作日", "1 working day"},
		{desk.Term{Days: 7}, "7 天", "7 days"},
		{desk.Term{}, "0 分钟", "0 minutes"},
		{19*time.Hour + 50*time.Minute, "19 小时", "19 h"},
		{-2 * time.Minute, "2 分钟", "2 min"},
		{100 * time.Minute, "1 小时 40 分钟", "1 h 40 min"},
		{45 * time.Second, "45 秒", "45 s"},
		{80 * time.Hour, "3 天", "3 days"},
		{time.Duration(0), "0 分钟", "0 min"},
		{desk.T("time.today"), "今天", "today"},
		{[]desk.Text{desk.T("time.today"), desk.Literal("x")}, "今天、x", "today, x"},
		{"王\u202e伟\x00\u2066", "王伟\u2066\u2069", "王伟\u2066\u2069"},
	}
	for _, test := range tests {
		got := [2]string{c.Render("zh", desk.T("sample", "v", test.value), now), c.Render("en", desk.T("sample", "v", test.value), now)}
		if want := [2]string{"<" + test.zh + ">", "<" + test.en + ">"}; got != want {
			t.Errorf("%v: got %q, want %q", test.value, got, want)
		}
	}
}

func TestRender(t *testing.T) {
	c := sample(t, "{n} {n|ticket|tickets}, {{{who}}}")
	now := time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)
	tests := []struct {
		name, lang string
		text       desk.Text
		want       string
	}{
		{"one", "en", desk.T("sample", "n", 1, "who", "Li"), "1 ticket, {Li}"},
		{"more", "en", desk.T("sample", "n", 2, "who", "Li"), "2 tickets, {Li}"},
		{"value missing", "en", desk.T("sample", "n", 0), "0 tickets, {{who}}"},
		{"key missing", "en", desk.T("no.such.text"), "no.such.text"},
		{"value with braces", "en", desk.T("sample", "n", 0, "who", "{n}"), "0 tickets, {{n}}"},
		{"language missing", "xx", desk.T("time.today"), "今天"},
		{"region", "en_GB", desk.T("time.today"), "today"},
		{"literal", "en", desk.Literal("as {written}\x07"), "as {written}"},
		{"lines", "en", desk.Lines(desk.T("time.today"), desk.Text{}, desk.Literal("x")), "today\nx"},
		{"nothing", "en", desk.Text{}, ""},
	}
	for _, test := range tests {
		if got := c.Render(test.lang, test.text, now); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if got := c.WithDefault("en").Render("xx", desk.T("time.today"), now); got != "today" {
		t.Errorf("with English as the default: got %q", got)
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"热水没有 👩‍🔧":               "热水没有 👩‍🔧",
		"a\r\nb\u2028c\x1b[31m":  "a\nb\nc[31m",
		"\u2067abc\ndef":         "\u2067abc\u2069\ndef",
		"\u2067a\u202bb":         "\u2067a\u202bb\u202c\u2069",
		"a\u2069\u202cb":         "ab",
		"\u202etxt.exe\u202c":    "txt.exe",
		"bad\xff":                "bad\ufffd",
		"\u2066balanced\u2069 x": "\u2066balanced\u2069 x",
	} {
		if got := Harmless(in); got != want {
			t.Errorf("Harmless(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	f.Add("\u2066a\u202eb\u2069\x00\xff\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		once := Harmless(s)
		if twice := Harmless(once); twice != once {
			t.Errorf("%q becomes %q and then %q", s, once, twice)
		}
	})
}

func TestLoadExtra(t *testing.T) {
	c, err := Load(nil, fstest.MapFS{
		"en.yaml": {Data: []byte("time:\n  today: this very day\n")},
		"fr.yaml": {Data: []byte("time.today: aujourd'hui\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"en", "fr", "zh"}, c.Languages()); diff != "" {
		t.Error(diff)
	}
	now := time.Now()
	if got := c.Render("en", desk.T("time.today"), now) + " " + c.Render("fr", desk.T("time.today"), now); got != "this very day aujourd'hui" {
		t.Error(got)
	}
	if c.Has("fr", "time.tomorrow") || len(c.Missing()["fr"]) != len(c.Keys("en"))-1 || len(c.Missing()["en"]) != 0 {
		t.Error("Missing does not list what the new language lacks")
	}
}

func TestLoadExtraErrors(t *testing.T) {
	_, err := Load(nil, fstest.MapFS{"en.yaml": {Data: []byte(`time:
  toady: today
  today: "{who} today"
  tomorrow: "{tomorrow"
time.yesterday: yesterday
time.yesterday: yesterday
term.days: [a]
term.hours: "{n:when} {n|a} {N} }"
`)}})
	want := `en.yaml:4: time.tomorrow: a placeholder is not closed: expected {name}, {name:format} or {name|one|other}
en.yaml:6: time.yesterday: is already in line 5
en.yaml:7: term.days: expected a text; one that begins with { needs quotes
en.yaml:8: term.hours: {n:when}: unknown format "when", expected one of day, date, time, hour, weekday, long
en.yaml:2: time.toady: there is no such text
en.yaml:3: time.today: unknown placeholder {who}, this text has []`
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}
