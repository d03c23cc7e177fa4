package flows

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// The flows of a round start with the answers "round", its id, and "stop", the
// number of the place in it. Whoever leaves one of them goes on by the card.

// RoundArrive shows by a photo that the walker has arrived, where no sticker was
// scanned.
var RoundArrive = Flow{
	Name: "round_arrive", Quiet: true, Cancelled: desk.T("round.left"),
	Questions: []Question{{Name: "photo", Photos: true, First: true, Ask: askStop("round_arrive.photo")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		x, i, ok := stopOf(c, a)
		if !ok {
			return Outcome{Say: desk.T("press.unknown")}, nil
		}
		out, x, err := desk.ReachStop(c.World, x, i, c.Person, "photo", c.Files)
		if err != nil {
			return roundRefused(err)
		}
		return Outcome{Effects: out, Next: roundCheck, Prefilled: stopAnswers(x, i)}, nil
	},
}

const roundCheck = "round_check"

// RoundCheck asks how it is at a place: one tap when all is well.
var RoundCheck = Flow{
	Name: roundCheck, Quiet: true, Photos: true, Cancelled: desk.T("round.left"),
	Questions: []Question{
		{Name: "found", PerRow: 3, When: ofKind(desk.RoundPost), Ask: askStop("round_check.found"), Options: choices(
			Option{Key: desk.FoundPresent, Label: desk.T("option.post_present"), Words: []string{"有人", "在", "present", "there"}},
			Option{Key: desk.FoundAbsent, Label: desk.T("option.post_absent"), Words: []string{"没人", "没有人", "缺岗", "nobody", "absent"}},
			Option{Key: desk.FoundUnfit, Label: desk.T("option.post_unfit"), Words: []string{"不行", "不合格", "unfit"}})},
		{Name: "result", When: asksResult, Ask: askResult, Options: resultOptions},
		{Name: "words", Text: true, Optional: true, MaxRunes: 300, When: faulty, Ask: askWords},
		{Name: "category", PerRow: 3, When: func(c *Context, a Answers) bool {
			return ofKind(desk.RoundWalk)(c, a) && faulty(c, a) && meantCategory(c, a) == ""
		}, Ask: askStop("round_check.category"), Options: faultCategories},
		{Name: "name", Text: true, Optional: true, MaxRunes: 40, Ask: askStop("round_check.name"), When: func(_ *Context, a Answers) bool {
			return a.Get("found") == desk.FoundAbsent || a.Get("found") == desk.FoundUnfit
		}},
	},
	Done: checked,
}

// RoundName writes down who stands at a post.
var RoundName = Flow{
	Name: "round_name", Quiet: true, Cancelled: desk.T("round.left"),
	Questions: []Question{{Name: "name", Text: true, MaxRunes: 40, Ask: askStop("round_name.name")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		x, i, ok := stopOf(c, a)
		if !ok {
			return Outcome{Say: desk.T("press.unknown")}, nil
		}
		out, x, err := desk.NameAtPost(c.World, x, i, c.Person, a.Get("name"))
		if err != nil {
			return roundRefused(err)
		}
		text, buttons := x.After(c.World, i, c.Person)
		return Outcome{Effects: out, Say: text, Buttons: buttons}, nil
	},
}

// stopAnswers are what a flow of a round starts with.
func stopAnswers(x desk.Round, i int) map[string][]string {
	return map[string][]string{"round": {x.ID}, "stop": {strconv.Itoa(i)}}
}

// stopOf is the round and the place that a conversation is about.
func stopOf(c *Context, a Answers) (desk.Round, int, bool) {
	x, ok := c.World.Round(a.Get("round"))
	i, err := strconv.Atoi(a.Get("stop"))
	return x, i, ok && err == nil && i >= 0 && i < len(x.Stops)
}

// roundRefused ends the conversation with how things stand: no other answer to the
// last question could mend it.
func roundRefused(err error) (Outcome, error) {
	if refusal, refused := desk.AsUserError(err); refused {
		return Outcome{Say: refusal.Text}, nil
	}
	return Outcome{}, err
}

func askStop(key string) func(*Context, Answers) desk.Text {
	return func(c *Context, a Answers) desk.Text {
		x, i, _ := stopOf(c, a)
		d, _ := c.site().Department(x.Department)
		place := desk.Label{}
		if i < len(x.Stops) {
			place = c.site().PlaceLabel(x.Stops[i].Place)
		}
		return desk.T("ask."+key, "place", place, "department", d.Label)
	}
}

func ofKind(kind desk.RoundKind) func(*Context, Answers) bool {
	return func(c *Context, a Answers) bool {
		x, _, ok := stopOf(c, a)
		return ok && x.Kind == kind
	}
}

// The answers of the question "result" beside the points of the checklist, which
// are i.<id>.
const (
	resultGood  = "good"
	resultOther = "other"
)

// asksResult tells whether the checklist is asked for: on a round always, at a
// post where something is not as it should be.
func asksResult(c *Context, a Answers) bool {
	x, i, ok := stopOf(c, a)
	return ok && (x.Kind == desk.RoundWalk || a.Get("found") == desk.FoundUnfit && len(x.Stops[i].Items) > 0)
}

func askResult(c *Context, a Answers) desk.Text {
	if a.Get("found") == desk.FoundUnfit {
		return askStop("round_check.unfit")(c, a)
	}
	if a.Get("again") != "" {
		return askStop("round_check.again")(c, a)
	}
	return askStop("round_check.result")(c, a)
}

func resultOptions(c *Context, a Answers) []Option {
	x, i, ok := stopOf(c, a)
	if !ok {
		return nil
	}
	var list []Option
	if x.Kind == desk.RoundWalk {
		label := desk.T("option.round_good")
		if a.Get("again") != "" {
			label = desk.T("option.round_rest")
		}
		list = append(list, Option{Key: resultGood, Label: label, Words: append([]string{"正常", "没问题", "没问题了", "都好", "没有了", "没了", "all good", "good", "nothing"}, yesWords...)})
	}
	for _, item := range x.Stops[i].Items {
		list = append(list, Option{Key: "i." + item.ID, Label: label10(item.Label, item.ID)})
	}
	return append(list, Option{Key: resultOther, Label: desk.T("option.round_else"), Words: []string{"别的", "其他", "other"}})
}

// faulty tells whether something was said to be not as it should be.
func faulty(_ *Context, a Answers) bool {
	return a.Get("found") == desk.FoundUnfit || a.Get("result") != "" && a.Get("result") != resultGood
}

// faultItem is the point of the checklist that was chosen, if one was.
func faultItem(c *Context, a Answers) desk.RoundItem {
	x, i, ok := stopOf(c, a)
	id, chosen := strings.CutPrefix(a.Get("result"), "i.")
	if ok && chosen {
		for _, item := range x.Stops[i].Items {
			if item.ID == id {
				return item
			}
		}
	}
	return desk.RoundItem{}
}

func askWords(c *Context, a Answers) desk.Text {
	if item := faultItem(c, a); item.ID != "" {
		return desk.T("ask.round_check.words_item", "item", item.Label)
	}
	return desk.T("ask.round_check.words")
}

// faultCategory is what a fault is filed as.
func faultCategory(c *Context, a Answers) string {
	if chosen := a.Get("category"); chosen != "" {
		return chosen
	}
	return meantCategory(c, a)
}

// meantCategory is what the plan says of the point, or what the words mean; empty
// when neither settles it.
func meantCategory(c *Context, a Answers) string {
	item := faultItem(c, a)
	if item.Category != "" {
		return item.Category
	}
	words := a.Get("words")
	for _, text := range []string{words, item.Label.In(c.Lang) + " " + words} {
		if strings.TrimSpace(text) == "" {
			continue
		}
		for _, g := range c.guesses(text)[:min(1, len(c.guesses(text)))] {
			id := Answers(g.Answers).Get("category")
			cat, known := c.site().Category(id)
			if (g.Flow == desk.KindRepair || g.Flow == desk.KindRequest) && g.Score >= Sure && known && !cat.Retired && !cat.Discreet {
				return id
			}
		}
	}
	return ""
}

// faultCategories are those that can be filed; who makes noise is no fault of a
// place.
func faultCategories(c *Context, _ Answers) []Option {
	var list []Option
	for _, kind := range []string{desk.KindRepair, desk.KindRequest} {
		for _, cat := range c.site().CategoriesOf(kind) {
			if !cat.Discreet {
				list = append(list, Option{Key: cat.ID, Label: label10(cat.Label, cat.ID)})
			}
		}
	}
	return list
}

// checked writes down how it is at a place. After a fault it is asked whether there
// is another.
func checked(c *Context, a Answers) (Outcome, error) {
	x, i, ok := stopOf(c, a)
	if !ok {
		return Outcome{Say: desk.T("press.unknown")}, nil
	}
	var out desk.Effects
	if faulty(c, a) {
		effects, with, err := desk.AddFinding(c.World, x, i, desk.Fault{
			Item: faultItem(c, a).ID, Text: a.Get("words"), Category: faultCategory(c, a), Files: newFiles(c.Files, x.Stops[i]), By: c.actor(),
		})
		if err != nil {
			return roundRefused(err)
		}
		if x.Kind == desk.RoundWalk {
			next := stopAnswers(with, i)
			next["again"] = []string{"1"}
			return Outcome{Effects: effects, Say: filedText(c, effects, with.Stops[i]), Next: roundCheck, Prefilled: next}, nil
		}
		out, x = effects, with
	}
	found := a.Get("found")
	if x.Kind == desk.RoundWalk {
		found = desk.FoundGood
	}
	effects, x, err := desk.CheckStop(c.World, x, i, c.Person, found, a.Get("name"))
	if err != nil {
		return roundRefused(err)
	}
	out.Add(effects)
	text, buttons := x.After(c.World, i, c.Person)
	return Outcome{Effects: out, Say: text, Buttons: buttons}, nil
}

// filedText says which ticket deals with the last fault of a stop.
func filedText(c *Context, effects desk.Effects, stop desk.RoundStop) desk.Text {
	last := stop.Findings[len(stop.Findings)-1]
	t, _ := changedWorld{World: c.World, tickets: effects.Tickets}.Ticket(last.Ticket)
	if last.Linked {
		return desk.T("round.linked", "number", t.Number, "state", desk.T("state."+string(t.State)))
	}
	d, _ := c.site().Department(t.Department)
	return desk.T("round.filed", "number", t.Number, "title", desk.Title(c.site(), t), "department", d.Label)
}

// newFiles are the files that came with this fault: not the photo by which the
// walker arrived, nor those of the fault before.
func newFiles(files []desk.File, stop desk.RoundStop) []desk.File {
	known := slices.Clone(stop.Proof)
	for _, f := range stop.Findings {
		known = append(known, f.Files...)
	}
	return slices.DeleteFunc(slices.Clone(files), func(f desk.File) bool {
		return slices.ContainsFunc(known, func(k desk.File) bool { return k.Channel == f.Channel && k.ID == f.ID })
	})
}
