package flows

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"frontdesk/desk"
)

// said are things that people say, beside what the fuzzer makes up.
var fuzzSaid = []string{
	"3栋502", "3-520", "9栋", "五楼", "502", "1", "2", "随时可以进", "返回", "取消", "跳过", "下一步", "没热水", "Tap leaking in 3-502", "明天上午",
	"好的", "不对,是3栋503", "/skip", "/my", "你好", "13800138000", "查进度", "电梯", "1,3", "", "😀", "\u202eabc", "\xff\xfe",
}

// FuzzFlows talks at random to every flow: nothing panics, what is stored is
// read back the same, what is said always has a way out, and cancel always ends.
func FuzzFlows(f *testing.F) {
	for flow := range All {
		f.Add(byte(flow), []byte{0, 1, 2, 3, 4, 5, 6, 7}, "水龙头漏水")
		f.Add(byte(flow), []byte{40, 80, 120, 160, 200, 240, 250, 255, 3, 90}, "I'm Wang")
		f.Add(byte(flow), slices.Repeat([]byte{7, 33, 99, 151, 202}, 6), "3栋502")
	}
	f.Fuzz(func(t *testing.T, flow byte, steps []byte, words string) {
		d := newDialogue(t, "zh")
		d.run("-- person shown=Wang role=administrator lang=unknown")
		d.ticket(desk.StateNew)
		name := All[int(flow)%len(All)].Name
		prefilled := map[string][]string{"ticket": {"t1"}}
		if len(steps) > 0 && steps[0]%2 == 0 {
			prefilled["place"], prefilled["category"] = []string{words}, []string{"leak"}
		}
		effects, err := Start(d.context(d.input(desk.InputText, words)), name, prefilled)
		d.fuzzed(effects, err)
		for _, s := range steps[:min(len(steps), 30)] {
			in, ok := d.anything(s, words)
			conv := d.conversation()
			if !ok || conv.Key == "" {
				break
			}
			effects, handled, err := Continue(d.context(in), conv, in)
			if !handled && !reflect.DeepEqual(effects, desk.Effects{}) {
				t.Fatal("not handled, but with effects")
			}
			if handled && in.Kind == desk.InputText && Active(conv) && len(effects.Messages) == 0 {
				t.Fatalf("silence after %q", in.Text)
			}
			d.fuzzed(effects, err)
		}
		conv := d.conversation()
		if conv.Key == "" {
			return
		}
		effects, err = Cancel(d.context(d.input(desk.InputText, "/cancel")), conv)
		d.fuzzed(effects, err)
		if len(d.w.conversations) != 0 || len(d.w.jobs) != 0 {
			t.Fatalf("cancelled, and still there: %+v %v", d.w.conversations, d.w.jobs)
		}
	})
}

func (d *dialogue) fuzzed(e desk.Effects, err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range e.Conversations {
		if back := throughJSON(d.t, c); !cmp.Equal(c, back, cmpopts.EquateEmpty()) {
			d.t.Fatalf("stored %+v, read %+v", c, back)
		}
	}
	d.w.apply(d.t, e)
	d.show(e)
}

// equal compares as JSON, which is all that a conversation is.
func equal(a, b desk.Conversation) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// anything is one input of any kind; a press is of a button that was shown.
func (d *dialogue) anything(s byte, words string) (desk.Input, bool) {
	n := int(s)
	switch {
	case n < 130 && len(d.tokens) > 0:
		shown := d.tokens[len(d.tokens)-1]
		if n%17 == 0 {
			shown = d.tokens[n%len(d.tokens)]
		}
		options := make([]string, 0, len(shown))
		for option := range shown {
			options = append(options, option)
		}
		slices.Sort(options)
		in := d.input(desk.InputPress, "")
		in.Press = &desk.Press{ID: "p", Ref: "m", Data: shown[options[n%len(options)]]}
		return in, true
	case n < 210:
		return d.input(desk.InputText, fuzzSaid[n%len(fuzzSaid)]), true
	case n < 230:
		return d.input(desk.InputText, words), true
	case n < 245:
		in := d.input(desk.InputPhoto, words)
		in.Files, in.Album = []desk.File{{Kind: desk.FilePhoto, Channel: "test", ID: string(rune('a' + n%13))}}, "x"
		return in, true
	}
	kinds := []desk.InputKind{desk.InputFile, desk.InputLocation, desk.InputContact, desk.InputSticker, desk.InputOther, desk.InputBlocked}
	in := d.input(kinds[n%len(kinds)], "")
	in.Phone = words
	return in, true
}
