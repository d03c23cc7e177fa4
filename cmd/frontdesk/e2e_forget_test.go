package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// residue lists the rows of the store, of whatever table, in which one of the words
// stands.
func (w *town) residue(words ...string) (rows []string) {
	w.t.Helper()
	s, err := w.engine.Begin()
	must(w.t, err)
	defer s.Close()
	for from := []byte(nil); ; {
		pairs, err := s.Scan(from, nil, false, 500)
		must(w.t, err)
		for _, p := range pairs {
			for _, word := range words {
				if bytes.Contains(p.Value, []byte(word)) || bytes.Contains(p.Key, []byte(word)) {
					rows = append(rows, fmt.Sprintf("%s in %.80q: %.200s", word, p.Key, p.Value))
				}
			}
		}
		if len(pairs) < 500 {
			return rows
		}
		from = append(bytes.Clone(pairs[len(pairs)-1].Key), 0)
	}
}

// TestForget: what is open is kept whole until it is done, and then everything goes:
// no row of any table holds the name, the number, the account or a word of the person,
// and whoever writes from that account later is somebody new.
func TestForget(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5077001, "张无名氏", "zh")
		zhang.Start("")
		w.rest()
		secrets := []string{"5077001", "张无名氏", "13987654321", "蓝色的门垫", "好大的烟"}
		n := w.files(zhang, "没热水,3栋502,门口有蓝色的门垫,电话13987654321,随时可以进")
		if rows := w.residue(secrets[0], secrets[1], secrets[3]); len(rows) < 3 {
			t.Fatalf("the search finds nothing to begin with: %q", rows)
		}
		w.says(zhang, "/sos 走廊好大的烟")
		w.presses(zhang, "误报")
		w.says(zhang, "/mydata")
		m := w.must(zhang.Screen(), "报过的急事:1 次")
		if got := strings.Join(m.Labels(), " "); got != "导出文件 删除资料" {
			t.Errorf("the buttons are %q", got)
		}
		w.presses(zhang, "删除资料")
		w.shows(zhang.Screen(), n+" 还没办结:办结后删", "确定删除", "不删了")
		w.presses(zhang, "确定删除")
		w.shows(zhang.Screen(), "好,2 分钟后删除。", "撤销")
		w.presses(zhang, "撤销")
		w.must(zhang.Screen(), "好的,不删了。")
		w.wait(5 * time.Minute)
		if rows := w.residue("好大的烟"); len(rows) == 0 {
			t.Error("what was taken back happened")
		}
		w.says(c.operator, "/forget")
		w.must(c.operator.Screen(), "您还在服务台工作")

		w.says(zhang, "/forget")
		w.presses(zhang, "确定删除")
		w.wait(5 * time.Minute)
		if rows := w.residue("好大的烟"); len(rows) != 0 {
			t.Errorf("what could go is there: %q", rows)
		}
		if rows := w.residue("蓝色的门垫"); len(rows) == 0 {
			t.Error("what the technician needs is gone")
		}
		c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
		w.rest()
		w.finish(c, n)
		w.wait(time.Hour)
		w.presses(zhang, "好了,满意")
		w.wait(25 * time.Hour)
		if rows := w.residue(secrets...); len(rows) != 0 {
			t.Errorf("still there:\n%s", strings.Join(rows, "\n"))
		}
		kept := w.ticket(n)
		if kept.Place != "3-502" || kept.Rating != "good" || kept.Erased.IsZero() {
			t.Errorf("the figures lost %+v", kept)
		}
		w.says(c.manager, "/ticket "+n)
		w.must(c.manager.Screen(), "报单人:—")
		var ledger []desk.Erasure
		must(t, w.app.Store.View(t.Context(), func(tx *storage.Tx) error {
			return storage.Erasures.Scan(tx, storage.Range{}, func(e desk.Erasure) error {
				ledger = append(ledger, e)
				return nil
			})
		}))
		if len(ledger) != 2 || ledger[0].Pending() || ledger[1].Pending() {
			t.Errorf("the ledger is %+v", ledger)
		}
		zhang.Say("你好")
		w.rest()
		w.says(zhang, "/my")
		if m, _ := zhang.Last(); includes(m.Text, n) {
			t.Errorf("whoever is new finds %q", m.Text)
		}
	})
}
