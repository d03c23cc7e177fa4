package desk

import (
	"slices"
	"time"
)

// pointsMost is how many points of a kind an agenda has: a meeting has an hour.
const pointsMost = 10

// agendaPoints are the points of a meeting: what stands in the analysis of the week
// of anybody who takes part, and the action items that are overdue. Whose analysis
// does not have a point does not see it, so that nobody reads of a complaint that
// they must not know of.
func agendaPoints(r Reader, m Meeting) []MeetingPoint {
	var prominent, repeated, left []MeetingPoint
	for _, id := range m.Who {
		p, ok := r.Person(id)
		if !ok || p.Suspended {
			continue
		}
		a := WeekFor(r, p, m.Week)
		if a.Prominent != nil {
			prominent = joinPoint(prominent, themePoint(PointProminent, *a.Prominent), p.ID)
		}
		for _, theme := range a.Repeated[:min(len(a.Repeated), pointsMost)] {
			repeated = joinPoint(repeated, themePoint(PointRepeated, theme), p.ID)
		}
		for _, late := range a.LeftOver {
			if now, ok := r.Ticket(late.ID); ok && now.State.Open() { // It may be done since.
				left = joinPoint(left, MeetingPoint{
					Kind: PointLeftOver, Class: late.Class, Concern: concernOf(r.Site(), late.Ticket), Tickets: []string{late.ID},
				}, p.ID)
			}
		}
	}
	points := slices.Concat(prominent, repeated[:min(len(repeated), pointsMost)], left[:min(len(left), pointsMost)])
	today := DateOf(r.Now(), r.Site().Zone)
	for _, item := range r.ItemsOpen(itemsLooked) {
		if len(points) >= 4*pointsMost || item.Due.Compare(today) >= 0 {
			break // They come by their date.
		}
		points = append(points, MeetingPoint{Kind: PointItem, Concern: item.Concern, Item: item.ID})
	}
	return points
}

func themePoint(kind PointKind, t Theme) MeetingPoint {
	return MeetingPoint{Kind: kind, Class: t.Class, Concern: Concern{Category: t.Category, Type: t.Type, Place: t.Place}, Tickets: t.IDs}
}

// joinPoint adds a point of somebody's analysis: the same one of somebody else is
// the same point, made of the tickets of both.
func joinPoint(list []MeetingPoint, point MeetingPoint, person string) []MeetingPoint {
	i := slices.IndexFunc(list, func(other MeetingPoint) bool {
		if point.Kind == PointLeftOver {
			return other.Tickets[0] == point.Tickets[0]
		}
		return other.Concern == point.Concern
	})
	if i < 0 {
		point.For, point.Tickets = []string{person}, slices.Clone(point.Tickets)
		return append(list, point)
	}
	for _, id := range point.Tickets {
		if !slices.Contains(list[i].Tickets, id) {
			list[i].Tickets = append(list[i].Tickets, id)
		}
	}
	list[i].For = append(list[i].For, person)
	return list
}

// concernOf is what a ticket is about, as the analysis has it.
func concernOf(s *Site, t Ticket) Concern {
	m := Concern{Category: t.Category, Place: wideOf(s, t.Place)}
	if t.Category == "" && t.Case != nil {
		m.Type, m.Team = t.Case.Type, t.Case.About.Team
	}
	return m
}

// seen are the tickets of a point that a person may see.
func (pt MeetingPoint) seen(w World, p Person) []Ticket {
	var list []Ticket
	for _, id := range pt.Tickets {
		if t, ok := w.Ticket(id); ok && w.Site().Sees(p, t) {
			list = append(list, t)
		}
	}
	return list
}

// ShownTo tells whether a person sees a point of the agenda: it stands in their own
// analysis, or they took no part and may see what it is made of.
func (m Meeting) ShownTo(w World, p Person, i int) bool {
	pt := m.Points[i]
	if pt.Kind == PointItem {
		item, ok := w.ActionItem(pt.Item)
		return ok && SeesItem(w, p, item)
	}
	if m.takesPart(p) && !slices.ContainsFunc(pt.For, p.Is) {
		return false
	}
	least := 2
	if pt.Kind == PointLeftOver {
		least = 1
	}
	return len(pt.seen(w, p)) >= least
}

// Whole tells whether a person may read what was decided about a point: they see
// every ticket that it is made of, because words may be about each of them.
func (m Meeting) Whole(w World, p Person, i int) bool {
	return m.ShownTo(w, p, i) && !slices.ContainsFunc(m.Points[i].Tickets, func(id string) bool {
		t, ok := w.Ticket(id)
		return ok && !w.Site().Sees(p, t)
	})
}

