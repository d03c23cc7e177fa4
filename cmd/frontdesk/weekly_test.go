package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"frontdesk/desk"
	"frontdesk/paper"
)

// flowsOf are the numbers of the report, by the names of the other count.
func flowsOf(a desk.Analysis) map[string]desk.Flow {
	flows := map[string]desk.Flow{"total": a.Total, "works": a.Works}
	for name, list := range map[string][]desk.Tally{
		"kind": a.Kinds, "sort": a.Sorts, "cause": a.Causes, "place": a.Places, "department": a.Departments, "hour": a.Hours, "method": a.Methods,
	} {
		for _, t := range list {
			key := t.Key
			if name == "hour" && len(key) == 1 {
				key = "0" + key
			}
			flows[name+":"+key] = t.Flow
		}
	}
	return flows
}

var lived = map[int64]*weeks{}

// livedWeeks are three weeks by chance, lived once for all tests.
func livedWeeks(t *testing.T, seed int64) *weeks {
	t.Helper()
	if lived[seed] == nil {
		w := newWeeks(t, seed, "2026-11-02 08:00")
		w.live("2026-11-23 08:10")
		lived[seed] = w
	}
	lived[seed].t = t
	return lived[seed]
}

// Every number of the report is that of a count which plays the log of events and
// shares no code with it, for readers who may see different complaints.
func TestWeeklyCountsWhatTheLogSays(t *testing.T) {
	seeds := int64(1)
	if torture() {
		seeds = 3
	}
	for seed := range seeds {
		w := livedWeeks(t, seed+1)
		if len(w.ids) < 250 {
			t.Fatalf("only %d tickets", len(w.ids))
		}
		hidden := 0
		w.read(func(r desk.Reader) {
			for _, week := range []desk.Week{{Year: 2026, Number: 47}, {Year: 2026, Number: 46}} {
				totals := map[string]int{}
				for _, who := range []string{"duty", "centre", "supervisor"} {
					a := desk.WeekFor(r, w.people[who], week)
					from, to := week.Span(w.site)
					want := countWeek(r, w.people[who], from, to, w.site.Zone)
					if diff := cmp.Diff(want.flows, flowsOf(a)); diff != "" {
						t.Errorf("seed %d, %s, %s (-log +report):\n%s", seed, week, who, diff)
					}
					for _, rate := range a.Rates {
						if got := [3]int{rate.N, rate.Of, rate.Beside}; got != want.rates[rate.Name] {
							t.Errorf("seed %d, %s, %s: %s is %v, the log says %v", seed, week, who, rate.Name, got, want.rates[rate.Name])
						}
						if rate.Of == 0 {
							t.Errorf("seed %d, %s: nothing of %s happened: the test sees nothing", seed, week, rate.Name)
						}
					}
					if diff := cmp.Diff([][]int{want.daysNew, want.daysDone}, [][]int{a.DaysNew, a.DaysDone}); diff != "" {
						t.Errorf("seed %d, %s, %s: days %s", seed, week, who, diff)
					}
					got := []int{a.Praise, a.Prominent.N, len(a.Repeated), a.Repeated[0].N, len(a.LeftOver)}
					if diff := cmp.Diff([]int{want.praise, want.prominent, want.repeated, want.newest, want.left}, got); diff != "" {
						t.Errorf("seed %d, %s, %s: praise, prominent, repeated, most, left over %s", seed, week, who, diff)
					}
					if f := a.Total; f.Carried+f.New != f.Done+f.Cancelled+f.Open || f.Overdue == 0 || f.Unsolved == 0 || f.Cancelled == 0 {
						t.Errorf("seed %d, %s, %s: %+v", seed, week, who, f)
					}
					totals[who] = a.Total.New
				}
				hidden += totals["supervisor"] - totals["duty"]
			}
		})
		if hidden == 0 {
			t.Error("the duty manager was never accused: the test sees nothing")
		}
	}
}

// drawnWeek is the report of the last week as it is sent to somebody.
func (w *weeks) drawnWeek(who, lang string) (text string, book desk.DrawnBook) {
	w.t.Helper()
	w.read(func(r desk.Reader) {
		a := desk.WeekFor(r, w.people[who], desk.LastWeek(w.site, w.now))
		m := w.writer.Draw(desk.Message{Text: a.Summary(w.site), Book: a.Book(w.site)}, lang, w.now)
		text, book = m.Text, *m.Book
	})
	row, err := json.Marshal(book)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(row) > 200_000 {
		w.t.Errorf("the row in the store has %d bytes", len(row))
	}
	var stored desk.DrawnBook
	if err := json.Unmarshal(row, &stored); err != nil {
		w.t.Fatal(err)
	}
	if diff := cmp.Diff(book, stored); diff != "" {
		w.t.Errorf("the store gives back another book:\n%s", diff)
	}
	return text, stored
}

