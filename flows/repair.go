package flows

import "frontdesk/desk"

// Repair asks what is broken and where, when somebody may come, and files it; before
// all this it says what the desk knows of an outage.
var Repair = Flow{
	Name: "repair", Photos: true, Words: true, Again: "repair",
	Questions: unlessWaiting(
		Question{Name: "category", Options: categories(desk.KindRepair), PerRow: 3, Topic: topic("category"), Ask: askCategory("repair")},
		Question{Name: "what", Text: true, When: other},
		placeQuestion(),
		whenQuestion(),
		slotQuestion(),
		Question{Name: "confirm", Confirm: true},
	),
	Home:    ownRoom,
	Summary: reportSummary,
	Urgent:  urgentLabel,
	Twin:    twin,
	Done:    fileUnlessWaiting,
}
