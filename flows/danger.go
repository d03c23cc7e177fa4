package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// danger is a kind of emergency: the numbers to call first, and the words that
// mean it.
type danger struct {
	kind    string
	numbers []string
	words   []string
	// but are phrases with such a word that mean no danger.
	but []string
	// always counts also where the words seem to be denied.
	always bool
}

// dangers, the gravest first. The kinds are stable.
var dangers = []danger{
	{kind: "risk", numbers: []string{"120", "110"}, always: true,
		words: []string{
			"自杀", "想死", "不想活", "轻生", "跳楼", "割腕", "活不下去", "自残", "结束生命",
			"suicide", "suicidal", "kill myself", "kill himself", "kill herself", "killing myself", "want to die", "wants to die", "end my life", "self-harm", "hurt myself", "jump off the roof",
		},
		but: []string{"跳楼价", "跳楼甩卖"}},
	{kind: "fire", numbers: []string{"119"},
		words: []string{
			"着火", "起火", "失火", "火灾", "烧起来", "冒烟", "浓烟", "很多烟", "好大的烟", "on fire", "fire", "smoke", "burning",
		},
		but: []string{
			"fire extinguisher", "fire door", "fire exit", "fire drill", "fire alarm test", "fire hydrant", "fire hose", "fireplace", "firewall", "smoke detector", "smoke alarm", "smoker", "smoke-free",
			"火灾报警器", "火灾演练", "防火灾", "burning question",
		}},
	{kind: "gas", numbers: []string{"119"},
		words: []string{
			"煤气泄漏", "燃气泄漏", "煤气味", "燃气味", "漏煤气", "漏燃气", "漏气味", "闻到煤气", "闻到燃气", "天然气泄漏", "天然气味", "煤气中毒",
			"gas leak", "gas leaking", "leaking gas", "smell gas", "smell of gas", "smells of gas", "smells like gas", "gas smell",
		}},
	{kind: "shock", numbers: []string{"120"},
		words: []string{"触电", "被电到", "被电了", "electric shock", "electrocuted", "got a shock", "gets a shock", "got shocked"},
		but:   []string{"防触电", "触电保护"}},
	{kind: "sparks", numbers: []string{"119"},
		words: []string{"冒火花", "打火花", "电火花", "火花", "漏电", "冒火", "sparks", "sparking", "live wire"},
		but:   []string{"漏电保护", "漏电开关", "spark plug"}},
	{kind: "trapped", numbers: []string{"119"},
		words: []string{
			"被困", "困在", "关在电梯", "电梯困人", "困住了", "出不来了", "trapped", "stuck in the lift", "stuck in the elevator", "stuck in lift", "stuck in elevator", "stuck inside the lift", "stuck inside the elevator",
		}},
	{kind: "injury", numbers: []string{"120"},
		words: []string{
			"受伤", "流血", "晕倒", "昏倒", "昏迷", "骨折", "摔伤", "烫伤", "没有呼吸", "没呼吸", "心脏病发", "injured", "injury", "bleeding", "unconscious", "fainted", "passed out", "not breathing", "heart attack",
		}},
	{kind: "poison", numbers: []string{"120"},
		words: []string{"食物中毒", "中毒", "food poisoning", "poisoned"}},
	{kind: "fight", numbers: []string{"110"},
		words: []string{"打架", "斗殴", "打起来", "打人", "持刀", "拿刀", "a fight", "fighting", "has a knife", "with a knife", "being attacked", "attacked me"}},
	{kind: "missing", numbers: []string{"110"},
		words: []string{"失踪", "走失", "人不见了", "孩子不见了", "同学不见了", "missing person", "missing child", "went missing", "has gone missing", "roommate is missing", "child is missing"}},
	{kind: "harassment", numbers: []string{"110"},
		words: []string{"性骚扰", "猥亵", "跟踪我", "尾随", "偷拍", "harassed", "harassing", "harassment", "stalking me", "following me", "assaulted"}},
	{kind: "theft", numbers: []string{"110"},
		words: []string{"被偷", "小偷", "偷东西", "入室盗窃", "被盗", "stolen", "thief", "burglar", "burglary", "break-in"}},
	{kind: "flood", numbers: nil,
		words: []string{"淹了", "被淹", "水漫", "爆管", "水管爆", "管子爆", "发大水", "喷水", "flooded", "flooding", "is flooding", "flood", "burst pipe", "pipe burst", "pipe has burst"}},
}

// Danger tells whether a text speaks of danger, and of which kind: fire, gas,
// shock, sparks, trapped, injury, poison, fight, missing, harassment, theft,
// flood, or risk (a person at risk). Any language is heard. What is plainly
// denied ("没有着火", "no smoke") is none; a false alarm costs one tap, so in
// doubt it is danger.
func Danger(text, _ string) (kind string, ok bool) {
	folded := desk.Fold(text)
	for _, d := range dangers {
		heard := folded
		for _, phrase := range d.but {
			heard = strings.ReplaceAll(heard, phrase, strings.Repeat(" ", len(phrase)))
		}
		for _, word := range d.words {
			for at := spokenAt(heard, word, 0); at >= 0; at = spokenAt(heard, word, at+1) {
				if d.always || !denied(heard[:at]) {
					return d.kind, true
				}
			}
		}
	}
	return "", false
}

// DangerNumbers are the public numbers to call first for a kind of danger; none
// where the desk itself comes first.
func DangerNumbers(kind string) []string {
	for _, d := range dangers {
		if d.kind == kind {
			return slices.Clone(d.numbers)
		}
	}
	return nil
}

// DangerKinds lists every kind of danger.
func DangerKinds() []string {
	var kinds []string
	for _, d := range dangers {
		kinds = append(kinds, d.kind)
	}
	return kinds
}

// denied tells whether what stands right before a word, within its clause,
// denies it. A question ("是不是着火了") denies nothing.
func denied(before string) bool {
	if cut := strings.LastIndexAny(before, ",.;!?。\n"); cut >= 0 {
		before = before[cut+1:]
	}
	near := strings.TrimSpace(before)
	for _, filler := range []string{"任何", "什么", "发生", "真的"} {
		near = strings.TrimSuffix(near, filler)
	}
	for _, asks := range []string{"是不是", "会不会", "有没有"} {
		if strings.HasSuffix(near, asks) {
			return false
		}
	}
	for _, no := range []string{"没", "没有", "不是", "并非", "不会", "未", "并无"} {
		if strings.HasSuffix(near, no) {
			return true
		}
	}
	words := strings.Fields(near)
	for i, word := range words {
		switch word {
		case "no", "not", "isn't", "without", "wasn't", "aren't", "isnt":
			// "no one came, smoke" is no denial, and neither is one far away.
			if len(words)-i <= 2 && (i+1 == len(words) || words[i+1] != "one") {
				return true
			}
		}
	}
	return false
}
