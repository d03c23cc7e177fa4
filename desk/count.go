package desk

import "time"

// Counts are the numbers of a digest. Every share has its denominator beside
// it, and silence is unrated, never satisfied.
type Counts struct {
	From, To time.Time
	// Lists are the ids of the tickets that each number was counted from, the ones
	// that matter most first.
	Lists map[CountedList][]string
	// New counts what was filed in the period, reworks too; Done what was
	// finished in it. Open and Overdue are as of its end; what is paused is not
	// overdue, because its clock stands.
	New, Done, Open, Overdue int
	// Longest is the id of the ticket that is overdue the longest, by Over.
	Longest string
	Over    time.Duration

	// Asked counts the tickets whose callback was asked for in the period, in
	// chat or by phone; Answered those of them that were answered in it.
	Asked, Answered int
	// Of the work finished in the period: what did not hold, what was rated and
	// how often as good; the rest is unrated so far. InTime and Late share it out by
	// its aim: what was denied was late, whenever it was said to be done.
	Rework, Rated, Good, Unrated int
	InTime, Late                 int

	// Night counts the urgent tickets filed in the night, NightTaken those that
	// somebody took, NightWait the longest that one of these waited.
	Night, NightTaken int
	NightWait         time.Duration
	// Nightly is the report of the night that ended in the period, with its rounds.
	Nightly *NightReport

	// Emergencies counts those for which help was sent or the duty manager was told,
	// FalseAlarms those that were none. A person at risk is in no number.
	Emergencies, FalseAlarms int

	// Undelivered counts the messages that could not be delivered.
	Undelivered int
	// Parts are what was noted as used in the period.
	Parts []PartUse
	// Themes are the complaints of the last days by theme, for the most prominent
	// one. Complaints are counted for each reader from what they may see: For.
	Themes map[string][]string
	// Rooms is how the rooms stood when this was counted.
	Rooms *RoomShare
	// Arriving is who moves in; nil on a day without anybody.
	Arriving *Arriving
}

// Quiet tells whether there is nothing to report.
func (c Counts) Quiet() bool {
	return (c.Nightly == nil || !c.Nightly.Night.Wanting()) && c.New == 0 && c.Overdue == 0 && c.Rework == 0 && c.Undelivered == 0 &&
		c.Emergencies+c.FalseAlarms == 0 && c.Arriving == nil && c.leaving().IsZero() &&
		len(c.Lists[ListComplaint])+len(c.Lists[ListLeftOver])+len(c.Lists[ListSuggestion]) == 0
}

// Empty tells whether there was nothing at all, as before the desk was opened.
func (c Counts) Empty() bool {
	return c.New == 0 && c.Done == 0 && c.Open == 0 && len(c.Lists[ListComplaint]) == 0
}

// Digest counts a period that has ended. It reads the state of tickets at the
// period's end out of their history; only their clocks are as they are now,
// later pauses included.
func Digest(r Reader, from, to time.Time) Counts {
	count := counting{r: r, c: Counts{From: from, To: to}, lists: countedIDs{}}
	// One more than now, because the end is not included.
	for _, e := range r.EventsBetween(from, r.Now().Add(1)) {
		if e.At.Before(to) {
			count.within = append(count.within, e)
		} else {
			count.after = append(count.after, e)
		}
	}
	count.filed()
	count.finished()
	count.callbacks()
	count.standing()
	count.complaints()
	count.emergencies()
	count.checkouts()
	count.arrivals()
	count.c.Lists = count.lists.sorted(r)
	count.c.Undelivered = r.Undelivered(from, to)
	count.c.Parts = partsUsed(count.within)
	count.nightly()
	count.c.Rooms = shareOfRooms(r)
	return count.c
}

type counting struct {
	r Reader
	c Counts
	// within are the events of the period, after those since.
	within, after []Event
	lists         countedIDs
}

// filed counts what came in, and how urgent matters of the night were answered.
func (x *counting) filed() {
	taken := map[string]time.Time{}
	for _, list := range [][]Event{x.within, x.after} {
		for _, e := range list {
			if _, known := taken[e.Ticket]; e.Action == Take && !known {
				taken[e.Ticket] = e.At
			}
		}
	}
	for _, t := range x.r.Between(x.c.From, x.c.To) {
		if !t.Wished() {
			continue
		}
		x.c.New++
		x.lists.add(ListNew, t.ID)
		if !t.Urgency.Rings() || !atNight(x.r.Site(), t.Created) {
			continue
		}
		x.c.Night++
		x.lists.add(ListNight, t.ID)
		if at, ok := taken[t.ID]; ok {
			x.c.NightTaken++
			x.c.NightWait = max(x.c.NightWait, at.Sub(t.Created))
		}
	}
}

