package desk

import (
	"strings"
	"time"
)

// longestWork is for how long a work can be planned.
const longestWork = 60 * 24 * time.Hour

// kindWork stands in stored jobs.
const kindWork = "work"

// mayPlan tells whether a person enters works and plans of a department; none means
// the desk itself.
func mayPlan(p Person, department string) bool {
	return p.Manages() || department != "" && p.WorksFor(department) || department == "" && p.Desk()
}

// AskWork enters a work: the duty manager is asked, with what speaks against it.
func AskWork(w World, x Work, p Person) (Effects, Work, error) {
	switch {
	case !mayPlan(p, x.Department):
		return Effects{}, x, Refuse("works.not_yours")
	case !x.From.Before(x.To) || x.To.Sub(x.From) > longestWork || !x.To.After(w.Now()):
		return Effects{}, x, Refuse("works.bad_time")
	}
	x.ID, x.By, x.At, x.State = w.NewID(), p.ID, w.Now(), WorkAsked
	return askYes(w, x), x, nil
}

// askYes asks the desk for its yes to a work.
func askYes(w World, x Work) Effects {
	var out Effects
	out.Works.Works = append(out.Works.Works, x)
	for _, p := range Managers(w, 0) {
		text, buttons := YesText(w, x, p)
		out.Say(Message{Person: p.ID, Class: ClassNotice, Lane: LaneInteractive, Text: text, Buttons: buttons})
	}
	return out
}

// YesText is the question whether a work may be, with its clashes.
func YesText(w World, x Work, p Person) (Text, [][]Button) {
	s := w.Site()
	by := Text{}
	if q, ok := w.Person(x.By); ok {
		by = T("works.asked_by", "name", q.Called(), "department", TeamText(s, x.department()))
	}
	lines := []Text{WorkText(s, "works.asked", x, s.Language(p.Lang)), by}
	for _, clash := range Clashes(w, x) {
		lines = append(lines, T("works.clash", "clash", clash))
	}
	return Lines(lines...), [][]Button{Row(
		Button{Label: T("button.work_yes"), Data: CommandData("plan|y." + x.ID)},
		Button{Label: T("button.work_change"), Data: CommandData("plan|c." + x.ID)},
		Button{Label: T("button.work_no"), Data: CommandData("plan|n." + x.ID)},
	)}
}

func (x Work) department() string {
	if x.Department == "" {
		return TeamDesk
	}
	return x.Department
}

// DecideWork is the desk's word on a work: approved, returned or refused, the last
// two with a reason. Whoever entered it is told, and those concerned by and by.
func DecideWork(w World, x Work, p Person, to WorkState, why string) (Effects, Work, error) {
	why = strings.TrimSpace(why)
	switch {
	case !p.Manages():
		return Effects{}, x, Refuse("works.managers")
	case x.State != WorkAsked:
		return Effects{}, x, Refuse("works.decided", "work", WorkName(w.Site(), x))
	case to == WorkApproved && !x.To.After(w.Now()):
		return Effects{}, x, Refuse("works.bad_time")
	case to != WorkApproved && why == "":
		return Effects{}, x, Refuse("refuse.empty")
	}
	x.State, x.Decided, x.DecidedBy, x.Why = to, w.Now(), p.ID, why
	var out Effects
	out.Works.Works = append(out.Works.Works, x)
	if !p.Is(x.By) {
		//locale:key works.yes works.returned works.refused
		key := map[WorkState]string{WorkApproved: "works.yes", WorkReturned: "works.returned", WorkRefused: "works.refused"}[to]
		m := Message{Person: x.By, Class: ClassNotice, Lane: LaneInteractive, Text: T(key, "work", WorkName(w.Site(), x), "from", x.From, "to", x.To, "by", p.Called(), "why", why)}
		if to == WorkReturned {
			m.Buttons = [][]Button{Row(Button{Label: T("button.work_time"), Data: CommandData("plan|t." + x.ID)})}
		}
		out.Say(m)
	}
	if to == WorkApproved {
		out.Jobs = append(out.Jobs, workJob(x, w.Now()))
	}
	return out, x, nil
}

