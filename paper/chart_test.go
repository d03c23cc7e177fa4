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
