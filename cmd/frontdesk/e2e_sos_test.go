package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/webhook"
	"frontdesk/desk"
	"frontdesk/storage"
)

// siren is what rings at night: it checks who calls, and keeps what it was told.
type siren struct {
	secret string
	mu     sync.Mutex
	heard  []desk.HookCall
	forged int
	status int
}

func (s *siren) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body := make([]byte, r.ContentLength)
	if _, err := r.Body.Read(body); err != nil && err.Error() != "EOF" {
		return nil, err
	}
	var call desk.HookCall
	want := webhook.Sign(s.secret, r.Header.Get(webhook.HeaderID), r.Header.Get(webhook.HeaderTimestamp), body)
	if err := json.Unmarshal(body, &call); err != nil || r.Header.Get(webhook.HeaderSignature) != want {
		s.forged++
	}
	s.heard = append(s.heard, call)
	return &http.Response{StatusCode: s.status, Body: http.NoBody, Header: http.Header{}, Request: r}, nil
}

// withSiren is a town with a webhook.
func withSiren(start string) (townOptions, *siren) {
	s := &siren{secret: "a-shared-secret-of-the-siren", status: 200}
	return townOptions{start: start, hook: s, config: func(c *Config) {
		c.Escalation = EscalationConfig{Webhook: "https://siren.example.edu/hook", Secret: s.secret}
		c.Site.Escalation.Webhook = desk.WebhookAddress
	}}, s
}

// TestSOSWithTwoTaps: what it is, which sends people, and then where.
func TestSOSWithTwoTaps(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		zhang.Say("随便说一句")
		w.rest()
		w.says(zhang, "/sos")
		m := w.must(zhang.Screen(), "出了什么事?点一下,马上派人。")
		if got := strings.Join(m.Labels(), " "); got != "是火警 燃气泄漏 大量漏水 有人触电 有人被困 有人受伤 有人打架 有人失踪 食物中毒 失窃 骚扰 情绪危急 别的急事 误报" {
			t.Errorf("the kinds are %q", got)
		}
		w.must(zhang.Screen(), "马上有危险:火警 119,急救 120,报警 110。")
		w.presses(zhang, "有人受伤")
		w.must(zhang.Screen(), "请先打 120。")
		w.must(c.manager.Screen(), "【紧急】E-1001 有人受伤或不省人事,地点待定。谁去?")
		w.presses(zhang, "5号楼")
		w.must(zhang.Screen(), "在几层、哪间?请回一句。")
		w.must(c.manager.Screen(), "E-1001 的地点:5号楼")
		w.says(zhang, "302")
		w.must(c.manager.Screen(), "302")
		if m := w.must(zhang.Screen(), "E-1001 有人受伤或不省人事:已通知保安部和值班经理。"); strings.Join(m.Labels(), " ") != "补充 误报" {
			t.Errorf("who reported it can %q", m.Labels())
		}
		w.presses(zhang, "误报")
		w.must(zhang.Screen(), "E-1001 有人受伤或不省人事:是误报,没事就好。")
		w.must(c.manager.Screen(), "【误报】E-1001:张同学 说没事,不用去了。")
		if s := w.ticket("E-1001").State; s != desk.StateCancelled {
			t.Errorf("the ticket is %s", s)
		}
		w.wait(10 * time.Minute)
		if n := count(c.manager.Screen(), "再次通知") + count(c.centre.Screen(), "E-1001"); n != 0 {
			t.Errorf("%d calls after the false alarm", n)
		}
	})
}

// TestSOSWithoutATap: who opens it and can do nothing more is asked about.
func TestSOSWithoutATap(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "救命")
		w.wait(time.Minute)
		m := w.must(c.manager.Screen(), "【紧急,本人还没确认】张同学报:急事(还不清楚是什么)。请马上核实。")
		if got := strings.Join(m.Labels(), " "); got != "我来核实 马上派人 误报" {
			t.Errorf("the manager can %q", got)
		}
		w.presses(c.manager, "马上派人")
		w.must(c.manager.Screen(), "E-1001 已派人,张同学 也会知道。")
		w.must(c.manager.Screen(), "【紧急】E-1001 急事(还不清楚是什么)")
	})
}

