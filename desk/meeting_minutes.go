package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func monthName(m time.Month) string { return strconv.Itoa(int(m)) }

// MayMinute tells whether a person keeps the minutes of a meeting as a whole: who
// is in the chair.
func MayMinute(w World, m Meeting, p Person) bool {
	return !p.Suspended && !m.Prepared.IsZero() && isAmong(chairs(w), p.ID)
}

// MaySettle tells whether a person enters what was decided about a point. It is the
// chair. What nobody who may be in the chair is to know of is for the managers who
// take part and may.
func MaySettle(w World, m Meeting, p Person, i int) bool {
	if m.Prepared.IsZero() || i < 0 || i >= len(m.Points) || !m.Whole(w, p, i) {
		return false
	}
	if MayMinute(w, m, p) {
		return true
	}
	knows := slices.ContainsFunc(chairs(w), func(chair Person) bool { return m.Whole(w, chair, i) })
	return !knows && p.Manages() && m.takesPart(p)
}

// NextPoint is the first point behind the given one that the person may decide on
// and that nobody has dealt with; with redo also one that was dealt with.
func NextPoint(w World, m Meeting, p Person, behind int, redo bool) (int, bool) {
	for i := behind + 1; i < len(m.Points); i++ {
		if (redo || !m.Points[i].Settled()) && MaySettle(w, m, p, i) {
			return i, true
		}
	}
	return 0, false
}

// minutesFor is how long after its day the minutes of a meeting can be changed.
const minutesFor = 6

// minutesOpen refuses to change the minutes of long ago.
func minutesOpen(w World, m Meeting) error {
	if w.Now().After(w.Site().Calendar.After(m.At, Term{Days: minutesFor})) {
		return Refuse("meeting.long_over", "number", m.Number)
	}
	return nil
}

// PointDecision is what a meeting came to about a point.
type PointDecision struct {
	Words            string
	Accepted, Passed bool
}

// SettlePoint writes down what was decided about a point.
func SettlePoint(w World, m Meeting, p Person, i int, d PointDecision) (Effects, Meeting, error) {
	if !MaySettle(w, m, p, i) {
		return Effects{}, m, Refuse("meeting.chair_only")
	}
	if err := minutesOpen(w, m); err != nil {
		return Effects{}, m, err
	}
	words := strings.TrimSpace(d.Words)
	if words == "" && !d.Accepted && !d.Passed || d.Accepted && m.Points[i].Kind == PointItem {
		return Effects{}, m, Refuse("refuse.empty")
	}
	m.Points = slices.Clone(m.Points)
	pt := &m.Points[i]
	pt.Decision, pt.Accepted, pt.Passed = words, d.Accepted, d.Passed
	return Effects{Meetings: MeetingEntries{Meetings: []Meeting{m}}}, m, nil
}

// planLines is how many lines a plan has at most, each of planRunes characters.
const (
	planLines = 20
	planRunes = 100
)

// WritePlan keeps the plan of the next month, a line for each thing. No words keep
// what an earlier meeting planned.
func WritePlan(w World, m Meeting, p Person, words string) (Effects, Meeting, error) {
	if !MayMinute(w, m, p) {
		return Effects{}, m, Refuse("meeting.chair_only")
	}
	if err := minutesOpen(w, m); err != nil {
		return Effects{}, m, err
	}
	m.PlanFor, m.By = m.planFor(w.Site()), p.ID
	m.Plan = nil
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-•·*"))
		if line != "" && len(m.Plan) < planLines {
			m.Plan = append(m.Plan, cutRunes(line, planRunes))
		}
	}
	if len(m.Plan) == 0 {
		m.Plan = PlanSoFar(w, m.PlanFor)
	}
	return Effects{Meetings: MeetingEntries{Meetings: []Meeting{m}}}, m, nil
}

func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// SendMinutes sends the minutes to everybody who took part, each as they may read
// them. Sent again they are marked as changed.
func SendMinutes(w World, m Meeting, p Person) (Effects, Meeting, error) {
	if !MayMinute(w, m, p) {
		return Effects{}, m, Refuse("meeting.chair_only")
	}
	if err := minutesOpen(w, m); err != nil {
		return Effects{}, m, err
	}
	m.Sent, m.Times = w.Now(), m.Times+1
	var out Effects
	out.Meetings.Meetings = append(out.Meetings.Meetings, m)
	for _, reader := range MinutesTo(w, m) {
		out.Say(Message{
			Person: reader.ID, Class: ClassDigest, Lane: LaneRoutine, Text: MinutesText(w, m, reader),
			Buttons: [][]Button{Row(Button{Label: T("button.actions"), Data: CommandData("actions")})},
			Key:     "minutes/" + m.ID + "/" + strconv.Itoa(m.Times) + "/" + reader.ID,
		})
	}
	return out, m, nil
}

// MinutesTo are those to whom minutes are sent: who took part, as far as they are
// still employees.
func MinutesTo(w World, m Meeting) []Person {
	var list []Person
	for _, id := range m.Who {
		if p, ok := w.Person(id); ok && p.Employee() && !isAmong(list, p.ID) {
			list = append(list, p)
		}
	}
	return list
}

// MinutesText are the minutes of a meeting as a person may read them.
func MinutesText(w World, m Meeting, p Person) Text {
	key := "meeting.minutes"
	if m.Times > 1 {
		key = "meeting.minutes_again"
	}
	//locale:key meeting.minutes meeting.minutes_again
	lines := []Text{T(key, "number", m.Number, "at", m.At)}
	items := w.ItemsOf(m.ID)
	n, passed := 0, 0
	for i, pt := range m.Points {
		switch {
		case !m.Whole(w, p, i):
			continue
		case pt.Decision == "" && !pt.Accepted:
			passed++
			continue
		}
		n++
		lines = append(lines, T("meeting.numbered", "n", n, "point", m.pointHead(w, p, i)))
		decision := Literal(pt.Decision)
		if pt.Accepted {
			decision = T("meeting.accepted", "proposal", propose(string(pt.Kind), pt.Class))
		}
		lines = append(lines, T("meeting.decision", "decision", decision))
		for _, item := range items {
			if item.Point == i && item.Dropped.IsZero() {
				lines = append(lines, T("meeting.item", "owner", nameOf(w, item.Owner), "due", item.dueAt(w.Site()), "what", item.What))
			}
		}
	}
	if n == 0 {
		lines = append(lines, T("meeting.nothing_decided"))
	}
	if passed > 0 {
		lines = append(lines, T("meeting.passed", "n", passed))
	}
	if len(m.Plan) > 0 {
		lines = append(lines, T("meeting.plan", "month", MonthText(m.PlanFor)))
		for _, line := range m.Plan {
			lines = append(lines, T("meeting.plan_line", "line", line))
		}
	}
	return Lines(lines...)
}

// pointHead is what a point of the minutes is about, without the proposal.
func (m Meeting) pointHead(w World, p Person, i int) Text {
	s, pt := w.Site(), m.Points[i]
	switch pt.Kind {
	case PointItem:
		return m.PointText(w, p, i)
	case PointLeftOver:
		t, _ := w.Ticket(pt.Tickets[0])
		return ticketShown(s, t)
	}
	return T("meeting.point_theme", "about", concernText(s, pt.Concern), "n", len(pt.seen(w, p)))
}
