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
	jobVisits,
	jobDigest,
	jobAlarm,
	jobLadder,
	jobIncident,
	jobDigestOwn,
	jobCalls,
	jobWeekly,
	jobMeeting,
	jobAgenda,
	jobItems,
	jobProjects,
	jobLook,
	jobWork,
	jobPlans,
	jobAnnounce,
	jobShifts,
	jobShiftLate,
	jobShiftEnd,
	jobHandoverLate,
	jobPassOn,
	jobRooms,
	jobRoomsOf,
	jobSettle,
	jobSettleAll,
	jobSlotsChanged,
	jobBatchAsk,
	jobBatchRemind,
	jobLeavers,
	jobRounds,
	jobRoundRemind,
	jobRoundMiss,
	jobRoundSlow,
	jobCondition,
	jobConditionEnd,
	jobGuest,
	jobGuestEnd,
	jobArrivals,
	jobForget,
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
// would otherwise wait unseen until tomorrow. Whoever has come on duty since a
// ticket was shown to the members sees it too.
var jobWaiting = JobKind{
	Name:   "waiting",
	Gather: true,
	Cron:   func(*Site) string { return "*/10 * * * *" },
	Run: func(r Reader, _ Job) (Effects, error) {
		c := r.Site().Calendar
		out, err := announceLists(r, false, func(d Department, t Ticket) bool {
			return c.Open(d.Hours, r.Now()) && !r.Now().Before(c.NextOpen(d.Hours, t.Created).Add(waitingFor))
		})
		out.Add(showLate(r))
		return out, err
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
				out.Add(showList(r, d, nil, rest))
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
			out.Add(showList(r, d, part, rest))
			rest = nil
		}
	}
	return out, nil
}

// showList shows a list to the department: one post in each of its groups, and
// one in private to each of its members, whom a morning without anything to do
// does not disturb. When nobody can take the new tickets, or a group is missing,
// the duty manager is told.
func showList(w World, d Department, list []Ticket, rest *Morning) Effects {
	var out Effects
	var ids []string
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	post := Post{Kind: PostList, Tickets: ids, Morning: rest, Department: d.ID, Created: w.Now(), Lane: LaneRoutine}
	for _, g := range w.Groups(d.ID) {
		post.ID, post.Chat, post.Lang = w.NewID(), g.Address, g.Lang
		out.Posts = append(out.Posts, post)
	}
	if len(list) == 0 && (rest == nil || len(rest.Due)+len(rest.Overdue) == 0) {
		return out
	}
	members := Members(w, d.ID, Normal)
	for _, p := range members {
		post.ID, post.Person, post.Chat, post.Lang = w.NewID(), p.ID, p.Address(), w.Site().Language(p.Lang)
		out.Posts = append(out.Posts, post)
	}
	switch {
	case len(list) == 0 || len(boards(w, d.ID)) > 0:
	case len(members) == 0:
		out.Add(Nobody(w, d.ID, list))
	case groupless(w, d.ID, members):
		out.Add(ToManagers(w, listMessage(w, T("lists.private", "department", d.Label, "n", len(list)), list)))
	}
	return out
}

// listMessage is a list for the desk, with a button to look at each ticket.
func listMessage(w World, head Text, list []Ticket) Message {
	s := w.Site()
	lines := []Text{head}
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
