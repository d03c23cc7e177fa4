package flows

import (
	"strings"

	"frontdesk/desk"
)

// PauseNote asks for what a pause needs in words, such as the contractor's name
// and day. It starts with the answers ticket, reason and limit.
var PauseNote = Flow{
	Name: "pause_note", Ticket: true,
	Questions: []Question{{Name: "note", Text: true, MaxRunes: 200, Ask: askNumber("pause_note.note")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		args := desk.With("reason", a.Get("reason"), "limit", a.Get("limit"), "note", strings.TrimSpace(a.Get("note")))
		return onTicket(c, a, desk.PauseWork, args, func(t desk.Ticket) Outcome {
			return Outcome{Say: desk.T("done.pause", "number", t.Number, "until", t.Pause.Until), Buttons: undo(t)}
		})
	},
}
