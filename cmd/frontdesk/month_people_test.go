package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// monthWords are what residents write, in Chinese and in English; %s is the place.
var monthWords = []struct {
	category, zh, en string
	share            int
}{
	{"hot_water", "没热水,%s", "No hot water in %s", 18},
	{"leak", "水龙头漏水,%s", "Tap leaking in %s", 18},
	{"power", "灯坏了,%s", "The light is broken in %s", 14},
	{"air_con", "空调不制冷,%s", "Air con not cooling in %s", 12},
	{"door", "门锁坏了,%s", "The door lock is broken in %s", 8},
	{"clean", "请打扫一下卫生,%s", "Please clean %s", 10},
	{"pest", "有蟑螂,%s", "Cockroaches in %s", 6},
	{"moving", "请帮忙搬运行李,%s", "Please help moving luggage, %s", 5},
	{"door_open", "忘带钥匙进不去了,%s", "Locked out, %s", 9},
}

// day lays out what residents want on a day that begins at midnight: so many
// matters, most of them by day.
func (m *month) day(date desk.Date, matters int) {
	for range matters {
		at := desk.ClockTime(7*60 + 20 + m.rand.IntN(15*60+20))
		if m.chance(9) {
			at = desk.ClockTime(m.rand.IntN(7*60 + 20))
		}
		if when := at.On(date, m.zone).Add(time.Duration(m.rand.IntN(60)) * time.Second); when.After(m.now) {
			m.at(when, m.matter)
		}
	}
}

// matter is one thing that somebody wants.
func (m *month) matter() {
	p := anyOf(m, m.residents...)
	room := m.anyRoom()
	if m.chance(25) {
		room = anyOf(m, m.rooms...)
	}
	switch n := m.rand.IntN(100); {
	case n < 4:
		m.complains(p, room)
	case n < 5:
		m.says(p, "/suggest")
		m.says(p, anyOf(m, "自习室能不能晚点关灯", "食堂多开一个窗口吧", "洗衣房再添两台机器"))
		m.taps(p, "option.submit")
	case n < 6:
		m.says(p, "/praise")
		m.taps(p, "option.about_team")
		m.taps(p, m.config.Site.Departments[m.rand.IntN(2)].Label.In(m.langIn(p, p.Private())))
		m.says(p, "来得快,修得好")
		m.taps(p, "option.submit")
	case n < 7:
		m.says(p, fmt.Sprintf("%s号楼%d楼走廊冒烟了", room[:1], 1+m.rand.IntN(12)))
		if m.chance(85) {
			m.taps(p, "button.send_help")
		}
	case n < 14 && len(m.onDuty(string(desk.RoleOperator))) > 0 && m.byDay():
		o := anyOf(m, m.onDuty(string(desk.RoleOperator))...)
		m.says(o, "/log")
		m.says(o, fmt.Sprintf("来电%d 138%08d", m.rand.IntN(1000), m.rand.IntN(100000000)))
		m.says(o, room)
		m.says(o, anyOf(m, "没热水", "洗手池堵了", "灯坏了"))
		m.answers(o, room)
	default:
		m.reports(p, room)
	}
}

// reports is a repair or a request in one sentence.
func (m *month) reports(p *playground.Person, room string) {
	n := m.rand.IntN(100)
	for _, w := range monthWords {
		if n -= w.share; n >= 0 {
			continue
		}
		said := w.zh
		if p.Lang() == "en" {
			said = w.en
		}
		m.says(p, fmt.Sprintf(said, room))
		m.answers(p, room)
		return
	}
}

// has tells whether the newest message to somebody has a button.
func (m *month) offers(p *playground.Person, key string) bool {
	message := m.newest(p)
	_, ok := message.Button(m.words(m.langIn(p, p.Private()), key))
	return ok
}

// answers answers whatever the desk asks until the report is in.
func (m *month) answers(p *playground.Person, room string) {
	for range 8 {
		switch {
		case m.offers(p, "option.join") && m.chance(20):
			m.taps(p, "option.join")
			return
		case m.offers(p, "option.submit"):
			m.taps(p, "option.submit")
		case m.offers(p, "option.present"):
			m.taps(p, anyOf(m, "option.present", "option.anytime"))
		case m.offers(p, "option.present_soon"):
			m.taps(p, anyOf(m, "option.present_soon", "option.anytime_soon"))
		case m.offers(p, "option.skip"):
			m.taps(p, "option.skip")
		case m.offers(p, "option.cancel") || m.offers(p, "option.back"):
			m.says(p, room)
		default:
			return
		}
	}
	m.says(p, "/cancel")
}

// complains is a complaint: about a place, a team, somebody by name, the duty
// manager, or a service; a third of them anonymous.
func (m *month) complains(p *playground.Person, room string) {
	m.says(p, "/complain")
	m.taps(p, anyOf(m, "option.type_equipment", "option.type_manner", "option.type_quality", "option.type_quality", "option.type_other"))
	lang := m.langIn(p, p.Private())
	switch m.rand.IntN(5) {
	case 0:
		m.taps(p, "option.about_team")
		m.taps(p, m.config.Site.Departments[m.rand.IntN(3)].Label.In(lang))
	case 1:
		m.taps(p, "option.about_person")
		m.says(p, anyOf(m, m.crew["engineering/0"]...).Name())
	case 2:
		m.taps(p, "option.about_person")
		m.says(p, map[string]string{"zh": "值班经理", "en": "the duty manager"}[lang])
	default:
		m.taps(p, "option.about_place")
		m.says(p, room)
	}
	m.says(p, anyOf(m, "等了三天没人来", "说话很冲", "修了又坏,一直不好"))
	if m.offers(p, "option.moment_today") {
		m.taps(p, anyOf(m, "option.moment_today", "option.moment_now"))
	}
	m.taps(p, anyOf(m, "option.named", "option.named", "option.anonymous"))
	m.taps(p, "option.submit")
}

