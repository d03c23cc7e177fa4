package flows

import (
	"fmt"
	"time"

	"frontdesk/desk"
)

// checkoutRule is how the site of the dialogues lets people leave.
func checkoutRule() desk.CheckoutRule {
	return desk.CheckoutRule{
		Usual: desk.SlotRule{Hours: desk.Hours{{From: 9 * 60, To: 11 * 60}}, Inspectors: 1, Rooms: 2}, Lead: 12 * time.Hour, Ahead: 7,
		Hold: 30 * time.Minute, Express: 24 * time.Hour, NoShow: 15 * time.Minute,
	}
}

// leaving sets the stage for a checkout:
//
//	-- stay place=3-502 bed=A                 the person lives there
//	-- mate place=3-502 bed=B at=10:00 day=2026-11-26   somebody else does, and leaves then
//	-- full day=2026-11-26                    all hours of building 3 are taken
//	-- booked day=2026-11-26 at=10:00         the person has booked
func (d *dialogue) leaving(what string, v map[string]string) {
	d.t.Helper()
	day, _ := desk.ParseDate(v["day"])
	at, _ := desk.ParseClockTime(v["at"])
	stay := desk.Stay{
		ID: "stay-" + v["bed"], Number: "2026000" + v["bed"], Name: "赵六", Kind: desk.ResidentStudent, Place: v["place"], Bed: v["bed"],
		State: desk.StayIn, From: d.w.now.AddDate(0, -3, 0),
	}
	switch what {
	case "stay":
		stay.Person, stay.Name = d.person, d.w.people[d.person].Name
		d.w.write(desk.HouseEntries{Stays: []desk.Stay{stay}})
		return
	case "mate":
		stay.Person = "zhang"
		d.w.write(desk.HouseEntries{Stays: []desk.Stay{stay}})
		if v["at"] != "" {
			d.books(desk.CheckoutDraft{Stay: stay, Requester: "zhang", Day: day, At: at})
		}
	case "full":
		for i, hour := range []desk.ClockTime{9 * 60, 9 * 60, 10 * 60, 10 * 60} {
			other := desk.Stay{ID: fmt.Sprint("other", i), Person: "limin", Name: "李敏", Place: fmt.Sprint("3-60", i+1), State: desk.StayIn}
			d.w.write(desk.HouseEntries{Stays: []desk.Stay{other}})
			d.books(desk.CheckoutDraft{Stay: other, Requester: "limin", Day: day, At: hour})
		}
	case "booked":
		own, _ := d.w.Stay("stay-" + v["bed"])
		d.books(desk.CheckoutDraft{Stay: own, Requester: d.person, Day: day, At: at})
		for id, t := range d.w.tickets {
			if t.Checkout != nil && t.Requester == d.person {
				delete(d.w.tickets, id)
				t.ID = "t1"
				d.w.tickets["t1"] = t
			}
		}
		row := d.w.SlotDay("3", day)
		for i, p := range row.Places {
			if p.Room == own.Place {
				row.Places[i].Ticket = "t1"
			}
		}
		d.w.slots.apply(desk.SlotEntries{Days: []desk.SlotDay{row}})
	}
}

func (d *dialogue) books(draft desk.CheckoutDraft) {
	d.t.Helper()
	effects, _, err := desk.OpenCheckout(d.w, draft)
	if err != nil {
		d.t.Fatal(err)
	}
	d.w.apply(d.t, effects)
}
