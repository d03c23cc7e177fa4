package main

import (
	"regexp"
	"slices"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

var complaintNumber = regexp.MustCompile(`C-\d+`)

// complains lets a resident complain about a place of the site, and gives the number.
// What they are asked, and what they are told in the end, is expected.
func (d *demo) complains(p *playground.Person, sort, place, words, name string) string {
	d.says(p, "/complain")
	d.taps(p, "option.type_"+sort)
	d.taps(p, "option.about_place")
	d.says(p, place)
	d.says(p, words)
	d.taps(p, name)
	at := d.now
	d.taps(p, "option.submit")
	d.gets(p.Private(), at, has("mine.complaint"), holds(d.dutyDay.Name()))
	number := d.complaintOf(p)
	d.gets(d.dutyDay.Private(), at, holds(number), holds(words))
	// Whoever is not to know of it hears nothing all day.
	for _, chat := range []desk.Address{d.engineering, d.cleaning, d.security, d.operator.Private(), d.wang.Private(), d.cleaner.Private()} {
		d.spared(chat, at, at.Add(23*time.Hour), holds(number))
	}
	return number
}

func (d *demo) complaintOf(p *playground.Person) string {
	if d.stuck != nil {
		return ""
	}
	for _, m := range slices.Backward(d.channel.Screen(p.Private())) {
		if n := complaintNumber.FindString(m.Text); n != "" && m.Person == "" {
			return n
		}
	}
	return ""
}

// inStaff is what somebody of the staff writes, in their language.
func (d *demo) inStaff(zh, en string) string {
	if d.config.Site.Languages[0] == "en" {
		return en
	}
	return zh
}

// complaintStory is a complaint under one's own name: answered within a quarter of an
// hour, settled with its cause and three lines, and asked about.
func (d *demo) complaintStory() {
	p, m := d.qiu, d.dutyDay
	d.at(d.around(11, 15, 10), func() {
		number := d.complains(p, "equipment", "图书馆", "三楼的灯一闪一闪,看书眼睛疼", "option.named")
		d.gets(m.Private(), d.now.Add(-tap), holds(number), has("case.who", "name", p.Name()))
		d.in(4, func() {
			at := d.now
			d.taps(m, "button.take_case", number)
			d.taps(m, "button.reply", number)
			d.says(m, d.inStaff("已请电工上楼检查,今天给您答复", "An electrician is on the way up; you hear from us today"))
			d.gets(p.Private(), at, has("case.reply", "number", number, "name", m.Name()), holds(d.inStaff("已请电工上楼检查", "An electrician is on the way up")))
		})
		d.in(150, func() {
			d.taps(m, "button.conclude", number)
			d.taps(m, "option.cause_equipment")
			d.says(m, d.inStaff("三楼东侧六支灯管闪烁", "Six tubes flicker on the third floor, east side"))
			d.says(m, d.inStaff("镇流器老化", "The ballasts are worn out"))
			d.says(m, d.inStaff("六支全部换新,每月巡查一次", "All six replaced, looked at once a month from now on"))
			at := d.now
			d.says(m, d.inStaff("灯已换好,谢谢您告诉我们", "The lights are replaced. Thank you for telling us"))
			d.gets(p.Private(), at, has("case.settled", "number", number, "name", m.Name()), holds(d.inStaff("灯已换好", "The lights are replaced")))
			d.gets(p.Private(), d.mayAsk(at.Add(callbackTerm)), has("callback.ask_complaint", "number", number))
			d.in(int(callbackTerm/time.Minute)+5, func() {
				at := d.now
				d.taps(p, "button.call_good", number)
				d.sees(p.Private(), at, has("case.rated", "number", number))
			})
		})
	})
}

// anonymousStory is a complaint of somebody whom nobody is to know. The manager asks
// back, and is answered, through the desk.
func (d *demo) anonymousStory() {
	p, m := d.tan, d.dutyDay
	d.at(d.around(15, 40, 10), func() {
		filed := d.now
		number := d.complains(p, "quality", "食堂", "菜是凉的", "option.anonymous")
		d.gets(p.Private(), d.now.Add(-tap), has("case.anonymous_kept"))
		d.gets(m.Private(), d.now.Add(-tap), holds(number), has("case.anonymous"))
		d.in(5, func() {
			d.taps(m, "button.ask_back", number)
			at := d.now
			d.says(m, d.inStaff("请问是哪个窗口,哪一顿?", "Which window was it, and which meal?"))
			d.gets(p.Private(), at, has("case.ask_back_anonymous", "number", number, "name", m.Name()), holds(d.inStaff("哪个窗口", "Which window")))
		})
		d.in(12, func() {
			d.taps(p, "button.answer", number)
			at := d.now
			d.says(p, "二号窗口,昨天的晚饭")
			d.gets(m.Private(), at, has("case.added", "number", number), holds("二号窗口"))
		})
		// Nobody but the desk knows who it is.
		for _, reader := range []*playground.Person{m, d.centre, d.property, d.dutyNight, d.operator, d.admin} {
			d.spared(reader.Private(), filed, filed.Add(17*time.Hour), holds(p.Name()))
		}
	})
}
