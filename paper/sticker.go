package paper

import (
	"fmt"
	"io"
	"time"

	"frontdesk/desk"
)

// Sticker hangs at a place; its code opens Link.
type Sticker struct {
	Place desk.Place
	Link  string
}

// Stickers writes A4 pages of stickers with cutting marks. Each has the site's
// name, the place, a short text and the numbers to call, in the site's first two
// languages. progress is told how many are drawn, now and then; it may be nil.
func Stickers(w io.Writer, site *desk.Site, texts desk.Texts, layout Layout, list []Sticker, progress func(done int)) error {
	d, err := newDocument(site.Name.In(site.Languages[0]))
	if err != nil {
		return err
	}
	s := sheet{document: d, site: site, texts: texts, layout: layout}
	pages := (len(list) + layout.PerPage() - 1) / layout.PerPage()
	for i, sticker := range list {
		at := i % layout.PerPage()
		if at == 0 {
			if err := s.page(i/layout.PerPage()+1, pages); err != nil {
				return err
			}
			if progress != nil {
				progress(i)
			}
		}
		x := edge + float64(at%layout.Columns)*layout.wide()
		y := edge + float64(at/layout.Columns)*layout.tall()
		if err := s.sticker(sticker, x, y); err != nil {
			return fmt.Errorf("the sticker of %s: %w", sticker.Place.ID, err)
		}
	}
	if progress != nil {
		progress(len(list))
	}
	return d.write(w)
}

type sheet struct {
	*document
	site   *desk.Site
	texts  desk.Texts
	layout Layout
}

func (s *sheet) page(n, of int) error {
	s.pdf.AddPage()
	s.layout.marks(s.document)
	if err := s.letters(6); err != nil {
		return err
	}
	return s.line(fmt.Sprintf("%s  %d/%d", s.site.ID, n, of), edge+3*mm, pageHeight-7*mm, 140)
}

// words is a text of a sticker: its size on one of 70 mm, and how much room it
// leaves above.
type words struct {
	text        string
	size, above float64
	grey        uint8
	// whole words are set smaller before they are broken into lines.
	whole bool
}

// smallest is how much smaller whole words are set.
const smallest = 0.68

func (s *sheet) sticker(sticker Sticker, x, y float64) error {
	const margin = 2.5 * mm
	side := min(s.layout.tall()-2*margin, 0.47*s.layout.wide())
	if err := s.code(sticker.Link, x+margin, y+(s.layout.tall()-side)/2, side); err != nil {
		return err
	}
	left := x + margin + side + 1*mm
	width, height := x+s.layout.wide()-margin-left, s.layout.tall()-2*margin
	// What does not fit is set smaller, all of it, until it does.
	for scale := min(1, s.layout.tall()/(62*mm)); ; scale *= 0.94 {
		block, err := s.set(s.wording(sticker), width, scale)
		if err != nil {
			return err
		}
		if block.height <= height || scale < 0.2 {
			return s.draw(block, left, y+(s.layout.tall()-block.height)/2)
		}
	}
}

// wording is what a sticker says, from top to bottom.
func (s *sheet) wording(sticker Sticker) []words {
	var list []words
	for i, lang := range s.site.Languages[:min(2, len(s.site.Languages))] {
		first := i == 0
		list = append(list, words{s.site.Name.In(lang), pick(first, 9, 7), 0, 90, false})
	}
	for i, lang := range s.site.Languages[:min(2, len(s.site.Languages))] {
		first := i == 0
		list = append(list, words{sticker.Place.Label.In(lang), pick(first, 21, 13), pick(first, 9, 1), 0, true})
	}
	for i, lang := range s.site.Languages[:min(2, len(s.site.Languages))] {
		first := i == 0
		list = append(list, words{s.say(lang, desk.T("sticker.scan")), pick(first, 11, 8), pick(first, 10, 1), 0, true})
	}
	for i, h := range s.site.Hotlines[:min(2, len(s.site.Hotlines))] {
		label := h.Label.In(s.site.Languages[0])
		if len(s.site.Languages) > 1 {
			label += " " + h.Label.In(s.site.Languages[1])
		}
		hotline := desk.T("sticker.hotline", "label", label, "phone", h.Number)
		list = append(list, words{s.say(s.site.Languages[0], hotline), 8, pick(i == 0, 10, 1), 60, true})
	}
	return list
}

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

func (s *sheet) say(lang string, t desk.Text) string {
	return wideMarks(s.texts.Render(lang, t, time.Time{}))
}

// block is words with their places.
type block struct {
	lines  []placed
	height float64
}

type placed struct {
	text    string
	y, size float64
	grey    uint8
}

// leading is the distance of two lines, by the size of their letters.
const leading = 1.22

func (s *sheet) set(list []words, width, scale float64) (block, error) {
	var b block
	for _, w := range list {
		if w.text == "" {
			continue
		}
		size, err := s.fitting(w, width, scale)
		if err != nil {
			return b, err
		}
		lines, err := s.wrapped(w.text, width)
		if err != nil {
			return b, err
		}
		b.height += w.above * scale
		for _, line := range lines {
			if wide, err := s.wide(line); err != nil {
				return b, err
			} else if wide > width {
				b.height = pageHeight // A word that is wider than the sticker: smaller.
			}
			b.lines = append(b.lines, placed{line, b.height, size, w.grey})
			b.height += size * leading
		}
	}
	return b, nil
}

// fitting sets the letters for some words: as large as they should be, or as
// small as keeps whole words on one line, if that is not too small.
func (s *sheet) fitting(w words, width, scale float64) (size float64, err error) {
	size = w.size * scale
	if err := s.letters(size); err != nil || !w.whole {
		return size, err
	}
	wide, err := s.wide(w.text)
	if err != nil || wide <= width || wide*smallest > width {
		return size, err
	}
	size *= width / wide * 0.995 // not quite: widths are rounded
	return size, s.letters(size)
}

func (s *sheet) draw(b block, x, y float64) error {
	for _, l := range b.lines {
		if err := s.letters(l.size); err != nil {
			return err
		}
		if err := s.line(l.text, x, y+l.y, l.grey); err != nil {
			return err
		}
	}
	return nil
}