func workJob(x Work, due time.Time) Job {
	return Job{Key: "work/" + x.ID, Kind: kindWork, Subject: x.ID, Due: due}
}

// mayChange tells whether a person may change, cancel or end a work.
func (x Work) mayChange(p Person) bool {
	return !p.Suspended && (p.Is(x.By) || mayPlan(p, x.Department))
}

// MayChangeWork tells it of a stored work.
func MayChangeWork(x Work, p Person) bool { return x.mayChange(p) }

// MoveWork gives a work another time. What somebody else than the desk changes needs
// its yes again; what was told already is told anew.
func MoveWork(w World, x Work, p Person, from, to time.Time) (Effects, Work, error) {
	switch {
	case !x.mayChange(p):
		return Effects{}, x, Refuse("works.not_yours")
	case !x.Live():
		return Effects{}, x, Refuse("works.gone")
	case !from.Before(to) || to.Sub(from) > longestWork || !to.After(w.Now()):
		return Effects{}, x, Refuse("works.bad_time")
	}
	x.From, x.To, x.Rev = from, to, x.Rev+1
	if p.Manages() && x.State == WorkApproved {
		return Effects{Works: WorkEntries{Works: []Work{x}}, Jobs: []Job{workJob(x, w.Now())}}, x, nil
	}
	x.State, x.Why = WorkAsked, ""
	return askYes(w, x), x, nil
}

// CancelWork takes a work back; who was told of it hears so.
func CancelWork(w World, x Work, p Person, why string) (Effects, Work, error) {
	switch {
	case !x.mayChange(p):
		return Effects{}, x, Refuse("works.not_yours")
	case !x.Live():
		return Effects{}, x, Refuse("works.gone")
	}
	x.State, x.Why, x.Ended, x.EndedBy = WorkCancelled, strings.TrimSpace(why), w.Now(), p.ID
	return Effects{Works: WorkEntries{Works: []Work{x}}, Jobs: []Job{workJob(x, w.Now())}}, x, nil
}

// EndWork says that a work is over and everything is back.
func EndWork(w World, x Work, p Person) (Effects, Work, error) {
	switch {
	case !x.mayChange(p):
		return Effects{}, x, Refuse("works.not_yours")
	case x.State != WorkApproved || w.Now().Before(x.From):
		return Effects{}, x, Refuse("works.gone")
	}
	x.State, x.Ended, x.EndedBy = WorkOver, w.Now(), p.ID
	return Effects{Works: WorkEntries{Works: []Work{x}}, Jobs: []Job{workJob(x, w.Now())}}, x, nil
}

// RunningAt finds the work that takes something of a kind away at a place now: the
// one that ends last.
func RunningAt(w World, place string, kinds []WorkKind) (Work, bool) {
	var found Work
	for _, x := range w.WorksFrom(w.Now().Add(-overdueWork), worksLooked) {
		for _, kind := range kinds {
			if x.Kind == kind && x.Runs(w.Now()) && x.touches(w.Site(), place) && x.To.After(found.To) {
				found = x
			}
		}
	}
	return found, found.ID != ""
}

// OutageText is what somebody hears who reports what a work takes away: what it is,
// and until when.
func OutageText(w World, x Work) Text {
	if !w.Now().Before(x.To) {
		return T("works.known_late", "work", WorkName(w.Site(), x), "from", x.From, "to", x.To)
	}
	return T("works.known", "work", WorkName(w.Site(), x), "from", x.From, "to", x.To)
}

// OutageReadOut is the same as somebody on the phone hears it.
func OutageReadOut(w World, x Work) Text {
	key := "works.read_out"
	if !w.Now().Before(x.To) {
		key = "works.read_out_late"
	}
	return Lines(T("log.read"), T(key, "work", WorkName(w.Site(), x), "from", x.From, "to", x.To)) //locale:key works.read_out works.read_out_late
}

// AskedAbout keeps who asked about a work, so that they hear when it is back.
func AskedAbout(w World, x Work, p Person) Effects {
	return Effects{Works: WorkEntries{Askers: []WorkAsker{{Work: x.ID, Person: p.ID, At: w.Now()}}}}
}
