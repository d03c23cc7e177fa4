package desk

// sortsShown is how many sorts of ticket a chart has room for on a phone.
const sortsShown = 6

// DaysChart shows what was new and what was done on each day; nil when there was
// nothing.
func (a Analysis) DaysChart(s *Site) *Chart {
	if a.Total.New == 0 && a.Total.Done == 0 {
		return nil
	}
	chart := &Chart{
		Title:  T("weekly.chart_days", "week", WeekOf(DateOf(a.From, s.Zone)).Number),
		Series: []Series{{Name: T("chart.new"), Values: a.DaysNew}, {Name: T("chart.done"), Values: a.DaysDone}},
	}
	first := DateOf(a.From, s.Zone)
	for i := range a.DaysNew {
		chart.Labels = append(chart.Labels, T("chart.day", "day", ClockTime(12*60).On(first.AddDays(i), s.Zone)))
	}
	return chart
}

// SortsChart shows what was new and done of the sorts of which there were most; nil
// when there was nothing.
func (a Analysis) SortsChart(s *Site) *Chart {
	if a.Total.New == 0 {
		return nil
	}
	chart := &Chart{Title: T("weekly.chart_sorts", "week", WeekOf(DateOf(a.From, s.Zone)).Number), Series: []Series{{Name: T("chart.new")}, {Name: T("chart.done")}}}
	for _, t := range a.Sorts[:min(len(a.Sorts), sortsShown)] {
		if t.New == 0 {
			continue
		}
		chart.Labels = append(chart.Labels, sorts{s}.sortText(t.Key))
		chart.Series[0].Values = append(chart.Series[0].Values, t.New)
		chart.Series[1].Values = append(chart.Series[1].Values, t.Done)
	}
	return chart
}
