package desk

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// stayJobs are the jobs that a stay should have as it is.
func stayJobs(s *Site, stay Stay) []Job {
	var jobs []Job
	add := func(kind string, due time.Time) {
		jobs = append(jobs, Job{Key: kind + "/" + stay.ID, Kind: kind, Subject: stay.ID, Due: due})
	}
	if stay.ID == "" || !stay.State.Here() {
		return nil
	}
	if !stay.ConditionBy.IsZero() && stay.ConditionAt.IsZero() {
		if at := beforeQuiet(s, stay.ConditionBy.Add(-s.CheckIn.Remind)); !stay.Reminded && at.After(stay.InAt) {
			add(stayCondition, at)
		}
		add(stayConditionEnd, stay.ConditionBy)
	}
	if stay.Kind == ResidentGuest && !stay.To.IsZero() {
		last := DateOf(stay.To, s.Zone)
		if at := s.CheckIn.GuestAt.On(last.AddDays(-1), s.Zone); at.After(stay.InAt) {
			add(stayGuest, at)
		}
		add(stayGuestEnd, ClockTime(0).On(last.AddDays(1), s.Zone))
	}
	for _, c := range stay.Condition {
		if slices.ContainsFunc(c.Files, func(f File) bool { return f.Hash == "" && f.Missing == "" }) {
			jobs = append(jobs, Job{Key: JobFetchStay + "/" + stay.ID, Kind: JobFetchStay, Subject: stay.ID, Due: c.At})
			break
		}
	}
	return jobs
}

// The kinds of a stay's jobs.
const (
	stayCondition    = "condition"
	stayConditionEnd = "condition_end"
	stayGuest        = "guest"
	stayGuestEnd     = "guest_end"
	dayArrivals      = "arrivals"
)

// JobFetchStay fetches the bytes of the photos of a room's condition; its subject is
// the stay.
const JobFetchStay = "fetch_stay"

// jobCondition reminds a resident once that the time to say what is wrong with the room
// ends. After a downtime over the end there is nothing to remind of.
var jobCondition = JobKind{
	Name: stayCondition,
	Run: func(r Reader, j Job) (Effects, error) {
		s, ok := r.Stay(j.Subject)
		if !ok || !s.State.Here() || !s.ConditionAt.IsZero() || s.Reminded || !r.Now().Before(s.ConditionBy) {
			return Effects{}, nil
		}
		if r.Site().Quiet.Quiet(r.Now(), r.Site().Zone) {
			return Effects{}, nil // It came due in a downtime, and people sleep.
		}
		before := s
		s.Reminded = true
		out, s := PutStay(r, before, s, "condition_reminded", "", nil)
		out.Say(Message{
			Person: s.Person, Class: ClassReminder, Lane: LaneRoutine, Buttons: conditionButtons(s), Key: "condition/" + s.ID,
			Text: T("condition.remind", "place", r.Site().PlaceLabel(s.Place), "by", s.ConditionBy),
		})
		return out, nil
	},
}

// jobConditionEnd ends the time to say what is wrong: the rest is sound.
var jobConditionEnd = JobKind{
	Name: stayConditionEnd,
	Run: func(r Reader, j Job) (Effects, error) {
		s, ok := r.Stay(j.Subject)
		if !ok || !s.State.Here() || !s.ConditionAt.IsZero() {
			return Effects{}, nil
		}
		before := s
		s.ConditionAt = s.ConditionBy
		out, _ := PutStay(r, before, s, "condition_over", "", nil)
		return out, nil
	},
}

// jobGuest reminds a guest the day before the stay ends.
var jobGuest = JobKind{
	Name: stayGuest,
	Run: func(r Reader, j Job) (Effects, error) {
		s, ok := r.Stay(j.Subject)
		if !ok || !s.State.Here() || s.Over(r) {
			return Effects{}, nil
		}
		var out Effects
		out.Say(Message{
			Person: s.Person, Class: ClassReminder, Lane: LaneRoutine, Key: "guest/" + s.ID,
			Text: T("checkin.guest_ends", "name", s.Name, "to", s.To, "place", r.Site().PlaceLabel(s.Place)),
		})
		return out, nil
	},
}

// jobGuestEnd ends a guest's stay after its last day.
var jobGuestEnd = JobKind{
	Name: stayGuestEnd,
	Run: func(r Reader, j Job) (Effects, error) {
		s, ok := r.Stay(j.Subject)
		if !ok || !s.State.Here() || !s.Over(r) {
			return Effects{}, nil
		}
		out, _, err := EndStay(r, s, "guest_over", Person{}, "")
		return out, err
	},
}

