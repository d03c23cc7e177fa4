package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
)

// TestVisitOnWeCom is a visit of a caretaker who is a member of the corp: the list
// by numbers and cards, with a resident in the corp who objects, and one with
// ordinary WeChat who agrees. The damage that both share is frozen for the first.
func TestVisitOnWeCom(t *testing.T) {
	t.Parallel()
	o := corpOptions{weixin: true, start: "2026-11-24 09:00", config: func(c *Config) {
		c.Site.Inspection.VerifyURL = "https://desk.example.edu/verify/"
		c.Site.Inspection.AnswerIn = desk.Term{Duration: 3 * time.Hour}
		c.Site.Roster.Shifts[0].Staff["caretaker"] = []string{"wecom:zhouguan"}
		// Few items, so that the story is short: the long list is tried on Telegram.
		items := c.Site.Inspection.Inventories[0].Items
		c.Site.Inspection.Inventories[0].Items = []desk.Item{items[0], items[3], items[7], items[8], items[11]}
	}}
	visitCorp(t, o, func(w *corpTown) {
		t, c := w.t, w.hireCorp()
		zhou, zhang := w.member("zhouguan", "周楼管"), w.member("zhang", "张同学")
		liu := w.customer("liu", "刘同学")
		for _, p := range []*colleague{zhou, zhang} {
			p.Enter()
			w.rest()
		}
		w.say(liu, "你好")
		seedVisits(t, w.app, "3-502", []leaver{
			{"B-1001", personAt(t, w.app, desk.Address{Channel: "wecom", ID: "zhang"}), "张小雨", "A", false},
			{"B-1002", personAt(t, w.app, desk.Address{Channel: "weixin", ID: "liu"}), "刘小雨", "B", false},
		})
		w.say(zhou, "/ticket B-1001")
		w.does(zhou, "开始检查", "空调", "损坏", "空调外壳", "大家分摊")
		zhou.photo()
		w.rest()
		w.must(zhou.sees(), "空调:损坏,共 150.00 元,2 人分摊,本人 75.00 元")
		w.does(zhou, "其余完好", "水表")
		w.say(zhou, "12")
		w.does(zhou, "核对签字", "签字")
		w.offers(zhang.sees(), "合计 75.00 元", "同意", "有异议")
		w.does(zhang, "有异议")
		w.say(zhang, "空调搬进来时就这样")
		w.must(c.manager.sees(), "「空调搬进来时就这样」")
		w.does(c.manager, "改金额")
		w.say(c.manager, "50")
		w.say(c.manager, "外壳用了多年,酌减")
		for _, p := range []*colleague{zhang, zhou} {
			s := w.must(p.sees(), "陈刚看过了,改为 50.00 元")
			if !s.has("外壳用了多年,酌减") {
				t.Errorf("%s is not told why: %q", p.called, s)
			}
		}
		w.does(c.manager, "已核对")
		w.must(zhang.sees(), "B-1001 退宿办好了")
		code := checkPaper(t, w, "A", "50.00")
		w.must(zhang.sees(), "clearance-"+code+".pdf")

		// The other one pays what was frozen, whatever the manager took off the first.
		w.say(zhou, "/ticket B-1002")
		w.does(zhou, "开始检查", "其余完好", "水表")
		w.say(zhou, "13")
		w.does(zhou, "交回钥匙")
		w.say(zhou, "2")
		w.does(zhou, "核对签字", "签字")
		w.must(liu.sees(), "本人 75.00 元")
		w.does(liu, "同意")
		w.does(c.manager, "已核对")
		w.must(liu.sees(), "B-1002 退宿办好了")
		code = checkPaper(t, w, "B", "75.00")
		w.must(liu.sees(), "clearance-"+code+".pdf")
		w.say(liu, "/verify "+code)
		w.must(liu.sees(), "证明有效:刘**,3号楼502")
		status, page := lookUp(t, w.server, "/verify/"+code, "192.0.2.1:1")
		if status != 200 || !strings.Contains(page, "刘**") {
			t.Errorf("%d: %s", status, page)
		}
	})
}
