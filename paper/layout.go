package paper

import "fmt"

// Layout is how many stickers are on a page: columns by rows.
type Layout struct{ Columns, Rows int }

// The edge that printers cannot print on, and the smallest sticker whose code can
// be read from a step away.
const (
	edge       = 10 * mm
	leastWide  = 45 * mm
	leastTall  = 30 * mm
	markLength = 5 * mm
)

// ParseLayout reads "2x4". The error says which ones there can be.
func ParseLayout(s string) (Layout, error) {
	var l Layout
	_, err := fmt.Sscanf(s, "%dx%d", &l.Columns, &l.Rows)
	if err != nil || fmt.Sprintf("%dx%d", l.Columns, l.Rows) != s || l.Columns < 1 || l.Rows < 1 {
		return Layout{}, fmt.Errorf("layout %q: want columns by rows, such as 2x4 or 3x7", s)
	}
	if l.wide() < leastWide || l.tall() < leastTall {
		return Layout{}, fmt.Errorf("layout %q: the stickers would be %.0f x %.0f mm, too small to be read; 4x8 is the most",
			s, l.wide()/mm, l.tall()/mm)
	}
	return l, nil
}

func (l Layout) wide() float64 { return (pageWidth - 2*edge) / float64(l.Columns) }
func (l Layout) tall() float64 { return (pageHeight - 2*edge) / float64(l.Rows) }

// PerPage is how many stickers a page has.
func (l Layout) PerPage() int { return l.Columns * l.Rows }

// marks draws where to cut: lines in the page's edge, and crosses between the
// stickers.
func (l Layout) marks(d *document) {
	const arm = 1.2 * mm
	for i := range l.Columns + 1 {
		for j := range l.Rows + 1 {
			x, y := edge+float64(i)*l.wide(), edge+float64(j)*l.tall()
			left, right, up, down := arm, arm, arm, arm
			if i == 0 {
				left, right = markLength, 0
			}
			if i == l.Columns {
				left, right = 0, markLength
			}
			if j == 0 {
				up, down = markLength, 0
			}
			if j == l.Rows {
				up, down = 0, markLength
			}
			d.cross(x, y, left, right, up, down)
		}
	}
}
