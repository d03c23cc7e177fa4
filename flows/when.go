package flows

import "frontdesk/desk"

// When agrees on another time for a ticket.
var When = Flow{
	Name: "when", Ticket: true,
	Questions: []Question{{Name: "slot", Slot: true, Check: checkSlot, Ask: askNumber("when.slot")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		return onTicket(c, a, desk.Reschedule, desk.With("slot", a.Get("slot")), func(t desk.Ticket) Outcome {
			return Outcome{Say: desk.T("done.when", "number", t.Number, "slot", slotText(c, a.Get("slot")))}
		})
	},
}
