package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads one sheet of a workbook: the named one, or the first that has
// anything in it. Cells that are merged all have the value of the first of them.
func readXLSX(data []byte, sheet string) (table, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 16 * maxImportBytes})
	if err != nil {
		return table{}, fmt.Errorf("the workbook cannot be read: %w", err)
	}
	defer book.Close()
	names := book.GetSheetList()
	if sheet != "" {
		if i, err := book.GetSheetIndex(sheet); err != nil || i < 0 {
			return table{}, fmt.Errorf("there is no sheet %s; the workbook has %s", quoted(sheet), strings.Join(names, ", "))
		}
		names = []string{sheet}
	}
	merged, err := anyMerged(data)
	if err != nil {
		return table{}, err
	}
	for _, name := range names {
		t, err := readSheet(book, name, merged)
		if err != nil || len(t.rows) > 0 {
			t.sheet = name
			return t, err
		}
	}
	return table{}, nil
}

// anyMerged tells whether cells are merged in any sheet. To ask the library, which
// then reads the whole sheet another time, takes as long as everything else.
func anyMerged(data []byte) (bool, error) {
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false, err
	}
	for _, file := range files.File {
		if !strings.HasPrefix(file.Name, "xl/worksheets/") {
			continue
		}
		in, err := file.Open()
		if err != nil {
			return false, err
		}
		found, err := streamHas(in, []byte("<mergeCell "))
		in.Close()
		if found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// streamHas looks for bytes in a stream without keeping all of it.
func streamHas(in io.Reader, what []byte) (bool, error) {
	buffer, kept := make([]byte, 64<<10), 0
	for {
		n, err := in.Read(buffer[kept:])
		if bytes.Contains(buffer[:kept+n], what) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		end := kept + n
		kept = copy(buffer, buffer[max(0, end-len(what)):end])
	}
}

func readSheet(book *excelize.File, sheet string, merged bool) (table, error) {
	// A number is read as it is stored, and shown only for zeros before it: what a
	// cell shows of a long number may be 2.02E+09.
	stored, err := book.Rows(sheet)
	if err != nil {
		return table{}, err
	}
	defer stored.Close()
	shown, err := book.Rows(sheet)
	if err != nil {
		return table{}, err
	}
	defer shown.Close()
	var t table
	for line := 1; stored.Next() && shown.Next(); line++ {
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return t, fmt.Errorf("row %d: %w", line, err)
		}
		formatted, err := shown.Columns()
		if err != nil {
			return t, fmt.Errorf("row %d: %w", line, err)
		}
		for i := range raw {
			if i < len(formatted) {
				raw[i] = cellText(raw[i], formatted[i])
			}
		}
		if len(t.rows) >= maxImportRows {
			return t, fmt.Errorf("expected at most %d rows", maxImportRows)
		}
		t.rows = append(t.rows, tableRow{line, raw})
	}
	if err := errors.Join(stored.Error(), shown.Error()); err != nil {
		return t, err
	}
	if merged {
		if err := spreadMerged(book, sheet, t.rows); err != nil {
			return t, err
		}
	}
	for len(t.rows) > 0 && t.rows[len(t.rows)-1].blank() {
		t.rows = t.rows[:len(t.rows)-1]
	}
	return t, nil
}

var (
	onlyDigits = regexp.MustCompile(`^[0-9]+$`)
	exponent   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?[Ee]\+?[0-9]{1,3}$`)
	dateLike   = regexp.MustCompile(`^[0-9]{1,4}[-/.年][0-9A-Za-z]{1,3}[-/.月][0-9]{1,4}日?$`)
)

// cellText is what a cell means: its stored value; with the zeros that its format
// puts before it; or the day, if it is shown as one.
func cellText(raw, formatted string) string {
	switch {
	case raw == formatted:
		return raw
	case onlyDigits.MatchString(raw) && onlyDigits.MatchString(formatted) && len(formatted) > len(raw):
		return formatted
	case exponent.MatchString(raw):
		if f, err := strconv.ParseFloat(raw, 64); err == nil && f == float64(int64(f)) && f < 1e15 {
			return strconv.FormatInt(int64(f), 10)
		}
	case dateLike.MatchString(formatted):
		if f, err := strconv.ParseFloat(raw, 64); err == nil && f > 1 && f < 200000 {
			if day, err := excelize.ExcelDateToTime(f, false); err == nil {
				return day.Format("2006-01-02")
			}
		}
	}
	return raw
}

// spreadMerged gives every cell of a merged range the value of its first.
func spreadMerged(book *excelize.File, sheet string, rows []tableRow) error {
	merged, err := book.GetMergeCells(sheet)
	if err != nil {
		return err
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			continue
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		// A title over the whole width is no value of the columns below it.
		if err != nil || right > left || top > len(rows) {
			continue
		}
		first := rows[top-1].cells
		if left > len(first) {
			continue
		}
		for line := top + 1; line <= min(bottom, len(rows)); line++ {
			r := &rows[line-1]
			for len(r.cells) < left {
				r.cells = append(r.cells, "")
			}
			r.cells[left-1] = first[left-1]
		}
	}
	return nil
}
