package paper

import (
	"fmt"

	"rsc.io/qr"
)

// quiet is the white edge of a code, in modules: a reader needs it.
const quiet = 4

// code draws a QR code with its white edge as a square of the given side. The
// middle level of correction survives a scratch; more would make the modules
// smaller, and these are read from a step away.
func (d *document) code(text string, x, y, side float64) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("the code of %q: %w", text, err)
	}
	module := side / float64(code.Size+2*quiet)
	d.pdf.SetFillColor(0, 0, 0)
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			if !code.Black(from, row) {
				continue
			}
			to := from
			for to < code.Size && code.Black(to, row) {
				to++
			}
			// One bar for a run: neighbouring squares would show seams.
			d.pdf.RectFromUpperLeftWithStyle(
				x+float64(from+quiet)*module, y+float64(row+quiet)*module, float64(to-from)*module, module, "F")
			from = to
		}
	}
	return nil
}
