package main

import (
	"strings"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// openingStory is how a desk opens: the staff write to it once, and the
// administrator binds the three groups.
func (d *demo) openingStory() {
	d.at(d.now, func() {
		for _, p := range []*playground.Person{
			d.admin, d.operator, d.dutyDay, d.centre, d.property, d.dutyNight, d.caretaker,
			d.wang, d.li, d.night, d.cleaner, d.guard, d.guardNight,
		} {
			at := d.now
			d.says(p, "/start")
			d.gets(p.Private(), at, has("start.staff"))
		}
		d.binds(d.engineering, "engineering")
		d.binds(d.cleaning, "cleaning")
		d.binds(d.security, "security")
	})
}

func (d *demo) binds(group desk.Address, department string) {
	if d.stuck != nil {
		return
	}
	at := d.now
	d.hand(d.admin.AddDesk(group))
	d.gets(group, at, has("group.hello"))
	at = d.now
	if d.stuck == nil {
		d.hand(d.admin.Say(group, "/link"))
	}
	d.gets(group, at, has("link.offer", "title", d.channel.Title(group)))
	at = d.now
	d.presses(d.admin, group, d.department(department))
	d.told(d.admin, group, at, has("link.done", "department", d.department(department)))
	d.gets(group, at, has("link.test", "department", d.department(department)))
	d.gets(d.admin.Private(), at, has("link.tell", "name", d.admin.Name()))
}

// invitationStory is how somebody new gets a role: a link that works once.
func (d *demo) invitationStory() {
	d.at(d.around(7, 54, 1), func() {
		d.says(d.admin, "/invite")
		d.taps(d.admin, "option.role.technician")
		at := d.now
		label := []rune(d.department("engineering"))
		if len(label) > 10 { // as long as a button may be
			label = append(label[:9], '…')
		}
		d.taps(d.admin, string(label))
		d.gets(d.admin.Private(), at, holds(playground.Link))
		link := ""
		if m, ok := d.channel.Find(d.admin.Private(), "", playground.Link); ok {
			link = m.Text[strings.Index(m.Text, playground.Link):]
		}
		d.in(2, func() {
			at := d.now
			if d.stuck == nil {
				d.hand(d.zhao.Open(link))
			}
			d.gets(d.zhao.Private(), at, has("invite.welcome"), holds(d.department("engineering")))
			d.gets(d.admin.Private(), at, has("invite.joined", "name", d.zhao.Name()))
			// It works once: somebody else who opens it gets nothing.
			at = d.now
			if d.stuck == nil {
				d.hand(d.he.Open(link))
			}
			d.gets(d.he.Private(), at, has("invite.used"))
			d.gets(d.admin.Private(), at, has("invite.misused", "name", d.he.Name()))
		})
	})
}

// quietDigestStory is the first morning's digest: there is nothing to say yet.
func (d *demo) quietDigestStory() {
	at := desk.ClockTime(8*60+10).On(d.day, d.zone)
	for _, p := range []*playground.Person{d.dutyDay, d.centre, d.property} {
		d.gets(p.Private(), at, has("digest.quiet"))
	}
	d.spared(d.dutyNight.Private(), at, at, has("digest.quiet"))
}
