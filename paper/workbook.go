package paper

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"frontdesk/desk"
)

// What a sheet allows: the length of its name, and what may not stand in it.
// https://support.microsoft.com/office/3f94acff-a219-4aac-969a-72057e4b0613
const (
	sheetNameMost  = 31
	sheetNameNever = `[]:*?/\`
)

// The widths of columns in characters, and how much of a picture's size is shown in
// the sheet.
const (
	widthLeast, widthMost = 8, 48
	pictureScale          = 0.5
	pictureRows           = 20 // that a picture covers at this scale
)

// ErrNoSheet is returned for a workbook without sheets.
var ErrNoSheet = errors.New("paper: a workbook needs a sheet")

// Workbook makes an .xlsx file: each cell with its type, the head of each sheet
// frozen and with a filter. Words are written as words: none becomes a formula, a
// number or a link, whatever it begins with. The charts stand on the first sheet,
// below its rows; one that cannot be drawn is left out.
func Workbook(b desk.DrawnBook) ([]byte, error) {
	if len(b.Sheets) == 0 {
		return nil, ErrNoSheet
	}
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	w := workbook{file: file, names: map[string]bool{}}
	if err := w.styles(); err != nil {
		return nil, err
	}
	for i, sheet := range b.Sheets {
		name := w.name(sheet.Name, i)
		if i == 0 {
			if err := file.SetSheetName(file.GetSheetName(0), name); err != nil {
				return nil, err
			}
		} else if _, err := file.NewSheet(name); err != nil {
			return nil, err
		}
		if err := w.sheet(name, sheet); err != nil {
			return nil, fmt.Errorf("paper: sheet %d: %w", i+1, err)
		}
		if i == 0 {
			w.charts(name, len(sheet.Rows)+3, b.Charts)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type workbook struct {
	file                          *excelize.File
	names                         map[string]bool
	head, words, share, momentary int
}

func (w *workbook) styles() (err error) {
	style := func(s excelize.Style) (id int) {
		if err == nil {
			id, err = w.file.NewStyle(&s)
		}
		return id
	}
	moment := "yyyy-mm-dd hh:mm"
	w.head = style(excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#DDE7F5"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	})
	w.words = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	w.share = style(excelize.Style{NumFmt: 10}) // 0.00%
	w.momentary = style(excelize.Style{CustomNumFmt: &moment})
	return err
}

// name makes a name that a sheet may have, and that no other has.
func (w *workbook) name(wanted string, i int) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(sheetNameNever, r) {
			return ' '
		}
		return r
	}, wanted)
	clean = strings.Trim(clean, " '")
	for utf8.RuneCountInString(clean) > sheetNameMost {
		_, size := utf8.DecodeLastRuneInString(clean)
		clean = clean[:len(clean)-size]
	}
	if clean == "" || w.names[strings.ToLower(clean)] {
		clean = fmt.Sprintf("%d", i+1)
	}
	w.names[strings.ToLower(clean)] = true
	return clean
}

// sheet writes the rows, and makes the columns as wide as what stands in them.
func (w *workbook) sheet(name string, s desk.DrawnSheet) error {
	widths := make([]int, len(s.Heads))
	for i, head := range s.Heads {
		if err := w.write(name, i, 0, desk.DrawnCell{Text: head}, w.head); err != nil {
			return err
		}
		widths[i] = width(head) + 4 // The button of the filter takes room.
	}
	for n, row := range s.Rows {
		for i, cell := range row {
			if i >= len(widths) {
				return fmt.Errorf("row %d has more cells than there are heads", n+1)
			}
			if err := w.write(name, i, n+1, cell, w.words); err != nil {
				return err
			}
			widths[i] = max(widths[i], cellWidth(cell))
		}
	}
	for i, n := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = w.file.SetColWidth(name, column, column, float64(min(max(n, widthLeast), widthMost)))
		}
		if err != nil {
			return err
		}
	}
	if len(s.Heads) == 0 {
		return nil
	}
	err := w.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.Heads), len(s.Rows)+1)
	if err != nil {
		return err
	}
	return w.file.AutoFilter(name, "A1:"+last, nil)
}

func (w *workbook) write(sheet string, column, row int, c desk.DrawnCell, words int) error {
	at, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return err
	}
	switch c.Kind {
	case desk.CellCount:
		return w.file.SetCellValue(sheet, at, c.Value)
	case desk.CellShare:
		if err := w.file.SetCellValue(sheet, at, c.Value); err != nil {
			return err
		}
		return w.file.SetCellStyle(sheet, at, at, w.share)
	case desk.CellMoment:
		// A workbook knows no zones: it shows what the clocks of the site showed.
		moment, err := time.Parse(desk.WallForm, c.Wall)
		if err != nil {
			return err
		}
		if err := w.file.SetCellValue(sheet, at, moment); err != nil {
			return err
		}
		return w.file.SetCellStyle(sheet, at, at, w.momentary)
	}
	if c.Text == "" {
		return nil
	}
	if err := w.file.SetCellStr(sheet, at, c.Text); err != nil {
		return err
	}
	return w.file.SetCellStyle(sheet, at, at, words)
}

// charts puts the pictures below each other.
func (w *workbook) charts(sheet string, row int, charts []desk.DrawnChart) {
	for _, chart := range charts {
		body, err := Chart(chart)
		if err != nil {
			continue
		}
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return
		}
		err = w.file.AddPictureFromBytes(sheet, at, &excelize.Picture{
			Extension: ".png", File: body,
			Format: &excelize.GraphicOptions{ScaleX: pictureScale, ScaleY: pictureScale, AltText: chart.Title},
		})
		if err != nil {
			return
		}
		row += pictureRows
	}
}

// width is how wide words are: a Chinese character takes two places.
func width(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0x2e80 {
			n++
		}
	}
	return n
}

func cellWidth(c desk.DrawnCell) int {
	switch c.Kind {
	case desk.CellMoment:
		return len(desk.WallForm) + 2
	case desk.CellCount, desk.CellShare:
		return widthLeast
	}
	return width(c.Text) + 2
}
