package main

import (
	"fmt"
	"strings"

	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
)

// lodger is somebody with a bed, as the list of residents has them.
type lodger struct {
	*playground.Person
	place, bed, number string
}

// lodges gives somebody a bed in the story; the desk knows of it only by lists.
func lodges(p *playground.Person, place, bed string) lodger {
	return lodger{p, place, bed, fmt.Sprintf("2023%s%d", strings.ReplaceAll(place, "-", ""), bed[0]-'A'+1)}
}

// lists works a list into the desk, as the import of the command line does: who
// lives there from a day on, or will.
func (d *demo) lists(state desk.StayState, from desk.Date, list ...lodger) {
	if d.stuck != nil {
		return
	}
	d.stuck = d.app.Store.Update(d.ctx, func(tx *storage.Tx) error {
		var rows []desk.Stay
		for _, l := range list {
			rows = append(rows, desk.Stay{
				Number: l.number, Name: l.Name(), Kind: desk.ResidentStudent, Place: l.place, Bed: l.bed,
				From: desk.ClockTime(0).On(from, d.zone), State: state,
			})
		}
		w := storage.NewWorld(tx, d.app.Site())
		out, taken := desk.TakeRoster(w, rows, false, nil)
		if err := w.Err(); err != nil {
			return err
		}
		if len(taken.Wrong) > 0 {
			return fmt.Errorf("the list is wrong: %v", taken.Wrong)
		}
		return d.app.writer().Apply(tx, out)
	})
}

// checkinStory is somebody who moves in: found on the list by number and name, the
// agreement confirmed, the keys handed over at the door, and a wall reported that was
// like that before.
func (d *demo) checkinStory() {
	p, ct := lodges(d.newcomer, d.room(), "A"), d.caretaker
	d.at(d.around(8, 40, 10), func() {
		d.lists(desk.StayExpected, d.day, p)
		d.says(p.Person, "入住")
		d.says(p.Person, p.number)
		d.says(p.Person, p.Name())
		d.taps(p.Person, "option.agree")
		at := d.now
		d.taps(p.Person, "option.agree")
		d.gets(p.Private(), at, has("checkin.ready", "name", p.Name()))
		d.in(20, func() {
			d.says(ct, "/checkin "+p.number)
			d.taps(ct, "button.give_keys")
			at := d.now
			d.taps(ct, "button.hand_over")
			d.gets(p.Private(), at, has("checkin.got", "by", ct.Name()))
			at = d.now
			d.taps(p.Person, "button.got_keys")
			d.gets(p.Private(), at, has("checkin.welcome", "name", p.Name()), has("checkin.condition"))
		})
		d.in(31, func() {
			d.taps(p.Person, "button.condition")
			d.taps(p.Person, d.inCheckin(p.Private(), "wall"))
			d.says(p.Person, "窗边有一块水渍")
			d.sends(p.Person, d.faultPhoto)
			d.taps(p.Person, "button.condition_all")
		})
		d.gets(ct.Private(), desk.ClockTime(9*60).On(d.day.AddDays(1), d.zone), has("checkin.day_after", "of", 1, "came", 1))
	})
}

// inCheckin is what an item of the report at check-in is called in a chat.
func (d *demo) inCheckin(chat desk.Address, id string) string {
	item, _ := d.config.Site.CheckIn.Item(id)
	return item.Label.In(d.lang(chat))
}

// homed gives those whom the reader plays a home, each a bed of one room: the desk
// knows them by their account, so that they leave it without saying who they are.
func (c *campus) homed() error {
	return c.app.Store.Update(c.ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, c.app.Site())
		var out desk.Effects
		for i, p := range c.mine {
			l := lodges(p, homeOfMine, string(rune('A'+i)))
			name, _, _ := strings.Cut(p.Name(), " (")
			person := desk.Person{
				ID: w.NewID(), Created: w.Now(), Addresses: []desk.Address{p.Private()}, Unreachable: "never_started",
			}
			stay := desk.Stay{
				ID: w.NewID(), Person: person.ID, Name: name, Number: l.number, Kind: desk.ResidentStudent, Place: l.place, Bed: l.bed,
				State: desk.StayIn, From: desk.ClockTime(0).On(c.day.AddDays(-420), c.zone),
			}
			stay.InAt, stay.ConditionAt = stay.From, w.Now()
			out.People = append(out.People, person)
			put, _ := desk.PutStay(w, desk.Stay{}, stay, "lives_here", "", nil)
			out.Add(put)
		}
		if err := w.Err(); err != nil {
			return err
		}
		return c.app.writer().Apply(tx, out)
	})
}

// homeOfMine is the room of whom the reader plays: the one that they are offered to
// write of.
const homeOfMine = "3-502"
