package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Inspect is the checklist of a checkout on the inspector's phone. Each answer is
// kept on the ticket at once, and the list asked for again: whoever is interrupted
// goes on where they were, and so does a colleague.
var Inspect = Flow{
	Name: inspectName, Ticket: true, Quiet: true, Cancelled: desk.T("inspect.paused"),
	Questions: []Question{
		{Name: "item", When: inspecting, Ask: askListItem, Options: itemOptions},
		{Name: "which", When: picked("change"), Options: markedOptions},
		{Name: "reading", Text: true, MaxRunes: 20, When: ofItem(meter), Ask: askReading, Check: checkReading},
		{Name: "state", PerRow: 3, When: ofItem(judged), Ask: askState, Options: stateOptions},
		{Name: "price", When: ofItem(charged), Ask: askPrice, Options: priceOptions},
		{Name: "sum", Text: true, MaxRunes: 20, When: freeSum, Check: checkSum},
		{Name: "owner", When: ofItem(owned), Ask: askOf("inspect.ask_owner"), Options: ownerOptions},
		{Name: "photo", Photos: true, First: true, When: ofItem(shown), Ask: askOf("inspect.ask_photo"), Options: photoOptions},
		{Name: "goods", Text: true, MaxRunes: 100, When: picked("goods")},
		{Name: "goods_photo", Photos: true, First: true, Optional: true, When: picked("goods")},
		{Name: "sign", When: picked("finish"), Ask: askSign, Options: signOptions},
	},
	Done: inspected,
	Late: latePhotos,
}

// inspectName is the name of Inspect, which refers to what goes on with it.
const inspectName = "inspect"

// picked asks only after a choice on the list.
func picked(key string) func(*Context, Answers) bool {
	return func(_ *Context, a Answers) bool { return a.Get("item") == key }
}

// checkoutOf is the ticket, once an inspector has begun.
func checkoutOf(c *Context, a Answers) (desk.Ticket, bool) {
	t, ok := c.World.Ticket(a.Get("ticket"))
	return t, ok && t.Checkout != nil && t.Checkout.Inspection != nil
}

func inspecting(c *Context, a Answers) bool {
	t, ok := checkoutOf(c, a)
	return ok && t.State == desk.StateArrived
}

// chosenItem is the item that is being looked at.
func chosenItem(c *Context, a Answers) (desk.Ticket, desk.Item, bool) {
	id := a.Get("item")
	if id == "change" {
		id = a.Get("which")
	}
	t, ok := checkoutOf(c, a)
	if !ok || len(id) < 3 || id[:2] != "i." {
		return t, desk.Item{}, false
	}
	item, ok := desk.ItemOf(c.World, t, id[2:])
	return t, item, ok
}

// ofItem asks only about items of which something holds.
func ofItem(is func(*Context, Answers, desk.Ticket, desk.Item) bool) func(*Context, Answers) bool {
	return func(c *Context, a Answers) bool {
		t, item, ok := chosenItem(c, a)
		return ok && is(c, a, t, item)
	}
}

func meter(_ *Context, _ Answers, _ desk.Ticket, item desk.Item) bool { return item.Counted() }

// knownDamage tells whether it was found when a room-mate left: only its owner can
// still be said.
func knownDamage(t desk.Ticket, item desk.Item) bool {
	m, ok := t.Checkout.Inspection.Mark(item.ID)
	return ok && m.Damage != ""
}

func judged(_ *Context, _ Answers, t desk.Ticket, item desk.Item) bool {
	return !item.Counted() && !knownDamage(t, item)
}

func bad(a Answers) bool {
	return a.Get("state") == string(desk.MarkMissing) || a.Get("state") == string(desk.MarkDamaged)
}

// reported finds what was said of the item at check-in.
func reported(c *Context, t desk.Ticket, item desk.Item) (desk.Condition, bool) {
	stay, ok := c.World.Stay(t.Checkout.Stay)
	if !ok {
		return desk.Condition{}, false
	}
	return desk.Reported(c.World, stay, item)
}

func charged(c *Context, a Answers, t desk.Ticket, item desk.Item) bool {
	_, before := reported(c, t, item)
	return bad(a) && !before
}

func freeSum(c *Context, a Answers) bool { return a.Get("price") == "sum" }

func owned(c *Context, a Answers, t desk.Ticket, item desk.Item) bool {
	if item.Bed || item.Kind == desk.ItemDuty || a.Get("price") == desk.NoCharge {
		return false
	}
	return (knownDamage(t, item) || charged(c, a, t, item)) && len(desk.Owners(c.World, t, item)) > 1
}

