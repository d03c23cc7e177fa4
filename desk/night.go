package desk

import (
	"slices"
	"time"
)

// NightFigures are the figures of a part of the day, a night or a day, as they
// stood at its end. Each has beside it what it is a share of, and the list that it
// was counted from.
type NightFigures struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Filed counts what was filed; Untaken those of them that nobody had at the end.
	Filed   int `json:"filed"`
	Untaken int `json:"untaken"`
	// Urgent counts those of them that ring; Answered those of these on which staff
	// has pressed anything, Taken those that were taken. Usual and Wait are the
	// middle and the longest time to the first press.
	Urgent   int           `json:"urgent"`
	Answered int           `json:"answered"`
	Taken    int           `json:"taken"`
	Usual    time.Duration `json:"usual"`
	Wait     time.Duration `json:"wait"`
	// Rounds counts the rounds that were due; Walked those that were done, Late those
	// of them that were begun too late, Missed those that nobody has begun, Partly
	// those that were not ended.
	Rounds int `json:"rounds"`
	Walked int `json:"walked"`
	Late   int `json:"late"`
	Missed int `json:"missed"`
	Partly int `json:"partly"`
	// Posts counts the posts that should be checked, Checked those that were, Absent
	// and Unfit what was found there.
	Posts   int `json:"posts"`
	Checked int `json:"checked"`
	Absent  int `json:"absent"`
	Unfit   int `json:"unfit"`
	// Unasked counts the rounds that the desk could not ask for.
	Unasked  int `json:"unasked"`
	Findings int `json:"findings"`
	// Rated counts the residents who answered the callback question in the 24 hours
	// up to the end, of what was filed in this part of whatever day; Good those who
	// were satisfied.
	Rated int `json:"rated"`
	Good  int `json:"good"`

	Lists map[NightList][]string `json:"lists,omitempty"`
}

// NightList names what a figure was counted from. The names are stored in
// buttons.
type NightList string

// The lists: tickets, and rounds.
const (
	NightUrgent   NightList = "urgent"
	NightUntaken  NightList = "untaken"
	NightFindings NightList = "findings"
	NightRated    NightList = "rated"
	NightRounds   NightList = "rounds"
	NightPosts    NightList = "posts"
)

// NightLists are all of them, in the order of the report.
var NightLists = []NightList{NightUrgent, NightUntaken, NightRounds, NightPosts, NightFindings, NightRated}

// NightReport are the figures of a night, beside those of the day before it and of
// the same night last week.
type NightReport struct {
	Night NightFigures `json:"night"`
	Day   NightFigures `json:"day"`
	Week  NightFigures `json:"week"`
}

// the night of a site without a shift that passes midnight and without quiet hours.
var usualNight = Span{From: 22 * 60, To: 8 * 60}

// NightOf is the night that begins on a date: the first shift that passes midnight,
// and without one the time in which residents are not disturbed.
func NightOf(s *Site, date Date) (from, to time.Time) {
	for _, shift := range s.Roster.Shifts {
		if shift.Span.To <= shift.Span.From {
			if d, ok := shift.on(date, s.Calendar); ok {
				return d.From, d.To
			}
		}
	}
	span := usualNight
	if s.Quiet.To < s.Quiet.From {
		span = Span{From: s.Quiet.From, To: s.Quiet.To}
	}
	return span.On(date, s.Zone)
}

// NightBegun is the date of the last night that has begun at t.
func NightBegun(s *Site, t time.Time) Date {
	date := DateOf(t, s.Zone)
	if from, _ := NightOf(s, date); from.After(t) {
		date = date.AddDays(-1)
	}
	return date
}

// RoundsNight is the night, from noon to noon, to whose plan t belongs.
func RoundsNight(s *Site, t time.Time) (from, to time.Time) {
	date := DateOf(t, s.Zone)
	if noon.On(date, s.Zone).After(t) {
		date = date.AddDays(-1)
	}
	return noon.On(date, s.Zone), noon.On(date.AddDays(1), s.Zone)
}

// ReportNight is the report of the night that began on a date, for one reader, as
// far as it has got.
func ReportNight(r Reader, p Person, date Date) NightReport {
	s := r.Site()
	from, to := NightOf(s, date)
	if now := r.Now(); to.After(now) {
		to = now.Add(1) // What is at this instant counts.
	}
	return reportNight(r, func(t Ticket) bool { return s.Sees(p, t) }, from, to)
}

// reportNight counts a night of those tickets that its readers may see.
func reportNight(r Reader, sees func(Ticket) bool, from, to time.Time) NightReport {
	s := r.Site()
	_, before := NightOf(s, DateOf(from, s.Zone).AddDays(-1))
	if !before.Before(from) {
		before = from.Add(-12 * time.Hour)
	}
	return NightReport{
		Night: countNight(r, sees, from, to, true),
		Day:   countNight(r, sees, before, from, false),
		Week:  countNight(r, sees, s.daysBefore(from, 7), s.daysBefore(to, 7), true),
	}
}

