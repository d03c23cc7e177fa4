package bot

import "frontdesk/desk"

// call is the card of a call for who should make it: whom to phone, what to say,
// and the result. The number is on it until there is one, and only for who holds
// the call.
//
//locale:key call.answered.good call.answered.fair call.answered.not_fixed
//locale:key call.result.good call.result.fair call.result.not_fixed call.result.unreached call.result.lapsed
func (c *card) call() (desk.Text, [][]desk.Button) {
	t := c.t
	viewer, _ := c.w.Person(c.p.Person)
	switch {
	case !viewer.Desk() || t.Case != nil && !t.Confides(viewer):
		return desk.Lines(c.head(c.category()), desk.T("card.not_shown")), nil
	case t.Calling(c.p.Person):
		return c.toCall()
	case t.Call == nil:
		return desk.T("call.closed", "number", t.Number), nil
	case t.Call.Open() && t.Call.Holder == "":
		return desk.T("call.again", "number", t.Number, "day", t.Call.NotBefore), nil
	case t.Call.Open():
		return desk.T("call.other", "number", t.Number, "name", c.name(t.Call.Holder)), nil
	case t.Call.By == t.Requester:
		return desk.T("call.answered."+t.Call.Result, "number", t.Number), nil
	case t.Call.Result == "no_answer":
		return desk.T("call.result.unreached", "number", t.Number), nil
	}
	return desk.T("call.result."+t.Call.Result, "number", t.Number), nil
}

func (c *card) toCall() (desk.Text, [][]desk.Button) {
	t := c.t
	p, _ := c.w.Person(t.Requester)
	title := desk.Title(c.s, t)
	phone := desk.T("call.no_phone")
	if p.Phone != "" {
		phone = desk.T("call.phone", "phone", p.Phone)
	}
	script := desk.T("call.script", "taker", c.name(t.Taker), "at", t.DoneAt, "title", title)
	if t.Call.Later {
		script = desk.T("call.script_later", "taker", c.name(t.Taker), "at", t.DoneAt, "title", title)
	}
	if t.Case != nil {
		script = desk.T("call.script_complaint", "number", t.Number, "at", t.DoneAt)
	}
	again := desk.Text{}
	if t.Call.Tries > 0 {
		again = desk.T("call.try", "n", t.Call.Tries+1)
	}
	broken := t.Spoken("button.not_fixed")
	if t.Call.Later {
		broken = t.Spoken("button.its_back")
	}
	return desk.Lines(
			desk.T("call.task", "number", t.Number, "title", title, "place", c.place(), "name", p.Called()),
			desk.T("call.reason", "why", desk.CallReason(c.s, t)), phone, again, script,
		), [][]desk.Button{
			desk.Row(c.act("button.call_good", desk.CallDone, "good"), c.act("button.call_fair", desk.CallDone, "fair")),
			desk.Row(c.act(broken, desk.NotFixed), c.act("button.no_answer", desk.CallDone, "no_answer")),
			desk.Row(c.start("button.call_note", "call")),
		}
}

// sampled says on the cards of the desk whether somebody phones about it, and why.
func (c *card) sampled(viewer desk.Person) desk.Text {
	if !viewer.Desk() || c.t.Sample == nil {
		return desk.Text{}
	}
	return desk.Why(c.s, c.t)
}
