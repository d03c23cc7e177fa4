package flows

import "frontdesk/desk"

// callerOutage stands before all others of what is filed for a caller: what they
// phone about is known already. Whoever files reads that out, and asks nothing else
// unless the caller insists. Whom the desk can write to hears when it is back.
func callerOutage() Question {
	q := outageQuestion()
	q.When = func(c *Context, a Answers) bool {
		_, runs := outageOfCaller(c, a)
		return runs && !isCaseKind(a.Get("caller"))
	}
	q.Ask = func(c *Context, a Answers) desk.Text {
		x, _ := outageOfCaller(c, a)
		text := desk.OutageReadOut(c.World, x)
		if _, told := toldWhenBack(c, a); told {
			text = desk.Lines(text, desk.T("log.outage_tells"))
		}
		return text
	}
	q.Asked = func(c *Context, a Answers) desk.Effects {
		p, told := toldWhenBack(c, a)
		if !told {
			return desk.Effects{}
		}
		x, _ := outageOfCaller(c, a)
		return desk.AskedAbout(c.World, x, p)
	}
	q.Options = choices(
		Option{Key: "wait", Label: desk.T("option.caller_waits"), Words: []string{"好的", "好", "可以", "等", "ok", "okay", "fine", "wait"}},
		Option{Key: "insist", Label: desk.T("option.outage_insist"), Words: []string{"还是要报修", "要报修", "不是这个", "insist", "report anyway"}})
	return q
}

// outageOfCaller is the work that what a caller says comes from: where they named,
// or at their home as far as whoever files may know it.
func outageOfCaller(c *Context, a Answers) (desk.Work, bool) {
	p, _ := knownCaller(c, a)
	return outageAt(c, a, p.Home)
}

// toldWhenBack is the caller, where the desk can write to them.
func toldWhenBack(c *Context, a Answers) (desk.Person, bool) {
	p, known := caller(c, a)
	return p, known && len(p.Addresses) > 0
}

// unlessTheyWait asks a question only where the caller does not leave it at what
// they heard.
func unlessTheyWait(q Question) Question {
	when := q.When
	q.When = func(c *Context, a Answers) bool { return !waits(a) && (when == nil || when(c, a)) }
	return q
}

// callerWaits ends what a caller leaves at that: nothing is filed.
func callerWaits(c *Context, a Answers) (Outcome, error) {
	out := Outcome{
		Say:     desk.T("log.outage_kept"),
		Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("option.log_next"), Data: desk.CommandData("log")})},
	}
	if _, told := toldWhenBack(c, a); told {
		out.Say = desk.T("log.outage_will_tell")
	}
	return out, nil
}
