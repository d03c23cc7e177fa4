package main

import (
	"testing"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// TestMixedDepartment lets both networks see a ticket, and the first press win;
// the work goes on in private, and the notice stays as it was sent.
func TestMixedDepartment(t *testing.T) {
	w := newMixed(t, exampleTown(t))
	defer w.close()
	ticket := w.open()
	n := ticket.Number
	card := w.shows(w.group, n, "接单", "不归我们")
	w.shows(w.zhao.Private(), n, "接单", "不归我们")
	late := w.shows(w.mei.Private(), n, "接单", "不归我们")
	notice := w.shows(w.board, n+" 漏水或堵水")
	if !includes(notice.Text, "请在应用私聊里接单") || !includes(notice.Text, "3号楼502") {
		t.Errorf("the notice says %q", notice.Text)
	}
	for _, p := range []*playground.Person{w.wang, w.guo} {
		if m, ok := w.channel(p.Private()).Find(p.Private(), "", n); ok {
			t.Errorf("%s, who sees the group or is off shift, was told %q", p.Name(), m.Text)
		}
	}

	w.taps(w.zhao, w.zhao.Private(), "接单", n)
	w.shows(w.group, "赵师傅 10:20 接", "到场", "更多")
	w.shows(w.mei.Private(), "赵师傅 10:20 接")
	w.shows(w.zhao.Private(), "归您", "到场", "更多", "显示电话")
	// Who is late on either network hears who has it.
	for _, press := range []struct {
		by *playground.Person
		m  playground.Message
	}{{w.wang, card}, {w.mei, late}} {
		take, _ := press.m.Button("接单")
		in := press.by.PressButton(press.m, take)
		w.hand(in)
		if text := w.answerTo(in); !includes(text, "赵师傅 10:20 已接 "+n) {
			t.Errorf("%s was answered %q", press.by.Name(), text)
		}
	}

	w.taps(w.zhao, w.zhao.Private(), "到场", n)
	w.taps(w.zhao, w.zhao.Private(), "更多", n)
	w.taps(w.zhao, w.zhao.Private(), "用料", n)
	w.hand(w.zhao.Say(w.zhao.Private(), "阀芯 1 个"))
	w.taps(w.zhao, w.zhao.Private(), "暂停", n)
	w.taps(w.zhao, w.zhao.Private(), "待料", n)
	w.taps(w.zhao, w.zhao.Private(), "1 个工作日", n)
	w.shows(w.group, "赵师傅 暂停", "继续", "更多")
	w.taps(w.zhao, w.zhao.Private(), "继续", n)
	w.taps(w.zhao, w.zhao.Private(), "完成", n)
	w.shows(w.zhao.Private(), "发一张完工的照片", "没有照片", "取消")
	w.hand(w.zhao.Photo(w.zhao.Private(), "", picture))
	if got := w.ticket(ticket.ID); got.State != desk.StateDone || len(got.Parts) != 1 || len(got.Proof) != 1 {
		t.Errorf("%s, parts %q, %d photos", got.State, got.Parts, len(got.Proof))
	}
	w.shows(w.mei.Private(), n) // It says who had it, and was changed once.
	if m, _ := w.chat.Find(w.mei.Private(), "", n); m.Edits != 1 {
		t.Errorf("the colleague's card was changed %d times", m.Edits)
	}
	if m, _ := w.notices.Find(w.board, "", n); m.Edits != 0 || len(w.notices.Screen(w.board)) != 2 { // And the greeting.
		t.Errorf("the group got %d notices, changed %d times", len(w.notices.Screen(w.board)), m.Edits)
	}
}

var picture = []byte("\x89PNG\r\n\x1a\nnot much of a picture")

// TestMixedComesBack gives the buttons back to everybody whenever nobody has it.
func TestMixedComesBack(t *testing.T) {
	w := newMixed(t, exampleTown(t))
	defer w.close()
	ticket := w.open()
	n := ticket.Number
	free := func() {
		t.Helper()
		w.shows(w.group, n, "接单", "不归我们")
		for _, p := range []*playground.Person{w.zhao, w.mei} {
			if _, ok := w.chat.Find(p.Private(), "接单", n); !ok {
				t.Fatalf("%s cannot take it:\n%s", p.Name(), w.screen(p.Private()))
			}
		}
	}
	taken := func() {
		t.Helper()
		for _, p := range []*playground.Person{w.zhao, w.mei} {
			if m, ok := w.chat.Find(p.Private(), "接单", n); ok {
				t.Fatalf("%s can still press %q", p.Name(), m.Text)
			}
		}
	}
	free()
	w.taps(w.mei, w.mei.Private(), "接单", n)
	taken()
	w.taps(w.mei, w.mei.Private(), "更多", n)
	w.taps(w.mei, w.mei.Private(), "退回", n)
	free()
	w.taps(w.wang, w.group, "接单", n)
	taken()
	w.taps(w.wang, w.group, "更多", n)
	w.taps(w.wang, w.group, "撤销", n)
	free()
	w.taps(w.zhao, w.zhao.Private(), "不归我们", n)
	w.taps(w.zhao, w.zhao.Private(), "保洁部", n)
	taken()
	w.shows(w.qian.Private(), n, "接受", "不接受")
	w.shows(w.mei.Private(), "已问 保洁部")
	w.taps(w.qian, w.qian.Private(), "接受", n)
	w.shows(w.mei.Private(), "已转 保洁部")
	w.shows(w.qian.Private(), n, "接单", "不归我们")
	w.taps(w.qian, w.qian.Private(), "接单", n)
	w.shows(w.qian.Private(), "归您", "到场", "更多", "显示电话")

	// One that the resident takes back.
	second := w.open()
	w.shows(w.mei.Private(), second.Number, "接单", "不归我们")
	out, err := w.act(second.ID, w.zhang, desk.Cancel)
	if err != nil {
		t.Fatal(err)
	}
	w.do(out)
	w.wait(time.Second)
	w.shows(w.mei.Private(), "住户已取消")
}

// TestMixedReminder reminds once, where each sees it, and tells the manager.
func TestMixedReminder(t *testing.T) {
	w := newMixed(t, exampleTown(t))
	defer w.close()
	n := w.open().Number
	w.wait(20 * time.Minute)
	w.shows(w.zhao.Private(), n+" 漏水或堵水,3号楼502:还没有人接", "看详情")
	w.shows(w.mei.Private(), "还没有人接", "看详情")
	w.shows(w.group, n+" 还没有人接")
	w.shows(w.chen.Private(), "没有人接", "看详情")
	if m := w.notices.Screen(w.board); len(m) != 2 { // The greeting and the notice.
		t.Errorf("%d messages in the group without buttons:\n%s", len(m), w.screen(w.board))
	}
	w.wait(2 * time.Hour)
	if got := len(w.chat.Screen(w.mei.Private())); got != 4 {
		t.Errorf("%d messages, want the greeting, the card and one reminder:\n%s", got, w.screen(w.mei.Private()))
	}
	w.until("17:31") // The night shift is not told of what is not urgent.
	if m, ok := w.chat.Find(w.guo.Private(), "", n); ok {
		t.Errorf("at night %q", m.Text)
	}
}
