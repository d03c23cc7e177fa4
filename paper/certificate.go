package paper

import (
	"bytes"
	"errors"
	"strings"

	"frontdesk/desk"
)

// The margins of a page, and the side of its code.
const (
	side     = 22 * mm
	topEdge  = 20 * mm
	footEdge = 16 * mm
	codeSide = 34 * mm
)

// ErrNoPaper is returned for a page without a title or a code.
var ErrNoPaper = errors.New("paper: a page needs a title and a code")

// Page makes a PDF of one page of A4, whatever is on it: what does not fit is set
// smaller, all of it, until it does. The same page is the same file.
func Page(p desk.DrawnPaper) ([]byte, error) {
	if len(p.Title) == 0 || p.Code == "" {
		return nil, ErrNoPaper
	}
	d, err := newDocument(p.Title[0] + " " + p.Code)
	if err != nil {
		return nil, err
	}
	d.pdf.AddPage()
	l, err := d.fitted(p)
	if err != nil {
		return nil, err
	}
	if err := l.draw(); err != nil {
		return nil, err
	}
	if err := d.foot(p); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := d.write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// upperPart is how high the upper part of a page can be: what is below is the code's.
const upperPart = pageHeight - topEdge - footEdge - codeSide - 8*mm

// fitted sets the upper part as large as it fits.
func (d *document) fitted(p desk.DrawnPaper) (layer, error) {
	for scale := 1.0; ; scale *= 0.95 {
		l := layer{document: d, scale: scale}
		if err := l.page(p); err != nil || l.y <= upperPart || scale < 0.2 {
			return l, err
		}
	}
}

// layer is the upper part of a page while it is set: words with their places, from
// the upper margin on.
type layer struct {
	*document
	scale float64
	y     float64
	words []set
	rules []float64 // heights of thin lines
}

type set struct {
	text       string
	x, y, size float64
	grey       uint8
}

// page sets all of the upper part.
func (l *layer) page(p desk.DrawnPaper) error {
	const wide = pageWidth - 2*side
	steps := []func() error{
		func() error { return l.block(strings.Join(p.From, "  "), side, wide, 10, 90) },
		l.gap(4 * mm),
		func() error { return l.each(p.Title, side, wide, 24, 12) },
		l.gap(6 * mm), l.rule, l.gap(3 * mm),
		func() error { return l.facts(p.Facts) },
		l.rule, l.gap(3 * mm),
		func() error { return l.each(p.Head, side, wide, 12, 9) },
		l.gap(1.5 * mm),
		func() error { return l.sums(p) },
		l.gap(4 * mm),
	}
	for _, note := range p.Notes {
		steps = append(steps, func() error { return l.each(note, side, wide, 10, 8.5) }, l.gap(1.5*mm))
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (l *layer) gap(height float64) func() error {
	return func() error { l.y += height * l.scale; return nil }
}

func (l *layer) rule() error { l.rules = append(l.rules, l.y); return nil }

// block sets a text in lines below each other.
func (l *layer) block(text string, x, width, size float64, grey uint8) error {
	if text == "" {
		return nil
	}
	size *= l.scale
	if err := l.letters(size); err != nil {
		return err
	}
	lines, err := l.wrapped(wideMarks(text), width)
	if err != nil {
		return err
	}
	for _, line := range lines {
		fitted, err := l.fit(line, width, size)
		if err != nil {
			return err
		}
		l.words = append(l.words, set{line, x, l.y, fitted, grey})
		l.y += size * 1.3
	}
	return nil
}

// fit makes letters small enough for one line that cannot be broken.
func (l *layer) fit(line string, width, size float64) (float64, error) {
	if err := l.letters(size); err != nil {
		return 0, err
	}
	wide, err := l.wide(line)
	if err != nil || wide <= width {
		return size, err
	}
	return size * width / wide * 0.995, nil
}

// each sets a text in its languages, the others smaller than the first.
func (l *layer) each(said desk.Said, x, width, size, other float64) error {
	for i, text := range said {
		grey := uint8(0)
		if i > 0 {
			size, grey = other, 90
		}
		if err := l.block(text, x, width, size, grey); err != nil {
			return err
		}
	}
	return nil
}

// facts sets names on the left and what they are on the right.
func (l *layer) facts(list []desk.DrawnFact) error {
	const name = 42 * mm
	for _, f := range list {
		top := l.y
		if err := l.each(f.Label, side, name-3*mm, 11, 8.5); err != nil {
			return err
		}
		left := l.y
		l.y = top
		if err := l.each(f.Value, side+name, pageWidth-2*side-name, 12.5, 10); err != nil {
			return err
		}
		l.y = max(l.y, left) + 2.4*mm*l.scale
	}
	return nil
}

// sums sets the lines, each with its sum at the right edge, and the total below.
func (l *layer) sums(p desk.DrawnPaper) error {
	for _, line := range p.Lines {
		if err := l.sum(line, 10.5, 8.5); err != nil {
			return err
		}
		l.y += 1.2 * mm * l.scale
	}
	if len(p.Total.What) == 0 {
		return nil
	}
	if len(p.Lines) > 0 {
		l.rules = append(l.rules, l.y+0.5*mm*l.scale)
		l.y += 2 * mm * l.scale
	}
	return l.sum(p.Total, 12.5, 9.5)
}

func (l *layer) sum(line desk.DrawnPaperRow, size, other float64) error {
	const figures = 34 * mm
	if err := l.letters(size * l.scale); err != nil {
		return err
	}
	wide, err := l.wide(line.Sum)
	if err != nil {
		return err
	}
	l.words = append(l.words, set{line.Sum, pageWidth - side - wide, l.y, size * l.scale, 0})
	return l.each(line.What, side, pageWidth-2*side-figures, size, other)
}

// draw puts what was set on the page.
func (l *layer) draw() error {
	l.pdf.SetLineWidth(0.5)
	l.pdf.SetStrokeColor(150, 150, 150)
	for _, y := range l.rules {
		l.pdf.Line(side, topEdge+y, pageWidth-side, topEdge+y)
	}
	for _, w := range l.words {
		if err := l.letters(w.size); err != nil {
			return err
		}
		if err := l.line(w.text, w.x, topEdge+w.y, w.grey); err != nil {
			return err
		}
	}
	return nil
}

// foot is the lower end of the page: the code, as a picture if there is an address
// behind it, and how to confirm it.
func (d *document) foot(p desk.DrawnPaper) error {
	top := pageHeight - footEdge - codeSide
	x := side
	if p.Link != "" {
		if err := d.code(p.Link, side-4*mm, top, codeSide); err != nil {
			return err
		}
		x += codeSide
	}
	l := layer{document: d, scale: 1, y: top - topEdge + 4*mm}
	width := pageWidth - side - x
	if err := l.block(p.Code, x, width, 17, 0); err != nil {
		return err
	}
	l.y += 1 * mm
	if err := l.each(p.Hint, x, width, 9, 8); err != nil {
		return err
	}
	if err := l.block(p.Link, x, width, 7.5, 90); err != nil {
		return err
	}
	return l.draw()
}
