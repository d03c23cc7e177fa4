package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// What is told of a work, in this order. A stage stands in the store with the
// revision of the work: "day.0".
const (
	stageDay       = "day"  // a day before, or at once after a late yes
	stageHour      = "hour" // an hour before
	stageChanged   = "changed"
	stageAsk       = "ask" // to whoever does it, at its end: is it back?
	stageCancelled = "cancelled"
	stageOver      = "over"
)

// tellAtOnce is how many are told in one go; the next follow after tellPause, so
// that two thousand take some minutes and nobody waits for them.
const (
	tellAtOnce = 200
	tellPause  = 10 * time.Second
)

// hourBefore is how long before its beginning a work is told of the last time, and
// tooClose how long before that nobody has just been told.
const (
	hourBefore = time.Hour
	tooClose   = time.Hour
)

// step is a stage of a work with the time that it is due.
type step struct {
	stage string
	at    time.Time
}

// awake moves what is told by day out of the quiet hours: before them if there is
// still time, else behind them. False when it would come too late.
func (x Work) awake(s *Site, at, now time.Time) (time.Time, bool) {
	if x.Urgent || !s.Quiet.Quiet(at, s.Zone) {
		return at, true
	}
	end := s.Quiet.Release(at, s.Zone)
	evening := s.Quiet.From.On(DateOf(end, s.Zone), s.Zone)
	if !evening.Before(end) {
		evening = s.Quiet.From.On(DateOf(end, s.Zone).AddDays(-1), s.Zone)
	}
	if evening = evening.Add(-30 * time.Minute); !evening.Before(now) {
		return evening, true
	}
	return end, end.Before(x.From)
}

// steps are what is still to be told of a work, by what was told already.
func (x Work) steps(s *Site, told []WorkTold, now time.Time) []step {
	rev := "." + strconv.Itoa(x.Rev)
	var last time.Time              // when anybody was told last, of this revision
	anybody, before := false, false // told at all, and of an earlier time of it
	done := map[string]bool{}
	for _, t := range told {
		if t.Person == "" {
			done[t.Stage] = true
		} else {
			anybody = true
			before = before || !strings.HasSuffix(t.Stage, rev)
		}
		if strings.HasSuffix(t.Stage, rev) && t.At.After(last) {
			last = t.At
		}
	}
	var list []step
	add := func(stage string, at time.Time) {
		if !done[stage+rev] {
			list = append(list, step{stage + rev, at})
		}
	}
	switch x.State {
	case WorkOver, WorkCancelled:
		if at, ok := x.awake(s, x.Ended, now); anybody || x.State == WorkOver {
			if !ok || at.Before(x.Ended) {
				at = s.Quiet.Release(x.Ended, s.Zone)
			}
			//locale:key works.over works.cancelled
			add(map[WorkState]string{WorkOver: stageOver, WorkCancelled: stageCancelled}[x.State], at)
		}
	case WorkApproved:
		first, day := stageDay, s.daysBefore(x.From, 1)
		if before {
			first, day = stageChanged, now
		}
		if day.Before(x.Decided) {
			day = x.Decided
		}
		at, ok := x.awake(s, day, now)
		if ok && now.Before(x.To) {
			add(first, at)
			if !done[first+rev] && at.After(last) {
				last = at
			}
		}
		if hour, fits := x.awake(s, x.From.Add(-hourBefore), now); fits && hour.Sub(last) >= tooClose && now.Before(x.From) {
			add(stageHour, hour)
		}
		add(stageAsk, x.To)
	}
	slices.SortStableFunc(list, func(a, b step) int { return a.at.Compare(b.at) })
	return list
}

