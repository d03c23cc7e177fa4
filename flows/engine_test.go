package flows

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
)

var testTime = time.Date(2026, 11, 24, 2, 20, 0, 0, time.UTC)

// Nobody needs more than seven presses: the command, and six more.
func TestSevenPresses(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- start repair")
	presses := 1
	for _, option := range []string{"hot_water", "b.3", "l.5", "p.3-502", "anytime", "submit"} {
		d.run("> [" + option + "]")
		presses++
	}
	if presses > 7 || len(d.w.tickets) != 1 {
		t.Errorf("%d presses, %d tickets", presses, len(d.w.tickets))
	}
}

// When the program asks something new in front of the question on the screen, an
// answer still counts for the question that the person saw.
func TestInsertedQuestion(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- start repair")
	d.run("> [leak]")
	conv := d.conversation()
	delete(conv.Answers, "category")
	conv.Order = nil
	d.w.conversations[conv.Key] = conv
	d.run("> 3栋502")
	if got := d.conversation(); Answers(got.Answers).Get("place") != "3-502" || got.Asked != "category" {
		t.Errorf("asked %q with %v", got.Asked, got.Answers)
	}
}

// When the question on the screen is gone, what was said is kept and the open
// question is asked.
func TestRemovedQuestion(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- start repair")
	conv := d.conversation()
	conv.Asked = "colour"
	d.w.conversations[conv.Key] = conv
	d.run("> 墙上是绿色的")
	if got := d.conversation(); got.Asked != "category" || !slices.Contains(got.Answers["words"], "墙上是绿色的") {
		t.Errorf("asked %q with %v", got.Asked, got.Answers)
	}
	conv = d.conversation()
	conv.Flow = "gone"
	d.w.conversations[conv.Key] = conv
	d.run("> 你好")
	if len(d.w.conversations) != 0 || !strings.Contains(d.out.String(), "请重新开始") {
		t.Errorf("a flow that is gone: %s", d.out.String())
	}
}

// What is passed in never changes: the closure of a transaction may run again.
func TestContinueChangesNothingPassedIn(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- start repair")
	d.run("> [leak]")
	conv := d.conversation()
	before := throughJSON(t, conv)
	for _, text := range []string{"3栋502", "3栋", "返回", "取消", "随时可以进"} {
		if _, _, err := Continue(d.context(desk.Input{}), conv, d.input(desk.InputText, text)); err != nil {
			t.Fatal(err)
		}
	}
	if after := throughJSON(t, conv); !equal(before, after) {
		t.Errorf("changed from %+v to %+v", before, after)
	}
}

// A press is answered once, also by Start, Back and Cancel; what is not for the
// conversation is not answered here.
func TestPressIsAnsweredOnce(t *testing.T) {
	d := newDialogue(t, "zh")
	in := d.input(desk.InputPress, "")
	in.Press = &desk.Press{ID: "1", Data: desk.StartData("repair", "")}
	effects, err := Start(d.context(in), "repair", nil)
	if err != nil || len(effects.Answers) != 1 {
		t.Fatalf("start: %v %+v", err, effects.Answers)
	}
	d.w.apply(t, effects)
	if effects, handled, _ := Continue(d.context(in), d.conversation(), in); handled || len(effects.Answers) != 0 {
		t.Errorf("another button was taken: %+v", effects)
	}
	for name, do := range map[string]func(*Context, desk.Conversation) (desk.Effects, error){"back": Back, "cancel": Cancel} {
		if effects, err := do(d.context(in), d.conversation()); err != nil || len(effects.Answers) != 1 {
			t.Errorf("%s: %v %+v", name, err, effects.Answers)
		}
	}
}

// Options with long keys still fit a button, and are found again.
func TestLongOptionKey(t *testing.T) {
	conv := desk.Conversation{ID: "abcdefghijkl", Count: 12345}
	key := "p.building-of-a-long-name-floor-of-a-long-name-area-of-a-long-name"
	data := token(conv, key)
	if len(data) > desk.MaxButtonData {
		t.Errorf("%d bytes", len(data))
	}
	if _, count, option, ok := parseToken(data); !ok || count != 12345 || option != hashed(key) {
		t.Errorf("%q: %d %q %v", data, count, option, ok)
	}
}

// Once a conversation was cancelled, nothing of it is due any more.
func TestCancelLeavesNoJobs(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- start repair")
	if len(d.w.jobs) != 2 {
		t.Fatalf("jobs: %v", d.w.jobs)
	}
	d.run("> 取消")
	if len(d.w.jobs) != 0 || len(d.w.conversations) != 0 {
		t.Errorf("jobs %v, conversations %v", d.w.jobs, d.w.conversations)
	}
}

// A second flow takes the place of the first, with reminders of its own.
func TestNextFlowTakesThePlace(t *testing.T) {
	d := newDialogue(t, "zh")
	d.run("-- person shown=小王")
	d.run("-- start repair category=power place=canteen")
	d.run("> [submit]")
	if got := d.conversation(); got.Flow != "profile" || len(d.w.jobs) != 2 || len(d.w.conversations) != 1 {
		t.Errorf("%+v, jobs %v", got, d.w.jobs)
	}
}

// Every question can be asked and every topic and role named, in every language,
// whatever the dialogues reach.
func TestEveryQuestionHasItsText(t *testing.T) {
	texts := catalogue(t)
	for _, lang := range testSite(t).Languages {
		for _, f := range All {
			for _, q := range f.Questions {
				if key := "ask." + f.Name + "." + q.Name; q.Ask == nil && !q.Confirm && !texts.Has(lang, key) {
					t.Errorf("%s has no %s", lang, key)
				}
				if q.Topic != nil && !texts.Has(lang, q.Topic().Key) {
					t.Errorf("%s has no %s", lang, q.Topic().Key)
				}
			}
		}
		for _, role := range desk.RoleNames {
			if !texts.Has(lang, "option.role."+string(role)) {
				t.Errorf("%s has no option.role.%s", lang, role)
			}
		}
		for _, key := range texts.Keys(lang) {
			text := texts.Render(lang, desk.T(key), testTime)
			if strings.HasPrefix(key, "option.") && !strings.Contains(text, "{") && width(text) > maxLabel {
				t.Errorf("%s: label %s is %q", lang, key, text)
			}
		}
	}
}

func TestRegisterRefuses(t *testing.T) {
	done := func(*Context, Answers) (Outcome, error) { return Outcome{}, nil }
	for name, list := range map[string][]Flow{
		"no name":        {{Done: done}},
		"no end":         {{Name: "a"}},
		"twice":          {{Name: "a", Done: done}, {Name: "a", Done: done}},
		"question twice": {{Name: "a", Done: done, Questions: []Question{{Name: "q"}, {Name: "q"}}}},
		"no summary":     {{Name: "a", Done: done, Questions: []Question{{Name: "q", Confirm: true}}}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: registered", name)
				}
			}()
			register(list...)
		}()
	}
}
