package main

import (
	"fmt"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// callback reads how residents are asked whether the work is good. The reminder comes the next day at about noon for work that was done in the early afternoon.
func (c *checker) callback(v value, s *desk.Site) desk.CallbackRule {
	r := desk.CallbackRule{
		AskAfter:    minutes(30),
		RemindAfter: minutes(21*60 + 20),
		CallAfter:   hours(24),
		CloseAfter:  desk.Term{Days: 7},
		ReopenFor:   desk.Term{Days: 30},
		From:        desk.ClockTime(9 * 60),
		To:          desk.ClockTime(21*60 + 30),

		Policy: desk.DefaultPolicy(), CallsPerDay: 20,
		RecursWithin: desk.Term{Days: 30}, RecursExcept: []string{"other"},
	}
	if v.missing() {
		return r
	}
	sec := c.section(v, "ask_after", "remind_after", "call_after", "close_after", "reopen_for", "from", "to",
		"calls_per_day", "policy", "recurs_within", "recurs_except")
	r.AskAfter = sec.get("ask_after").term(r.AskAfter)
	r.RemindAfter = sec.get("remind_after").someTerm(r.RemindAfter)
	r.CallAfter = sec.get("call_after").someTerm(r.CallAfter)
	r.CloseAfter = sec.get("close_after").someTerm(r.CloseAfter)
	r.ReopenFor = sec.get("reopen_for").someTerm(r.ReopenFor)
	r.From = sec.get("from").clock(r.From)
	r.To = sec.get("to").clock(r.To)
	if r.From >= r.To {
		sec.fail(fmt.Sprintf("expected from before to, got %s and %s", r.From, r.To))
	}
	r.CallsPerDay = sec.get("calls_per_day").number(1, r.CallsPerDay)
	if policy := sec.get("policy"); !policy.missing() {
		r.Policy = []desk.CallPolicy{}
		for _, item := range policy.list("a list of who is phoned, or [] for nobody") {
			r.Policy = append(r.Policy, c.callPolicy(item, s))
		}
	}
	r.RecursWithin = sec.get("recurs_within").term(r.RecursWithin)
	if except := sec.get("recurs_except"); !except.missing() {
		r.RecursExcept = except.choices("category", categoryIDs(s)...)
	}
	return r
}

// policyKinds are the kinds of ticket that are called back.
var policyKinds = []string{desk.KindRepair, desk.KindRequest, desk.KindEmergency, desk.KindComplaint}

// policyRoles are who can phone.
var policyRoles = []string{
	string(desk.RoleOperator), string(desk.RoleDutyManager), string(desk.RoleCentreManager), string(desk.RolePropertyManager),
}

// callPolicy reads one line of who is phoned when nobody answers.
func (c *checker) callPolicy(item value, s *desk.Site) desk.CallPolicy {
	sec := c.section(item, "kinds", "categories", "rework", "call", "share", "moments", "within", "by")
	p := desk.CallPolicy{Rework: sec.get("rework").yes(), Marked: sec.get("call").yes()}
	p.Kinds = sec.get("kinds").choices("kind", policyKinds...)
	p.Categories = sec.get("categories").choices("category", categoryIDs(s)...)
	p.Share = read(sec.need("share"), "how many of a hundred are phoned, from 0 to 100", 0, func(s string) (int, bool) {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "%"))
		return n, err == nil && n >= 0 && n <= 100
	})
	p.Done = true
	if moments := sec.get("moments"); !moments.missing() {
		p.Done = false
		for _, m := range moments.list("a list of moments: done, and a time after it such as 30d") {
			if m.node.Value == "done" {
				p.Done = true
				continue
			}
			p.Later = m.someTerm(desk.Term{})
		}
	}
	p.Within = sec.get("within").term(desk.Term{})
	p.By = desk.RoleName(sec.get("by").oneOf("role", "", policyRoles...))
	return p
}
