package desk

import (
	"fmt"
	"strings"
	"time"
)

// IncidentReport is the draft of the report of an incident: what happened where and
// when, who was called and answered, what those affected were told, the measures,
// and the reports in their order. Residents are in it by their tickets' numbers only.
func IncidentReport(w World, i Incident) (title Text, sections []ReportSection) {
	s := w.Site()
	add := func(head string, lines ...Text) {
		if len(lines) == 0 {
			lines = []Text{T("incident.report.none")}
		}
		sections = append(sections, ReportSection{Head: T("incident.report." + head), Lines: lines})
	}
	//locale:key incident.report.what incident.report.called incident.report.told incident.report.measures
	//locale:key incident.report.reports incident.report.timeline incident.report.open
	main, _ := w.Ticket(i.Main)
	at := i.clock(s)
	what := []Text{
		T("incident.report.summary", "place", i.where(s), "title", i.Title(s)),
		T("incident.report.times", "year", i.Began.In(s.Zone).Year(), "began", i.Began, "ended", at(i.Ended), "took", i.Ended.Sub(i.Began)),
		T("incident.report.numbers", "reports", i.reported(w), "leader", nameOf(w, i.Leader)),
	}
	if main.ID != "" {
		what = append(what, T("incident.report.main", "state", standing(w, main, nameOf(w, main.Taker))))
	}
	add("what", what...)
	var called []Text
	if l, ok := w.LadderOf(i.Main); ok {
		for _, c := range l.Called {
			called = append(called, T("incident.report.call", "at", at(c.At), "name", nameOf(w, c.Person)))
		}
		for _, a := range l.Answers {
			called = append(called, T("incident.report.answer", "at", at(a.At), "name", nameOf(w, a.Person)))
		}
	}
	add("called", called...)
	var told, measures []Text
	over := false
	for _, e := range i.Log {
		switch e.What {
		case entryOver:
			over = true
		case entryTold:
			told = append(told, T("incident.report.notice", "at", at(e.At), "n", e.N, "said", e.said(over)))
		case entryFact:
			measures = append(measures, T("incident.report.measure", "at", at(e.At), "name", nameOf(w, e.By), "text", e.Text))
		}
	}
	add("told", told...)
	add("measures", measures...)
	add("reports", i.reports(s, at)...)
	add("timeline", i.timeline(w, at)...)
	room := Literal(strings.Repeat("_", 60))
	add("open", T("incident.report.cause"), room, room, T("incident.report.prevent"), room, room)
	return T("incident.report.title", "place", i.where(s), "title", i.Title(s)), sections
}

// reported is how many reports there were. The first ones, of which nobody knew yet
// that they are one, did not join it.
func (i Incident) reported(w World) int {
	n := 0
	for _, e := range i.Log {
		if e.What == entryReported {
			n++
		}
	}
	return max(n, len(i.tickets(w)))
}

// reports are a line for each minute in which something was reported.
func (i Incident) reports(s *Site, at func(time.Time) any) []Text {
	var lines, list []Text
	var minute time.Time
	flush := func() {
		if len(list) > 0 {
			lines = append(lines, T("incident.report.reports_at", "at", at(minute), "list", list))
		}
		list = nil
	}
	for _, e := range i.Log {
		if e.What != entryReported {
			continue
		}
		if !e.At.Truncate(time.Minute).Equal(minute) {
			flush()
		}
		number, place, _ := strings.Cut(e.Text, " ")
		minute, list = e.At.Truncate(time.Minute), append(list, T("incident.report.report", "number", number, "place", s.PlaceLabel(place)))
	}
	flush()
	return lines
}

// ReportSection is a part of a report.
type ReportSection struct {
	Head  Text
	Lines []Text
}

// clock says when something was in a document that is read on another day: the time
// of the day on which it began, and with the date on any other.
func (i Incident) clock(s *Site) func(time.Time) any {
	began := DateOf(i.Began, s.Zone)
	return func(at time.Time) any {
		if DateOf(at, s.Zone) == began {
			return T("incident.report.clock", "at", at)
		}
		return T("incident.report.day_clock", "at", at)
	}
}

// said is what those affected were told.
func (e IncidentEntry) said(over bool) Text {
	switch {
	case over:
		return T("incident.report.said_over")
	case e.Text == "":
		return T("incident.report.said_begun")
	}
	return Literal(e.Text)
}

// Timeline is what happened, in order; many reports one after the other are one
// line.
func (i Incident) Timeline(w World) []Text {
	return i.timeline(w, func(at time.Time) any { return at })
}

func (i Incident) timeline(w World, at func(time.Time) any) []Text {
	var lines []Text
	reports := 0
	for n, e := range i.Log {
		if e.What == entryReported {
			reports++
			if n+1 < len(i.Log) && i.Log[n+1].What == entryReported {
				continue
			}
			lines = append(lines, T("incident.line.reported", "at", at(e.At), "n", reports))
			continue
		}
		name := nameOf(w, e.By)
		if e.By == "" {
			name = w.Site().Name.In(w.Site().Languages[0])
		}
		lines = append(lines, T("incident.line."+e.What, "at", at(e.At), "name", name, "text", e.Text, "n", e.N))
	}
	//locale:key incident.line.declared incident.line.wider incident.line.fact incident.line.told incident.line.asked incident.line.over
	return lines
}

// FileName is what the report's file is called.
func (i Incident) FileName() string {
	return fmt.Sprintf("incident-%s-%s-%s.pdf", i.Began.UTC().Format("20060102"), i.Building, i.Category)
}
