package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
)

// listed are the numbers of tickets in the newest list that a person sees.
func (w *town) listed(p *telegramtest.Person) []string {
	w.t.Helper()
	m, _ := p.Last()
	return regexp.MustCompile(`(?m)^[A-Z]-\d+`).FindAllString(m.Text, -1)
}

// Every number of the digest opens the tickets that it was counted from, as many
// as it says, also later when they have changed.
func TestDigestOpensItsLists(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-23 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		var numbers []string
		for _, room := range []string{"501", "502", "503", "504"} {
			numbers = append(numbers, w.files(zhang, "没热水,3栋"+room+",随时可以进"))
		}
		w.presses(c.wang, "接单")
		w.until("08:10")
		w.rest()
		digest, ok := find(c.manager.Screen(), "昨日 8:00 至今日 8:00")
		if !ok {
			w.t.Fatal("no digest:\n", screenText(c.manager.Screen()))
		}
		number := regexp.MustCompile(`\d+`)
		for _, label := range digest.Labels() {
			want, err := strconv.Atoi(number.FindString(label))
			if err != nil {
				w.t.Fatalf("the button %q has no number", label)
			}
			c.manager.PressOn(digest, label)
			w.rest()
			if got := w.listed(c.manager); len(got) != want {
				w.t.Errorf("[%s] opens %q", label, got)
			}
		}
		if !slices.Contains(digest.Labels(), "新单 4") || !slices.Contains(digest.Labels(), "未完 4") {
			w.t.Errorf("the digest of four tickets has %q", digest.Labels())
		}
		// Cancelled in the morning, they are still what was open at 8:00.
		w.says(zhang, "/my")
		w.presses(zhang, numbers[3], "取消报修")
		w.rest()
		c.manager.PressOn(digest, "未完 4")
		w.rest()
		if got := w.listed(c.manager); !slices.Equal(got, numbers) {
			w.t.Errorf("what was open at 8:00 is now %q, was %q", got, numbers)
		}
		// Nobody else opens it, whatever they press or type.
		w.says(zhang, "/digest")
		w.told(zhang, "/digest")
		zhang.PressData(w.must(zhang.Screen(), "R-"), "c|digest|open.0.0")
		w.rest()
		if m, _ := zhang.Last(); strings.Contains(m.Text, "未完") {
			w.t.Errorf("a resident was shown %q", m.Text)
		}
		// A button of a list that never was.
		for _, data := range []string{"c|digest|open.zzzzzz.0", "c|digest|open", "c|digest|x.y.z", "c|digest|open.-1.0"} {
			c.manager.PressData(digest, data)
			w.rest()
		}
	})
}

func TestDigestHourByButtons(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-23 09:00"}, func(w *town) {
		c := w.hire()
		w.says(c.centre, "/digest")
		w.told(c.centre, "没有新单,没有超时。")
		w.presses(c.centre, "改时间")
		w.told(c.centre, "日报每天几点发给您?照常是 08:10。")
		m, _ := c.centre.Last()
		if want := []string{"07:00", "07:30", "08:00", "08:30", "09:00", "09:30", "10:00", "照常"}; !slices.Equal(m.Labels(), want) {
			w.t.Errorf("offered %q, want %q", m.Labels(), want)
		}
		w.presses(c.centre, "07:30")
		w.told(c.centre, "好的,日报每天 07:30 发给您。")
		w.until("07:29")
		before := digests(c.centre.Screen())
		w.until("07:31")
		if n := digests(c.centre.Screen()) - before; n != 1 {
			w.t.Errorf("%d digests at 07:30:\n%s", n, screenText(c.centre.Screen()))
		}
		w.told(c.centre, "周二:没有新单,没有超时。")
		w.until("08:30")
		if n := digests(c.centre.Screen()) - before; n != 1 {
			w.t.Errorf("%d digests until 08:30", n)
		}
		// Whoever does not answer for it has no say.
		for _, data := range []string{"c|digest_hour|07:30", "c|digest_hour|off", "c|digest_hour|23:00"} {
			c.centre.PressData(m, data)
			c.wang.PressData(w.must(c.wang.Screen(), "/help"), data)
			w.rest()
		}
		w.says(c.centre, "/digest_hour off")
		if m, _ := c.centre.Last(); strings.Contains(m.Text, "不再发") {
			w.t.Errorf("the manager may do without: %q", m.Text)
		}
	})
}

// The morning post of a department says what is new, overdue and due, stays as it
// was counted, and opens its lists in private.
func TestMorningPostOfAGroup(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-23 07:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		late := w.files(zhang, "没热水,3栋501,随时可以进")
		w.until("09:00")
		due := w.files(zhang, "灯坏了,3栋502,随时可以进")
		w.presses(c.wang, "接 "+late, "接单")
		w.until("23:00")
		fresh := w.files(zhang, "空调坏了,3栋503,随时可以进")
		w.until("08:05")
		w.rest()
		post := w.must(c.group.Screen(), "夜里报的,共 1 张")
		for _, words := range []string{
			fresh + " 空调故障", "超时 1 张:\n" + late + " 没热水 · 3号楼501", "今天到期 1 张:\n" + due, "未完共 3 张。",
		} {
			if !includes(post.Text, words) {
				w.t.Errorf("the post lacks %q:\n%s", words, post.Text)
			}
		}
		if want := []string{"接 " + fresh, "超时 1", "到期 1", "未完 3"}; !slices.Equal(post.Labels(), want) {
			w.t.Errorf("buttons %q, want %q", post.Labels(), want)
		}
		groupSize := len(c.group.Screen())
		for label, want := range map[string][]string{"超时 1": {late}, "到期 1": {due}, "未完 3": {late, due, fresh}} {
			c.wang.PressOn(post, label)
			w.rest()
			if got := w.listed(c.wang); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
				w.t.Errorf("[%s] opens %q, want %q", label, got, want)
			}
		}
		// A resident in the group sees nothing of it.
		zhang.PressOn(post, "未完 3")
		w.rest()
		if m, _ := zhang.Last(); includes(m.Text, "现在的情况") {
			w.t.Errorf("a resident was shown %q", m.Text)
		}
		if n := len(c.group.Screen()); n != groupSize {
			w.t.Errorf("opening lists put %d messages into the group", n-groupSize)
		}
	})
}

// A group with nothing before it gets one line.
func TestMorningPostOfAQuietGroup(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-23 12:00"}, func(w *town) {
		c := w.hire()
		before := len(c.group.Screen())
		w.until("08:06")
		if m := w.must(c.group.Screen(), "夜里没有新单,没有未完的单。"); len(m.Labels()) != 0 || strings.Contains(m.Text, "\n") {
			w.t.Errorf("nothing to report is %q %q", m.Text, m.Labels())
		}
		if n := len(c.group.Screen()) - before; n != 1 {
			w.t.Errorf("%d messages", n)
		}
	})
}
