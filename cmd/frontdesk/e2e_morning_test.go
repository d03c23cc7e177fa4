package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// heardInTheMorning is somebody whose messages of a morning are read; most is how many
// new ones they get at most, and why.
type heardInTheMorning struct {
	role   string
	screen func() []telegramtest.Message
	most   int
	why    string
}

// The messages between half past seven and half past nine of the morning after a busy
// night, for each role: none of them is a storm, and all of them are read in testdata.
func TestMorningWithoutAStorm(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			visit(t, townOptions{start: "2026-11-24 15:30"}, func(w *town) { w.morning(lang) })
		})
	}
}

func (w *town) morning(lang string) {
	c := w.hire()
	caretaker := w.Person(4102, "郑楼管", "zh")
	caretaker.Start("")
	w.rest()
	caretaker.Open(w.invite(c.manager, "楼管", "3号楼"))
	w.rest()
	zhang := w.Person(5001, "张同学", "zh")
	// The day before leaves two repairs behind: one that is taken, one that waits.
	taken := w.files(zhang, "没热水,3栋501,随时可以进")
	w.presses(c.wang, "接单")
	w.says(zhang, "灯坏了,3栋502,明天8-10点来")
	w.presses(zhang, "明天8-10点", "提交")
	w.until("20:00")
	var first *telegramtest.Person
	for i := range 6 {
		p := w.Person(int64(5100+i), fmt.Sprint("住户", i), "zh")
		if first == nil {
			first = p
		}
		w.files(p, fmt.Sprintf("空调坏了,3栋60%d,随时可以进", i+1))
	}
	w.until("22:30")
	w.says(zhang, "水管爆了在喷水,3栋503,随时可以进")
	w.presses(zhang, "大量漏水,3号楼")
	w.presses(c.centre, "我去")
	w.until("23:00")
	zhang.Say("/complain")
	w.rest()
	w.presses(zhang, "服务质量", "某个地方")
	w.says(zhang, "食堂", "灯一直不亮")
	w.presses(zhang, "留名", "提交")
	w.speaks(lang)
	w.until("07:30")
	list := []heardInTheMorning{
		{"resident 张同学", zhang.Screen, 1, "the complaint of the night is answered when a manager presses, and nothing comes by itself but one reminder"},
		{"resident 住户0", first.Screen, 0, "a ticket that waits for its department says nothing; its card changes in place"},
		{"technician 王师傅", c.wang.Screen, 3, "what of theirs is late: the arrival, and the end of the time, of two tickets"},
		{"technician 周师傅", c.zhou.Screen, 0, "who has taken nothing reads the group's list"},
		{"group 工程群", c.group.Screen, 2, "one list, and one reply where nobody takes it"},
		{"caretaker 郑楼管", caretaker.Screen, 1, "who comes into the building"},
		{"operator 李敏", c.operator.Screen, 4, "the question at the start of the shift, and what nobody took"},
		{"night manager 孙夜", c.night.Screen, 3, "the handover and its reminder to sign"},
		{"day manager 陈刚", c.manager.Screen, 8, "the question, the handover, the digest, the complaint, and what nobody took"},
		{"centre manager 赵总", c.centre.Screen, 8, "the digest, and everything that the day manager, who does not press anything here, left"},
		{"property manager 钱总", c.property.Screen, 4, "the digest, one line of the list, and the complaint that two levels left"},
		{"administrator 林主任", c.admin.Screen, 1, "an administrator is no manager on duty"},
	}
	from := time.Now()
	w.until("09:30")
	w.rest()
	var b strings.Builder
	for _, one := range list {
		n := 0
		var told []string // What comes in the same minute, and who is named in a list, has no order.
		fmt.Fprintf(&b, "== %s\n", one.role)
		for _, m := range one.screen() {
			if !m.ByBot || m.At.Before(from) {
				continue
			}
			n++
			sound := ""
			if m.Silent {
				sound = " (silent)"
			}
			lines := strings.Split(m.Text, "\n")
			if len(lines) == 4 && strings.Contains(lines[1], " · ") && strings.Contains(lines[2], " · ") {
				slices.Sort(lines[1:3])
			}
			line := fmt.Sprintf("%s%s %s\n", m.At.In(w.config.Site.Zone).Format("15:04"), sound, strings.Join(lines, "\n      "))
			if labels := m.Labels(); len(labels) > 0 {
				line += fmt.Sprintf("      [%s]\n", strings.Join(labels, "] ["))
			}
			told = append(told, line)
		}
		slices.Sort(told)
		b.WriteString(strings.Join(told, ""))
		if n > one.most {
			w.t.Errorf("%s gets %d messages in two hours, want %d at most: %s", one.role, n, one.most, one.why)
		}
	}
	if !strings.Contains(b.String(), taken) {
		w.t.Errorf("nobody hears of %s", taken)
	}
	golden := filepath.Join("testdata", "morning", lang+".txt")
	if *update {
		must(w.t, os.MkdirAll(filepath.Dir(golden), 0o755))
		must(w.t, os.WriteFile(golden, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	must(w.t, err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		w.t.Errorf("the morning reads otherwise (-want +got):\n%s", diff)
	}
}

// speaks lets everybody whom the desk knows speak a language.
func (w *town) speaks(lang string) {
	w.t.Helper()
	must(w.t, w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		var out desk.Effects
		err := storage.People.Scan(tx, storage.Range{}, func(p desk.Person) error {
			p.Lang = lang
			out.People = append(out.People, p)
			return nil
		})
		if err != nil {
			return err
		}
		return w.app.writer().Apply(tx, out)
	}))
}
