package main

import (
	"fmt"
	"slices"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// cast is everybody who plays, and the three groups of the departments. The
// employees of the roster have its ids.
type cast struct {
	admin, operator, dutyDay, dutyNight, centre, property *playground.Person

	wang, li, night, zhao *playground.Person // engineering; zhao is invited
	cleaner               *playground.Person
	guard, guardNight     *playground.Person

	// The residents, each with a matter of their own.
	zhang, sun, xu, he, guo, ma, luo, liang, song, xie, qiu, tan *playground.Person
	emma                                                         *playground.Person // speaks English
	// Those who move out of one room, the mate speaks English, and one who moves in.
	leaver, mate, newcomer *playground.Person
	caretaker              *playground.Person

	engineering, cleaning, security desk.Address

	rooms  []string // of different buildings, not yet lived in
	caller string   // who phones
}

func newCast(d *demo) cast {
	var c cast
	in := d.config.Site.Languages[0]
	names, given := shuffled(d, surnames[in]...), shuffled(d, givenNames[in]...)
	take := func(list *[]string) string {
		first := (*list)[0]
		*list = (*list)[1:]
		return first
	}
	client := clients[in]
	called := func(kind string) string { return titled(in, kind, take(&names)) }
	staff := func(id string) *playground.Person {
		return d.channel.Person(id, titled(in, "staff", take(&names), take(&given)), client)
	}
	worker := func(id string) *playground.Person { return d.channel.Person(id, called("worker"), client) }
	c.admin, c.operator, c.dutyDay = staff("1000"), staff("1001"), staff("1002")
	c.centre, c.property, c.dutyNight = staff("1003"), staff("1004"), staff("1005")
	c.wang, c.li, c.night, c.zhao = worker("2001"), worker("2002"), worker("2003"), worker("2009")
	c.cleaner, c.guard, c.guardNight = worker("2101"), worker("2201"), worker("2202")
	c.caretaker = d.channel.Person("1007", caretakers[in], client)
	c.residents(d, "s", called)
	c.emma = d.channel.Person("e1", shuffled(d, "Emma", "Daniel", "Priya", "Lucas", "Amara", "Tom")[0], "en")
	c.caller = called("caller")

	// The resident he is no employee, but a reader of the group: a press of theirs
	// does not count.
	c.engineering = d.channel.Group("g1", groups[in][0], c.admin, c.wang, c.li, c.night, c.zhao, c.he)
	c.cleaning = d.channel.Group("g2", groups[in][1], c.admin, c.cleaner)
	c.security = d.channel.Group("g3", groups[in][2], c.admin, c.guard, c.guardNight)
	c.rooms = freeRooms(d)
	return c
}

// residents makes the people of the stories, with ids that begin with a letter.
func (c *cast) residents(d *demo, letter string, called func(kind string) string) {
	list := []**playground.Person{&c.zhang, &c.sun, &c.xu, &c.he, &c.guo, &c.ma, &c.luo, &c.liang, &c.song, &c.xie, &c.qiu, &c.tan}
	for i, p := range list {
		*p = d.channel.Person(fmt.Sprintf("%s%d", letter, i+1), called("student"), clients["zh"])
	}
	c.leaver = d.channel.Person(letter+"13", called("leaver"), clients["zh"])
	c.newcomer = d.channel.Person(letter+"14", called("newcomer"), clients["zh"])
	c.mate = d.channel.Person(letter+"15", mates[letter][d.rand.IntN(len(mates[letter]))], "en")
}

// freeRooms are rooms in which nobody lives yet.
func freeRooms(d *demo) []string {
	var rooms []string
	for _, building := range shuffled(d, "1", "2", "3", "4", "5", "6", "7", "8") {
		rooms = append(rooms,
			fmt.Sprintf("%s-%d%02d", building, 1+d.rand.IntN(6), 1+d.rand.IntN(12)),
			fmt.Sprintf("%s-%d%02d", building, 7+d.rand.IntN(6), 1+d.rand.IntN(12)))
	}
	return rooms
}

// room gives a room that is nobody's yet.
func (d *demo) room() string {
	room := d.rooms[0]
	d.rooms = d.rooms[1:]
	return room
}

func shuffled(d *demo, words ...string) []string {
	words = slices.Clone(words) // the names are everybody's, also of the next day in this process
	d.rand.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words
}