var anyNumber = regexp.MustCompile(`[RECS]-\d+`)

// react lets people do something about what they see.
func (m *month) react(e playground.Entry) {
	if e.Kind != playground.Sent && e.Kind != playground.Edited {
		return
	}
	for _, d := range m.config.Site.Departments {
		if e.Chat == m.groups[d.ID] {
			m.reactInGroup(d.ID, e.Message)
			return
		}
	}
	p := m.people[e.Chat.ID]
	if p == nil || e.Kind != playground.Sent {
		return
	}
	lang := m.langIn(p, p.Private())
	shows := func(key string) bool { _, ok := e.Message.Button(m.words(lang, key)); return ok }
	number := anyNumber.FindString(e.Message.Text)
	then := func(percent, from, to int, do func()) {
		if m.chance(percent) {
			m.in(m.minutes(from, to), do)
		}
	}
	switch {
	case shows("button.on"):
		then(94, 1, 12, func() { m.taps(p, "button.on") })
	case shows("button.sign"):
		then(98, 3, 24, func() { m.taps(p, "button.sign") })
	case shows("button.keep_all"):
		then(80, 1, 10, func() { m.taps(p, anyOf(m, "button.keep_all", "button.keep_all", "button.return_all")) })
	case shows("button.no_answer"):
		then(90, 3, 90, func() { m.phones(p, number) })
	case shows("button.take_case"), shows("button.reply"):
		if !m.handled[number] {
			m.handled[number] = true
			m.in(m.minutes(2, 20), func() { m.deals(p, number) })
		}
	case shows("button.good"):
		then(62, 2, 240, func() { m.rates(p, number) })
	case shows("button.not_fixed_complaint"):
		then(60, 5, 300, func() {
			m.taps(p, anyOf(m, "button.call_good", "button.call_fair", "button.not_fixed_complaint"), number)
		})
	case shows("button.any_time"):
		then(80, 2, 90, func() { m.taps(p, "button.any_time", number) })
	case shows("button.again"):
		then(50, 1, 5, func() { m.taps(p, "button.again", number) })
	case shows("button.answer"):
		then(60, 2, 60, func() {
			if m.taps(p, "button.answer", number) {
				m.says(p, "就是昨天中午的事")
			}
		})
	case shows("button.chase") && strings.Contains(number, "R-"):
		then(7, 40, 200, func() { m.taps(p, "button.chase", number) })
		then(4, 2, 100, func() {
			if m.taps(p, "button.cancel_ticket", number) {
				m.taps(p, "option.cancel_it", number)
			}
		})
	}
}

// rates answers the callback.
func (m *month) rates(p *playground.Person, number string) {
	switch n := m.rand.IntN(100); {
	case n < 76:
		m.taps(p, "button.good", number)
	case n < 88:
		if m.taps(p, "button.fair", number) {
			m.taps(p, anyOf(m, "button.want_speed", "button.want_quality", "button.want_nothing"), number)
		}
	default:
		if !m.taps(p, "button.not_fixed", number) {
			m.taps(p, "button.not_fixed_request", number)
		}
	}
	if m.chance(3) {
		m.in(m.minutes(600, 6000), func() { m.taps(p, "button.its_back", number) })
	}
}

// phones is a call task.
func (m *month) phones(o *playground.Person, number string) {
	switch n := m.rand.IntN(100); {
	case n < 45:
		m.taps(o, "button.call_good", number)
	case n < 60:
		m.taps(o, "button.call_fair", number)
	case n < 70:
		m.taps(o, "button.not_fixed", number)
	default:
		m.taps(o, "button.no_answer", number)
	}
}

// deals is what a manager does about a complaint or a suggestion.
func (m *month) deals(p *playground.Person, number string) {
	if strings.HasPrefix(number, "S") {
		if m.taps(p, "button.reply", number) {
			m.says(p, "谢谢,已转给后勤研究")
		}
		return
	}
	m.taps(p, "button.take_case", number)
	if m.chance(30) {
		if m.taps(p, "button.ask_back", number) {
			m.says(p, "请问是什么时候的事?")
		}
	} else if m.chance(90) && m.taps(p, "button.reply", number) {
		m.says(p, "我们马上了解,今天给您答复")
	}
	conclude := func() {
		if !m.taps(p, "button.conclude", number) {
			return
		}
		m.taps(p, anyOf(m, "option.cause_energy", "option.cause_equipment", "option.cause_service"))
		for _, line := range []string{"现场查看属实", "保养周期过长", "缩短到一个月一次", "已处理,给您添麻烦了"} {
			m.says(p, line)
		}
	}
	if m.chance(85) {
		m.in(m.minutes(30, 5500), func() { m.onlyOnDuty(p, conclude) })
	}
}

// onlyOnDuty lets somebody of the day shift do something when they are there.
func (m *month) onlyOnDuty(p *playground.Person, do func()) {
	for key, crew := range m.crew {
		for _, c := range crew {
			if c == p && strings.HasSuffix(key, "/0") != m.byDay() && len(m.crew[key[:len(key)-1]+"1"]) > 0 {
				m.in(time.Hour, func() { m.onlyOnDuty(p, do) })
				return
			}
		}
	}
	do()
}
