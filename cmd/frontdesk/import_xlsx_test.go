package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"frontdesk/desk"
)

// workbook makes a workbook; fill writes into its sheets.
func workbook(t *testing.T, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func rows(f *excelize.File, sheet string, rows ...[]any) error {
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			return err
		}
	}
	return nil
}

// TestImportWorkbook reads a list as offices make them: an empty sheet first, a
// title over merged cells, numbers as numbers, days as days, words that
// look like a formula, zeros that only the format shows, and a building merged over its rooms.
func TestImportWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) error {
		if _, err := f.NewSheet("住宿"); err != nil {
			return err
		}
		day := time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)
		err := rows(f, "住宿",
			[]any{"2026 级住宿名单"},
			[]any{"学号", "姓名", "楼栋", "房间", "手机号", "有效期至"},
			[]any{202300001234, "王五", "3号楼", 502, 13800001111, day},
			[]any{17, "李雷", "", 503, "", "2027/6/30"},
			[]any{"T-1", "", "", "504", "", ""},
		)
		if err != nil {
			return err
		}
		zeros := "000000"
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
		if err != nil {
			return err
		}
		for _, do := range []error{
			f.SetCellStyle("住宿", "A4", "A4", style), f.MergeCell("住宿", "A1", "F1"), f.MergeCell("住宿", "C3", "C5"),
			f.SetCellValue("住宿", "B5", "=陈静"),
		} {
			if do != nil {
				return do
			}
		}
		return nil
	})
	r := newRegistry(t, nil)
	report, err := r.imports(importPeople, data, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v\n%s", err, report.text(importPeople))
	}
	until := desk.Date{Year: 2027, Month: 6, Day: 30}
	want := map[string]desk.Resident{
		"202300001234": {Number: "202300001234", Name: "王五", Room: "3-502", Phone: "13800001111", Until: until},
		"000017":       {Number: "000017", Name: "李雷", Room: "3-503", Until: until},
		"T-1":          {Number: "T-1", Name: "=陈静", Room: "3-504"},
	}
	if diff := cmp.Diff(want, r.people()); diff != "" {
		t.Error(diff)
	}
}

func TestImportWorkbookMistakes(t *testing.T) {
	two := workbook(t, func(f *excelize.File) error {
		if _, err := f.NewSheet("b"); err != nil {
			return err
		}
		return rows(f, "b", []any{"number", "name", "room"}, []any{"1", "Ann", "9-999"}, []any{}, []any{"", "Bob", ""})
	})
	r := newRegistry(t, nil)
	report, err := r.imports(importPeople, two, nil)
	if err != nil {
		t.Fatal(err)
	}
	if text := report.text(importPeople); !strings.Contains(text, `line 2, column C (room): "9-999"`) || !strings.Contains(text, "line 4, column A (number)") {
		t.Errorf("rows are not named as the sheet counts them:\n%s", text)
	}
	if _, err := readXLSX(two, "c"); err == nil || !strings.Contains(err.Error(), `no sheet "c"; the workbook has Sheet1, b`) {
		t.Errorf("a sheet that is not there: %v", err)
	}
	if _, err := readXLSX([]byte("PK\x03\x04 and nothing else"), ""); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a broken workbook: %v", err)
	}
	empty := workbook(t, func(*excelize.File) error { return nil })
	report, err = r.imports(importPeople, empty, nil)
	if err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Want, "the file is empty") {
		t.Errorf("an empty workbook: %v %v", err, report.Problems)
	}
}

func TestCellText(t *testing.T) {
	for _, c := range []struct{ raw, formatted, want string }{
		{"2023001", "2023001", "2023001"},
		{"17", "000017", "000017"},
		{"2.02300001234E+11", "2.023E+11", "202300001234"},
		{"1.38E+20", "1.38E+20", "1.38E+20"}, // too long to be exact: the check of numbers names it
		{"46568", "2027/6/30", "2027-06-30"},
		{"46568", "30-Jun-27", "2027-06-30"},
		{"3-502", "3-502", "3-502"},
	} {
		if got := cellText(c.raw, c.formatted); got != c.want {
			t.Errorf("%s shown as %s is %s, want %s", c.raw, c.formatted, got, c.want)
		}
	}
}
