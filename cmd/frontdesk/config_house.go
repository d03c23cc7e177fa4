package main

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"frontdesk/desk"
)

// rooms reads what a site decides about its rooms.
func (c *checker) rooms(v value, s *desk.Site) desk.RoomRule {
	vacant := []desk.RoomState{desk.RoomVacant}
	r := desk.RoomRule{
		Ask: []int{60, 30}, At: 7*60 + 50, Label: desk.Label{"zh": "例行巡查", "en": "Room round"},
		Routine: []desk.Routine{
			{ID: "look", Label: desk.Label{"zh": "看一遍", "en": "look in"}, States: vacant, Every: 1},
			{ID: "air", Label: desk.Label{"zh": "通风", "en": "air"}, States: vacant, Every: 7},
			{ID: "clean", Label: desk.Label{"zh": "打扫", "en": "clean"}, States: vacant, Every: 10},
		},
	}
	if v.missing() {
		return r
	}
	sec := c.section(v, "ask_before", "at", "label", "routine")
	if ask := sec.get("ask_before"); !ask.missing() {
		r.Ask = nil
		for _, item := range c.items(ask, "days such as [60d, 30d]") {
			term := item.someTerm(desk.Term{Days: 60})
			if term.Days < 1 || term.Workdays > 0 || term.Duration > 0 {
				item.bad("whole days such as 60d")
				continue
			}
			r.Ask = append(r.Ask, term.Days)
		}
		slices.Sort(r.Ask)
		slices.Reverse(r.Ask)
	}
	r.At = sec.get("at").clock(r.At)
	if r.At == desk.EndOfDay {
		sec.get("at").bad("a time of day from 00:00 to 23:59")
	}
	if label := sec.get("label"); !label.missing() {
		r.Label = label.label(0)
	}
	if list := sec.get("routine"); !list.missing() {
		r.Routine = c.routine(list, s)
	}
	return r
}

func (c *checker) routine(v value, s *desk.Site) []desk.Routine {
	var list []desk.Routine
	var departments, states []string
	for _, d := range s.Departments {
		departments = append(departments, d.ID)
	}
	for _, state := range desk.RoomStates {
		states = append(states, string(state))
	}
	seen := ids{}
	if v.node != nil && v.node.Kind == yaml.SequenceNode && len(v.node.Content) == 0 {
		return nil // None is wanted.
	}
	for _, item := range c.items(v, "a list of routine works") {
		sec := c.section(item, "id", "label", "states", "every", "department")
		r := desk.Routine{ID: sec.need("id").id(), Label: sec.need("label").label(0), States: []desk.RoomState{desk.RoomVacant}}
		seen.take(sec.get("id"), r.ID)
		if on := sec.get("states"); !on.missing() {
			r.States = nil
			for _, state := range on.choices("state", states...) {
				r.States = append(r.States, desk.RoomState(state))
			}
		}
		every := sec.need("every")
		if term := every.someTerm(desk.Term{Days: 1}); term.Days < 1 || term.Workdays > 0 || term.Duration > 0 {
			every.bad("whole days such as 7d")
		} else {
			r.Every = term.Days
		}
		if d := sec.get("department"); !d.missing() {
			r.Department = d.oneOf("department", "", departments...)
		}
		list = append(list, r)
	}
	return list
}

// checkIn reads what a site decides about moving in.
func (c *checker) checkIn(v value, s *desk.Site) desk.CheckInRule {
	r := desk.CheckInRule{Within: 24 * time.Hour, Remind: 2 * time.Hour, After: 9 * 60, GuestAt: 10 * 60}
	if v.missing() {
		return r
	}
	r.On = true
	sec := c.section(v, "agreement", "safety", "keys", "inventory", "condition_within", "remind_before", "day_after", "guest_reminder")
	r.Agreement, r.Safety = c.signedText(sec.get("agreement")), c.signedText(sec.get("safety"))
	if keys := sec.get("keys"); !keys.missing() {
		seen := ids{}
		for _, item := range c.items(keys, "a list of kinds of key") {
			key := c.section(item, "id", "label")
			k := desk.KeyKind{ID: key.need("id").id(), Label: key.need("label").label(maxLabel)}
			seen.take(key.get("id"), k.ID)
			r.Keys = append(r.Keys, k)
		}
		if len(r.Keys) > maxKeys {
			keys.fail(fmt.Sprintf("expected at most %d kinds of key", maxKeys))
		}
	}
	if items := sec.get("inventory"); !items.missing() {
		var categories []string
		for _, cat := range s.Categories {
			if cat.Kind == desk.KindRepair && !cat.Retired {
				categories = append(categories, cat.ID)
			}
		}
		seen := ids{}
		for _, item := range c.items(items, "a list of what is in a room") {
			one := c.section(item, "id", "label", "category")
			i := desk.InventoryItem{ID: one.need("id").id(), Label: one.need("label").label(maxLabel)}
			seen.take(one.get("id"), i.ID)
			i.Category = one.need("category").oneOf("category", "", categories...)
			r.Inventory = append(r.Inventory, i)
		}
	}
	r.Within = sec.get("condition_within").duration(r.Within)
	r.Remind = sec.get("remind_before").duration(r.Remind)
	if r.Remind >= r.Within {
		sec.get("remind_before").bad(fmt.Sprintf("less than condition_within, %s", r.Within))
	}
	r.After = sec.get("day_after").clock(r.After)
	r.GuestAt = sec.get("guest_reminder").clock(r.GuestAt)
	return r
}

// maxKeys is how many kinds of key a press can name.
const maxKeys = 8

// maxSigned is how long a text may be that is shown in chat and confirmed there.
const maxSigned = 1200

// signedText reads a text that residents confirm, with its version.
func (c *checker) signedText(v value) desk.SignedText {
	if v.missing() {
		return desk.SignedText{}
	}
	sec := c.section(v, "version", "text")
	t := desk.SignedText{Version: sec.need("version").text("a version such as 2026-09"), Text: sec.need("text").label(0)}
	for lang, text := range t.Text {
		if n := utf8.RuneCountInString(text); n > maxSigned {
			sec.get("text").fail(fmt.Sprintf("expected at most %d characters so that one message holds it, got %d in %s", maxSigned, n, lang))
		}
	}
	return t
}
