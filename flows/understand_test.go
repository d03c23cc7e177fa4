package flows

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What one sentence is understood to mean.
func TestUnderstand(t *testing.T) {
	w := testListener(t)
	for _, c := range []struct {
		text, flow string
		answers    string // name=value, sorted
	}{
		{"水龙头漏水,3栋502,随时可以进", "repair", "category=leak place=3-502 summary=水龙头漏水 when=anytime"},
		{"Tap leaking in 3-502, come any time", "repair", "category=leak place=3-502 summary=Tap_leaking when=anytime"},
		{"3-502 热水没有", "repair", "category=hot_water place=3-502 summary=热水没有"},
		{"No hot water in building 3, room 502. You can come in any time.", "repair", "category=hot_water place=3-502 summary=No_hot_water when=anytime"},
		{"你好,麻烦来修一下3栋502的空调,谢谢", "repair", "category=air_con place=3-502 summary=空调"},
		{"3栋502灯坏了,我在家等", "repair", "category=power place=3-502 summary=灯坏了 when=present"},
		{"The light in 3-502 is out, only if I'm in please", "repair", "category=power place=3-502 summary=Light_is_out when=present"},
		{"食堂马桶堵了", "repair", "category=leak place=canteen summary=马桶堵了"},
		{"3-520没热水", "repair", "category=hot_water place_said=3-520 summary=没热水"},
		{"3栋漏水", "repair", "category=leak place_said=3栋 summary=漏水"},
		{"空调不制冷,3-502,明天下午来修", "repair", "category=air_con place=3-502 summary=空调不制冷 time=1pm when=slot"},
		{"今天早上3-502没热水", "repair", "category=hot_water place=3-502 summary=今天早上没热水"},
		{"书架坏了,3-502", "repair", "category=door place=3-502 summary=书架坏了"},
		{"3-502坏了", "repair", "place=3-502"},
		{"报修", "repair", ""},
		{"我想报修一下", "repair", ""},
		{"Repair", "repair", ""},
		{"3-502需要打扫", "request", "category=clean place=3-502 summary=需要打扫"},
		{"Please clean 3-502", "request", "category=clean place=3-502 summary=Clean"},
		{"查进度", "status", ""},
		{"我的报修到哪了", "status", ""},
		{"怎么还没来", "chase", ""},
		{"nobody came yet", "chase", ""},
		{"找人工", "operator", ""},
		{"I want to talk to a person", "operator", ""},
		{"不用修了", "cancel", ""},
		{"English", "language", ""},
		{"帮助", "help", ""},
		{"你好", "greeting", ""},
		{"Hello!", "greeting", ""},
	} {
		got := w.Understand(c.text, "zh")
		if len(got) == 0 {
			t.Errorf("%s: not understood", c.text)
			continue
		}
		if got[0].Flow != c.flow || written(got[0].Answers) != c.answers {
			t.Errorf("%s: %s %s, want %s %s", c.text, got[0].Flow, written(got[0].Answers), c.flow, c.answers)
		}
		if got[0].Score < 0 || got[0].Score > 1 || got[0].Why == "" {
			t.Errorf("%s: score %v, why %q", c.text, got[0].Score, got[0].Why)
		}
	}
	for _, nonsense := range []string{"", "。。。", "asdf", "😀", strings.Repeat("x", 10000)} {
		if got := w.Understand(nonsense, "en"); len(got) != 0 {
			t.Errorf("%.20q: %+v", nonsense, got)
		}
	}
}

func written(answers map[string][]string) string {
	var list []string
	for _, name := range []string{"category", "place", "place_said", "summary", "time", "when", "words"} {
		if v := Answers(answers).Get(name); v != "" {
			list = append(list, name+"="+strings.ReplaceAll(v, " ", "_"))
		}
	}
	return strings.Join(list, " ")
}

func TestDanger(t *testing.T) {
	w := testListener(t)
	for text, want := range map[string]string{
		"3栋着火了":                               "fire",
		"走廊在冒烟":                               "fire",
		"没人管,冒烟了":                             "fire",
		"是不是着火了?好大的烟":                         "fire",
		"There is smoke in the corridor":      "fire",
		"No one is here, fire!":               "fire",
		"煤气味很重":                               "gas",
		"I smell gas":                         "gas",
		"有人触电了":                               "shock",
		"插座冒火花":                               "sparks",
		"The socket is sparking":              "sparks",
		"有人被困在电梯里":                            "trapped",
		"We are stuck in the lift":            "trapped",
		"楼下打架了":                               "fight",
		"同学晕倒了":                               "injury",
		"He is unconscious":                   "injury",
		"食物中毒":                                "poison",
		"室友失踪两天了":                             "missing",
		"我不想活了":                               "risk",
		"室友说想自杀":                              "risk",
		"I want to kill myself":               "risk",
		"爆管了,水漫出来了":                           "flood",
		"The kitchen is flooding":             "flood",
		"有人跟踪我":                               "harassment",
		"My bike was stolen":                  "theft",
		"没有着火,只是味道":                           "",
		"没冒烟":                                 "",
		"There is no smoke":                   "",
		"It is not on fire":                   "",
		"灭火器过期了":                              "",
		"The fire extinguisher is missing":    "",
		"The fire door does not close":        "",
		"烟雾报警器电池没电":                           "",
		"漏电保护跳闸":                              "",
		"水龙头漏水":                               "",
		"no hot water":                        "",
		"The tap has been dripping since May": "",
	} {
		kind, _ := w.Danger(text)
		if kind != want {
			t.Errorf("%s: %q, want %q", text, kind, want)
		}
	}
	if diff := cmp.Diff([]string{"119"}, DangerNumbers("fire")); diff != "" {
		t.Error(diff)
	}
}
