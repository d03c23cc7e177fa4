package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"frontdesk/desk"
)

// plain are texts that need no catalogue.
type plain struct{}

func (plain) Render(lang string, t desk.Text, _ time.Time) string {
	switch {
	case t.Key == "sticker.hotline":
		return fmt.Sprint(t.Args["label"], " ", t.Args["phone"])
	case lang == "zh":
		return "扫码报修,地点已填好"
	}
	return "Scan to report; the place is filled in"
}

func testSite(t testing.TB) *desk.Site {
	t.Helper()
	places, err := desk.NewPlaces([]desk.Building{{
		ID: "3",
		Floors: []desk.Floor{{ID: "5", Rooms: []string{"01", "02", "03"}, Areas: []desk.Area{
			{ID: "corridor", Label: desk.Label{"zh": "走廊", "en": "corridor"}},
		}}},
		Areas: []desk.Area{{ID: "lift-a", Label: desk.Label{"zh": "电梯A", "en": "lift A"}}},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &desk.Site{
		ID: "campus", Name: desk.Label{"zh": "示例校区客户运作中心", "en": "Example Campus Service Desk"},
		Languages: []string{"zh", "en"}, Places: places, LinkKeys: [][]byte{[]byte("0123456789abcdef0123456789abcdef")},
		Hotlines: []desk.Hotline{{Label: desk.Label{"zh": "运作中心", "en": "Service desk"}, Number: "0512-6588-0000"}},
	}
}

const base = "https://t.me/ExampleCampusBot?start="

func sticker(t testing.TB, site *desk.Site, id string) Sticker {
	t.Helper()
	place, ok := site.Places.Get(id)
	payload, err := site.SignLink(desk.Link{Flow: "repair", Answers: map[string]string{"place": id}})
	if !ok || err != nil {
		t.Fatal(id, ok, err)
	}
	return Sticker{Place: place, Link: base + payload}
}

// What is read off the drawn page, as a phone would, is the place that stands
// beside the code.
func TestStickersReadBack(t *testing.T) {
	for _, layout := range []string{"2x4", "3x7", "4x8", "1x2"} {
		t.Run(layout, func(t *testing.T) {
			l, err := ParseLayout(layout)
			if err != nil {
				t.Fatal(err)
			}
			site := testSite(t)
			var list []Sticker
			ids := []string{"3-501", "3-502", "3-503", "3-5-corridor", "3-lift-a"}
			for len(list) < l.PerPage()+2 {
				list = append(list, sticker(t, site, ids[len(list)%len(ids)]))
			}
			var out bytes.Buffer
			var told []int
			if err := Stickers(&out, site, plain{}, l, list, func(n int) { told = append(told, n) }); err != nil {
				t.Fatal(err)
			}
			if last := told[len(told)-1]; last != len(list) {
				t.Errorf("progress ended at %d of %d", last, len(list))
			}
			doc, err := pdf.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
			if err != nil {
				t.Fatal(err)
			}
			if doc.NumPage() != 2 {
				t.Fatalf("%d pages, want 2", doc.NumPage())
			}
			for n := range 2 {
				page := doc.Page(n + 1)
				bars := page.Content().Rect
				text := pageText(t, page)
				on := list[n*l.PerPage() : min(len(list), (n+1)*l.PerPage())]
				for i, s := range on {
					read := scanned(t, bars, l, i)
					if read != s.Link {
						t.Errorf("page %d, sticker %d says %s, want %s", n+1, i, read, s.Link)
					}
					link, ok := site.ReadLink(strings.TrimPrefix(read, base))
					if !ok || link.Answers["place"] != s.Place.ID {
						t.Errorf("page %d, sticker %d opens %v, want %s", n+1, i, link, s.Place.ID)
					}
				}
				for _, want := range []string{
					on[0].Place.Label["zh"], on[0].Place.Label["en"], site.Name["zh"], site.Name["en"],
					"扫码报修\uff0c地点已填好", "Scan to report; the place is filled in", "0512-6588-0000",
				} {
					want = strings.ReplaceAll(want, " ", "")
					if got := strings.Count(text, want); got < 1 || strings.HasPrefix(want, "0512") && got != len(on) {
						t.Errorf("page %d says %q %d times:\n%s", n+1, want, got, text)
					}
				}
			}
		})
	}
}

// pageText is all the text of a page, without spaces: lines may break anywhere.
func pageText(t *testing.T, page pdf.Page) string {
	t.Helper()
	fonts := map[string]*pdf.Font{}
	for _, name := range page.Fonts() {
		f := page.Font(name)
		fonts[name] = &f
	}
	text, err := page.GetPlainText(fonts)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(text), "")
}

// scanned paints one sticker's bars and reads the code.
func scanned(t *testing.T, bars []pdf.Rect, l Layout, i int) string {
	t.Helper()
	const zoom = 8
	x0, top := edge+float64(i%l.Columns)*l.wide(), edge+float64(i/l.Columns)*l.tall()
	picture := image.NewGray(image.Rect(0, 0, int(l.wide()*zoom), int(l.tall()*zoom)))
	for p := range picture.Pix {
		picture.Pix[p] = 255
	}
	painted := 0
	for _, b := range bars {
		// The origin of PDF is the lower left corner; a height may be negative.
		low, high := min(b.Min.Y, b.Max.Y), max(b.Min.Y, b.Max.Y)
		left, right, upper, lower := b.Min.X-x0, b.Max.X-x0, pageHeight-high-top, pageHeight-low-top
		if left < 0 || upper < 0 || right > l.wide() || lower > l.tall() {
			continue
		}
		painted++
		for y := int(math.Round(upper * zoom)); y < int(math.Round(lower*zoom)); y++ {
			for x := int(math.Round(left * zoom)); x < int(math.Round(right*zoom)); x++ {
				picture.SetGray(x, y, color.Gray{})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("sticker %d of %d bars cannot be read: %v", i, painted, err)
	}
	return result.GetText()
}

// The same stickers are the same file: a reprint can be compared.
func TestStickersSameAgain(t *testing.T) {
	site := testSite(t)
	layout := Layout{Columns: 2, Rows: 4}
	var files [2]bytes.Buffer
	for i := range files {
		if err := Stickers(&files[i], site, plain{}, layout, []Sticker{sticker(t, site, "3-502")}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two prints of one sticker differ")
	}
}

// Whatever a site is called, everything stays on the sticker.
func TestStickerLongWords(t *testing.T) {
	site := testSite(t)
	site.Name = desk.Label{"zh": strings.Repeat("示例大学东校区", 6), "en": strings.Repeat("Llanfairpwllgwyngyll", 5)}
	d, err := newDocument("")
	if err != nil {
		t.Fatal(err)
	}
	d.pdf.AddPage()
	layout := Layout{Columns: 3, Rows: 7}
	s := sheet{document: d, site: site, texts: plain{}, layout: layout}
	if err := s.sticker(sticker(t, site, "3-5-corridor"), 0, 0); err != nil {
		t.Fatal(err)
	}
	for scale := 0.6; ; scale *= 0.94 {
		b, err := s.set(s.wording(sticker(t, site, "3-5-corridor")), layout.wide()*0.45, scale)
		if err != nil {
			t.Fatal(err)
		}
		if b.height <= layout.tall() {
			return
		}
		if scale < 0.2 {
			t.Fatalf("%.0f points high on a sticker of %.0f", b.height, layout.tall())
		}
	}
}

func TestWrapped(t *testing.T) {
	d, err := newDocument("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"地点已填好,谢谢", "地点已填/好,谢谢"},
		{"地点已填\uff0c好谢谢", "地点已/填\uff0c好谢/谢"}, // no line begins with a comma
		{"Building 3, floor 5", "Building/3, floor 5"},
	} {
		lines, err := d.wrapped(c.text, 43)
		if got := strings.Join(lines, "/"); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.text, got, err, c.want)
		}
	}
}

func TestParseLayout(t *testing.T) {
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{"2x4", true}, {"3x7", true}, {"1x1", true}, {"4x8", true},
		{"", false}, {"2", false}, {"x", false}, {"0x4", false}, {"-1x4", false}, {"5x4", false}, {"2x10", false}, {"2x4x", false}, {"2x4 ", false},
	} {
		if l, err := ParseLayout(c.text); (err == nil) != c.ok {
			t.Errorf("%q: %v, %v", c.text, l, err)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestStickersNoRoom(t *testing.T) {
	site := testSite(t)
	err := Stickers(brokenWriter{}, site, plain{}, Layout{2, 4}, []Sticker{sticker(t, site, "3-502")}, nil)
	if err == nil {
		t.Error("a file that was not written is reported as good")
	}
}

func BenchmarkStickers(b *testing.B) {
	site := testSite(b)
	list := make([]Sticker, 5000)
	for i := range list {
		list[i] = sticker(b, site, "3-502")
	}
	for b.Loop() {
		var size counted
		if err := Stickers(&size, site, plain{}, Layout{2, 4}, list, nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	}
}

type counted int64

func (c *counted) Write(p []byte) (int, error) { *c += counted(len(p)); return len(p), nil }

var _ io.Writer = (*counted)(nil)
