package desk

import (
	"slices"
	"time"
)

// Chart is a picture of a few numbers over time, for a phone: groups of bars.
// Every series has a value for every label.
type Chart struct {
	Title  Text
	Labels []Text
	Series []Series
}

// Series is one kind of bar.
type Series struct {
	Name   Text
	Values []int
}

// DrawnChart is a chart in words. The picture is made when it is sent, so that
// neither the transaction nor the store carries it.
type DrawnChart struct {
	Title  string        `json:"title"`
	Labels []string      `json:"labels"`
	Series []DrawnSeries `json:"series"`
}

// DrawnSeries is one kind of bar in words.
type DrawnSeries struct {
	Name   string `json:"name"`
	Values []int  `json:"values"`
}

// chartDays is how many days the chart of the digest shows.
const chartDays = 7

// chart shows the days up to that of the counts, as they were told then. A day on
// which nothing was counted is left out, and a single day is no chart; nor has a
// quiet day one.
func (c Counts) chart(r Reader) *Chart {
	if c.Quiet() {
		return nil
	}
	days := []Counts{c}
	to := c.To
	for range chartDays - 1 {
		to = r.Site().daysBefore(to, 1)
		if before, ok := r.Counted(to); ok && !before.Empty() {
			days = append(days, before)
		}
	}
	if len(days) < 2 {
		return nil
	}
	slices.Reverse(days)
	chart := &Chart{Title: T("chart.days", "n", len(days)), Series: []Series{
		{Name: T("chart.new")}, {Name: T("chart.done")}, {Name: T("chart.open")}, {Name: T("chart.overdue")},
	}}
	for _, day := range days {
		// A day is called by its beginning: that of Monday ends on Tuesday morning.
		chart.Labels = append(chart.Labels, T("chart.day", "day", day.From))
		for i, n := range []int{day.New, day.Done, day.Open, day.Overdue} {
			chart.Series[i].Values = append(chart.Series[i].Values, n)
		}
	}
	return chart
}

// daysBefore is the same time of day, n dates before.
func (s *Site) daysBefore(t time.Time, n int) time.Time {
	local := t.In(s.Zone)
	return ClockTime(local.Hour()*60+local.Minute()).On(DateOf(t, s.Zone).AddDays(-n), s.Zone)
}
