package flows

import (
	"strings"

	"frontdesk/desk"
)

// ItemDone says that an action item of a meeting is done, with words or a photo.
var ItemDone = Flow{
	Name: "item_done",
	May:  desk.Person.Employee,
	Questions: []Question{{
		Name: "said", Text: true, MaxRunes: 500, Photos: true, First: true, Ask: askItem("item_done.said"),
		Options: choices(Option{Key: "none", Label: desk.T("option.nothing_said"), Words: []string{"没有", "没了", "none"}}),
	}},
	Done: onItem(func(c *Context, a Answers, i desk.ActionItem) (desk.Effects, error) {
		words := a.Get("said")
		if words == "none" || words == "photo" && len(c.Files) > 0 {
			words = ""
		}
		words = strings.TrimSpace(words + "\n" + strings.Join(a["words"], "\n"))
		return desk.FinishItem(c.World, i, c.Person, words, c.Files)
	}, "actions.finished"),
	Late: func(c *Context, a Answers, files []desk.File) (desk.Effects, error) {
		i, _ := c.World.ActionItem(a.Get("item"))
		return desk.AddItemFiles(i, c.Person, files), nil
	},
}

// ItemMove gives an action item another date.
var ItemMove = Flow{
	Name: "item_move",
	May:  desk.Person.Employee,
	Questions: []Question{{
		Name: "due", Text: true, MaxRunes: 20, PerRow: 3, Options: dueDays, Check: checkDay, Ask: askItem("item_move.due"),
	}},
	Done: onItem(func(c *Context, a Answers, i desk.ActionItem) (desk.Effects, error) {
		due, _ := desk.ParseDate(a.Get("due"))
		return desk.MoveItem(c.World, i, c.Person, due)
	}, "actions.changed"),
}

// ItemDrop gives an action item up, with the reason.
var ItemDrop = Flow{
	Name:      "item_drop",
	May:       desk.Person.Employee,
	Questions: []Question{{Name: "why", Text: true, MaxRunes: 200, Ask: askItem("item_drop.why")}},
	Done: onItem(func(c *Context, a Answers, i desk.ActionItem) (desk.Effects, error) {
		return desk.DropItem(c.World, i, c.Person, a.Get("why"))
	}, "actions.given_up"),
}

func askItem(key string) func(*Context, Answers) desk.Text {
	return func(c *Context, a Answers) desk.Text {
		i, _ := c.World.ActionItem(a.Get("item"))
		return desk.T("ask."+key, "what", i.What)
	}
}

// onItem does something to the action item of the conversation, and says so.
func onItem(act func(*Context, Answers, desk.ActionItem) (desk.Effects, error), say string) func(*Context, Answers) (Outcome, error) {
	return func(c *Context, a Answers) (Outcome, error) {
		i, ok := c.World.ActionItem(a.Get("item"))
		if !ok {
			return Outcome{Say: desk.T("actions.over")}, nil
		}
		out, err := act(c, a, i)
		if refusal, refused := desk.AsUserError(err); refused && refusal.Text.Key != "refuse.empty" && refusal.Text.Key != "actions.date" {
			return Outcome{Say: refusal.Text}, nil
		}
		return Outcome{Effects: out, Say: desk.T(say, "what", i.What)}, err
	}
}