// staffPresses are what counts as an answer: somebody who works has seen it.
var staffPresses = []Action{Take, NotOurs, Accept, Decline, Assign, Arrive, PauseWork, Resume, NoAccess, Finish, GiveBack, ConfirmEntry, AddNote}

// countNight counts [from, to).
func countNight(r Reader, sees func(Ticket) bool, from, to time.Time, night bool) NightFigures {
	c := NightFigures{From: from, To: to, Lists: map[NightList][]string{}}
	pressed, taken, state := map[string]time.Time{}, map[string]bool{}, map[string]State{}
	for _, e := range r.EventsBetween(from, to) {
		state[e.Ticket] = e.To
		if e.By == "" || !slices.Contains(staffPresses, e.Action) {
			continue
		}
		if _, known := pressed[e.Ticket]; !known {
			pressed[e.Ticket] = e.At
		}
		taken[e.Ticket] = taken[e.Ticket] || e.Action == Take
	}
	var waits []time.Duration
	for _, t := range r.Between(from, to) {
		if !t.Wished() || !sees(t) {
			continue
		}
		c.Filed++
		if state[t.ID] == StateNew || state[t.ID] == StateOffered {
			c.Untaken++
			c.list(NightUntaken, t.ID)
		}
		if t.Round != "" {
			c.list(NightFindings, t.ID)
		}
		if !t.Urgency.Rings() {
			continue
		}
		c.Urgent++
		c.list(NightUrgent, t.ID)
		if at, ok := pressed[t.ID]; ok {
			c.Answered++
			waits = append(waits, at.Sub(t.Created))
		}
		if taken[t.ID] {
			c.Taken++
		}
	}
	if len(waits) > 0 {
		slices.Sort(waits)
		c.Usual, c.Wait = waits[(len(waits)-1)/2], waits[len(waits)-1]
	}
	c.rounds(r)
	c.satisfied(r, sees, night)
	return c
}

func (c *NightFigures) list(name NightList, id string) {
	if !slices.Contains(c.Lists[name], id) {
		c.Lists[name] = append(c.Lists[name], id)
	}
}

// rounds counts the rounds and posts that were due.
func (c *NightFigures) rounds(r Reader) {
	for _, x := range r.RoundsBetween(c.From, c.To) {
		for _, stop := range x.Stops {
			for _, f := range stop.Findings {
				if f.At.Before(c.To) {
					c.Findings++
					if f.Ticket != "" {
						c.list(NightFindings, f.Ticket)
					}
				}
			}
		}
		stands := x.Stands(c.To)
		if stands == RoundUnasked {
			c.Unasked++
		}
		if x.Kind == RoundPost {
			c.list(NightPosts, x.ID)
			c.Posts += len(x.Stops)
			c.posts(x)
			continue
		}
		c.Rounds++
		c.list(NightRounds, x.ID)
		switch stands {
		case RoundLate:
			c.Late++
			c.Walked++
		case RoundDone:
			c.Walked++
		case RoundMissed:
			c.Missed++
		case RoundPartly, RoundWalked:
			c.Partly++
		}
	}
}

func (c *NightFigures) posts(x Round) {
	for _, stop := range x.Stops {
		if !stop.Done() || !stop.Checked.Before(c.To) {
			continue
		}
		c.Checked++
		switch stop.Found {
		case FoundAbsent:
			c.Absent++
		case FoundUnfit:
			c.Unfit++
		}
	}
}

// satisfied counts what residents answered in the day up to the end, about what was
// filed at night, or by day. Of several answers about one ticket the last counts.
func (c *NightFigures) satisfied(r Reader, sees func(Ticket) bool, night bool) {
	said := map[string]bool{}
	for _, e := range r.EventsBetween(r.Site().daysBefore(c.To, 1), c.To) {
		good := e.Action == Rate && e.Details["rating"] == "good"
		switch {
		case e.Action == Rate, e.Action == NotFixed && e.From == StateDone:
		case e.Action == CallDone && e.From == StateDone && (e.Details["result"] == "good" || e.Details["result"] == "fair"):
			good = e.Details["result"] == "good"
		default:
			continue
		}
		t, ok := r.Ticket(e.Ticket)
		if !ok || t.Case != nil || !sees(t) || atNight(r.Site(), t.Created) != night {
			continue
		}
		said[e.Ticket] = good
		c.list(NightRated, e.Ticket)
	}
	for _, good := range said {
		c.Rated++
		if good {
			c.Good++
		}
	}
}

// Quiet tells whether there is nothing to report.
func (c NightFigures) Quiet() bool { return c.Filed+c.Rounds+c.Posts+c.Rated == 0 }

// Wanting tells whether something of the rounds and posts is not as it should be.
func (c NightFigures) Wanting() bool {
	return c.Missed+c.Partly+c.Absent+c.Unfit+c.Unasked > 0 || c.Checked < c.Posts
}
