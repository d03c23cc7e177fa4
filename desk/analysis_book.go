package desk

// bookMost is how many tickets the list in a spreadsheet has: the newest, so that
// what waits to be sent stays small.
const bookMost = 1000

// Book is the analysis as a spreadsheet, with a sheet for each question.
func (a Analysis) Book(s *Site) *Book {
	x := sorts{s}
	b := &Book{Name: "frontdesk-" + WeekOf(DateOf(a.From, s.Zone)).String()}
	tally := func(name string, head Text, list []Tally, say func(string) Text) {
		b.Sheets = append(b.Sheets, flowSheet(name, head, list, say))
	}
	total := flowSheet("overview", T("weekly.col.kind"), a.Kinds, kindText)
	total.Rows = append(total.Rows, flowRow(T("weekly.col.total"), a.Total))
	if a.Praise > 0 {
		total.Rows = append(total.Rows, []Cell{wordsCell(kindText(KindPraise)), {}, countCell(a.Praise)})
	}
	b.Sheets = append(b.Sheets, total, a.ratesSheet())
	tally("sorts", T("weekly.col.sort"), a.Sorts, x.sortText)
	tally("causes", T("weekly.col.cause"), a.Causes, x.cause)
	tally("places", T("weekly.col.place"), a.Places, x.place)
	tally("departments", T("weekly.col.department"), a.Departments, x.department)
	tally("hours", T("weekly.col.hour"), a.Hours, x.hour)
	tally("methods", T("weekly.col.method"), a.Methods, x.method)
	b.Sheets = append(b.Sheets, a.themesSheet(s), a.leftOverSheet(s), a.ticketsSheet(s))
	for _, chart := range []*Chart{a.DaysChart(s), a.SortsChart(s)} {
		if chart != nil {
			b.Charts = append(b.Charts, *chart)
		}
	}
	return b
}

//locale:prefix weekly.sheet.
func sheetName(name string) Text { return T("weekly.sheet." + name) }

// flowSheet is a line for each of what tickets share.
func flowSheet(name string, head Text, list []Tally, say func(string) Text) Sheet {
	sheet := Sheet{Name: sheetName(name), Heads: []Text{
		head, T("weekly.col.carried"), T("weekly.col.new"), T("weekly.col.done"), T("weekly.col.cancelled"),
		T("weekly.col.open"), T("weekly.col.overdue"), T("weekly.col.unsolved"),
	}}
	for _, t := range list {
		sheet.Rows = append(sheet.Rows, flowRow(say(t.Key), t.Flow))
	}
	return sheet
}

func flowRow(what Text, f Flow) []Cell {
	return []Cell{
		wordsCell(what), countCell(f.Carried), countCell(f.New), countCell(f.Done), countCell(f.Cancelled), countCell(f.Open), countCell(f.Overdue), countCell(f.Unsolved),
	}
}

// ratesSheet has every rate with its numbers and what they mean.
func (a Analysis) ratesSheet() Sheet {
	sheet := Sheet{Name: sheetName("rates"), Heads: []Text{
		T("weekly.col.rate"), T("weekly.col.share"), T("weekly.col.n"), T("weekly.col.of"), T("weekly.col.beside"), T("weekly.col.meaning"),
	}}
	for _, r := range a.Rates {
		//locale:prefix weekly.meaning.
		sheet.Rows = append(sheet.Rows, []Cell{
			wordsCell(T("weekly.rate." + string(r.Name))), shareCell(r), countCell(r.N), countCell(r.Of), countCell(r.Beside), wordsCell(T("weekly.meaning." + string(r.Name))),
		})
	}
	return sheet
}

func (a Analysis) themesSheet(s *Site) Sheet {
	x := sorts{s}
	sheet := Sheet{Name: sheetName("themes"), Heads: []Text{
		T("weekly.col.standing"), T("weekly.col.about"), T("weekly.col.times"), T("weekly.col.proposal"),
	}}
	row := func(situation string, t Theme) {
		//locale:prefix weekly.standing.
		sheet.Rows = append(sheet.Rows, []Cell{
			wordsCell(T("weekly.standing." + situation)), wordsCell(x.about(t)), countCell(t.N), wordsCell(propose(situation, t.Class)),
		})
	}
	if a.Prominent != nil {
		row("prominent", *a.Prominent)
	}
	for _, t := range a.Repeated {
		row("repeated", t)
	}
	return sheet
}

func (a Analysis) leftOverSheet(s *Site) Sheet {
	sheet := Sheet{Name: sheetName("left_over"), Heads: []Text{
		T("weekly.col.number"), T("weekly.col.about"), T("weekly.col.place"), T("weekly.col.filed"), T("weekly.col.days"), T("weekly.col.proposal"),
	}}
	for _, t := range a.LeftOver {
		sheet.Rows = append(sheet.Rows, []Cell{
			wordsCell(Literal(t.Number)), wordsCell(titleShown(s, t.Ticket)), wordsCell(whereShown(s, t.Ticket)), momentCell(t.Created, s.Zone),
			countCell(int(t.Age.Hours() / 24)), wordsCell(propose("left_over", t.Class)),
		})
	}
	return sheet
}

// ticketsSheet lists what was counted, and nobody's name.
func (a Analysis) ticketsSheet(s *Site) Sheet {
	x := sorts{s}
	sheet := Sheet{Name: sheetName("tickets"), Heads: []Text{
		T("weekly.col.number"), T("weekly.col.kind"), T("weekly.col.about"), T("weekly.col.place"), T("weekly.col.department"), T("weekly.col.method"),
		T("weekly.col.filed"), T("weekly.col.due"), T("weekly.col.finished"), T("weekly.col.state"), T("weekly.col.rating"), T("weekly.col.cause"),
	}}
	for _, t := range a.Tickets[max(len(a.Tickets)-bookMost, 0):] {
		cause, rating := Cell{}, Cell{}
		if t.Case != nil && t.Case.Cause != "" {
			cause = wordsCell(x.cause(t.Case.Cause))
		}
		if t.Rating != "" {
			rating = wordsCell(T("digest.said." + t.Rating))
		}
		//locale:prefix state.
		sheet.Rows = append(sheet.Rows, []Cell{
			wordsCell(Literal(t.Number)), wordsCell(kindText(t.Kind)), wordsCell(titleShown(s, t.Ticket)), wordsCell(whereShown(s, t.Ticket)),
			wordsCell(x.department(t.Department)), wordsCell(x.method(t.Method())),
			momentCell(t.Created, s.Zone), momentCell(t.aim(), s.Zone), momentCell(t.Finished, s.Zone), wordsCell(T("state." + string(t.At))), rating, cause,
		})
	}
	return sheet
}

// titleShown is what a ticket is about in statistics: of an emergency not of which
// kind.
func titleShown(s *Site, t Ticket) Text {
	if t.Kind == KindEmergency {
		return kindText(t.Kind)
	}
	return Title(s, t)
}