// TestFireAtThree is a fire at three in the morning that nobody answers: rung by
// rung, the siren at the end, and again; then somebody goes, and it is quiet.
func TestFireAtThree(t *testing.T) {
	t.Parallel()
	options, ring := withSiren("2026-11-24 03:00")
	visit(t, options, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		zhang.Start("")
		w.rest()
		w.says(zhang, "3号楼502着火了")
		w.presses(zhang, "是火警,3号楼")
		w.must(c.night.Screen(), "【紧急】E-1001 着火或冒烟,3号楼502。谁去?")
		w.wait(3 * time.Minute)
		w.must(c.centre.Screen(), "【紧急,再次通知】E-1001 着火或冒烟,3号楼502。3 分钟没有人应答。谁去?")
		w.wait(3 * time.Minute)
		w.must(c.property.Screen(), "6 分钟没有人应答")
		w.wait(3 * time.Minute)
		if len(ring.heard) != 1 || ring.forged != 0 || ring.heard[0].Place != "3号楼502" || ring.heard[0].Number != "E-1001" {
			t.Fatalf("the siren heard %+v, %d of them forged", ring.heard, ring.forged)
		}
		w.wait(3 * time.Minute)
		w.must(zhang.Screen(), "还没有人应答,正在继续叫。请同时打电话")
		w.must(c.night.Screen(), "【紧急,再次通知】E-1001")
		w.presses(c.centre, "我去")
		w.must(zhang.Screen(), "赵总 正赶过去(E-1001)。")
		w.must(c.night.Screen(), "E-1001:赵总 3:")
		called := count(c.night.Screen(), "谁去?")
		w.wait(time.Hour)
		if n := count(c.night.Screen(), "谁去?"); n != called || len(ring.heard) != 1 {
			t.Errorf("%d calls, and %d of the siren, after somebody had answered", n-called, len(ring.heard)-1)
		}
	})
}

// TestDrill tries the whole ladder: everybody sees that it is none, and who started
// it hears who answered after how long.
func TestDrill(t *testing.T) {
	t.Parallel()
	options, ring := withSiren("2026-11-24 10:00")
	visit(t, options, func(w *town) {
		c := w.hire()
		w.says(c.operator, "/drill")
		if n := count(c.manager.Screen(), "演练"); n != 0 {
			t.Error("an operator can start a drill")
		}
		w.says(c.centre, "/drill fire")
		w.must(c.centre.Screen(), "演练开始:着火或冒烟。")
		w.must(c.manager.Screen(), "【演练】如果现在是真的:着火或冒烟。看到请点一下,不用去现场。")
		w.must(c.property.Screen(), "【演练】")
		w.must(c.group.Screen(), "【演练】")
		w.says(c.centre, "/drill")
		w.must(c.centre.Screen(), "开始的演练还没结束。")
		w.presses(c.manager, "我去(演练)")
		w.must(c.manager.Screen(), "收到")
		w.wait(6 * time.Minute)
		report := w.must(c.centre.Screen(), "演练结果:着火或冒烟")
		for _, want := range []string{"陈刚:10 秒应答", "钱总:没有应答", "电话或警铃:"} {
			if !includes(report.Text, want) {
				t.Errorf("the report is %q, without %q", report.Text, want)
			}
		}
		if len(ring.heard) != 1 || ring.heard[0].Type != "drill" {
			t.Errorf("the siren heard %+v", ring.heard)
		}
		if w.ticket("E-1001").ID != "" {
			t.Error("a drill made a ticket")
		}
	})
}

// TestNobodyIsBlockedFromEmergencies: who was suspended, is over the day's limit and
// is on no list, is helped all the same.
func TestNobodyIsBlockedFromEmergencies(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		must(w.t, w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
			world := storage.NewWorld(tx, w.app.Site())
			p, _ := world.PersonAt(desk.Address{Channel: "telegram", ID: "5001"})
			p.Suspended = true
			out := desk.Effects{People: []desk.Person{p}}
			for i := range 30 {
				opened, _ := desk.Open(world, desk.Draft{Kind: desk.KindRequest, Category: "service", Place: "3-501", Requester: p.ID, Words: string(rune('a' + i)), NoPost: true})
				out.Tickets, out.Events = append(out.Tickets, opened.Tickets...), append(out.Events, opened.Events...)
			}
			return w.app.writer().Apply(tx, out)
		}))
		w.says(zhang, "3号楼502着火了")
		w.presses(zhang, "是火警,3号楼")
		w.must(c.manager.Screen(), "【紧急】E-1001 着火或冒烟,3号楼502。谁去?")
		w.says(zhang, "/sos")
		w.presses(zhang, "有人受伤")
		w.must(c.manager.Screen(), "【紧急】E-1002 有人受伤")
	})
}
