package paper

import (
	"errors"
	"strconv"
	"sync"

	"github.com/go-analyze/charts"

	"frontdesk/desk"
)

// The size of a chart in pixels, and of its letters in points: a phone shows it
// at about a third, where the letters are as high as those of the message.
const (
	chartWidth  = 1080
	chartHeight = 720
	chartLetter = 26
	chartTitle  = 32
)

// seriesColours are told apart in grey as well, and by those who see red and
// green alike: blue, light blue, grey and orange.
var seriesColours = []charts.Color{
	charts.ColorFromHex("#1f5fbf"), charts.ColorFromHex("#8fc1f0"), charts.ColorFromHex("#6b7280"), charts.ColorFromHex("#d9730d"),
}

// chartFont installs the font once. The library keeps fonts for the process.
var chartFont = sync.OnceValue(func() error { return charts.InstallFont(fontName, Font) })

// ErrNoChart is returned for a chart without numbers.
var ErrNoChart = errors.New("paper: a chart needs labels and series of the same length")

// labelLetter is the size of the letters under the bars: smaller where a label would
// else run into the next one.
func labelLetter(labels []string) float64 {
	widest := 0.0 // in letters of Chinese, which are square; others are half as wide, or a little more
	for _, label := range labels {
		width := 0.0
		for _, r := range label {
			if width += 0.6; r >= 0x2e80 {
				width += 0.4
			}
		}
		widest = max(widest, width)
	}
	const perPoint, room = 4.0 / 3, 0.92 * (chartWidth - 120)
	return min(chartLetter, room/float64(len(labels))/(widest*perPoint))
}

// Chart draws a chart as PNG.
func Chart(c desk.DrawnChart) ([]byte, error) {
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return nil, ErrNoChart
	}
	if err := chartFont(); err != nil {
		return nil, err
	}
	font := charts.GetFont(fontName)
	style := func(size float64) charts.FontStyle {
		return charts.FontStyle{FontSize: size, Font: font, FontColor: charts.ColorFromHex("#222222")}
	}
	var values [][]float64
	var names []string
	for _, s := range c.Series {
		if len(s.Values) != len(c.Labels) {
			return nil, ErrNoChart
		}
		row := make([]float64, len(s.Values))
		for i, v := range s.Values {
			row[i] = float64(v)
		}
		values = append(values, row)
		names = append(names, s.Name)
	}
	theme := charts.GetTheme(charts.ThemeLight).WithSeriesColors(seriesColours)
	opt := charts.NewBarChartOptionWithData(values)
	opt.Theme = theme
	opt.Padding = charts.NewBoxEqual(28)
	opt.Title = charts.TitleOption{Text: c.Title, FontStyle: style(chartTitle), Offset: charts.OffsetStr{Left: "0", Top: "0"}}
	opt.Legend = charts.LegendOption{SeriesNames: names, FontStyle: style(chartLetter), Offset: charts.OffsetStr{Left: "right", Top: "36"}}
	opt.CategoryAxis.Labels = c.Labels
	opt.CategoryAxis.LabelFontStyle = style(labelLetter(c.Labels))
	opt.CategoryAxis.LabelCount = len(c.Labels)
	whole := func(v float64) string { return strconv.Itoa(int(v)) }
	opt.ValueAxis = []charts.ValueAxisOption{{LabelFontStyle: style(chartLetter), ValueFormatter: whole, Min: charts.Ptr(0.0)}}
	for i := range opt.SeriesList {
		opt.SeriesList[i].Label = charts.SeriesLabel{Show: charts.Ptr(true), ValueFormatter: whole, FontStyle: style(chartLetter - 4)}
	}
	p := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: chartHeight, Font: font, Theme: theme,
	})
	if err := p.BarChart(opt); err != nil {
		return nil, err
	}
	return p.Bytes()
}
