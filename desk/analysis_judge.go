package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// fulfilled tells whether what was owed has been done, whatever the requester says
// of it.
func (s State) fulfilled() bool { return s == StateDone || s == StateClosed || s == StateReworked }

// asksBack tells whether the event is the callback: the question in chat, or the
// call task.
func (e Event) asksBack() bool {
	what := e.Details["what"]
	return e.Action == Nudged && (what == "callback" && e.Details["level"] == "1" || what == "call")
}

// aim is by when a ticket should be done, or answered where the answer is all; zero
// when there is no such time.
func (t Ticket) aim() time.Time {
	if t.Kind == KindSuggestion && t.Case != nil {
		return t.Case.ReplyBy
	}
	return t.Clocks.Done
}

// judge says how a ticket stood at the end.
func (x *analysing) judge(one *Analysed) {
	aim := one.aim()
	switch {
	case one.At == StateCancelled:
		one.Unsolved = one.ClosedBy == "desk"
	case one.At.Open():
		one.Overdue = one.At != StatePaused && !aim.IsZero() && aim.Before(x.a.To)
		one.Unsolved = one.At != StatePaused && x.waitedInVain(one.ID)
	}
}

// OutsidePauses are the reasons of pauses that wait for somebody outside the desk's
// power: an approval, a contractor.
var OutsidePauses = []string{"approval", "contractor"}

// waitedInVain tells whether the last wait for somebody outside ran to its limit
// before the end of the period: it was the desk that went on, and nobody else.
func (x *analysing) waitedInVain(id string) bool {
	waited, vain := false, false
	for _, e := range x.r.History(id) {
		switch {
		case !e.At.Before(x.a.To):
			return vain
		case e.Action == PauseWork:
			waited, vain = slices.Contains(OutsidePauses, e.Details["reason"]), false
		case e.From == StatePaused && e.To != StatePaused:
			vain = waited && e.Action == Resume && e.By == ""
		}
	}
	return vain
}

// late tells whether the work was not done in time: after its aim, or the one who
// waited for it denied that it was done.
func (a Analysed) late() bool {
	return a.Finished.After(a.Clocks.Done) || a.Rating == ratedNotFixed
}

func (f *Flow) add(a Analysed) {
	if a.Began {
		f.Carried++
	} else {
		f.New++
	}
	switch {
	case a.At == StateCancelled:
		f.Cancelled++
	case a.At.Open():
		f.Open++
	default:
		f.Done++
	}
	if a.Overdue {
		f.Overdue++
	}
	if a.Unsolved {
		f.Unsolved++
	}
}

// How a ticket came.
const (
	MethodChat   = "chat"   // its requester wrote to the desk
	MethodCaller = "caller" // the desk filed it for a caller or somebody at the counter
	MethodRework = "rework" // out of a "not fixed"
)

// Method is how a ticket came to the desk.
func (t Ticket) Method() string {
	switch {
	case t.ReworkNo > 0:
		return MethodRework
	case t.FiledBy != "" && t.FiledBy != t.Requester:
		return MethodCaller
	}
	return MethodChat
}

// analysedKinds is the order of the kinds.
var analysedKinds = []string{KindRepair, KindRequest, KindEmergency, KindComplaint, KindSuggestion}

// sort is the kind with the category, or with the type of a complaint. Emergencies
// are not told apart, nor where they were.
func (t Ticket) sort() string {
	switch t.Kind {
	case KindEmergency, KindSuggestion:
		return t.Kind
	case KindComplaint:
		return t.Kind + "/" + t.Case.Type
	}
	return t.Kind + "/" + t.Category
}

// tally counts the tickets by what they share.
func (x *analysing) tally() {
	lists := map[*[]Tally]map[string]*Flow{}
	put := func(list *[]Tally, key string, a Analysed) {
		if lists[list] == nil {
			lists[list] = map[string]*Flow{}
		}
		if lists[list][key] == nil {
			lists[list][key] = &Flow{}
		}
		lists[list][key].add(a)
	}
	for _, t := range x.a.Tickets {
		x.a.Total.add(t)
		if t.Case == nil {
			x.a.Works.add(t)
		}
		put(&x.a.Kinds, t.Kind, t)
		put(&x.a.Sorts, t.sort(), t)
		if t.Kind == KindComplaint {
			put(&x.a.Causes, t.Case.Cause, t)
		}
		place := ""
		if t.Kind != KindEmergency {
			place = wideOf(x.s, t.Place)
		}
		put(&x.a.Places, place, t)
		put(&x.a.Departments, t.Department, t)
		put(&x.a.Hours, strconv.Itoa(t.Created.In(x.s.Zone).Hour()), t)
		put(&x.a.Methods, t.Method(), t)
	}
	for list, flows := range lists {
		for key, flow := range flows {
			*list = append(*list, Tally{key, *flow})
		}
		slices.SortFunc(*list, func(a, b Tally) int {
			return cmp.Or(-cmp.Compare(a.New, b.New), -cmp.Compare(a.Carried, b.Carried), cmp.Compare(a.Key, b.Key))
		})
	}
	// Kinds and hours have an order of their own.
	slices.SortFunc(x.a.Kinds, func(a, b Tally) int {
		return cmp.Compare(slices.Index(analysedKinds, a.Key), slices.Index(analysedKinds, b.Key))
	})
	slices.SortFunc(x.a.Hours, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(len(a.Key), len(b.Key)), cmp.Compare(a.Key, b.Key))
	})
}

// days counts what was filed and what was finished on each day.
func (x *analysing) days() {
	first := DateOf(x.a.From, x.s.Zone)
	var starts []time.Time
	for d := first; ; d = d.AddDays(1) {
		start := ClockTime(0).On(d, x.s.Zone)
		if !start.Before(x.a.To) {
			break
		}
		starts = append(starts, start)
	}
	x.a.DaysNew, x.a.DaysDone = make([]int, len(starts)), make([]int, len(starts))
	day := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(starts, t, func(start, t time.Time) int {
			if start.After(t) {
				return 1
			}
			return -1
		})
		return max(i-1, 0)
	}
	for _, t := range x.a.Tickets {
		if !t.Began {
			x.a.DaysNew[day(t.Created)]++
		}
		if !t.Finished.IsZero() {
			x.a.DaysDone[day(t.Finished)]++
		}
	}
}
