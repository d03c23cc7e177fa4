package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// inspectionKeys are the keys of checkout that say what is looked at and charged.
var inspectionKeys = []string{
	"inventory", "last", "prices", "free_sum", "answer_within", "object_within", "remind_inspector", "remind_resident", "keep_goods", "valid", "finance", "cleaning", "lock", "repair",
}

// inspection reads what is looked at when somebody moves out, and what is charged.
func (c *checker) inspection(sec section, s *desk.Site, publicURL string) {
	r := desk.InspectionRule{
		AnswerIn: desk.Term{Days: 3}, ObjectIn: desk.Term{Days: 3}, KeepGoods: desk.Term{Days: 30}, Valid: desk.Term{Days: 90},
		RemindInspector: 2 * time.Hour, RemindResident: 4 * time.Hour,
	}
	r.AnswerIn = sec.get("answer_within").someTerm(r.AnswerIn)
	r.ObjectIn = sec.get("object_within").someTerm(r.ObjectIn)
	r.RemindInspector = sec.get("remind_inspector").upToADay(r.RemindInspector)
	r.RemindResident = sec.get("remind_resident").upToADay(r.RemindResident)
	r.KeepGoods = sec.get("keep_goods").someTerm(r.KeepGoods)
	r.Valid = sec.get("valid").someTerm(r.Valid)
	r.Prices = c.prices(sec.get("prices"))
	r.FreeSum = sec.get("free_sum").fen(0)
	r.Finance = c.financeOf(sec.get("finance"), s)
	for key, to := range map[string]*string{"cleaning": &r.Cleaning, "lock": &r.Lock, "repair": &r.Repair} {
		if v := sec.get(key); !v.missing() {
			*to = v.oneOf("category", "", categoryIDs(s)...)
		}
	}
	for _, item := range sec.get("inventory").several("a list of what is in rooms") {
		in := c.section(item, "places", "items")
		inventory := desk.Inventory{Items: c.inventoryItems(in.need("items"), s, r.Prices)}
		for _, v := range in.get("places").several("a list of places such as [3, 3-502]") {
			if id := v.place(s); id != "" {
				inventory.Places = append(inventory.Places, id)
			}
		}
		r.Inventories = append(r.Inventories, inventory)
	}
	r.Last = c.inventoryItems(sec.get("last"), s, r.Prices)
	for _, inventory := range r.Inventories {
		for _, item := range inventory.Items {
			if slices.ContainsFunc(r.Last, func(duty desk.Item) bool { return duty.ID == item.ID }) {
				sec.get("last").fail(fmt.Sprintf("%q stands in the inventory too, expected another id", item.ID))
			}
		}
	}
	if publicURL != "" {
		r.VerifyURL = publicURL + verifyPath
	}
	s.Inspection = r
}

// upToADay is how long the desk waits before it reminds somebody.
func (v value) upToADay(fallback time.Duration) time.Duration {
	d := v.duration(fallback)
	if d > 24*time.Hour {
		v.bad("at most 24h")
		return fallback
	}
	return d
}

// several are the items of a list that may be missing.
func (v value) several(expected string) []value {
	if v.missing() {
		return nil
	}
	return v.list(expected)
}

// prices reads the site's list, in fen: 3500 is 35 yuan.
func (c *checker) prices(v value) []desk.Price {
	var list []desk.Price
	seen := ids{}
	for _, item := range v.several("a list of prices") {
		sec := c.section(item, "id", "label", "fen")
		p := desk.Price{ID: sec.need("id").id(), Label: sec.need("label").label(maxLabel), Fen: sec.need("fen").fen(0)}
		if slices.Contains([]string{"sum", desk.NoCharge, "shared"}, p.ID) {
			sec.get("id").fail(fmt.Sprintf("%q has a meaning of its own, expected another id", p.ID))
		}
		seen.take(sec.get("id"), p.ID)
		list = append(list, p)
	}
	return list
}

// fen reads a sum.
func (v value) fen(fallback int64) int64 {
	if v.missing() && !v.required {
		return fallback
	}
	return read(v, fmt.Sprintf("a sum in fen from 0 to %d, such as 3500 for 35 yuan", desk.MaxFen), fallback, func(s string) (int64, bool) {
		n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		return n, err == nil && n >= 0 && n <= desk.MaxFen
	})
}

// inventoryItems reads the lines of a checklist.
func (c *checker) inventoryItems(v value, s *desk.Site, prices []desk.Price) []desk.Item {
	var list []desk.Item
	var known []string
	for _, p := range prices {
		known = append(known, p.ID)
	}
	kinds := []string{string(desk.ItemThing), string(desk.ItemKey), string(desk.ItemMeter), string(desk.ItemDuty)}
	seen := ids{}
	for _, item := range v.several("a list of items") {
		sec := c.section(item, "id", "label", "kind", "bed", "unit", "prices", "follow")
		x := desk.Item{ID: sec.need("id").id(), Label: sec.need("label").label(maxLabel), Kind: desk.ItemThing, Bed: sec.get("bed").yes()}
		seen.take(sec.get("id"), x.ID)
		if kind := sec.get("kind"); !kind.missing() {
			x.Kind = desk.ItemKind(kind.oneOf("kind", string(desk.ItemThing), kinds...))
		}
		if unit := sec.get("unit"); !unit.missing() {
			x.Unit = unit.label(0)
		}
		if v := sec.get("prices"); !v.missing() {
			x.Prices = v.choices("price", known...)
		}
		if follow := sec.get("follow"); !follow.missing() {
			x.Follow = follow.oneOf("category, or none", "", append([]string{"none"}, categoryIDs(s)...)...)
		}
		list = append(list, x)
	}
	return list
}

// financeOf reads which department confirms fees and deposit: that with the id
// finance, if there is one and nothing is said.
func (c *checker) financeOf(v value, s *desk.Site) string {
	var known []string
	for _, d := range s.Departments {
		if d.ID == "finance" && v.missing() {
			return d.ID
		}
		known = append(known, d.ID)
	}
	if v.missing() {
		return ""
	}
	return v.oneOf("department", "", known...)
}
