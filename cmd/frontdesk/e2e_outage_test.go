package main

import (
	"fmt"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/flows"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// TestOutage lets the Bot API be away for ten minutes while people write, whose
// updates still come in: afterwards everybody gets everything in order.
func TestOutage(t *testing.T) {
	visit(t, townOptions{webhook: true}, func(w *town) {
		c := w.hire()
		residents := make([]*telegramtest.Person, people)
		w.Outage(true)
		before := len(w.Calls(""))
		for i := range residents {
			residents[i] = w.Person(int64(6000+i), fmt.Sprintf("住户%d", i), "zh")
			residents[i].Say(fmt.Sprintf("水龙头漏水,%d栋%d%02d,随时可以进", 1+i%8, 1+i/12, 1+i%12))
			w.wait(time.Second)
			for _, command := range []string{"/my", "/help", "/id", "/my", "/help", "/id", "/my", "/help", "/id"} {
				residents[i].Say(command)
				w.wait(300 * time.Millisecond)
			}
		}
		w.wait(5 * time.Minute)
		if n := len(w.Calls("")) - before; n != 0 {
			t.Errorf("%d calls were answered during the outage", n)
		}
		w.Outage(false)
		w.wait(time.Minute + 10*people/24*time.Second)
		want := "请核对" + strings.Repeat(" 您还没有报过单 直接说一句就行 您的地址", 3)
		for _, p := range residents {
			var got []string
			for _, m := range p.Screen() {
				for _, words := range []string{"请核对", "您还没有报过单", "直接说一句就行", "您的地址"} {
					if m.ByBot && includes(m.Text, words) {
						got = append(got, words)
					}
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s got %q", p.Name(), got)
			}
		}
		limited := map[int64]int{}
		for _, call := range w.Calls("") {
			if call.Code == 429 {
				limited[call.Chat]++
			}
		}
		for chat, n := range limited {
			if n > 1 {
				t.Errorf("%d times 429 in chat %d", n, chat)
			}
		}
		w.presses(residents[0], "提交")
		w.must(c.group.Screen(), number(w.must(residents[0].Screen(), "已登记").Text))
	})
}

// stingy is a store that has no room for a while.
type stingy struct {
	*memory.Engine
	full atomic.Bool
}

func (s *stingy) Apply(ops []storage.Op) error {
	if s.full.Load() {
		return syscall.ENOSPC
	}
	return s.Engine.Apply(ops)
}

// TestConfirmedAfterCommit leaves an update at Telegram as long as it cannot be
// written, and handles it once.
func TestConfirmedAfterCommit(t *testing.T) {
	engine := &stingy{Engine: memory.New()}
	visit(t, townOptions{engine: engine}, func(w *town) {
		w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.wait(time.Minute)
		engine.full.Store(true)
		w.says(zhang, "水龙头漏水,3栋502,随时可以进")
		w.wait(time.Minute)
		if n := w.Pending(); n != 1 {
			t.Errorf("%d updates wait at Telegram while the disk is full, want the one", n)
		}
		if m, ok := zhang.Last(); ok {
			t.Errorf("answered %q without a commit", m.Text)
		}
		engine.full.Store(false)
		w.wait(2 * time.Minute)
		if n := w.Pending(); n != 0 {
			t.Errorf("%d updates wait after there was room again", n)
		}
		if n := count(zhang.Screen(), "请核对"); n != 1 {
			t.Errorf("answered %d times:\n%s", n, zhang.Transcript())
		}
		w.presses(zhang, "提交")
		if n := count(zhang.Screen(), "已登记"); n != 1 {
			t.Errorf("registered %d times", n)
		}
		for _, line := range w.log.errors() {
			if !includes(line, "the disk is full") {
				t.Error("logged as an error:", line)
			}
		}
	})
}

// poison cannot bear one sentence.
type poison struct{ flows.Understander }

func (p poison) Understand(text, language string) []flows.Guess {
	if text == "毒药" {
		panic("poison")
	}
	return p.Understander.Understand(text, language)
}

// TestPoison parks an update that panics again and again: its sender and the
// administrator are told with a number, and what comes behind it is handled.
func TestPoison(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		now := *w.app.present.Load()
		now.understand = poison{now.understand}
		w.app.present.Store(&now)
		zhang, liu := w.Person(5001, "张同学", "zh"), w.Person(5002, "刘同学", "zh")
		liu.Say("水龙头漏水,3栋502,随时可以进")
		zhang.Say("毒药")
		zhang.Say("空调不制冷,3栋503,随时可以进")
		w.wait(2 * time.Minute)
		w.must(zhang.Screen(), "抱歉,刚才没有处理成功")
		w.must(c.admin.Screen(), "有一条消息处理不了,已存下,编号")
		for _, p := range []*telegramtest.Person{zhang, liu} {
			if n := count(p.Screen(), "请核对"); n != 1 {
				t.Errorf("%s was asked %d times:\n%s", p.Name(), n, p.Transcript())
			}
		}
		if n := count(zhang.Screen(), "抱歉,刚才没有处理成功"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if n := w.Pending(); n != 0 {
			t.Errorf("%d updates wait behind the poison", n)
		}
		if lines := w.log.errors(); len(lines) != 1 || !includes(lines[0], "an input was parked") {
			t.Errorf("logged %q, want one line about the parked input", lines)
		}
	})
}