// arrivalsJob looks on the day after a date who of its arrivals did not come.
func arrivalsJob(s *Site, from time.Time) Job {
	date := DateOf(from, s.Zone)
	return Job{
		Key: dayArrivals + "/" + date.String(), Kind: dayArrivals, Subject: date.String(),
		Due: s.CheckIn.After.On(date.AddDays(1), s.Zone),
	}
}

// arrivalNames is how many names one message of the day after has.
const arrivalNames = 15

// jobArrivals names, the day after, who was expected and did not come, and who came
// although no roster had them: to the caretakers of each building, or to the duty
// manager where it has none. A job of its own for each day catches up after a
// downtime.
var jobArrivals = JobKind{
	Name:   dayArrivals,
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		date, err := ParseDate(j.Subject)
		if err != nil {
			return out, err
		}
		day := ArrivalsOn(r, date)
		for _, building := range day.Buildings() {
			out.Add(tellArrivals(r, date, building, day[building]))
		}
		return out, nil
	},
}

// Arrivals are those of a day, by building.
type Arrivals map[string][]Stay

// ArrivalsOn lists who was to arrive on a date, those who never will left out, by room
// and bed.
func ArrivalsOn(r Reader, date Date) Arrivals {
	zone := r.Site().Zone
	list := Arrivals{}
	for _, s := range r.StaysBetween(ClockTime(0).On(date, zone), ClockTime(0).On(date.AddDays(1), zone)) {
		if s.State == StayOut && s.InAt.IsZero() || s.MovedFrom != "" {
			continue
		}
		b := buildingOf(r.Site(), s.Place)
		list[b] = append(list[b], s)
	}
	for _, stays := range list {
		slices.SortStableFunc(stays, func(a, b Stay) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Bed, b.Bed)) })
	}
	return list
}

// Buildings lists the buildings of the arrivals, in order.
func (a Arrivals) Buildings() []string { return slices.Sorted(maps.Keys(a)) }

// Arrived are those who came.
func Arrived(stays []Stay) []Stay {
	return someStays(stays, func(s Stay) bool { return !s.InAt.IsZero() })
}

// Missing are those of a day who have not come.
func Missing(stays []Stay) []Stay {
	return someStays(stays, func(s Stay) bool { return s.State == StayExpected })
}

func someStays(stays []Stay, is func(Stay) bool) []Stay {
	return slices.DeleteFunc(slices.Clone(stays), func(s Stay) bool { return !is(s) })
}

func tellArrivals(r Reader, date Date, building string, stays []Stay) Effects {
	s := r.Site()
	missing := Missing(stays)
	unlisted := someStays(stays, func(s Stay) bool { return s.Unlisted })
	noon := ClockTime(12*60).On(date, s.Zone)
	lines := []Text{T("checkin.day_after", "day", noon, "building", s.PlaceLabel(building), "came", len(Arrived(stays)), "of", len(stays))}
	names := func(key string, list []Stay) {
		if len(list) == 0 {
			return
		}
		var words []string
		for _, stay := range list[:min(len(list), arrivalNames)] {
			words = append(words, stay.Name+" "+strings.TrimSpace(stay.Place+" "+stay.Bed))
		}
		//locale:key checkin.no_shows checkin.unlisted
		lines = append(lines, T(key, "n", len(list), "names", strings.Join(words, "、")))
		if more := len(list) - arrivalNames; more > 0 {
			lines = append(lines, T("open.more", "n", more))
		}
	}
	names("checkin.no_shows", missing)
	names("checkin.unlisted", unlisted)
	m := Message{
		Class: ClassNotice, Lane: LaneRoutine, Text: Lines(lines...), Key: "arrivals/" + date.String() + "/" + building,
		Buttons: [][]Button{Row(Button{Label: T("button.arrivals"), Data: CheckInData("a." + building + "." + date.String())})},
	}
	var out Effects
	for _, p := range caretakersOf(r, building) {
		to := m
		to.Person, to.Key = p.ID, m.Key+"/"+p.ID
		out.Say(to)
	}
	if len(out.Messages) == 0 {
		return ToManagers(r, m)
	}
	return out
}

// caretakersOf are the caretakers of a building who can be reached: those on duty, or
// else all of them.
func caretakersOf(w World, building string) []Person {
	cares := func(list []Person) []Person {
		return slices.DeleteFunc(slices.Clone(list), func(p Person) bool { return !p.CaresFor(building) || !reachable(p) })
	}
	if list := cares(OnDuty(w, string(RoleCaretaker))); len(list) > 0 {
		return list
	}
	return cares(w.Holders(RoleCaretaker))
}
