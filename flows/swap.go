package flows

import (
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// swapDays is how far ahead shifts are swapped: within it every day of the month
// comes once.
const swapDays = 21

// Swap asks a colleague to take over a shift, for one of theirs or for nothing.
var Swap = Flow{
	Name: "swap",
	May:  desk.Person.Employee,
	Questions: []Question{
		{Name: "mine", Topic: topic("swap_mine"), Options: ownTurns, PerRow: 3},
		{Name: "with", Topic: topic("swap_with"), Options: swapPartners,
			Ask: func(c *Context, a Answers) desk.Text {
				turn, _ := turnOf(c, c.Person.ID, a.Get("mine"))
				if len(swapPartners(c, a)) == 0 {
					return desk.T("ask.swap.nobody", "day", turn.From, "shift", turn.Shift.Label)
				}
				return desk.T("ask.swap.with", "day", turn.From, "shift", turn.Shift.Label)
			}},
		{Name: "back", Topic: topic("swap_back"), Options: theirTurns, PerRow: 3,
			Ask: func(c *Context, a Answers) desk.Text {
				p, _ := c.World.Person(a.Get("with"))
				return desk.T("ask.swap.back", "name", p.Called())
			}},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		p, _ := c.World.Person(a.Get("with"))
		return desk.T("swap.sure", "change", askedSwap(c, a).Text(c.World), "name", p.Called())
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		out, x, err := desk.AskSwap(c.World, askedSwap(c, a), c.Person)
		if err != nil {
			return Outcome{}, err
		}
		p, _ := c.World.Person(x.With)
		return Outcome{Effects: out, Say: desk.T("swap.asked", "name", p.Called()),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.swap_withdraw"), Data: desk.CommandData("roster|y." + x.ID)})}}, nil
	},
}

// nothingBack is the answer of who asks for no shift in return.
const nothingBack = "none"

// askedSwap is the swap that the answers describe.
func askedSwap(c *Context, a Answers) desk.RosterChange {
	x := desk.RosterChange{Kind: desk.ChangeSwap, Who: c.Person.ID, With: a.Get("with")}
	if turn, ok := turnOf(c, c.Person.ID, a.Get("mine")); ok {
		x.Shift, x.Duty, x.Dates = turn.Shift.Name, turn.Duty, desk.DateRange{From: turn.Date, To: turn.Date}
	}
	if turn, ok := turnOf(c, x.With, a.Get("back")); ok {
		x.BackShift, x.BackDate = turn.Shift.Name, turn.Date
	}
	return x
}

// turnKey names what somebody does in a day's shift.
func turnKey(t desk.ShiftTurn) string { return t.Key() + "/" + t.Duty }

func turnOf(c *Context, person, key string) (desk.ShiftTurn, bool) {
	if !strings.Contains(key, "/") {
		return desk.ShiftTurn{}, false
	}
	for _, turn := range desk.ShiftsAhead(c.World, person, swapDays) {
		if turnKey(turn) == key {
			return turn, true
		}
	}
	return desk.ShiftTurn{}, false
}

func ownTurns(c *Context, _ Answers) []Option {
	var list []Option
	for _, turn := range desk.ShiftsAhead(c.World, c.Person.ID, swapDays) {
		list = append(list, Option{Key: turnKey(turn), Label: turnLabel(c, turn)})
	}
	return list
}

func swapPartners(c *Context, a Answers) []Option {
	turn, ok := turnOf(c, c.Person.ID, a.Get("mine"))
	if !ok {
		return nil
	}
	list := desk.SwapPartners(c.World, c.Person.ID, turn)
	return peopleOptions(list[:min(len(list), mostEmployees)])
}

// theirTurns are the colleague's shifts of the same sort in which the person is
// free, and that there need be none.
func theirTurns(c *Context, a Answers) []Option {
	list := []Option{{Key: nothingBack, Label: desk.T("option.swap_nothing")}}
	mine, _ := turnOf(c, c.Person.ID, a.Get("mine"))
	for _, turn := range desk.ShiftsAhead(c.World, a.Get("with"), swapDays) {
		if turn.Duty == mine.Duty && desk.FreeFor(c.World, c.Person.ID, turn.ShiftDay) {
			list = append(list, Option{Key: turnKey(turn), Label: turnLabel(c, turn)})
		}
	}
	return list
}

// turnLabel is the day of the month and the beginning of the shift's name: ten
// characters at most.
func turnLabel(c *Context, t desk.ShiftTurn) desk.Text {
	fit := desk.Label{}
	for lang, text := range t.Shift.Label {
		word, _, _ := strings.Cut(text, " ")
		if utf8.RuneCountInString(word) > 6 {
			word = short(word, 6)
		}
		fit[lang] = word
	}
	return desk.T("option.shift_day", "n", t.Date.Day, "shift", fit)
}
