package bot

import "frontdesk/desk"

// after says what a press led to: a short notice to the presser, and to a
// resident the next thing that they may want.
func (t *turn) after(before, now desk.Ticket, a desk.Action, arg string) {
	number := now.Number
	if now.Case != nil && t.afterCase(now, a) {
		return
	}
	if now.Checkout != nil && t.afterInspection(now, a) {
		return
	}
	switch a {
	case desk.Rate:
		t.thanks(now, arg)
		return
	case desk.Wanting:
		t.answer(desk.Text{})
		if arg == "quality" {
			t.replace(desk.T("wanting.quality", "number", number), desk.Row(
				desk.Button{Label: desk.T("button.again"), Data: desk.PressData(now.ID, desk.NotFixed, "")}))
			return
		}
		if offer := complaintOf(now); arg == "manner" && offer != nil {
			t.replace(desk.T("wanting.manner", "number", number), offer...)
			return
		}
		t.replace(desk.T("wanting.thanks", "number", number))
		return
	case desk.NotFixed:
		next, _ := t.nextTicket(now.Rework)
		if !t.p.Is(now.Requester) && !t.onCall() {
			t.answer(desk.Text{})
			t.replace(desk.T("rework.desk", "number", number, "next", next.Number))
			return
		}
		t.answer(desk.T("rework.toast", "next", next.Number))
		return
	case desk.CallDone, desk.TakeCall:
		t.answer(desk.Text{}) // The card of the call says the rest.
		return
	case desk.Reschedule:
		t.answer(desk.Text{})
		if arg == desk.AnyTime {
			t.reply(desk.T("when.any", "number", number))
		} else {
			t.replace(desk.T("when.agreed", "number", number, "from", now.From, "to", now.To))
		}
		return
	case desk.ShowPhone:
		p, _ := t.w.Person(now.Requester)
		t.out.Answers = append(t.out.Answers, desk.Answer{
			Channel: t.in.Channel, PressID: t.in.Press.ID, Chat: t.in.Address(), Lang: t.lang(), Alert: true,
			Text: desk.T("phone.show", "name", p.Called(), "phone", p.Phone),
		})
		return
	case desk.Take:
		if t.p.Unreachable != "" {
			// The private card has what the group must not see; who never started
			// the bot is led there by the press itself.
			t.open("t" + now.ID)
			return
		}
	}
	t.answer(desk.T("pressed."+string(a), "number", number))
}

// onCall tells whether the press was made on the card of a call, which says by
// itself how it ended.
func (t *turn) onCall() bool {
	post, ok := t.w.PostAt(t.in.Address(), t.in.Press.Ref)
	return ok && post.Kind == desk.PostCall
}

// nextTicket finds a ticket that this very turn has made, or a stored one.
func (t *turn) nextTicket(id string) (desk.Ticket, bool) {
	for _, ticket := range t.out.Tickets {
		if ticket.ID == id {
			return ticket, true
		}
	}
	return t.w.Ticket(id)
}

// itsBack offers to say that the work did not hold.
func itsBack(ticket desk.Ticket) []desk.Button {
	return desk.Row(desk.Button{Label: desk.T(ticket.Spoken("button.its_back")), Data: desk.PressData(ticket.ID, desk.NotFixed, "")})
}

// thanks answers a rating, and asks what could be better only after so-so.
func (t *turn) thanks(now desk.Ticket, rating string) {
	t.answer(desk.Text{})
	if !t.p.Is(now.Requester) {
		t.replace(desk.T("call.result."+rating, "number", now.Number))
		return
	}
	if rating == "good" {
		t.replace(desk.T(now.Spoken("rated.good"), "number", now.Number, "days", t.site().Callback.ReopenFor),
			itsBack(now))
		return
	}
	want := func(what string) desk.Button {
		return desk.Button{Label: desk.T("button.want_" + what), Data: desk.PressData(now.ID, desk.Wanting, what)}
	}
	t.replace(desk.T("rated.fair", "number", now.Number), desk.Row(want("speed"), want("quality")),
		desk.Row(want("manner"), desk.Button{Label: desk.T("button.want_nothing"), Data: desk.CommandData("thanks")}))
}
