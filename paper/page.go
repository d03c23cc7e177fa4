package paper

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/signintech/gopdf"
)

// mm is a millimetre in points, the unit of everything here. The origin is the
// upper left corner.
const mm = 72 / 25.4

// A4 upright.
const (
	pageWidth  = 210 * mm
	pageHeight = 297 * mm
)

// document is a PDF that is being drawn.
type document struct {
	pdf  gopdf.GoPdf
	size float64 // of the letters that are set
}

func newDocument(title string) (*document, error) {
	d := &document{}
	d.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	// No date: what is printed again is the same file.
	d.pdf.SetInfo(gopdf.PdfInfo{Title: title, Producer: "frontdesk"})
	if err := d.pdf.AddTTFFontData(fontName, Font); err != nil {
		return nil, fmt.Errorf("the font: %w", err)
	}
	return d, d.letters(10)
}

func (d *document) write(w io.Writer) error {
	// The library does not report every error of the writer.
	kept := &errorKeeper{w: w}
	_, err := d.pdf.WriteTo(kept)
	return errors.Join(err, kept.err)
}

type errorKeeper struct {
	w   io.Writer
	err error
}

func (k *errorKeeper) Write(p []byte) (int, error) {
	if k.err != nil {
		return 0, k.err
	}
	n, err := k.w.Write(p)
	k.err = err
	return n, err
}

// letters sets how large the next letters are.
func (d *document) letters(size float64) error {
	if size == d.size {
		return nil
	}
	d.size = size
	return d.pdf.SetFont(fontName, "", size)
}

// wide is how wide a text is in the letters that are set.
func (d *document) wide(text string) (float64, error) { return d.pdf.MeasureTextWidth(text) }

// line draws one line of text; y is its upper edge. A grey of 0 is black.
func (d *document) line(text string, x, y float64, grey uint8) error {
	d.pdf.SetTextColor(grey, grey, grey)
	d.pdf.SetXY(x, y)
	return d.pdf.Cell(nil, text)
}

// wrapped breaks a text into lines of a width: at spaces, and between Chinese
// characters, but not before a sign that ends a phrase.
func (d *document) wrapped(text string, width float64) ([]string, error) {
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		w, err := d.wide(strings.TrimRight(line+piece, " "))
		if err != nil {
			return nil, err
		}
		if w > width && line != "" {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
			piece = strings.TrimLeft(piece, " ")
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " ")), nil
}

// pieces are the parts of a text between which a line may break.
func pieces(text string) []string {
	var list []string
	for _, r := range text {
		n := len(list) - 1
		switch {
		case n < 0:
			list = append(list, string(r))
		case unicode.IsSpace(r), unicode.IsPunct(r) && !strings.ContainsRune("(\uff08「“", r):
			list[n] += string(r)
		case unicode.Is(unicode.Han, r), endsPiece(list[n]):
			list = append(list, string(r))
		default:
			list[n] += string(r)
		}
	}
	return list
}

func endsPiece(piece string) bool {
	last := rune(0)
	for _, r := range piece {
		last = r
	}
	return unicode.IsSpace(last) || unicode.Is(unicode.Han, last) || last > '\u3000' && unicode.IsPunct(last)
}

// wideMarks sets commas, colons and brackets of a Chinese line as print does. In a chat
// the narrow ones are usual; on paper they look like a mistake. Between figures, and
// with a space after them, they stay as they are.
func wideMarks(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return text
	}
	letters := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(letters) {
			return 0
		}
		return letters[i]
	}
	marks := slices.Clone(letters)
	for i, r := range letters {
		wide := map[rune]rune{',': '\uff0c', ':': '\uff1a', '(': '\uff08', ')': '\uff09'}[r]
		switch before, after := at(i-1), at(i+1); {
		case wide == 0 || after == ' ' || unicode.IsDigit(before) && unicode.IsDigit(after):
		case r == ':' && !unicode.Is(unicode.Han, before): // https://
		default:
			marks[i] = wide
		}
	}
	return string(marks)
}

// cross draws a cutting mark: a thin cross whose arms are as long as given.
func (d *document) cross(x, y, left, right, up, down float64) {
	d.pdf.SetLineWidth(0.3)
	d.pdf.SetStrokeColor(120, 120, 120)
	if left+right > 0 {
		d.pdf.Line(x-left, y, x+right, y)
	}
	if up+down > 0 {
		d.pdf.Line(x, y-up, x, y+down)
	}
}