// The file opens, and each of its cells has the value and the type of the report.
func TestWeeklyWorkbookCellByCell(t *testing.T) {
	w := livedWeeks(t, 1)
	for _, lang := range []string{"zh", "en"} {
		_, book := w.drawnWeek("centre", lang)
		body, err := paper.Workbook(book)
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("WEEKLY_KEEP"); dir != "" { // To be looked at.
			if err := os.WriteFile(filepath.Join(dir, book.Name+"-"+lang+".xlsx"), body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if len(body) > 400_000 {
			t.Errorf("the file has %d bytes", len(body))
		}
		file, err := excelize.OpenReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		names := file.GetSheetList()
		if len(names) != len(book.Sheets) || len(names) < 11 {
			t.Fatalf("sheets %q", names)
		}
		for i, sheet := range book.Sheets {
			if names[i] != sheet.Name {
				t.Errorf("sheet %q is called %q", sheet.Name, names[i])
			}
			checkSheet(t, file, sheet)
		}
		pictures, err := file.GetPictures(names[0], "A"+itoa(len(book.Sheets[0].Rows)+3))
		if err != nil || len(pictures) != 1 {
			t.Errorf("%d pictures on the first sheet: %v", len(pictures), err)
		}
		// The overview has the numbers of the other count.
		from, to := desk.LastWeek(w.site, w.now).Span(w.site)
		w.read(func(r desk.Reader) {
			total := countWeek(r, w.people["centre"], from, to, w.site.Zone).flows["total"]
			row := book.Sheets[0].Rows[5]
			want := []float64{float64(total.Carried), float64(total.New), float64(total.Done), float64(total.Cancelled), float64(total.Open), float64(total.Overdue), float64(total.Unsolved)}
			for i, n := range want {
				if row[i+1].Value != n {
					t.Errorf("total of %s is %v, want %v", book.Sheets[0].Heads[i+1], row[i+1].Value, n)
				}
			}
		})
		_ = file.Close()
	}
}

func itoa(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

func checkSheet(t *testing.T, file *excelize.File, sheet desk.DrawnSheet) {
	t.Helper()
	panes, err := file.GetPanes(sheet.Name)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%s: the head is not frozen: %+v %v", sheet.Name, panes, err)
	}
	last, _ := excelize.CoordinatesToCellName(len(sheet.Heads), len(sheet.Rows)+1, true)
	if filters := file.GetDefinedName(); !hasFilter(filters, sheet.Name, last) {
		t.Errorf("%s: no filter to %s in %+v", sheet.Name, last, filters)
	}
	rows := append([][]desk.DrawnCell{nil}, sheet.Rows...)
	for _, head := range sheet.Heads {
		rows[0] = append(rows[0], desk.DrawnCell{Text: head})
	}
	for y, row := range rows {
		for x, cell := range row {
			at, _ := excelize.CoordinatesToCellName(x+1, y+1)
			raw, _ := file.GetCellValue(sheet.Name, at, excelize.Options{RawCellValue: true})
			kind, _ := file.GetCellType(sheet.Name, at)
			if formula, _ := file.GetCellFormula(sheet.Name, at); formula != "" {
				t.Errorf("%s %s is a formula: %s", sheet.Name, at, formula)
			}
			words := kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString
			switch cell.Kind {
			case desk.CellWords:
				if raw != cell.Text || cell.Text != "" && !words {
					t.Errorf("%s %s is %q of type %v, want the words %q", sheet.Name, at, raw, kind, cell.Text)
				}
			case desk.CellCount, desk.CellShare:
				value, err := json.Number(raw).Float64()
				if err != nil || words || value-cell.Value > 1e-9 || cell.Value-value > 1e-9 {
					t.Errorf("%s %s is %q of type %v, want the number %v", sheet.Name, at, raw, kind, cell.Value)
				}
			case desk.CellMoment:
				value, err := json.Number(raw).Float64()
				got, dateErr := excelize.ExcelDateToTime(value, false)
				shown, _ := file.GetCellValue(sheet.Name, at)
				if err != nil || dateErr != nil || got.Round(time.Minute).Format(desk.WallForm) != cell.Wall || shown != strings.Replace(cell.Wall, "T", " ", 1) {
					t.Errorf("%s %s is %q, shown %q, want the moment %s", sheet.Name, at, raw, shown, cell.Wall)
				}
			}
		}
	}
}

func hasFilter(names []excelize.DefinedName, sheet, last string) bool {
	for _, name := range names {
		if name.Scope == sheet && strings.Contains(name.Name, "FilterDatabase") && strings.HasSuffix(name.RefersTo, ":"+last) {
			return true
		}
	}
	return false
}

// The words of a full week and of an empty one, in both languages.
func TestWeeklyWords(t *testing.T) {
	full, empty := livedWeeks(t, 1), newWeeks(t, 1, "2026-11-02 08:00")
	empty.pass(21 * 24 * time.Hour)
	for _, lang := range []string{"zh", "en"} {
		week, _ := full.drawnWeek("centre", lang)
		nothing, _ := empty.drawnWeek("centre", lang)
		if strings.Contains(nothing, "\n") {
			t.Errorf("an empty week takes more than a line:\n%s", nothing)
		}
		golden := filepath.Join("testdata", "weekly", lang+".txt")
		got := week + "\n----\n" + nothing + "\n"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
