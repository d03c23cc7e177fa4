package paper

import (
	"fmt"
	"io"
)

// Section is a part of a report: a heading, and lines below it.
type Section struct {
	Head  string
	Lines []string
}

// The form of a report.
const (
	reportMargin = 20 * mm
	reportLine   = 5.6 * mm
	reportFoot   = 12 * mm
)

// Report writes a report of several sections on A4 pages, with Chinese letters.
// foot stands on every page.
func Report(w io.Writer, title, foot string, sections []Section) error {
	d, err := newDocument(title)
	if err != nil {
		return err
	}
	r := &report{document: d, foot: foot}
	if err := r.page(); err != nil {
		return err
	}
	if err := r.paragraph(title, 16, 2.2, 0); err != nil {
		return err
	}
	for _, s := range sections {
		r.y += reportLine / 2
		if err := r.paragraph(s.Head, 12, 1.4, 0); err != nil {
			return err
		}
		for _, line := range s.Lines {
			if err := r.paragraph(line, 10, 1, 40); err != nil {
				return err
			}
		}
	}
	return d.write(w)
}

type report struct {
	*document
	foot  string
	y     float64
	pages int
}

func (r *report) page() error {
	r.pdf.AddPage()
	r.pages++
	r.y = reportMargin
	if err := r.letters(8); err != nil {
		return err
	}
	return r.line(fmt.Sprintf("%s  %d", r.foot, r.pages), reportMargin, pageHeight-reportFoot, 140)
}

// paragraph sets a text in lines; tall is how much room a line takes.
func (r *report) paragraph(text string, size, tall float64, grey uint8) error {
	if err := r.letters(size); err != nil {
		return err
	}
	lines, err := r.wrapped(text, pageWidth-2*reportMargin)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if r.y+tall*reportLine > pageHeight-reportMargin {
			if err := r.page(); err != nil {
				return err
			}
			if err := r.letters(size); err != nil {
				return err
			}
		}
		if err := r.line(line, reportMargin, r.y, grey); err != nil {
			return err
		}
		r.y += tall * reportLine
	}
	return nil
}
