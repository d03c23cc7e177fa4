package storage

import (
	"time"

	"frontdesk/desk"
)

// drawBook puts a spreadsheet into words.
func (wr Writer) drawBook(b desk.Book, lang string, now time.Time) *desk.DrawnBook {
	d := &desk.DrawnBook{Name: b.Name}
	for _, sheet := range b.Sheets {
		drawn := desk.DrawnSheet{Name: wr.Texts.Render(lang, sheet.Name, now), Rows: make([][]desk.DrawnCell, len(sheet.Rows))}
		for _, head := range sheet.Heads {
			drawn.Heads = append(drawn.Heads, wr.Texts.Render(lang, head, now))
		}
		for i, row := range sheet.Rows {
			for _, cell := range row {
				drawn.Rows[i] = append(drawn.Rows[i], wr.drawCell(cell, lang, now))
			}
		}
		d.Sheets = append(d.Sheets, drawn)
	}
	for _, chart := range b.Charts {
		d.Charts = append(d.Charts, *wr.drawChart(chart, lang, now))
	}
	return d
}

func (wr Writer) drawCell(c desk.Cell, lang string, now time.Time) desk.DrawnCell {
	d := desk.DrawnCell{Kind: c.Kind, Value: c.Value}
	switch c.Kind {
	case desk.CellMoment:
		d.Wall = c.At.Format(desk.WallForm)
	case desk.CellWords:
		if !c.Text.IsZero() {
			d.Text = wr.Texts.Render(lang, c.Text, now)
		}
	}
	return d
}
