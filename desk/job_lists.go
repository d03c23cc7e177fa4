package desk

import (
	"slices"
	"time"
)

// listSize is how many tickets one post of a morning list has.
const listSize = 20

// JobKinds lists the kinds of job of this package that are no ticket's timers.
var JobKinds = registerJobKinds(
	jobLists,
	jobWaiting,
	jobDigest,
	jobAlarm,
	jobDigestOwn,
	jobShifts,
	jobShiftLate,
	jobShiftEnd,
	jobHandoverLate,
	jobPassOn,
)

func registerJobKinds(list ...JobKind) []JobKind {
	seen := map[string]bool{}
	for _, k := range list {
		if k.Name == "" || k.Run == nil || seen[k.Name] {
			panic("desk: job " + k.Name + " is incomplete or named twice")
		}
		seen[k.Name] = true
	}
	return list
}

// jobLists shows every department in the morning what was filed in the night,
// what is due today, what is overdue and how much is open, in one post; the
// clocks of new tickets run in its hours anyway. Nothing to report is one line.
var jobLists = JobKind{
	Name:   "lists",
	Gather: true,
	Cron:   func(s *Site) string { return s.Schedules.Lists },
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		if late := r.Now().Sub(j.Due) > time.Hour; late && s.Quiet.Quiet(r.Now(), s.Zone) {
			return Effects{}, nil // The next morning is nearer than the last.
		}
		return announceLists(r, true, func(d Department, _ Ticket) bool { return s.worksOn(d, r.Now()) })
	},
}

// waitingFor is how long after a department opened a ticket waits for the list.
const waitingFor = 10 * time.Minute

// jobWaiting shows what no morning list will: what was filed in a midday rest,
// or between the list and the hour at which a department opens. Such a ticket
// would otherwise wait unseen until tomorrow.
var jobWaiting = JobKind{
	Name:   "waiting",
	Gather: true,
	Cron:   func(*Site) string { return "*/10 * * * *" },
	Run: func(r Reader, _ Job) (Effects, error) {
		c := r.Site().Calendar
		return announceLists(r, false, func(d Department, t Ticket) bool {
			return c.Open(d.Hours, r.Now()) && !r.Now().Before(c.NextOpen(d.Hours, t.Created).Add(waitingFor))
		})
	},
}

// worksOn tells whether the department works at all on the date of t.
func (s *Site) worksOn(d Department, t time.Time) bool {
	date := DateOf(t, s.Zone)
	return s.Calendar.Worked(d.Hours, ClockTime(0).On(date, s.Zone), EndOfDay.On(date, s.Zone)) > 0
}

// announceLists shows each department those of its tickets that it has not been
// shown yet, if they are due; in the morning with all else that it has.
func announceLists(r Reader, morning bool, due func(Department, Ticket) bool) (Effects, error) {
	var out Effects
	for _, d := range r.Site().Departments {
		open := r.Open(d.ID)
		var list []Ticket
		for _, t := range open {
			if t.State == StateNew && t.Announced.IsZero() && due(d, t) {
				list = append(list, t)
			}
		}
		var rest *Morning
		if morning && !d.Retired && r.Site().worksOn(d, r.Now()) {
			rest = morningOf(r, open, list)
			if len(list) == 0 {
				out.Add(groupLists(r, d, nil, rest))
			}
		}
		for part := range slices.Chunk(list, listSize) {
			for _, t := range part {
				announced, err := Act(r, t, Announced, Actor{}, Args{})
				if err != nil {
					return Effects{}, err
				}
				out.Add(announced)
			}
			out.Add(listPosts(r, d, part, rest))
			rest = nil
		}
	}
	return out, nil
}

// groupLists are one post in each group of the department.
func groupLists(w World, d Department, list []Ticket, rest *Morning) Effects {
	var out Effects
	var ids []string
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	for _, g := range w.Groups(d.ID) {
		out.Posts = append(out.Posts, Post{
			ID: w.NewID(), Kind: PostList, Tickets: ids, Morning: rest, Department: d.ID, Chat: g.Address, Lang: g.Lang,
			Created: w.Now(), Lane: LaneRoutine,
		})
	}
	return out
}

// listPosts are the posts of new tickets. Without a group the people on duty and
// the duty manager are told in private.
func listPosts(w World, d Department, list []Ticket, rest *Morning) Effects {
	out := groupLists(w, d, list, rest)
	if len(out.Posts) > 0 {
		return out
	}
	m := listMessage(w, d, list)
	people := OnDuty(w, d.ID)
	for _, p := range Managers(w, 0) {
		if !isAmong(people, p.ID) {
			people = append(people, p)
		}
	}
	for _, p := range people {
		m.Person = p.ID
		out.Say(m)
	}
	return out
}

func listMessage(w World, d Department, list []Ticket) Message {
	s := w.Site()
	lines := []Text{T("lists.private", "department", d.Label, "n", len(list))}
	var looks []Button
	for _, t := range list {
		lines = append(lines, T("lists.line", "number", t.Number, "title", Title(s, t), "place", Where(s, t)))
		looks = append(looks, Button{Label: Literal(t.Number), Data: LookData(t.ID)})
	}
	return Message{
		Class: ClassCard, Lane: LaneRoutine, Text: Lines(lines...),
		Buttons: slices.Collect(slices.Chunk(looks, 3)),
	}
}