// jobWork tells of a work what is due, some people at a time.
var jobWork = JobKind{
	Name:   kindWork,
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		x, ok := r.Work(j.Subject)
		if !ok {
			return out, nil
		}
		told := r.WorksTold(x.ID)
		steps := x.steps(r.Site(), told, r.Now())
		if len(steps) == 0 {
			return out, nil
		}
		if next := steps[0]; next.at.After(r.Now()) {
			out.Jobs = append(out.Jobs, workJob(x, next.at))
			return out, nil
		}
		more := x.tell(r, steps[0].stage, told, &out)
		due := r.Now().Add(tellPause)
		if !more {
			out.Works.Told = append(out.Works.Told, WorkTold{Of: x.ID, Stage: steps[0].stage, At: r.Now()})
			if len(steps) > 1 {
				due = steps[1].at
			} else {
				due = time.Time{}
			}
		}
		if !due.IsZero() {
			out.Jobs = append(out.Jobs, workJob(x, maxTime(due, r.Now().Add(time.Second))))
		}
		return out, nil
	},
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tell tells the next of those who are to hear of a stage; more says that there are
// others.
func (x Work) tell(r Reader, stage string, told []WorkTold, out *Effects) (more bool) {
	s := r.Site()
	kind, _, _ := strings.Cut(stage, ".")
	heard := map[string]bool{} // at this stage
	for _, t := range told {
		if t.Stage == stage {
			heard[t.Person] = true
		}
	}
	mark := func(who string) {
		out.Works.Told = append(out.Works.Told, WorkTold{Of: x.ID, Stage: stage, Person: who, At: r.Now()})
	}
	if kind == stageAsk {
		x.askBack(r, stage, out)
		return false
	}
	if kind != stageHour {
		for _, department := range slices.Compact(slices.Sorted(slices.Values(append([]string{x.Department}, s.Works.Tell...)))) {
			if who := "@" + department; department != "" && !heard[who] {
				out.Say(Message{Department: department, Class: ClassNotice, Lane: LaneRoutine, Text: x.told(s, kind, s.Languages[0]), Key: "work/" + x.ID + "/" + stage + "/" + who})
				mark(who)
			}
		}
	}
	n := 0
	for _, p := range x.hearers(r, kind, told) {
		if heard[p.ID] {
			continue
		}
		if n++; n > tellAtOnce {
			return true
		}
		out.Say(Message{
			Person: p.ID, Class: ClassNotice, Lane: LaneRoutine, Text: x.told(s, kind, s.Language(p.Lang)),
			Key: "work/" + x.ID + "/" + stage + "/" + p.ID, Silent: s.Quiet.Quiet(r.Now(), s.Zone) && !x.Urgent,
		})
		mark(p.ID)
	}
	return false
}

// hearers are those who hear of a stage: before the work all whom it concerns; of
// its end and its cancellation who was told of it, and of its end also who asked.
func (x Work) hearers(r Reader, kind string, told []WorkTold) []Person {
	if kind == stageDay || kind == stageHour {
		return Affected(r, x.Places()...)
	}
	ids := map[string]Person{}
	add := func(id string) {
		if p, ok := r.Person(id); ok && reachable(p) {
			ids[p.ID] = p
		}
	}
	for _, t := range told {
		if t.Person != "" && !strings.HasPrefix(t.Person, "@") && !strings.HasPrefix(t.Stage, kind) {
			add(t.Person)
		}
	}
	if kind == stageOver {
		for _, a := range r.WorkAskers(x.ID) {
			add(a.Person)
		}
	}
	if kind == stageChanged {
		for _, p := range Affected(r, x.Places()...) {
			ids[p.ID] = p
		}
	}
	return byID(ids)
}

// told is what is said at a stage.
func (x Work) told(s *Site, kind, lang string) Text {
	switch kind {
	case stageOver:
		return T("works.over", "work", WorkName(s, x))
	case stageCancelled:
		return T("works.cancelled", "work", WorkName(s, x), "from", x.From)
	case stageHour:
		return WorkText(s, "works.hour", x, lang)
	case stageChanged:
		return WorkText(s, "works.changed", x, lang)
	}
	return WorkText(s, "works.announced", x, lang)
}

// askBack asks whoever does the work at its end whether everything is back; at once
// somebody who can be reached.
func (x Work) askBack(r Reader, stage string, out *Effects) {
	people := []Person{}
	if p, ok := r.Person(x.By); ok && reachable(p) && !OffShift(r, p.ID) {
		people = append(people, p)
	} else {
		people = Managers(r, 0)
	}
	for _, p := range people {
		out.Say(Message{
			Person: p.ID, Class: ClassReminder, Lane: LaneInteractive, Text: T("works.is_it_back", "work", WorkName(r.Site(), x), "to", x.To),
			Buttons: [][]Button{Row(
				Button{Label: T("button.work_over"), Data: CommandData("plan|o." + x.ID)},
				Button{Label: T("button.work_time"), Data: CommandData("plan|t." + x.ID)})},
			Key: "work/" + x.ID + "/" + stage + "/" + p.ID,
		})
	}
}
