package main

import (
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
)

// lives puts people of a list into rooms, whom no account is tied to yet.
func (w *corpTown) lives(stays ...desk.Stay) {
	w.t.Helper()
	must(w.t, w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		for _, s := range stays {
			s.Kind, s.State, s.From, s.InAt = "student", desk.StayIn, tx.Now().AddDate(-1, 0, 0), tx.Now().AddDate(-1, 0, 0)
			if err := storage.Stays.Put(tx, s); err != nil {
				return err
			}
		}
		return nil
	}))
}

// sent is the newest file of a kind that somebody with ordinary WeChat got.
func (p *customer) sent(kind string) (name string, body []byte) {
	for _, m := range p.server.KFTold(p.id) {
		if m.Kind == kind && m.File != nil {
			name, body = m.File.Name, m.File.Body
		}
	}
	return name, body
}

// TestLeavingOnWeChat is a whole checkout of somebody with ordinary WeChat who reads
// English: words, who they are, an hour three days ahead. They do not write again, so
// no reminder reaches them, the inspector's list says so, and what they are to sign is
// phoned to them and waits; when they write it is there, with the photo. The
// certificate comes as a file, and anybody can confirm it.
func TestLeavingOnWeChat(t *testing.T) {
	t.Parallel()
	o := corpOptions{weixin: true, start: "2026-11-24 08:00", config: func(c *Config) {
		c.Site.Inspection.VerifyURL = "https://desk.example.edu/verify/"
		c.Site.Roster.Shifts[0].Staff["caretaker"] = []string{"wecom:zhouguan"}
		// Few items, so that the story is short: the long list is tried on Telegram.
		items := c.Site.Inspection.Inventories[0].Items
		c.Site.Inspection.Inventories[0].Items = []desk.Item{items[0], items[7], items[11]}
		c.Site.Inspection.Last = nil
	}}
	visitCorp(t, o, func(w *corpTown) {
		c := w.hireCorp()
		zhou, emma := w.member("zhouguan", "周楼管"), w.customer("wmEMMA", "Emma")
		zhou.Enter()
		w.rest()
		w.lives(desk.Stay{ID: "stay-A", Name: "Emma Watson", Number: "20260001", Place: "3-502", Bed: "A"})
		w.say(emma, "I want to move out", "3-502", "20260001", "Emma Watson")
		w.does(emma, "I'm there", "27 Nov Fri", "10:00", "Send")
		w.must(emma.sees(), "B-1001 is booked: Fri 27 Nov, 10:00–11:00, Building 3, 502.")
		for range 3 {
			w.until("10:01")
		}
		w.until("08:06")
		before := len(emma.sees())
		w.must(zhou.sees(), "3-502 A Emma Watson · 消息发不到,提醒请打电话")
		w.does(c.manager, "在岗,铃声已开")
		w.until("10:01")
		w.does(zhou, "3-502 A", "开始检查", "空调", "损坏", "空调外壳")
		zhou.photo()
		w.rest()
		w.does(zhou, "其余完好", "水表")
		w.say(zhou, "128.5")
		w.does(zhou, "核对签字", "签字")
		if n := len(emma.sees()); n != before {
			t.Errorf("written to in a window that is shut:\n%s", screenOf(emma.sees()[before:]))
		}
		w.must(c.operator.sees(), "请打电话告知:B-1001 退宿,3号楼502。Emma现在收不到消息。")
		w.say(emma, "I am here, what now?")
		if _, body := emma.sent("image"); len(body) == 0 {
			t.Errorf("the photo of the damage is missing:\n%s", screenOf(emma.sees()[before:]))
		}
		list := w.must(emma.sees(), "B-1001 Checkout of Building 3, 502, bed A, inspected by 周楼管")
		for _, line := range []string{"Air con: damaged, ¥150.00", "Water: 128.5 m³", "Total ¥150.00"} {
			if !list.has(line) {
				t.Errorf("the list does not say %q: %q", line, list.text)
			}
		}
		w.does(emma, "Agree")
		w.must(emma.sees(), "You agreed at 10:0")
		w.does(c.manager, "已核对")
		w.must(emma.sees(), "B-1001: your checkout is complete")
		name, body := emma.sent("file")
		words := pageWords(t, body)
		code := shownCode.FindString(words)
		for _, want := range []string{"退宿证明", "Emma Watson", "Building 3, 502, bed A", "150.00", code} {
			if want == "" || !strings.Contains(words, want) {
				t.Errorf("%q is not on the certificate:\n%s", want, words)
			}
		}
		if name != "clearance-"+code+".pdf" {
			t.Errorf("the file is called %q", name)
		}
		w.windowsKept(emma)

		// Anybody confirms it: a member of the corp, the resident, the web.
		w.say(c.wang, "/verify "+code)
		w.must(c.wang.sees(), "证明有效:E*** W***,3号楼502")
		w.say(emma, "/verify "+strings.ToLower(code))
		w.must(emma.sees(), "E*** W***")
		if status, page := lookUp(t, w.server, "/verify/"+code, "192.0.2.1:1"); status != 200 || !strings.Contains(page, "E*** W***") {
			t.Errorf("%d: %s", status, page)
		}
		w.never(w.groupSees(), "Emma")
		w.windowsKept(emma)
	})
}