// nightly adds the report of the night that ended in the period, where the site
// has rounds.
func (x *counting) nightly() {
	s := x.r.Site()
	for back := range 2 {
		from, to := NightOf(s, DateOf(x.c.To, s.Zone).AddDays(-1-back))
		if !to.After(x.c.From) || to.After(x.c.To) {
			continue
		}
		report := reportNight(x.r, Ticket.Wished, from, to)
		if report.Night.Rounds+report.Night.Posts > 0 {
			x.c.Nightly = &report
		}
		return
	}
}

// atNight tells whether the shift at t is one that passes midnight; without a
// roster the night is when residents are not disturbed.
func atNight(s *Site, t time.Time) bool {
	if shift, ok := s.Roster.At(t, s.Calendar); ok {
		return shift.Span.To <= shift.Span.From
	}
	return s.Quiet.Quiet(t, s.Zone)
}

// finished counts the work that was finished in the period and not taken back
// in it, and what became of it.
func (x *counting) finished() {
	done := map[string]bool{}
	for _, e := range x.within {
		switch {
		case e.Action == Finish:
			done[e.Ticket] = true
		case e.Action == Undo && e.From == StateDone:
			delete(done, e.Ticket)
		}
	}
	for id := range done {
		t, _ := x.r.Ticket(id)
		if !t.Wished() {
			continue // An answer is no work that was finished.
		}
		x.c.Done++
		x.lists.add(ListDone, id)
		if t.DoneInTime() {
			x.c.InTime++
		} else {
			x.c.Late++
			x.lists.add(ListLate, id)
		}
		if t.State == StateReworked || t.Rework != "" {
			x.c.Rework++
			x.lists.add(ListRework, id)
		}
		switch t.Rating {
		case "":
			x.c.Unrated++
			x.lists.add(ListUnrated, id)
			continue
		case "good":
			x.c.Good++
		}
		x.c.Rated++
		x.lists.add(ListRated, id)
	}
}

// callbacks counts who was asked in the period, and who answered in it.
func (x *counting) callbacks() {
	asked, answered := map[string]bool{}, map[string]bool{}
	for _, e := range x.within {
		switch e.Action {
		case Nudged:
			what := e.Details["what"]
			if what == "callback" && e.Details["level"] == "1" || what == "call" {
				asked[e.Ticket] = true
			}
		case Rate, NotFixed:
			answered[e.Ticket] = asked[e.Ticket]
		case CallDone:
			if result := e.Details["result"]; result != "no_answer" && result != "lapsed" {
				answered[e.Ticket] = asked[e.Ticket]
			}
		}
	}
	for id := range asked {
		if t, _ := x.r.Ticket(id); !t.Wished() {
			delete(answered, id)
			continue
		}
		x.c.Asked++
		x.lists.add(ListCallback, id)
	}
	for _, counts := range answered {
		if counts {
			x.c.Answered++
		}
	}
}

// standing counts what was open and overdue at the end of the period: a ticket's
// state then is where its first later event left from, or what it is now.
func (x *counting) standing() {
	then := map[string]State{}
	for _, e := range x.after {
		if _, known := then[e.Ticket]; !known {
			then[e.Ticket] = e.From // Empty for one that was not filed yet.
		}
	}
	for _, t := range x.r.Open("") {
		if _, known := then[t.ID]; !known && t.Created.Before(x.c.To) {
			then[t.ID] = t.State
		}
	}
	for id, state := range then {
		if !state.Open() {
			continue
		}
		t, _ := x.r.Ticket(id)
		if t.Case != nil {
			x.leftOver(t)
			continue
		}
		if !t.Wished() {
			continue
		}
		x.c.Open++
		x.lists.add(ListOpen, id)
		over := x.c.To.Sub(t.Owed())
		if state == StatePaused || t.Owed().IsZero() || over <= 0 {
			continue
		}
		x.c.Overdue++
		x.lists.add(ListOverdue, id)
		if longest, _ := x.r.Ticket(x.c.Longest); over > x.c.Over || over == x.c.Over && t.Number < longest.Number {
			x.c.Longest, x.c.Over = id, over
		}
	}
}