func shown(c *Context, a Answers, t desk.Ticket, item desk.Item) bool { return charged(c, a, t, item) }

// askOf asks about the item by its name.
func askOf(key string) func(*Context, Answers) desk.Text {
	return func(c *Context, a Answers) desk.Text {
		_, item, _ := chosenItem(c, a)
		return desk.T(key, "item", item.Label)
	}
}

func checkReading(_ *Context, _ Answers, value string) (string, error) {
	if !desk.Readable(value) {
		return "", desk.Refuse("inspect.no_reading")
	}
	return value, nil
}

func checkSum(c *Context, _ Answers, value string) (string, error) {
	fen, ok := desk.ParseYuan(value)
	if most := c.site().Inspection.FreeSum; ok && fen > most {
		return "", desk.Refuse("inspect.sum_above", "most", desk.Yuan(most))
	}
	if !ok {
		return "", desk.Refuse("inspect.no_sum")
	}
	return value, nil
}

// inspected keeps what was answered, and goes on with the list.
func inspected(c *Context, a Answers) (Outcome, error) {
	again := func(effects desk.Effects, err error) (Outcome, error) {
		return Outcome{
			Effects: effects, Ticket: a.Get("ticket"), Next: inspectName, Afresh: true,
			Prefilled: map[string][]string{"ticket": {a.Get("ticket")}, "before": {a.Get("item"), a.Get("which")}},
		}, err
	}
	t, ok := c.World.Ticket(a.Get("ticket"))
	if !ok {
		return Outcome{}, desk.Refuse("flow.no_ticket")
	}
	switch item := a.Get("item"); {
	case t.State != desk.StateArrived && !a.Has("item"):
		effects, err := desk.Act(c.World, t, desk.StartInspection, c.actor(), desk.Args{})
		return again(effects, err)
	case item == "rest":
		return again(desk.Act(c.World, t, desk.MarkItem, c.actor(), desk.With("item", "*")))
	case item == "goods":
		args := desk.With("text", a.Get("goods"))
		args.Files = c.Files
		return again(desk.Act(c.World, t, desk.LeaveGoods, c.actor(), args))
	case item == "finish":
		if a.Get("sign") != "sign" {
			return again(desk.Effects{}, nil)
		}
		return listSigned(c, t)
	}
	_, item, ok := chosenItem(c, a)
	if !ok {
		return again(desk.Effects{}, desk.Refuse("inspect.no_item"))
	}
	args := desk.With("item", item.ID, "state", a.Get("state"), "reading", a.Get("reading"), "price", a.Get("price"))
	if a.Get("price") == "sum" {
		args.Values["price"], args.Values["sum"] = "", a.Get("sum")
	}
	if owner := a.Get("owner"); owner != "shared" {
		args.Values["owner"] = owner
	}
	args.Files = c.Files
	return again(desk.Act(c.World, t, desk.MarkItem, c.actor(), args))
}

// latePhotos takes the rest of an album whose first photo was the answer.
func latePhotos(c *Context, a Answers, files []desk.File) (desk.Effects, error) {
	t, ok := c.World.Ticket(a.Get("ticket"))
	if !ok || len(a["before"]) != 2 {
		return desk.Effects{}, nil
	}
	item := a["before"][0]
	if item == "change" {
		item = a["before"][1]
	}
	args := desk.With("item", strings.TrimPrefix(item, "i."))
	args.Files = files
	return desk.Act(c.World, t, desk.MarkPhotos, c.actor(), args)
}

// signed closes the list and signs it, in one step.
func listSigned(c *Context, t desk.Ticket) (Outcome, error) {
	closed, err := desk.Act(c.World, t, desk.FinishInspection, c.actor(), desk.Args{})
	if err != nil {
		return Outcome{}, err
	}
	now := closed.Tickets[slices.IndexFunc(closed.Tickets, func(x desk.Ticket) bool { return x.ID == t.ID })]
	w := changedWorld{World: c.World, tickets: []desk.Ticket{now}}
	out, err := desk.Act(w, now, desk.SignInspector, c.actor(), desk.Args{})
	if err != nil {
		return Outcome{}, err
	}
	closed.Tickets = nil // The second step has the newer one.
	closed.Add(out)
	say := desk.T("inspect.you_signed", "number", t.Number, "by", out.Tickets[0].Checkout.Inspection.AnswerBy)
	return Outcome{Effects: closed, Ticket: t.ID, Say: say}, nil
}
