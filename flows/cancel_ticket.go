package flows

import "frontdesk/desk"

// CancelTicket asks whether a ticket shall really be cancelled. Leaving keeps
// it.
var CancelTicket = Flow{
	Name: "cancel_ticket", Ticket: true,
	Questions: []Question{{
		Name: "sure", Leave: true, Ask: askNumber("cancel_ticket.sure"),
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
		return onTicket(c, a, desk.Cancel, desk.Args{}, sayNumber("cancel"))
	},
}
