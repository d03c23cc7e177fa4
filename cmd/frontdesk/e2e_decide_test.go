package main

import (
	"slices"
	"testing"
)

// The digest asks whether a contractor shall do what is long overdue: one press does
// it and says so in the digest, the second presser learns who was first, and it can
// be taken back.
func TestDigestDecides(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-23 10:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		leak := w.files(zhang, "没热水,3栋501,随时可以进")
		w.presses(c.wang, "接单")
		w.until("09:00")
		w.until("08:11")
		digest := w.must(c.manager.Screen(), "今天要定:"+leak+" 请外委?")
		if !slices.Equal(digest.Labels()[:1], []string{"请外委"}) {
			w.t.Fatalf("the digest has %q", digest.Labels())
		}
		centre := w.must(c.centre.Screen(), "今天要定:"+leak+" 请外委?")
		// Whoever has no say changes nothing, whatever they press.
		c.wang.PressData(w.must(c.wang.Screen(), leak), "c|decide|"+"1.c"+w.ticket(leak).ID)
		zhang.PressData(w.must(zhang.Screen(), leak), "c|decide|x.y.z")
		w.rest()
		if got := w.ticket(leak); got.State != "taken" {
			w.t.Fatalf("it is %s", got.State)
		}
		c.manager.PressOn(digest, "请外委")
		w.rest()
		after := w.must(c.manager.Screen(), "已定:"+leak+" 请外委,陈刚 8:11。")
		if after.ID != digest.ID || after.Labels()[0] != "撤销" || includes(after.Text, "今天要定") {
			w.t.Errorf("the digest became %d %q %q", after.ID, after.Text, after.Labels())
		}
		w.must(c.wang.Screen(), "陈刚定了请外委。请联系公司")
		w.must(zhang.Screen(), "外委")
		c.centre.PressOn(centre, "请外委")
		w.rest()
		if got := w.must(c.centre.Screen(), "已定:"+leak); got.ID != centre.ID || slices.Contains(got.Labels(), "撤销") || slices.Contains(got.Labels(), "请外委") {
			w.t.Errorf("the second presser has %d %q", got.ID, got.Labels())
		}
		if toasts := c.centre.Toasts(); !includes(toasts[len(toasts)-1], "陈刚 8:11") {
			w.t.Errorf("the second presser was told %q", toasts)
		}
		c.manager.PressOn(after, "撤销")
		w.rest()
		if got := w.ticket(leak); got.State != "taken" || got.Pause != nil {
			w.t.Errorf("taken back it is %s", got.State)
		}
		w.must(c.manager.Screen(), "今天要定:"+leak+" 请外委?")
		w.says(c.centre, "/digest")
		w.presses(c.centre, "请外委")
		w.must(c.centre.Screen(), "已定:"+leak+" 请外委,赵总 8:11。")
	})
}
