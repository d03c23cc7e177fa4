package wecom

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/desk"
)

func TestWeixinMerge(t *testing.T) {
	text := func(s string, labels ...string) desk.Drawn {
		return desk.Drawn{Text: s, Buttons: items(labels...), Key: "k" + s[:1]}
	}
	show := func(list []desk.Drawn) (out []string) {
		for _, m := range list {
			s := m.Key + ": " + m.Text
			for _, row := range m.Buttons {
				for _, b := range row {
					s += " [" + b.Label + "]"
				}
			}
			out = append(out, s)
		}
		return out
	}
	for name, c := range map[string]struct {
		list []desk.Drawn
		want []string
	}{
		"nothing":      {nil, nil},
		"words":        {[]desk.Drawn{text("a"), text("b"), text("c")}, []string{"kc: a\n\nb\n\nc"}},
		"the same":     {[]desk.Drawn{text("a"), text("a")}, []string{"ka: a"}},
		"buttons last": {[]desk.Drawn{text("a"), text("b", "x", "y")}, []string{"kb: a\n\nb [x] [y]"}},
		"few buttons":  {[]desk.Drawn{text("a", "w"), text("b", "x", "w")}, []string{"kb: a\n\nb [w] [x]"}},
		"two questions": {[]desk.Drawn{
			{Text: "a", Key: "ka", Buttons: [][]desk.DrawnMark{{{Label: "x", Data: "a|R-1"}}}},
			{Text: "b", Key: "kb", Buttons: [][]desk.DrawnMark{{{Label: "x", Data: "a|R-2"}}}},
		}, []string{"ka: a [x]", "kb: b [x]"}},
		"many buttons":  {[]desk.Drawn{text("a", "1", "2", "3", "4", "5", "6"), text("b", "7", "8", "9", "10", "11")}, []string{"ka: a [1] [2] [3] [4] [5] [6]", "kb: b [7] [8] [9] [10] [11]"}},
		"a file apart":  {[]desk.Drawn{{Text: "f", Key: "kf", File: &desk.Attachment{}}, text("b"), text("c")}, []string{"kf: f", "kc: b\n\nc"}},
		"an edit apart": {[]desk.Drawn{{Text: "e", Key: "ke", Edit: "r"}, text("b")}, []string{"ke: e", "kb: b"}},
		"long words":    {[]desk.Drawn{text("a" + strings.Repeat("x", 2040)), text("bbbbbbb")}, []string{"ka: a" + strings.Repeat("x", 2040), "kb: bbbbbbb"}},
		"a menu stays":  {[]desk.Drawn{text("a" + strings.Repeat("x", 1030)), text("b", "y")}, []string{"ka: a" + strings.Repeat("x", 1030), "kb: b [y]"}},
	} {
		if diff := cmp.Diff(c.want, show(Merge(c.list))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}

// Merging loses no word, no button and no photo, and never makes more messages.
func TestWeixinMergeModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []desk.Drawn
		for i := range rapid.IntRange(0, 6).Draw(t, "n") {
			m := desk.Drawn{Text: fmt.Sprint("<", i, ">", strings.Repeat("字", rapid.IntRange(0, 500).Draw(t, "length"))), Key: fmt.Sprint(i)}
			for j := range rapid.IntRange(0, 5).Draw(t, "buttons") {
				m.Buttons = append(m.Buttons, items(fmt.Sprint(i, ".", j))...)
			}
			if rapid.Bool().Draw(t, "photo") {
				m.Photos = []desk.File{{Kind: desk.FilePhoto, ID: fmt.Sprint(i)}}
			}
			list = append(list, m)
		}
		messages := func(list []desk.Drawn) (n int, words string, marks, photos []string) {
			for _, m := range list {
				d, err := drawKF(kfAt(zhang), m, "请选")
				if err != nil {
					t.Fatal(err)
				}
				n += len(d.words)
				words += strings.ReplaceAll(m.Text, "\n", "")
				for _, row := range m.Buttons {
					for _, b := range row {
						marks = append(marks, b.Label)
					}
				}
				for _, f := range m.Photos {
					photos = append(photos, f.ID)
				}
			}
			return n, words, marks, photos
		}
		n, words, marks, photos := messages(list)
		merged := Merge(list)
		n2, words2, marks2, photos2 := messages(merged)
		if n2 > n || words != words2 || !cmp.Equal(marks, marks2) || !cmp.Equal(photos, photos2) {
			t.Fatalf("%d messages became %d:\n%s", n, n2, cmp.Diff(words, words2))
		}
	})
}
