package desk

import (
	"encoding/json"
	"time"
)

// Book is a spreadsheet: a sheet for each question, and pictures on the first.
type Book struct {
	// Name is the name of the file, without its ending.
	Name   string
	Sheets []Sheet
	Charts []Chart
}

// Sheet is a table under its heads. A row has at most as many cells as there are
// heads.
type Sheet struct {
	Name  Text
	Heads []Text
	Rows  [][]Cell
}

// CellKind is what a cell holds.
type CellKind byte

// The kinds of cell.
const (
	CellWords  CellKind = iota // never read as a formula, whatever it begins with
	CellCount                  // a whole number
	CellShare                  // a number between 0 and 1, shown in percent
	CellMoment                 // a date with the time of day, as the clocks of the site show it
)

// Cell is one value with its type. The zero one is empty.
type Cell struct {
	Kind  CellKind
	Text  Text
	Value float64
	At    time.Time
}

func wordsCell(t Text) Cell { return Cell{Text: t} }

func countCell(n int) Cell { return Cell{Kind: CellCount, Value: float64(n)} }

// shareCell is a ratio, or nothing where there is nothing to share.
func shareCell(r Ratio) Cell {
	if r.Of == 0 {
		return Cell{}
	}
	return Cell{Kind: CellShare, Value: r.Share()}
}

// momentCell is a time on the clocks of a zone; the zero time is an empty cell.
func momentCell(t time.Time, zone *time.Location) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{Kind: CellMoment, At: t.In(zone)}
}

// DrawnBook is a spreadsheet in words. Like a picture, the file is made when it is
// sent; what waits in the store is small.
type DrawnBook struct {
	Name   string       `json:"name"`
	Sheets []DrawnSheet `json:"sheets"`
	Charts []DrawnChart `json:"charts,omitempty"`
}

// DrawnSheet is a sheet in words.
type DrawnSheet struct {
	Name  string        `json:"name"`
	Heads []string      `json:"heads"`
	Rows  [][]DrawnCell `json:"rows"`
}

// DrawnCell is a cell in words. Wall is the time as the clocks of the site show it,
// written as in 2026-11-23T10:20.
type DrawnCell struct {
	Kind  CellKind
	Text  string
	Value float64
	Wall  string
}

// WallForm is how DrawnCell.Wall is written.
const WallForm = "2006-01-02T15:04"

// written are the forms of a cell that are not plain JSON values.
type written struct {
	Share *float64 `json:"p,omitempty"`
	Wall  string   `json:"t,omitempty"`
}

// MarshalJSON writes words as a string, a count as a number, nothing as null: a list
// of a thousand tickets stays small.
func (c DrawnCell) MarshalJSON() ([]byte, error) {
	switch c.Kind {
	case CellCount:
		return json.Marshal(c.Value)
	case CellShare:
		return json.Marshal(written{Share: &c.Value})
	case CellMoment:
		return json.Marshal(written{Wall: c.Wall})
	}
	if c.Text == "" {
		return []byte("null"), nil
	}
	return json.Marshal(c.Text)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *DrawnCell) UnmarshalJSON(data []byte) error {
	*c = DrawnCell{}
	switch {
	case string(data) == "null":
		return nil
	case data[0] == '"':
		return json.Unmarshal(data, &c.Text)
	case data[0] != '{':
		c.Kind = CellCount
		return json.Unmarshal(data, &c.Value)
	}
	var w written
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	if c.Kind, c.Wall = CellMoment, w.Wall; w.Share != nil {
		c.Kind, c.Value = CellShare, *w.Share
	}
	return nil
}
