package paper_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"testing"

	"frontdesk/desk"
	"frontdesk/paper"
)

func week(title string) desk.DrawnChart {
	return desk.DrawnChart{
		Title:  title,
		Labels: []string{"周一", "周二"},
		Series: []desk.DrawnSeries{{Name: "新单", Values: []int{42, 36}}, {Name: "超时", Values: []int{0, 3}}},
	}
}

func drawn(t *testing.T, c desk.DrawnChart) image.Image {
	t.Helper()
	body, err := paper.Chart(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(body) > 200_000 {
		t.Errorf("the picture has %d bytes: it waits on a phone", len(body))
	}
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// differ tells whether two pictures differ within a part of them, in percent of
// the width and height.
func differ(a, b image.Image, left, top, right, bottom int) bool {
	size := a.Bounds().Size()
	for y := size.Y * top / 100; y < size.Y*bottom/100; y++ {
		for x := size.X * left / 100; x < size.X*right/100; x++ {
			if a.At(x, y) != b.At(x, y) {
				return true
			}
		}
	}
	return false
}

func TestAChartShowsItsWordsAndNumbers(t *testing.T) {
	plain := drawn(t, week("近 7 天"))
	if size := plain.Bounds().Size(); size.X != 1080 || size.Y != 720 {
		t.Errorf("the picture is %v", size)
	}
	// Two Chinese titles differ, so that neither is a row of empty boxes.
	if !differ(plain, drawn(t, week("远 7 天")), 0, 0, 40, 12) {
		t.Error("the titles 近 and 远 look alike")
	}
	more := week("近 7 天")
	more.Series[1].Values = []int{0, 30}
	if !differ(plain, drawn(t, more), 50, 15, 100, 90) {
		t.Error("3 and 30 look alike")
	}
	if differ(plain, drawn(t, week("近 7 天")), 0, 0, 100, 100) {
		t.Error("the same chart is drawn in two ways")
	}
}

func TestAChartWithoutNumbersIsRefused(t *testing.T) {
	uneven := week("近 7 天")
	uneven.Series[0].Values = []int{1}
	for _, c := range []desk.DrawnChart{{}, {Title: "x", Labels: []string{"周一"}}, uneven} {
		if _, err := paper.Chart(c); !errors.Is(err, paper.ErrNoChart) {
			t.Errorf("%+v gave %v", c, err)
		}
	}
}

// Labels that are long for their place are written smaller, and none touches the next.
func TestLabelsOfAChartKeepApart(t *testing.T) {
	chart := desk.DrawnChart{Title: "按类别", Series: []desk.DrawnSeries{{Name: "新单", Values: []int{6, 5, 4, 3, 2, 1}}}}
	for range 6 {
		chart.Labels = append(chart.Labels, "漏水或堵水")
	}
	picture := drawn(t, chart)
	size := picture.Bounds().Size()
	blank, gaps, before := 0, 0, false
	for x := size.X / 12; x < size.X*98/100; x++ {
		ink := false
		for y := size.Y * 92 / 100; y < size.Y*97/100; y++ {
			r, _, _, _ := picture.At(x, y).RGBA()
			ink = ink || r < 0x8000
		}
		if ink {
			if blank > 10 && before { // A gap between two letters is narrower.
				gaps++
			}
			blank, before = 0, true
		} else {
			blank++
		}
	}
	if gaps != 5 {
		t.Errorf("%d gaps between six labels", gaps)
	}
}
