package flows

import (
	"slices"
	"unicode/utf8"

	"frontdesk/desk"
)

// What the questions of Inspect show.

// askListItem is the list as it stands: what is wrong so far, what was reported at
// check-in, and how far the inspector has got.
func askListItem(c *Context, a Answers) desk.Text {
	t, _ := checkoutOf(c, a)
	left, all := desk.Unmarked(c.World, t), desk.ItemsOf(c.World, t)
	lines := []desk.Text{desk.T("inspect.ask_item", "number", t.Number, "where", desk.BedText(c.site(), t.Place, t.Checkout.Bed),
		"done", len(all)-len(left), "all", len(all))}
	charges, sum := desk.Charges(c.World, t)
	for _, charge := range charges {
		lines = append(lines, desk.ChargeText(charge))
	}
	if sum > 0 {
		lines = append(lines, desk.T("inspect.sum", "sum", desk.Yuan(sum)))
	}
	for _, item := range left {
		if condition, ok := reported(c, t, item); ok {
			lines = append(lines, desk.T("inspect.reported", "item", item.Label, "words", condition.Words))
		}
	}
	if len(left) == 0 {
		return desk.Lines(append(lines, desk.T("inspect.ask_done"))...)
	}
	if !slices.ContainsFunc(left, func(item desk.Item) bool { return !item.Counted() }) {
		return desk.Lines(append(lines, desk.T("inspect.ask_numbers"))...)
	}
	return desk.Lines(append(lines, desk.T("inspect.ask_wrong"))...)
}

func itemOptions(c *Context, a Answers) []Option {
	t, _ := checkoutOf(c, a)
	left := desk.Unmarked(c.World, t)
	var list []Option
	rest := false
	for _, item := range left {
		list = append(list, itemOption(item))
		rest = rest || !item.Counted()
	}
	if rest {
		// First, because it is pressed most.
		all := Option{Key: "rest", Label: desk.T("option.rest_ok"), Words: []string{"全部完好", "都好", "全好", "all good", "all fine"}}
		if len(t.Checkout.Inspection.Marks) == 0 {
			all.Label = desk.T("option.all_ok")
		}
		list = append([]Option{all}, list...)
	}
	if len(left) == 0 {
		list = append(list, Option{Key: "finish", Label: desk.T("option.finish"), Words: []string{"签字", "完毕", "sign"}})
	}
	list = append(list, Option{Key: "goods", Label: desk.T("option.goods")})
	if len(t.Checkout.Inspection.Marks) > 0 {
		list = append(list, Option{Key: "change", Label: desk.T("option.change_item")})
	}
	return list
}

func itemOption(item desk.Item) Option {
	return Option{Key: "i." + item.ID, Label: desk.T("label", "label", item.Label)}
}

// markedOptions are those that can be looked at again.
func markedOptions(c *Context, a Answers) []Option {
	t, _ := checkoutOf(c, a)
	var list []Option
	for _, item := range desk.ItemsOf(c.World, t) {
		if _, ok := t.Checkout.Inspection.Mark(item.ID); ok {
			list = append(list, itemOption(item))
		}
	}
	return list
}

func askState(c *Context, a Answers) desk.Text {
	t, item, _ := chosenItem(c, a)
	ask := desk.T("inspect.ask_state", "item", item.Label)
	if item.Kind == desk.ItemDuty {
		ask = desk.T("inspect.ask_duty", "item", item.Label)
	}
	if condition, ok := reported(c, t, item); ok {
		return desk.Lines(ask, desk.T("inspect.reported", "item", item.Label, "words", condition.Words))
	}
	return ask
}

func stateOptions(c *Context, a Answers) []Option {
	_, item, _ := chosenItem(c, a)
	if item.Kind == desk.ItemDuty {
		return []Option{
			{Key: string(desk.MarkOK), Label: desk.T("option.duty_done")},
			{Key: string(desk.MarkMissing), Label: desk.T("option.duty_open")},
		}
	}
	return []Option{
		{Key: string(desk.MarkOK), Label: desk.T("option.mark_ok"), Words: []string{"好", "完好", "ok", "fine"}},
		{Key: string(desk.MarkMissing), Label: desk.T("option.mark_missing"), Words: []string{"没有", "丢了", "missing"}},
		{Key: string(desk.MarkDamaged), Label: desk.T("option.mark_damaged"), Words: []string{"坏", "坏了", "damaged", "broken"}},
	}
}

func askPrice(c *Context, a Answers) desk.Text {
	_, item, _ := chosenItem(c, a)
	lines := []desk.Text{desk.T("inspect.ask_price", "item", item.Label)}
	for _, p := range c.site().Inspection.PricesFor(item) {
		lines = append(lines, desk.T("inspect.price", "price", p.Label, "sum", desk.Yuan(p.Fen)))
	}
	return desk.Lines(lines...)
}

func priceOptions(c *Context, a Answers) []Option {
	_, item, _ := chosenItem(c, a)
	rule := c.site().Inspection
	var list []Option
	for _, p := range rule.PricesFor(item) {
		list = append(list, Option{Key: p.ID, Label: desk.T("label", "label", p.Label)})
	}
	if rule.FreeSum > 0 {
		list = append(list, Option{Key: "sum", Label: desk.T("option.free_sum")})
	}
	return append(list, Option{Key: desk.NoCharge, Label: desk.T("option.no_charge"), Words: []string{"不收", "免费", "free"}})
}

func ownerOptions(c *Context, a Answers) []Option {
	t, item, _ := chosenItem(c, a)
	list := []Option{{Key: "shared", Label: desk.T("option.shared"), Words: []string{"分摊", "大家", "all", "shared"}}}
	for _, s := range desk.Owners(c.World, t, item) {
		label := desk.T("option.bed", "bed", s.Bed)
		if s.Bed == "" || utf8.RuneCountInString(s.Bed) > 4 {
			label = desk.Literal(short(s.Name, 10))
		}
		if s.ID == t.Checkout.Stay {
			label = desk.T("option.leaver")
		}
		list = append(list, Option{Key: s.ID, Label: label})
	}
	return list
}

// photoOptions let what is not there go without a photo.
func photoOptions(_ *Context, a Answers) []Option {
	if a.Get("state") != string(desk.MarkMissing) {
		return nil
	}
	return []Option{{Key: "none", Label: desk.T("option.no_photo"), Words: []string{"没有", "没照片", "no photo", "none"}}}
}

func askSign(c *Context, a Answers) desk.Text {
	t, _ := checkoutOf(c, a)
	return desk.Lines(desk.InspectionText(c.World, t), desk.T("inspect.ask_sign"))
}

func signOptions(*Context, Answers) []Option {
	return []Option{
		{Key: "sign", Label: desk.T("option.sign"), Words: []string{"签", "好", "sign", "yes"}},
		{Key: "change", Label: desk.T("option.look_again"), Words: []string{"改", "change"}},
	}
}

func askReading(c *Context, a Answers) desk.Text {
	_, item, _ := chosenItem(c, a)
	if len(item.Unit) == 0 {
		return desk.T("inspect.ask_reading", "item", item.Label)
	}
	return desk.T("inspect.ask_reading_in", "item", item.Label, "unit", item.Unit)
}
