package desk

import (
	"fmt"
	"strings"
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
	what := []Text{
		T("incident.report.summary", "place", i.where(s), "title", i.Title(s)),
		T("incident.report.times", "began", i.Began, "ended", i.Ended, "took", i.Ended.Sub(i.Began)),
		T("incident.report.numbers", "reports", len(i.tickets(w)), "leader", nameOf(w, i.Leader)),
	}
	if main.ID != "" {
		what = append(what, T("incident.report.main", "number", main.Number, "state", standing(w, main, nameOf(w, main.Taker))))
	}
	add("what", what...)
	var called []Text
	if l, ok := w.LadderOf(i.Main); ok {
		for _, c := range l.Called {
			called = append(called, T("incident.report.call", "at", c.At, "name", nameOf(w, c.Person)))
		}
		for _, a := range l.Answers {
			called = append(called, T("incident.report.answer", "at", a.At, "name", nameOf(w, a.Person)))
		}
	}
	add("called", called...)
	var told, measures, reports []Text
	for _, e := range i.Log {
		switch e.What {
		case entryTold:
			told = append(told, T("incident.report.notice", "at", e.At, "n", e.N))
		case entryFact:
			measures = append(measures, T("incident.report.measure", "at", e.At, "name", nameOf(w, e.By), "text", e.Text))
		case entryReported:
			number, place, _ := strings.Cut(e.Text, " ")
			reports = append(reports, T("incident.report.report", "at", e.At, "number", number, "place", s.PlaceLabel(place)))
		}
	}
	add("told", told...)
	add("measures", measures...)
	add("reports", reports...)
	add("timeline", i.Timeline(w)...)
	add("open", T("incident.report.cause"), T("incident.report.prevent"))
	return T("incident.report.title", "place", i.where(s), "title", i.Title(s)), sections
}

// ReportSection is a part of a report.
type ReportSection struct {
	Head  Text
	Lines []Text
}

// Timeline is what happened, in order; many reports one after the other are one
// line.
func (i Incident) Timeline(w World) []Text {
	var lines []Text
	reports := 0
	for n, e := range i.Log {
		if e.What == entryReported {
			reports++
			if n+1 < len(i.Log) && i.Log[n+1].What == entryReported {
				continue
			}
			lines = append(lines, T("incident.line.reported", "at", e.At, "n", reports))
			continue
		}
		name := nameOf(w, e.By)
		if e.By == "" {
			name = w.Site().Name.In(w.Site().Languages[0])
		}
		lines = append(lines, T("incident.line."+e.What, "at", e.At, "name", name, "text", e.Text, "n", e.N))
	}
	//locale:key incident.line.declared incident.line.wider incident.line.fact incident.line.told incident.line.asked incident.line.over
	return lines
}

// FileName is what the report's file is called.
func (i Incident) FileName() string {
	return fmt.Sprintf("incident-%s-%s-%s.pdf", i.Began.UTC().Format("20060102"), i.Building, i.Category)
}
