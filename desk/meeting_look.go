package desk

import (
	"slices"
	"strings"
	"time"
)

// What a look at a measure is about: the action item, or the complaint, behind it.
const (
	lookItem = "i."
	lookCase = "c."
)

// lookHour is when the desk speaks of a measure: with the morning's work.
const lookHour = ClockTime(9 * 60)

// lookJob is the look at a measure that was taken at a time.
func lookJob(s *Site, subject string, at time.Time) Job {
	end := s.Calendar.After(at, s.lookTerm())
	due := lookHour.On(DateOf(end, s.Zone), s.Zone)
	if due.Before(end) {
		due = lookHour.On(DateOf(end, s.Zone).AddDays(1), s.Zone)
	}
	return Job{Key: "look/" + subject, Kind: jobLook.Name, Subject: subject, Due: due}
}

func (s *Site) lookTerm() Term {
	if s.Meeting.Look.IsZero() {
		return Term{Days: 30}
	}
	return s.Meeting.Look
}

// Measure is something that was done against a theme, and how it went since.
type Measure struct {
	What, Owner   string
	At            time.Time
	Concern       Concern
	Before, After []Ticket
	// Began and Ended bound what was counted: as long before the measure as after.
	Began, Ended time.Time
}

// MeasureFor looks what came of a measure, as a person may see it: the tickets of
// its theme in the time before it and in the same time after it. False where there
// is no such measure for them.
func MeasureFor(r Reader, p Person, subject string) (Measure, bool) {
	var m Measure
	s := r.Site()
	switch {
	case strings.HasPrefix(subject, lookItem):
		i, ok := r.ActionItem(strings.TrimPrefix(subject, lookItem))
		if !ok || i.Done.IsZero() || !SeesItem(r, p, i) {
			return m, false
		}
		m = Measure{What: i.What, Owner: i.Owner, At: i.Done, Concern: i.Concern}
	case strings.HasPrefix(subject, lookCase):
		t, ok := r.Ticket(strings.TrimPrefix(subject, lookCase))
		if !ok || t.Case == nil || t.Case.Measure == "" || t.DoneAt.IsZero() || !t.Confides(p) {
			return m, false
		}
		m = Measure{What: t.Case.Measure, Owner: t.Taker, At: t.DoneAt, Concern: concernOf(s, t)}
	default:
		return m, false
	}
	m.Ended = s.Calendar.After(m.At, s.lookTerm())
	back := s.lookTerm()
	m.Began = s.Calendar.After(m.At, Term{Days: -back.Days, Duration: -back.Duration})
	x := analysing{r: r, s: s, reader: p}
	for _, t := range r.Between(m.Began, m.Ended) {
		if !x.themed(t) || !m.Concern.covers(s, t) {
			continue
		}
		if !t.Created.After(m.At) {
			m.Before = append(m.Before, t)
		} else {
			m.After = append(m.After, t)
		}
	}
	return m, true
}

// covers tells whether a ticket is about the matter: the same category or type, of
// the same team, in the building or at the very place.
func (c Concern) covers(s *Site, t Ticket) bool {
	if t.Category != c.Category || c.Place != wideOf(s, t.Place) && c.Place != t.Place {
		return false
	}
	if c.Type == "" && c.Team == "" {
		return true
	}
	return t.Case != nil && t.Case.Type == c.Type && (c.Team == "" || t.Case.About.Team == c.Team)
}

// MeasureText says what came of a measure, MeasureList the tickets behind it.
func MeasureText(w World, m Measure) Text {
	key := "look.same"
	switch before, after := len(m.Before), len(m.After); {
	case after == 0:
		key = "look.gone"
	case after < before:
		key = "look.less"
	}
	//locale:key look.same look.less look.gone
	days := int(m.Ended.Sub(m.At).Round(24*time.Hour) / (24 * time.Hour))
	return Lines(
		T("look.measure", "what", m.What, "owner", nameOf(w, m.Owner), "at", m.At),
		T("look.counts", "about", concernText(w.Site(), m.Concern), "days", days, "before", len(m.Before), "after", len(m.After)),
		T(key),
	)
}

// measureLines is how many tickets of each side the list of a measure shows.
const measureLines = 15

// MeasureList lists what was counted, with buttons to look at the newest.
func MeasureList(w World, m Measure) (Text, [][]Button) {
	s := w.Site()
	var lines []Text
	var looks []Button
	side := func(head Text, list []Ticket) {
		lines = append(lines, head)
		list = slices.Clone(list)
		slices.Reverse(list)
		for i, t := range list {
			if i == measureLines {
				lines = append(lines, T("open.more", "n", len(list)-i))
				break
			}
			lines = append(lines, T("look.line", "ticket", ticketShown(s, t), "day", t.Created))
			if len(looks) < 6 {
				looks = append(looks, Button{Label: Literal(t.Number), Data: LookData(t.ID)})
			}
		}
	}
	side(T("look.after", "n", len(m.After)), m.After)
	side(T("look.before", "n", len(m.Before)), m.Before)
	return Lines(lines...), slices.Collect(slices.Chunk(looks, 3))
}

// jobLook says some time after a measure whether its theme came back: to whose
// measure it was, and to those who read the digest. A complaint that is open again
// has said so itself.
var jobLook = JobKind{
	Name:   "look",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		if id, ok := strings.CutPrefix(j.Subject, lookCase); ok {
			if t, found := r.Ticket(id); !found || t.State.Open() {
				return Effects{}, nil
			}
		}
		readers := digestReaders(r)
		owner := ""
		if i, ok := r.ActionItem(strings.TrimPrefix(j.Subject, lookItem)); ok {
			owner = i.Owner
		} else if t, ok := r.Ticket(strings.TrimPrefix(j.Subject, lookCase)); ok {
			owner = t.Taker
		}
		if p, ok := r.Person(owner); ok && p.Employee() && !isAmong(readers, p.ID) {
			readers = append(readers, p)
		}
		var out Effects
		for _, p := range readers {
			m, ok := MeasureFor(r, p, j.Subject)
			if !ok {
				continue
			}
			var buttons [][]Button
			if len(m.Before)+len(m.After) > 0 {
				buttons = [][]Button{Row(Button{Label: T("button.measure_list"), Data: CommandData("measure|" + j.Subject)})}
			}
			out.Say(Message{
				Person: p.ID, Class: ClassDigest, Lane: LaneRoutine, Text: MeasureText(r, m), Buttons: buttons,
				Key: "look/" + j.Subject + "/" + m.At.UTC().Format("20060102") + "/" + p.ID, Silent: r.Site().Quiet.Quiet(r.Now(), r.Site().Zone),
			})
		}
		return out, nil
	},
}
