package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"frontdesk/desk"
)

// What a file may hold at most, so that a wrong one does not fill the memory.
const (
	maxImportBytes = 64 << 20
	maxImportRows  = 200000
	maxCell        = 200 // runes of a cell that is used
)

// table is what was read of a file: rows of cells as text, and nothing is ever
// computed: a cell that begins with = is those words.
type table struct {
	rows []tableRow
	// problems are rows that could not be read at all.
	problems []problem
	// sheet is the sheet of a workbook that was read.
	sheet string
}

// tableRow is one row with the line, or the row of the sheet, where it begins.
type tableRow struct {
	line  int
	cells []string
}

// problem is one thing that is wrong in a file: where, what stands there, and
// what was expected.
type problem struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"`
	Value  string `json:"value"`
	Want   string `json:"want"`
}

func (p problem) String() string {
	where := fmt.Sprintf("line %d", p.Line)
	if p.Column != "" {
		where += ", " + p.Column
	}
	if p.Value == "" {
		return where + ": " + p.Want
	}
	return fmt.Sprintf("%s: %s: %s", where, quoted(p.Value), p.Want)
}

// readTable reads a CSV file or a workbook, by its first bytes and not by its
// name.
func readTable(path, sheet string) (table, error) {
	info, err := os.Stat(path)
	if err != nil {
		return table{}, err
	}
	if info.Size() > maxImportBytes {
		return table{}, fmt.Errorf("%s has %d MB, expected at most %d", path, info.Size()>>20, maxImportBytes>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return table{}, err
	}
	switch {
	case strings.HasPrefix(string(data), "PK\x03\x04"):
		return readXLSX(data, sheet)
	case strings.HasPrefix(string(data), "\xd0\xcf\x11\xe0"):
		return table{}, fmt.Errorf("%s is in the old format of Excel (.xls): save it as .xlsx or CSV", filepath.Base(path))
	case sheet != "":
		return table{}, fmt.Errorf("--sheet is for workbooks (.xlsx), and %s is none", filepath.Base(path))
	}
	return readCSV(data)
}

// column is one column that an import knows, with what it may be called.
type column struct {
	name  string
	names []string
	need  bool
}

// header is where each column stands.
type header struct {
	line    int
	at      map[string]int    // by the column's name
	written map[string]string // as the file calls it, with its letter
	unused  []string          // columns of the file that mean nothing here
}

// headerWithin is among how many rows the header is looked for: many lists begin
// with a title.
const headerWithin = 10

// findHeader finds the row with the most known columns and takes it apart.
func findHeader(t table, columns []column) (header, int, []problem) {
	best, row := 0, -1
	for i, r := range t.rows[:min(len(t.rows), headerWithin)] {
		known := 0
		for _, cell := range r.cells {
			if _, ok := columnOf(columns, cell); ok {
				known++
			}
		}
		if known > best {
			best, row = known, i
		}
	}
	if row < 0 {
		line, said := 1, ""
		if len(t.rows) > 0 {
			line, said = t.rows[0].line, strings.Join(t.rows[0].cells, ",")
		}
		return header{}, 0, []problem{{Line: line, Value: said, Want: "expected a row with the names of the columns: " + columnNames(columns)}}
	}
	h := header{line: t.rows[row].line, at: map[string]int{}, written: map[string]string{}}
	var problems []problem
	for i, cell := range t.rows[row].cells {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		c, ok := columnOf(columns, cell)
		written := fmt.Sprintf("column %s (%s)", letters(i), oneLine(cell))
		if !ok {
			h.unused = append(h.unused, written)
			continue
		}
		if _, twice := h.at[c.name]; twice {
			problems = append(problems, problem{h.line, written, cell, "is the same as " + h.written[c.name] + ": expected one of them"})
			continue
		}
		h.at[c.name], h.written[c.name] = i, written
	}
	for _, c := range columns {
		if _, ok := h.at[c.name]; c.need && !ok {
			problems = append(problems, problem{Line: h.line, Want: "the column " + strings.Join(c.names[:2], " or ") + " is missing"})
		}
	}
	return h, row + 1, problems
}

func columnOf(columns []column, cell string) (column, bool) {
	// Signs around a name, and remarks in brackets behind it, are no part of it.
	name, _, _ := strings.Cut(desk.Fold(cell), "(")
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*_-.:/", r) {
			return -1
		}
		return r
	}, name)
	for _, c := range columns {
		if slices.Contains(c.names, name) {
			return c, true
		}
	}
	return column{}, false
}

func columnNames(columns []column) string {
	var list []string
	for _, c := range columns {
		list = append(list, c.names[0])
	}
	return strings.Join(list, ", ")
}

// letters is a column as a spreadsheet calls it: A, Z, AA.
func letters(i int) string {
	if i >= 26 {
		return letters(i/26-1) + string(rune('A'+i%26))
	}
	return string(rune('A' + i))
}

// fields reads the cells of one row by the names of their columns.
type fields struct {
	h        header
	row      tableRow
	problems *[]problem
}

// has tells whether the file has the column at all.
func (f fields) has(name string) bool { _, ok := f.h.at[name]; return ok }

// get is a cell in one line, without spaces around it. One that is too long, or
// holds signs that are no text, is a problem.
func (f fields) get(name string) string {
	at, ok := f.h.at[name]
	if !ok || at >= len(f.row.cells) {
		return ""
	}
	text := oneLine(f.row.cells[at])
	if n := len([]rune(text)); n > maxCell {
		f.bad(name, text, fmt.Sprintf("has %d characters, expected at most %d", n, maxCell))
		return ""
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }) {
		f.bad(name, text, "holds signs that are no text: expected words, in UTF-8 or GB18030")
		return ""
	}
	return text
}

// bad names a problem; the first of a cell is enough.
func (f fields) bad(name, value, want string) {
	same := func(p problem) bool { return p.Line == f.row.line && p.Column == f.h.written[name] && p.Column != "" }
	if slices.ContainsFunc((*f.problems)[max(0, len(*f.problems)-8):], same) {
		return
	}
	*f.problems = append(*f.problems, problem{f.row.line, f.h.written[name], value, want})
}

// oneLine makes every kind of space a single one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// blank tells whether nothing stands in the row.
func (r tableRow) blank() bool {
	return !slices.ContainsFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// eachRow calls fn for every row below the header that is not blank.
func eachRow(t table, columns []column, fn func(fields)) (header, []problem) {
	if len(t.rows) == 0 {
		if len(t.problems) > 0 {
			return header{}, t.problems
		}
		return header{}, []problem{{Line: 1, Want: "the file is empty: expected a row with the names of the columns: " + columnNames(columns)}}
	}
	h, first, problems := findHeader(t, columns)
	if len(problems) > 0 {
		return h, append(problems, t.problems...)
	}
	problems = append(problems, t.problems...)
	rows := 0
	for _, r := range t.rows[first:] {
		if r.blank() {
			continue
		}
		rows++
		fn(fields{h: h, row: r, problems: &problems})
	}
	if rows == 0 && len(problems) == 0 {
		problems = append(problems, problem{Line: h.line, Want: "no rows follow the names of the columns"})
	}
	slices.SortStableFunc(problems, func(a, b problem) int { return a.Line - b.Line })
	return h, problems
}
