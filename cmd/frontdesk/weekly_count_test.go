package main

import (
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
)

// tallied are the numbers of a week as this test counts them: from the log of events
// alone, played forwards, with nothing of what the report counts with.
type tallied struct {
	flows                  map[string]desk.Flow // "total", "works", "kind:repair", "hour:9" ...
	rates                  map[desk.RateName][3]int
	daysNew, daysDone      []int
	praise                 int
	prominent              int
	repeated, left, newest int
}

// mayKnow is written by the rule of complaints, once more.
func mayKnow(p desk.Person, t desk.Ticket) bool {
	if t.Case == nil {
		return true
	}
	if slices.Contains(t.Case.Against, p.ID) {
		return false
	}
	level := map[desk.RoleName]int{desk.RoleDutyManager: 0, desk.RoleCentreManager: 1, desk.RolePropertyManager: 2}
	for _, role := range p.Roles {
		if n, manager := level[role.Name]; manager && n >= t.Case.Floor || role.Name == desk.RoleSupervisor {
			return true
		}
	}
	return false
}

// countWeek plays the whole log.
func countWeek(r desk.Reader, p desk.Person, from, to time.Time, zone *time.Location) tallied {
	logs := map[string][]desk.Event{}
	for _, e := range r.EventsBetween(time.Time{}, r.Now().Add(time.Hour)) {
		logs[e.Ticket] = append(logs[e.Ticket], e)
	}
	open := func(s desk.State) bool {
		return strings.Contains("new offered taken arrived paused no_access", string(s)) && s != ""
	}
	ended := func(s desk.State) bool { return s == "done" || s == "closed" || s == "reworked" }
	c := tallied{flows: map[string]desk.Flow{}, rates: map[desk.RateName][3]int{}, daysNew: make([]int, 7), daysDone: make([]int, 7)}
	share := func(name desk.RateName, yes bool) {
		n := c.rates[name]
		if n[1]++; yes {
			n[0]++
		}
		c.rates[name] = n
	}
	buildings, places := map[string]int{}, map[string]int{}
	hit := map[string]bool{}
	for id, log := range logs {
		t, _ := r.Ticket(id)
		filed := log[0].At
		if !mayKnow(p, t) || !filed.Before(to) || t.Category == "risk" {
			continue
		}
		if t.Kind == desk.KindPraise {
			if !filed.Before(from) {
				c.praise++
			}
			continue
		}
		building, _, _ := strings.Cut(t.Place, "-")
		sort := t.Category
		if sort == "" && t.Case != nil {
			sort = t.Case.Type
		}
		told := t.State != "cancelled" && t.Kind != "emergency" && t.Kind != "suggestion"
		if told && filed.After(to.AddDate(0, 0, -30)) && t.Place != "" {
			places[sort+"@"+t.Place]++
			if !filed.Before(from) {
				hit[sort+"@"+t.Place] = true
			}
		}
		// The film: the state at the start, each step of the week, the state at the end.
		var start, end desk.State
		var fixed time.Time
		back, asked := false, false
		visits, waits, lastWait, vain := 0, 0, "", false
		var steps []desk.Action
		for _, e := range log {
			if e.At.Before(from) {
				start = e.To
			}
			if !e.At.Before(to) {
				continue
			}
			if !e.At.Before(from) {
				if !open(end) && open(e.To) && end != "" {
					back = true
				}
				if !ended(end) && ended(e.To) {
					fixed = e.At
				}
				if e.Action == "nudge" && (e.Details["what"] == "call" || e.Details["what"] == "callback" && e.Details["level"] == "1") {
					asked = true
				}
			}
			switch e.Action {
			case "arrived", "no_access", "take", "done", "give_back", "not_ours":
				steps = append(steps, e.Action)
			case "pause":
				steps = append(steps, e.Action)
				lastWait, vain = e.Details["reason"], false
			case "resume":
				steps = append(steps, e.Action)
				vain = e.By == "" && (lastWait == "contractor" || lastWait == "approval")
			case "undo":
				steps = steps[:len(steps)-1]
			}
			end = e.To
		}
		for _, a := range steps {
			switch a {
			case "arrived":
				visits++
			case "pause", "no_access":
				waits++
			}
		}
		if asked && t.Case == nil {
			share(desk.RateCallback, t.Rating != "")
		}
		fresh := !filed.Before(from)
		if !fresh && !open(start) && !back {
			continue
		}
		due := t.Clocks.Done
		if t.Kind == "suggestion" {
			due = t.Case.ReplyBy
		}
		late := open(end) && end != "paused" && due.Before(to)
		one := desk.Flow{}
		mark := func(n *int, is bool) {
			if is {
				*n = 1
			}
		}
		mark(&one.New, fresh)
		mark(&one.Carried, !fresh)
		mark(&one.Done, ended(end))
		mark(&one.Cancelled, end == "cancelled")
		mark(&one.Open, open(end))
		mark(&one.Overdue, late)
		mark(&one.Unsolved, end == "cancelled" && t.ClosedBy == "desk" || open(end) && end != "paused" && vain)
		method := "chat"
		if t.FiledBy != "" && t.FiledBy != t.Requester {
			method = "caller"
		}
		if t.Reworks != "" {
			method = "rework"
		}
		keys := []string{"total", "kind:" + t.Kind, "hour:" + filed.In(zone).Format("15"), "department:" + t.Department, "method:" + method}
		switch t.Kind {
		case "repair", "request":
			keys = append(keys, "works", "sort:"+t.Kind+"/"+t.Category, "place:"+building)
		case "emergency":
			keys = append(keys, "works", "sort:emergency", "place:")
		case "complaint":
			keys = append(keys, "sort:complaint/"+t.Case.Type, "cause:"+t.Case.Cause, "place:"+building)
		default:
			keys = append(keys, "sort:suggestion", "place:"+building)
		}
		for _, key := range keys {
			f := c.flows[key]
			f.Carried += one.Carried
			f.New += one.New
			f.Done += one.Done
			f.Cancelled += one.Cancelled
			f.Open += one.Open
			f.Overdue += one.Overdue
			f.Unsolved += one.Unsolved
			c.flows[key] = f
		}
		if fresh {
			c.daysNew[int(filed.Sub(from)/(24*time.Hour))]++
			if told {
				buildings[sort+"@"+building]++
			}
		}
		if ended(end) {
			c.daysDone[int(fixed.Sub(from)/(24*time.Hour))]++
		}
		if open(end) && (filed.Before(to.AddDate(0, 0, -3)) || t.Case != nil && t.Case.Back > 0) {
			c.left++
		}
		if t.Kind == "complaint" && fresh {
			switch {
			case t.State == "cancelled":
				share(desk.RateValid, false)
			case t.Case.Cause != "":
				share(desk.RateValid, true)
			default:
				n := c.rates[desk.RateValid]
				n[2]++
				c.rates[desk.RateValid] = n
			}
		}
		if t.Case != nil {
			continue
		}
		if end != "cancelled" {
			share(desk.RateCompletion, ended(end))
		}
		if late {
			share(desk.RateTimely, false)
		}
		if ended(end) {
			denied := t.Rating == "not_fixed"
			share(desk.RateTimely, !fixed.After(due) && !denied)
			share(desk.RateRework, t.Rework != "")
			if t.Kind == "repair" && t.Reworks == "" {
				share(desk.RateFirstFix, t.Rework == "" && !denied && visits < 2 && waits == 0)
			}
			if t.Rating == "" {
				n := c.rates[desk.RateSatisfied]
				n[2]++
				c.rates[desk.RateSatisfied] = n
			} else {
				share(desk.RateSatisfied, t.Rating == "good")
			}
		}
	}
	for _, n := range buildings {
		c.prominent = max(c.prominent, n)
	}
	for key, n := range places {
		if n > 1 && hit[key] {
			c.repeated++
			c.newest = max(c.newest, n)
		}
	}
	return c
}