// concernText is a matter in words.
func concernText(s *Site, m Concern) Text {
	about := sorts{s}.about(Theme{Category: m.Category, Type: m.Type, Place: m.Place})
	if m.Team == "" {
		return about
	}
	return T("meeting.about_team", "about", about, "team", TeamText(s, m.Team))
}

// PointText is a point of the agenda as a person may read it, with the drafted
// proposal.
func (m Meeting) PointText(w World, p Person, i int) Text {
	s, pt := w.Site(), m.Points[i]
	proposal := Text{}
	if pt.Kind != PointItem {
		proposal = propose(string(pt.Kind), pt.Class)
	}
	switch pt.Kind {
	case PointItem:
		item, _ := w.ActionItem(pt.Item)
		return T("meeting.point_item", "what", item.What, "owner", nameOf(w, item.Owner), "due", item.dueAt(s))
	case PointLeftOver:
		t, _ := w.Ticket(pt.Tickets[0])
		return T("meeting.point_left_over", "ticket", ticketShown(s, t), "age", wholeDays(m.Prepared.Sub(t.Created)), "proposal", proposal)
	case PointRepeated:
		return T("meeting.point_repeated", "about", concernText(s, pt.Concern), "n", len(pt.seen(w, p)), "days", repeatedWithin, "proposal", proposal)
	}
	return T("meeting.point_prominent", "about", concernText(s, pt.Concern), "n", len(pt.seen(w, p)), "proposal", proposal)
}

// wholeDays is a time as it is said of something old.
func wholeDays(d time.Duration) time.Duration { return d / (24 * time.Hour) * (24 * time.Hour) }

// planFor is the month of which a meeting makes the plan: the next one.
func (m Meeting) planFor(s *Site) Month { return MonthAfter(DateOf(m.At, s.Zone)) }

// PlanSoFar is the plan of a month as an earlier meeting, or this one, wrote it.
func PlanSoFar(w World, month Month) []string {
	for _, m := range w.Meetings(meetingsAhead) {
		if m.PlanFor == month && len(m.Plan) > 0 {
			return m.Plan
		}
	}
	return nil
}

// AgendaText is the agenda of a meeting for one person.
func AgendaText(w World, m Meeting, p Person) Text {
	s := w.Site()
	from, to := m.Week.Span(s)
	lines := []Text{T("meeting.head", "number", m.Number, "at", m.At, "time", m.At, "from", from, "to", s.daysBefore(to, 1))}
	n := 0
	for i := range m.Points {
		if m.ShownTo(w, p, i) {
			n++
			lines = append(lines, T("meeting.numbered", "n", n, "point", m.PointText(w, p, i)))
		}
	}
	if n == 0 {
		lines = append(lines, T("meeting.no_points"))
	}
	if open := itemsSeen(w, p, itemsLooked); len(open) > 0 {
		lines = append(lines, T("meeting.items_open", "n", len(open), "overdue", countOverdue(w, open)))
	}
	month := m.planFor(s)
	if plan := PlanSoFar(w, month); len(plan) > 0 {
		lines = append(lines, T("meeting.plan_so_far", "month", MonthText(month), "n", len(plan)))
	} else {
		lines = append(lines, T("meeting.plan_open", "month", MonthText(month)))
	}
	return Lines(lines...)
}

// MonthText is a month in words.
//
//locale:prefix meeting.month.
func MonthText(m Month) Text { return T("meeting.month." + monthName(m.Month)) }

// MeetingButtons are what a person can do with a meeting.
func MeetingButtons(w World, m Meeting, p Person) [][]Button {
	var rows [][]Button
	switch _, left := NextPoint(w, m, p, -1, false); {
	case left || MayMinute(w, m, p) && m.Sent.IsZero():
		rows = append(rows, Row(Button{Label: T("button.minutes"), Data: CommandData("meeting|w." + m.ID)}))
	case MayMinute(w, m, p):
		rows = append(rows, Row(Button{Label: T("button.minutes_redo"), Data: CommandData("meeting|r." + m.ID)}))
	}
	row := Row(Button{Label: T("button.actions"), Data: CommandData("actions")})
	if p.Manages() || p.Has(RoleSupervisor) {
		row = append(row, Button{Label: T("button.week_report"), Data: WeekData(m.Week, "")})
	}
	return append(rows, row)
}
