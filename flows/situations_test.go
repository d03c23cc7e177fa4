package flows

import (
	"testing"

	"frontdesk/flows/examples"
)

// What may come between the words of a situation, and what must not.
func TestSituations(t *testing.T) {
	set := examples.Set{
		Roles: map[string][]string{
			"kin": {"son", "孩子"}, "lost": {"cant find", "not back", "找不到"}, "parcel": {"parcel", "快递"},
			"body": {"头"}, "hurt": {"流血", "bleeding"}, "leg": {"leg"},
		},
		States: []string{"hurt", "lost"}, Inert: []string{"水龙头", "leg day"},
		Situations: []examples.Situation{
			{Kind: "missing", Parts: []examples.SituationPart{{Roles: []string{"kin"}}, {Roles: []string{"lost"}}, {Roles: []string{"parcel"}, Absent: true}}},
			{Kind: "injury", Parts: []examples.SituationPart{{Roles: []string{"body", "leg"}}, {Roles: []string{"hurt"}, After: true}}},
			{Kind: "fire", Doubtful: true, Parts: []examples.SituationPart{{Roles: []string{"kin"}}}},
		},
	}
	s := compileSituations(set)
	for text, want := range map[string]string{
		"my son is not back":              "missing",
		"I cannot find my son":            "missing", // in any order
		"my SON hasn’t back":              "missing", // as people leave words out
		"we were unable to find our son":  "missing",
		"my sonnnn is not back":           "missing",
		"her person is not back":          "", // no word begins inside another
		"cant find the parcel for my son": "",
		"孩子找不到了":                          "missing",
		"孩子没有找不到":                         "", // denied
		"孩子找不到快递":                         "",
		"头流血了":                            "injury",
		"流血了,头":                           "", // only after
		"水龙头流血":                           "", // no head
		"头上戴了一顶很大很大的红色的帽子 流血": "", // too far apart
		"孩子早上自己穿好了衣服背着新书包坐公交车去了很远很远的外婆家里过周末还带着新买的玩具和一本书,我的钥匙找不到": "",
		"leg is bleeding":                   "injury",
		"leg day, my nose is bleeding":      "",
		"leg is fine. bleeding stopped":     "", // another sentence
		"my leg is not bleeding":            "",
		"son":                               "",
		"the weather is nice, nothing else": "",
	} {
		said := alike(text)
		if kind, why := s.hit(said, s.mentions(said), false); kind != want {
			t.Errorf("%s: %q by %s, want %q", text, kind, why, want)
		}
	}
	said := alike("my son")
	if kind, _ := s.hit(said, s.mentions(said), true); kind != "fire" {
		t.Errorf("a doubt: %q", kind)
	}
}

// Sure, in doubt, and nothing of the kind.
func TestDoubt(t *testing.T) {
	l := testListener(t)
	for text, want := range map[string][2]string{
		"nobody can find my son":       {"missing", ""},
		"我儿子从早上到现在电话打不通":               {"missing", ""},
		"室友联系不上,他电话关机了两天了":             {"missing", ""},
		"门从里面打不开,厕所里没有把手我在里面":          {"trapped", ""},
		"I cannot breathe properly":    {"injury", ""},
		"有人拿着刀在走廊":                     {"fight", ""},
		"电梯停在三楼不动了":                    {"", "trapped"},
		"厕所门打不开":                       {"", "trapped"},
		"总觉得自己是大家的累赘":                  {"", "risk"},
		"哈哈哈我室友失踪了":                    {"", "missing"}, // laughed about
		"如果半夜着火了打哪个电话":                 {"", ""},
		"如果孩子找不到了打哪个电话":                {"", ""},
		"怎么预防煤气中毒":                     {"", ""},
		"what should i do if it burns": {"", ""},
		"刘同学":                          {"", ""},
		"李火旺":                          {"", ""},
		"王师傅":                          {"", ""},
		"火锅":                           {"", ""},
		"3-119":                        {"", ""},
		"饭里有沙子":                        {"", ""},
		"My roommate is annoying":      {"", ""},
		"热死了":                          {"", ""},
		"笑死我了":                         {"", ""},
		"水龙头滴水":                        {"", ""},
	} {
		sure, _ := l.Danger(text)
		doubt, why := l.Doubt(text)
		if sure != want[0] || doubt != want[1] {
			t.Errorf("%s: sure %q, doubt %q by %s, want %q", text, sure, doubt, why, want)
		}
	}
}
