package flows

import (
	"strings"
	"unicode/utf8"
)

// wantWords are what people say when they want something of the desk, by what it
// is. The first of each language is the plain command.
var wantWords = []struct {
	flow  string
	words []string
}{
	{"cancel", []string{"取消报修", "撤销报修", "不用修了", "不用来了", "cancel my repair", "cancel the repair", "cancel ticket", "cancel my ticket"}},
	{"chase", []string{"催一下", "催单", "催", "怎么还没来", "还没来", "还没有人来", "没人来", "还没修", "chase", "hurry up", "nobody came", "still waiting", "no one came"}},
	{"my", []string{"查进度", "进度", "看进度", "我的报修", "我的单", "修到哪", "到哪了", "status", "progress", "my repairs", "my tickets", "my ticket", "my requests"}},
	{"operator", []string{"找人工", "人工", "转人工", "人工客服", "真人", "接线员", "找客服", "operator", "human", "real person", "talk to someone", "speak to someone", "talk to a person"}},
	{"language", []string{"切换语言", "语言", "换语言", "说英文", "说英语", "english", "英文", "中文", "说中文", "chinese", "language", "change language"}},
	{"help", []string{"帮助", "怎么用", "使用说明", "能做什么", "你会什么", "help", "how does this work", "what can you do", "menu", "菜单"}},
	{"request", []string{"服务", "需求", "申请服务", "要服务", "request", "service", "services"}},
	{"repair", []string{"报修", "我要报修", "维修", "修理", "坏了", "坏掉", "修一下", "来修", "故障", "repair", "repairs", "broken", "broke", "fix", "not working", "doesn't work", "does not work", "out of order"}},
	{"greeting", []string{"你好", "您好", "在吗", "有人吗", "早上好", "下午好", "晚上好", "哈喽", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "hello there"}},
}

// wholeOnly are wants that only count when nothing else was said: inside a
// sentence their words mean other things.
var wholeOnly = map[string]bool{"greeting": true, "language": true, "help": true, "request": true}

// wants finds what somebody wants of the desk. Said alone it is certain; within
// a short sentence it is likely; in a long one it is a hint.
func wants(folded string) []Guess {
	said := bare(folded)
	var guesses []Guess
	for _, want := range wantWords {
		best, why := 0.0, ""
		for _, word := range want.words {
			score := 0.0
			switch {
			case said == word:
				score = 1
			case wholeOnly[want.flow] || utf8.RuneCountInString(word) < 2 || !spoken(folded, word):
			case brief(said):
				score = Sure
			default:
				score = 0.4
			}
			if score > best {
				best, why = score, word
			}
		}
		if why != "" {
			guesses = append(guesses, Guess{Flow: want.flow, Score: best, Why: why})
		}
	}
	return guesses
}

// brief tells whether a text is so short that one word decides what it is.
func brief(said string) bool {
	if !latinOnly(said) {
		return utf8.RuneCountInString(said) <= 10
	}
	return len(strings.Fields(said)) <= 5
}
