package flows

import (
	"strconv"

	"frontdesk/desk"
)

// Condition notes one defect of a room on arrival: which thing, words and photos. It
// becomes a repair by one press.
var Condition = Flow{
	Name: "condition", Photos: true,
	Questions: []Question{
		{Name: "item", Options: inventory, PerRow: 3},
		{Name: "what", Text: true, MaxRunes: 500, Optional: true, Ask: func(c *Context, a Answers) desk.Text {
			item, _ := c.site().CheckIn.Item(a.Get("item"))
			return desk.T("ask.condition.what", "item", item.Label)
		}},
		{Name: "photo", Photos: true, First: true, Optional: true, When: func(c *Context, a Answers) bool { return c.kept == 0 && a.Get("what") != "" }},
	},
	Late: func(c *Context, a Answers, files []desk.File) (desk.Effects, error) {
		s, ok := c.World.Stay(a.Get("stay"))
		if !ok {
			return desk.Effects{}, nil
		}
		out, _, err := desk.ReportCondition(c.World, s, c.Person, a.Get("item"), "", files)
		return out, err
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		s, ok := c.World.Stay(a.Get("stay"))
		if !ok {
			return Outcome{}, desk.Refuse("press.unknown")
		}
		if !c.World.Now().Before(s.ConditionBy) || !s.ConditionAt.IsZero() {
			// Asking again leads nowhere.
			return Outcome{Say: desk.T("condition.over"), Buttons: [][]desk.Button{
				desk.Row(desk.Button{Label: desk.T("button.cmd_repair"), Data: desk.CommandData("repair")})}}, nil
		}
		out, s, err := desk.ReportCondition(c.World, s, c.Person, a.Get("item"), a.Get("what"), c.Files)
		if err != nil {
			return Outcome{}, err
		}
		n := 0
		for i, known := range s.Condition {
			if known.Item == a.Get("item") {
				n = i
			}
		}
		item, _ := c.site().CheckIn.Item(a.Get("item"))
		return Outcome{Effects: out, Say: desk.T("condition.noted", "item", item.Label, "n", len(s.Condition)), Buttons: [][]desk.Button{
			desk.Row(
				desk.Button{Label: desk.T("button.condition_repair"), Data: desk.CheckInData("r." + s.ID + "." + strconv.Itoa(n))},
				desk.Button{Label: desk.T("button.condition_more"), Data: desk.CheckInData("c." + s.ID)}),
			desk.Row(desk.Button{Label: desk.T("button.condition_all"), Data: desk.CheckInData("o." + s.ID)}),
		}}, nil
	},
}

func inventory(c *Context, _ Answers) []Option {
	var list []Option
	for _, item := range c.site().CheckIn.Inventory {
		list = append(list, Option{Key: item.ID, Label: label10(item.Label, item.ID)})
	}
	return list
}
