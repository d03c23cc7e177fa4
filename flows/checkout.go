package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Checkout books the visit of an inspector for somebody who leaves their room: a
// day and an hour of it, a place on the waiting list, or a day without an hour for
// who drops the key. The own stay is known; whose is not is asked for it. The desk
// books for others, who are found by their room.
var Checkout = Flow{
	Name: "checkout", Again: "checkout",
	Questions: append([]Question{
		{Name: "stay", Options: ownStays, PerRow: 2, Topic: topic("stay"), When: func(c *Context, a Answers) bool {
			return !forOther(c, a) && len(desk.OwnStays(c.World, c.Person)) > 1
		}},
		{Name: "place", Place: true, Rooms: true, Topic: topic("place"), Check: checkLeavingRoom,
			Ask:  func(_ *Context, a Answers) desk.Text { return desk.T("ask.checkout.place") },
			When: func(c *Context, a Answers) bool { return forOther(c, a) || len(desk.OwnStays(c.World, c.Person)) == 0 }},
		{Name: "who", Options: roomStays, PerRow: 2, Topic: topic("stay"), When: func(c *Context, a Answers) bool {
			return forOther(c, a) && len(c.World.StaysAt(a.Get("place"))) > 0
		}},
		{Name: "bed", Options: roomBeds, PerRow: 4, Topic: topic("bed"), When: func(c *Context, a Answers) bool {
			return unknownStay(c, a) && !forOther(c, a) && len(roomBeds(c, a)) > 1
		}},
		{Name: "number", Text: true, MaxRunes: 30, Topic: topic("number"), When: unknownStay, Split: numberAndName},
		{Name: "name", Text: true, MaxRunes: 40, Topic: topic("checkout_name"), When: unknownStay},
	}, append(slotQuestions(), Question{Name: "confirm", Confirm: true})...),
	Summary: checkoutSummary,
	Done: func(c *Context, a Answers) (Outcome, error) {
		var out desk.Effects
		stay, ok := leavingStay(c, a)
		if !ok {
			claimed, found, err := claim(c, a)
			if refusal, refused := desk.AsUserError(err); refused {
				return Outcome{Effects: claimed, Say: refusal.Text, Buttons: [][]desk.Button{desk.Row(
					desk.Button{Label: desk.T("button.checkout_book"), Data: desk.CommandData("checkout|b")},
					desk.Button{Label: desk.T("button.cmd_human"), Data: desk.CommandData("human")})}}, nil
			}
			if err != nil {
				return Outcome{}, err
			}
			out.Add(claimed)
			stay = found
		}
		d := desk.CheckoutDraft{Stay: stay, Requester: holderOf(c, a, stay), Via: c.Chat.Channel, SaidAt: c.said}
		if d.Requester != c.Person.ID {
			d.FiledBy = c.Person.ID
		}
		chosen(a, &d)
		effects, t, err := desk.OpenCheckout(c.World, d)
		if refusal, refused := desk.AsUserError(err); refused && refusal.Text.Key != "checkout.taken" && refusal.Text.Key != "checkout.shut" {
			return Outcome{Effects: out, Say: refusal.Text}, nil
		}
		if err != nil {
			return Outcome{}, err
		}
		out.Add(effects)
		o := Outcome{Effects: out, Ticket: t.ID}
		if d.FiledBy != "" {
			o.Say = desk.T("checkout.filed", "number", t.Number, "name", stay.Name)
			o.Buttons = [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.look"), Data: desk.LookData(t.ID)})}
		}
		return o, nil
	},
}

// CheckoutMove chooses another hour for a booking.
var CheckoutMove = Flow{
	Name: "checkout_move", Ticket: true,
	Questions: slotQuestions(),
	Done: func(c *Context, a Answers) (Outcome, error) {
		var d desk.CheckoutDraft
		chosen(a, &d)
		action, args := desk.MoveSlot, desk.With("day", d.Day.String(), "slot", d.At.String())
		switch {
		case d.Express:
			args = desk.With("day", d.Day.String(), "express", "1")
		case d.Wait:
			var hours []string
			for _, at := range d.Hours {
				hours = append(hours, at.String())
			}
			action, args = desk.WaitFor, desk.With("day", d.Day.String(), "hours", strings.Join(hours, ","))
		}
		return onTicket(c, a, action, args, func(t desk.Ticket) Outcome {
			return Outcome{Say: desk.CheckoutText(c.World, t), Buttons: [][]desk.Button{desk.Row(
				desk.Button{Label: desk.T("button.look"), Data: desk.LookData(t.ID)})}}
		})
	},
}

// CheckoutCancel asks whether a booking shall really be cancelled. Leaving keeps it.
var CheckoutCancel = Flow{
	Name: "checkout_cancel", Ticket: true,
	Questions: []Question{{
		Name: "sure", Leave: true, Ask: askNumber("checkout_cancel.sure"),
		Options: choices(
			Option{Key: "yes", Label: desk.T("option.checkout_cancel"), Words: yesWords},
			Option{Key: "no", Label: desk.T("option.keep_it"), Words: []string{"不", "不取消", "保留", "不要", "no", "keep"}},
		),
	}},
	Cancelled: desk.T("done.kept"),
	Done: func(c *Context, a Answers) (Outcome, error) {
		if a.Get("sure") != "yes" {
			return Outcome{Say: desk.T("done.kept"), Ticket: a.Get("ticket")}, nil
		}
		return onTicket(c, a, desk.Cancel, desk.Args{}, func(t desk.Ticket) Outcome {
			return Outcome{Say: desk.CheckoutText(c.World, t)}
		})
	},
}

// slotQuestions are how, on what day and in what hour somebody leaves.
func slotQuestions() []Question {
	return []Question{
		{Name: "how", Topic: topic("checkout_how"), Ask: func(*Context, Answers) desk.Text { return desk.T("ask.checkout.how") }, Options: choices(
			Option{Key: "slot", Label: desk.T("option.checkout_slot"), Words: []string{"预约", "约时间", "book", "with me"}},
			Option{Key: "express", Label: desk.T("option.checkout_express"), Words: []string{"快速", "投钥匙", "express"}},
		)},
		{Name: "day", Topic: topic("checkout_day"), Options: checkoutDays, PerRow: 3, PerPage: 9, Text: true, MaxRunes: 20, Check: checkCheckoutDay, Ask: askCheckoutDay},
		{Name: "hour", Topic: topic("checkout_hour"), Options: checkoutHours, PerRow: 3, Text: true, MaxRunes: 20, Check: checkCheckoutHour, Ask: askCheckoutHour,
			When: func(_ *Context, a Answers) bool { return a.Get("how") == "slot" }},
	}
}

// forOther tells whether the person books for somebody else, as only the desk and
// who inspects may.
func forOther(c *Context, a Answers) bool {
	return a.Get("for") == "other" && (c.Person.Desk() || c.site().Inspector(c.Person))
}

// leavingStay is the stay that the answers name; a ticket has its own.
func leavingStay(c *Context, a Answers) (desk.Stay, bool) {
	if t, ok := c.World.Ticket(a.Get("ticket")); ok && t.Checkout != nil {
		return c.World.Stay(t.Checkout.Stay)
	}
	if forOther(c, a) {
		return c.World.Stay(a.Get("who"))
	}
	own := desk.OwnStays(c.World, c.Person)
	if len(own) == 1 {
		return own[0], true
	}
	for _, s := range own {
		if s.ID == a.Get("stay") {
			return s, true
		}
	}
	return desk.Stay{}, false
}

// unknownStay tells whether the person has to say who they are, or whom the desk
// books for.
func unknownStay(c *Context, a Answers) bool {
	if forOther(c, a) {
		return len(c.World.StaysAt(a.Get("place"))) == 0
	}
	return len(desk.OwnStays(c.World, c.Person)) == 0
}

// claim finds the stay of somebody whom the desk does not know, or makes one.
func claim(c *Context, a Answers) (desk.Effects, desk.Stay, error) {
	if forOther(c, a) {
		return desk.UnlistedStay(c.World, c.Person, a.Get("place"), a.Get("number"), a.Get("name"))
	}
	return desk.ClaimRoom(c.World, c.Person, a.Get("place"), a.Get("bed"), a.Get("number"), a.Get("name"))
}

// holderOf is whose booking it is: the person's own, or that of who has the stay.
func holderOf(c *Context, a Answers, stay desk.Stay) string {
	if !forOther(c, a) {
		return c.Person.ID
	}
	if p, ok := c.World.PersonByNumber(desk.NumberKey(stay.Number)); ok && stay.Person == "" && stay.Number != "" {
		return p.ID
	}
	return stay.Person
}

func ownStays(c *Context, _ Answers) []Option {
	var list []Option
	for _, s := range desk.OwnStays(c.World, c.Person) {
		list = append(list, Option{Key: s.ID, Label: desk.Literal(short(strings.TrimSpace(s.Place+" "+s.Bed), maxLabel))})
	}
	return list
}

// roomStays are those who live in the room that was chosen, for the desk alone.
func roomStays(c *Context, a Answers) []Option {
	var list []Option
	for _, s := range c.World.StaysAt(a.Get("place")) {
		list = append(list, Option{Key: s.ID, Label: desk.Literal(short(strings.TrimSpace(s.Bed+" "+s.Name), maxLabel)), Words: []string{s.Name, s.Number}})
	}
	return list
}

// roomBeds are the beds of a room, without who has them.
func roomBeds(c *Context, a Answers) []Option {
	var list []Option
	for _, s := range c.World.StaysAt(a.Get("place")) {
		if s.Bed != "" && !slices.ContainsFunc(list, func(o Option) bool { return o.Key == s.Bed }) {
			list = append(list, Option{Key: s.Bed, Label: desk.Literal(short(s.Bed, maxLabel))})
		}
	}
	return list
}

func checkLeavingRoom(c *Context, _ Answers, value string) (string, error) {
	if public(c, value) {
		return "", desk.Refuse("checkout.room")
	}
	return value, nil
}

// chosen fills in what was chosen.
func chosen(a Answers, d *desk.CheckoutDraft) {
	d.Day, _ = desk.ParseDate(a.Get("day"))
	if d.Express = a.Get("how") == "express"; d.Express {
		return
	}
	hour := a.Get("hour")
	if rest, wait := strings.CutPrefix(hour, "w"); wait {
		d.Wait = true
		if at, err := desk.ParseClockTime(strings.TrimPrefix(rest, ".")); err == nil && rest != "" {
			d.Hours = []desk.ClockTime{at}
		}
		return
	}
	d.At, _ = desk.ParseClockTime(hour)
}

// roomOf is the room in question, and the ticket whose own place does not count.
func roomOf(c *Context, a Answers) (room, but string) {
	if t, ok := c.World.Ticket(a.Get("ticket")); ok {
		return t.Place, t.ID
	}
	if s, ok := leavingStay(c, a); ok {
		return s.Place, ""
	}
	return a.Get("place"), ""
}
