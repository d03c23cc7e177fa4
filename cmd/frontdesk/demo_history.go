package main

import (
	"fmt"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// playgroundBegins is when the page's clock starts: the digest of two days has
// just come, and a ticket waits to be taken.
const playgroundBegins = desk.ClockTime(8*60 + 12)

// history plays the days before the page is opened: a Sunday on which the desk
// opens and something is left undone, a Monday as in the stories, and the first
// minutes of Tuesday.
func (c *campus) history() error {
	c.opening()
	for _, p := range []*playground.Person{c.supervisor, c.cardWorker} {
		c.at(c.now, func() { c.says(p, "/start") })
	}
	c.shiftsStory(c.day)
	c.overdueStory()
	monday := demoDay.AddDays(-1)
	if err := c.play(demoBegins.On(monday, c.zone)); err != nil {
		return err
	}
	c.day = monday
	c.shiftsStory(monday)
	c.stories()
	c.untakenStory()
	if err := c.play(playgroundBegins.On(demoDay, c.zone)); err != nil {
		return err
	}
	c.todo, c.failures = nil, nil // What was expected is checked by --play.
	return nil
}

// overdueStory is a repair that is taken and then forgotten: on Monday it is
// late, and everybody who answers for it is told.
func (c *campus) overdueStory() {
	p, room := c.forgotten, c.room()
	c.at(c.around(15, 30, 20), func() {
		c.says(p, fmt.Sprintf("洗手池下水很慢,%s,随时可以进", room))
		t := c.submits(p, c.engineering, c.now, "mine.registered")
		c.in(6, func() { c.takes(c.li, t) })
	})
}

// untakenStory is a repair of this morning: the page opens before anybody took
// it.
func (c *campus) untakenStory() {
	p, room := c.waiting, c.room()
	c.at(desk.ClockTime(8*60+3).On(demoDay, c.zone).Add(time.Duration(c.rand.IntN(120))*time.Second), func() {
		c.says(p, fmt.Sprintf("空调不制冷,%s,有人在再进", room))
		c.submits(p, c.engineering, c.now, "mine.registered")
	})
}

// watchers are those who are only on the page: two residents who have not
// written yet, for the reader to play, and some of whom the stories know nothing.
type watchers struct {
	mine               [2]*playground.Person // one who speaks Chinese, one who speaks English
	forgotten, waiting *playground.Person
	supervisor         *playground.Person
	// Those on the second network, with its cards.
	cardResident, cardWorker *playground.Person
	yesterday                []*playground.Person // the residents of the history
}

func newWatchers(d *demo) watchers {
	in := d.config.Site.Languages[0]
	person := func(id string, names map[string]string, client string) *playground.Person {
		return d.channel.Person(id, names[in], client)
	}
	zh := clients["zh"]
	return watchers{
		mine: [2]*playground.Person{
			person("r1", map[string]string{"zh": "林同学", "en": "Lin (writes Chinese)"}, zh),
			person("r2", map[string]string{"zh": "Alex", "en": "Alex"}, "en"),
		},
		forgotten:    person("r3", map[string]string{"zh": "罗同学", "en": "Luo (student)"}, zh),
		waiting:      person("r4", map[string]string{"zh": "田同学", "en": "Tian (student)"}, zh),
		supervisor:   person("1006", map[string]string{"zh": "高岚", "en": "Lan Gao"}, clients[in]),
		cardResident: d.channel.CardsPerson("w1", map[string]string{"zh": "方同学", "en": "Fang (writes Chinese)"}[in], zh),
		cardWorker:   d.channel.CardsPerson("w2004", map[string]string{"zh": "顾师傅", "en": "Gu"}[in], clients[in]),
	}
}

// watchedRoster puts the watchers who work on the roster.
func watchedRoster(config *Config) {
	staff := config.Site.Roster.Shifts[0].Staff
	staff[string(desk.RoleSupervisor)] = []string{playground.Name + ":1006"}
	staff["engineering"] = append(staff["engineering"], playground.CardsName+":w2004")
}

// residentsOf lists the residents of the stories.
func (c *cast) residentsOf() []*playground.Person {
	return []*playground.Person{c.zhang, c.emma, c.sun, c.xu, c.he, c.guo, c.ma, c.luo, c.liang, c.song, c.xie, c.qiu, c.tan, c.leaver, c.mate, c.newcomer}
}
