package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads text with commas, semicolons or tabs between the cells, in
// UTF-8, UTF-16 (as Excel writes "Unicode text") or GB18030 (as it writes CSV on
// a Chinese Windows; GBK and GB 2312 are parts of it).
func readCSV(data []byte) (table, error) {
	text, err := decoded(data)
	if err != nil {
		return table{}, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	var t table
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		// After an error in one line the next one is read as usual.
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			t.problems = append(t.problems, quoteProblem(bad))
			continue
		}
		if err != nil {
			return t, err
		}
		if len(t.rows) >= maxImportRows {
			return t, fmt.Errorf("expected at most %d rows", maxImportRows)
		}
		line, _ := r.FieldPos(0)
		t.rows = append(t.rows, tableRow{line, cells})
	}
}

func quoteProblem(bad *csv.ParseError) problem {
	p := problem{Line: bad.StartLine, Want: "a quote stands inside a cell: expected the whole cell in quotes, and every quote in it twice"}
	if bad.Line > bad.StartLine {
		p.Want = fmt.Sprintf("a quote that is opened here is not closed before line %d", bad.Line)
	}
	return p
}

// decoded is the text in UTF-8. What is neither of the known encodings is an
// error that says so.
func decoded(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		return string(text), err
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("the file is neither UTF-8 nor GB18030: %w", err)
	}
	if at := bytes.IndexRune(text, utf8.RuneError); at >= 0 {
		return "", fmt.Errorf("line %d: the file is neither UTF-8 nor GB18030: save it as \"CSV UTF-8\"", bytes.Count(text[:at], []byte("\n"))+1)
	}
	return string(text), nil
}

// separator is the sign that stands most often between cells in the first line
// that has any.
func separator(text string) rune {
	for line := range strings.Lines(text) {
		best, most := ',', 0
		inQuotes := false
		counts := map[rune]int{}
		for _, r := range line {
			if r == '"' {
				inQuotes = !inQuotes
			} else if !inQuotes {
				counts[r]++
			}
		}
		for _, r := range []rune{',', ';', '\t'} {
			if counts[r] > most {
				best, most = r, counts[r]
			}
		}
		if most > 0 {
			return best
		}
	}
	return ','
}
