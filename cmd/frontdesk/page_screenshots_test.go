package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// mostOfAScreenshot is how many bytes one may have.
const mostOfAScreenshot = 200_000

// TestThePagesScreenshots makes the pictures of the README: a repair that is
// taken, in both languages, on a screen and on a phone, light and dark. It runs
// when FRONTDESK_SCREENSHOTS is 1.
func TestThePagesScreenshots(t *testing.T) {
	if os.Getenv("FRONTDESK_SCREENSHOTS") != "1" {
		t.Skip("FRONTDESK_SCREENSHOTS=1 makes them anew")
	}
	folder := filepath.Join("..", "..", "docs", "screenshots")
	must(t, os.MkdirAll(folder, 0o755))
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			r := newReader(t, lang, 1280, 800)
			r.prefers(map[string]string{"prefers-reduced-motion": "reduce"})
			r.clicks(button(`document.querySelector("#intro")`, r.text("page.intro_close")))
			number := r.files()
			r.presses("engineering", r.text("button.take"), number)
			r.waits(message("worker", number))
			r.waits(`document.querySelector("#pane-engineering .toast")`)
			for _, width := range []int{1280, 390} {
				height := 800
				if width == 390 {
					height = 844
					r.clicks(`document.querySelector("#tab-student")`)
				}
				r.size(width, height)
				r.waits(`innerWidth === ` + strconv.Itoa(width))
				r.clicks(pane("student") + `.querySelector("textarea")`)
				for _, scheme := range []string{"light", "dark"} {
					r.prefers(map[string]string{"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"})
					r.waits(`matchMedia("(prefers-color-scheme: ` + scheme + `)").matches`)
					picture, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
					must(t, err)
					picture = fewColours(t, picture)
					if len(picture) > mostOfAScreenshot {
						t.Errorf("%d bytes at %d, %s", len(picture), width, scheme)
					}
					name := fmt.Sprintf("playground-%s-%d-%s.png", lang, width, scheme)
					must(t, os.WriteFile(filepath.Join(folder, name), picture, 0o644))
				}
			}
		})
	}
}

// fewColours makes a picture small: it keeps its 256 most frequent colours.
func fewColours(t *testing.T, picture []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(picture))
	must(t, err)
	counts := map[color.RGBA]int{}
	for y := range full.Bounds().Dy() {
		for x := range full.Bounds().Dx() {
			counts[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range frequent[:min(len(frequent), 256)] {
		palette = append(palette, c)
	}
	small := image.NewPaletted(full.Bounds(), palette)
	draw.Draw(small, small.Bounds(), full, image.Point{}, draw.Src)
	var out bytes.Buffer
	must(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small))
	return out.Bytes()
}
