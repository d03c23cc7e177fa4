package main

import (
	"fmt"
	"os"
	"path/filepath"
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
			r.clicks(button(`document.querySelector("#intro")`, r.text("page.intro_close")))
			number := r.files()
			r.presses("engineering", r.text("button.take"), number)
			r.waits(message("worker", number))
			r.waits(`document.querySelector("#pane-engineering .toast")`)
			r.prefers("prefers-reduced-motion", "reduce")
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
					r.prefers("prefers-color-scheme", scheme)
					r.waits(`matchMedia("(prefers-color-scheme: ` + scheme + `)").matches`)
					picture, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
					must(t, err)
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
