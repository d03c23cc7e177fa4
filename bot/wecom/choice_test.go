package wecom

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

func TestReadNumber(t *testing.T) {
	for text, want := range map[string]int{
		"2": 2, "２": 2, " 2 ": 2, "2.": 2, "2、": 2, "（2）": 2, "(2)": 2, "12": 12, "02": 2,
		"": 0, "0": 0, "-1": 0, "2楼": 0, "2 3": 0, "1.5": 0, "301": 0, "二": 0, "+2": 0, ".": 0,
	} {
		if got, ok := readNumber(text); got != want || ok != (want > 0) {
			t.Errorf("%q = %d, %v, want %d", text, got, ok, want)
		}
	}
}

// A number or a label chooses what was offered last in that chat; everything
// else stays what it is.
func TestChoose(t *testing.T) {
	l := newLine(t)
	li, wang := l.server.Member("lijie", "李杰", l.Callbacks), l.server.Member("wang", "王芳", l.Callbacks)
	l.update(t, func(tx *storage.Tx) error {
		return asked.Put(tx, Asked{Chat: "wecom:lijie", Ref: "R1", At: tx.Now(), Numbered: true, Options: []Option{
			{Label: "漏水堵水", Data: "k1"}, {Label: "Hot water", Data: "k2"}, {Label: "12", Data: "k3"},
		}})
	})
	for _, said := range []string{"2", "２。", "hot water", "漏水堵水 ", "12", "4", "/help 2", "漏水", "2楼"} {
		li.Say(said)
	}
	wang.Say("2")
	li.Location("2")
	var got []string
	for _, in := range l.receiver.take() {
		line := string(in.Kind) + " " + in.Text
		if in.Press != nil {
			line += " " + in.Press.Data + " " + in.Press.Ref
			if in.Press.ID != "lijie/"+in.UpdateID {
				t.Errorf("press %+v", in.Press)
			}
		}
		got = append(got, line)
	}
	want := []string{
		"press Hot water k2 R1", "press Hot water k2 R1", "press Hot water k2 R1", "press 漏水堵水 k1 R1", "press 12 k3 R1",
		"text 4", "text /help 2", "text 漏水", "text 2楼", "text 2", "location 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A list of floors that begins in the cellar: a number is the floor, whether numbers
// were shown or not; what is no figure has a number behind them.
func TestPick(t *testing.T) {
	row := Asked{Options: []Option{{Label: "B1"}, {Label: "1"}, {Label: "2"}, {Label: "天台"}}}
	for _, tt := range []struct {
		numbered bool
		want     map[string]int
	}{
		{true, map[string]int{"1": 1, "2": 2, "3": 0, "4": 3, "b1": 0, "天台": 3, "5": -1}},
		{false, map[string]int{"1": 1, "2": 2, "3": -1, "4": -1, "b1": 0, "天台": 3, "5": -1}},
	} {
		row.Numbered = tt.numbered
		for said, want := range tt.want {
			if got, ok := pick(row, said); ok != (want >= 0) || ok && got != want {
				t.Errorf("numbered %v: %q = %d, %v, want %d", tt.numbered, said, got, ok, want)
			}
		}
	}
}

// The code of a press is kept with the press, and not again when the press comes
// again: it may be spent by then.
func TestPressKeepsCode(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	card := func() (row cardRow) {
		if err := l.store.View(t.Context(), func(tx *storage.Tx) (err error) {
			row, _, err = cards.Get(tx, "T1-1")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return row
	}
	l.update(t, func(tx *storage.Tx) error { return cards.Put(tx, cardRow{TaskID: "T1-1", User: "lijie"}) })
	l.receiver.fail = 1
	told := li.PressCard("T1-1", "button_interaction", "k1", "CODE-1")
	want := []code{{Code: "CODE-1", Until: noon.Add(72 * time.Hour)}}
	if diff := cmp.Diff(want, card().Pressed); diff != "" || !told.Taken() {
		t.Errorf("%v, -want +got:\n%s", told.Statuses, diff)
	}
	l.update(t, func(tx *storage.Tx) error { return cards.Put(tx, cardRow{TaskID: "T1-1", User: "lijie"}) })
	if status := l.Replay(told); status != 200 || len(card().Pressed) != 0 {
		t.Errorf("%d, a spent code is back: %+v", status, card())
	}
	if got := l.receiver.take(); len(got) != 1 || got[0].Press.Data != "k1" || got[0].Press.Ref != "T1-1" {
		t.Errorf("%+v", got)
	}
}

// Opening the chat tells the desk of people whom it does not know yet, and of
// nobody else: it happens many times a day.
func TestEntered(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	li.Enter()
	l.update(t, func(tx *storage.Tx) error {
		return storage.Addresses.Put(tx, storage.AddressRow{Address: "wecom:lijie", Person: "p1"})
	})
	l.clock.Advance(time.Minute)
	if told := li.Enter(); !told.Taken() {
		t.Errorf("%v", told.Statuses)
	}
	l.server.Member("wang", "王芳", l.Callbacks).Enter()
	var got []string
	for _, in := range l.receiver.take() {
		if in.Kind == desk.InputEntered {
			got = append(got, in.From.ID)
		}
	}
	if diff := cmp.Diff([]string{"lijie", "wang"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestNumbersOf: a figure that is a label is its own number.
func TestNumbersOf(t *testing.T) {
	for _, tt := range []struct {
		labels string
		want   []int
	}{
		{"漏水堵水 没热水 空调", []int{1, 2, 3}},
		{"1 2 3", []int{1, 2, 3}},
		{"整栋楼 1 2 3 公共部位", []int{4, 1, 2, 3, 5}},
		{"B1 1 2", []int{3, 1, 2}},
		{"3 5 7 返回", []int{3, 5, 7, 8}},
		{"501 502 返回", []int{1, 2, 3}},
		{"1 1 2", []int{1, 2, 3}},
		{"01 02", []int{1, 2}},
		{"12 今天 99", []int{1, 2, 3}},
		{"2 今天 99", []int{2, 1, 99}},
	} {
		labels := strings.Fields(tt.labels)
		if got := numbersOf(labels); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.labels, got, tt.want)
		}
		row := Asked{Numbered: true}
		for _, label := range labels {
			row.Options = append(row.Options, Option{Label: label, Data: label})
		}
		for i, n := range numbersOf(labels) {
			if got, ok := pick(row, strconv.Itoa(n)); !ok || got != i {
				t.Errorf("%s: %d picks %d", tt.labels, n, got)
			}
		}
	}
}
