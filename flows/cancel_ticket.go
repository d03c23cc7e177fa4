package flows

import "frontdesk/desk"

// CancelTicket asks whether a ticket shall really be cancelled. Leaving keeps
// it.
var CancelTicket = Flow{
	Name: "cancel_ticket", Ticket: true,
	Questions: []Question{{
		Name: "sure", Leave: true, Ask: askCancel,
		Options: choices(
			Option{Key: "yes", Label: desk.T("option.cancel_it"), Words: yesWords},
			Option{Key: "no", Label: desk.T("option.keep_it"), Words: []string{"不", "不取消", "保留", "不要", "no", "keep"}},
		),
	}},
	Cancelled: desk.T("done.kept"),
	Done: func(c *Context, a Answers) (Outcome, error) {
		if a.Get("sure") != "yes" {
			return Outcome{Say: desk.T("done.kept"), Ticket: a.Get("ticket")}, nil
		}
		if t, _ := c.World.Ticket(a.Get("ticket")); t.Kind == desk.KindEmergency {
			return onTicket(c, a, desk.FalseAlarm, desk.Args{}, func(desk.Ticket) Outcome { return Outcome{Say: desk.T("danger.closed")} })
		}
		return onTicket(c, a, desk.Cancel, desk.Args{}, sayNumber("cancel"))
	},
}

// askCancel asks of an emergency whether it was none.
func askCancel(c *Context, a Answers) desk.Text {
	key := "cancel_ticket.sure"
	if t, _ := c.World.Ticket(a.Get("ticket")); t.Kind == desk.KindEmergency {
		key = "cancel_ticket.false" //locale:key ask.cancel_ticket.false
	}
	return askNumber(key)(c, a)
}
