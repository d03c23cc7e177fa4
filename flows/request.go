package flows

import "frontdesk/desk"

// Request is a repair of nothing: cleaning, moving, pest control, opening a
// door. It has its own categories and clocks.
var Request = Flow{
	Name: "request", Photos: true, Words: true, Again: "request",
	Questions: []Question{
		{Name: "category", Options: categories(desk.KindRequest), PerRow: 3, Topic: topic("category"), Ask: askCategory("request")},
		{Name: "what", Text: true, When: other},
		placeQuestion(),
		whenQuestion(),
		slotQuestion(),
		{Name: "confirm", Confirm: true},
	},
	Home:    ownRoom,
	Summary: reportSummary,
	Urgent:  urgentLabel,
	Twin:    twin,
	Done:    submitted,
}
