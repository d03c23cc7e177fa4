package flows

import (
	"maps"
	"slices"
	"strings"

	"frontdesk/desk"
)

// confirmView shows the summary, or the list of what can be changed.
func (e *engine) confirmView() view {
	e.c.Files = e.conv.Files
	if e.conv.Partial["change"] != "" {
		v := view{text: desk.T("confirm.which")}
		for _, q := range e.f.Questions {
			if q.Topic != nil && e.applies(q) {
				v.options = append(v.options, Option{Key: "c." + q.Name, Label: q.Topic()})
			}
		}
		return v
	}
	v := view{
		text: desk.Lines(desk.T("confirm.please"), e.f.Summary(e.c, e.answers())),
		options: []Option{
			{Key: "submit", Label: desk.T("option.submit"), Words: yesWords},
			{Key: "change", Label: desk.T("option.change"), Words: []string{"改", "改一下", "不对", "修改一下", "edit", "wrong"}},
		},
	}
	if twin, ok := e.twin(); ok {
		state := desk.T("confirm.twin", "number", twin.Number, "state", desk.T("joined.state."+string(twin.State)))
		v.text = desk.Lines(v.text, state)
		v.options = slices.Insert(v.options, 1, Option{Key: "join", Label: desk.T("option.join"), Words: []string{"跟进", "一起", "follow", "join"}})
	}
	if label := e.urgentLabel(); !label.IsZero() {
		// The way out is behind [change] then: three buttons are enough.
		v.options = append(v.options, Option{Key: "urgent", Label: label, Words: []string{"急", "很急", "是急事", "urgent", "it's urgent"}})
	} else {
		v.options = append(v.options, Option{Key: optionCancel, Label: desk.T("option.cancel")})
	}
	return v
}

func (e *engine) twin() (desk.Ticket, bool) {
	if e.f.Twin == nil {
		return desk.Ticket{}, false
	}
	return e.f.Twin(e.c, e.answers())
}

func (e *engine) urgentLabel() desk.Text {
	if e.f.Urgent == nil {
		return desk.Text{}
	}
	return e.f.Urgent(e.c, e.answers())
}

// yesWords agree.
var yesWords = []string{
	"好", "好的", "是", "是的", "对", "对的", "没错", "可以", "行", "嗯", "确认", "确定", "没问题",
	"ok", "okay", "yes", "y", "yep", "sure", "confirm", "right", "correct", "fine",
}

func (e *engine) confirmChoice(key string) step {
	switch key {
	case "submit", "urgent", "join":
		e.answer(e.conv.Asked, key)
	case "change":
		e.partial("change", "1")
	default:
		e.change(strings.TrimPrefix(key, "c."))
	}
	return stepAsk
}

// change opens an answered question again. What was answered is kept aside, so
// that back restores it.
func (e *engine) change(name string) {
	at := slices.Index(e.conv.Order, name)
	dropped := e.unanswer(name)
	e.conv.Partial = map[string]string{"was": name}
	for dropped, values := range dropped {
		if len(values) > 0 {
			e.conv.Partial["was."+dropped] = values[0]
		}
	}
	if at < 0 {
		// It was never asked, such as a note that was skipped.
		delete(e.conv.Partial, "was")
	}
	if summary := e.answers().Get("summary"); name == "category" && summary != "" {
		// Another matter has another name; what was said of the first goes along.
		e.conv.Partial["called"] = summary
		delete(e.conv.Answers, "summary")
		e.remember(summary)
	}
	e.conv.Asked, e.moved = name, true
}

// restore puts the answers back that a change kept aside.
func (e *engine) restore() bool {
	name := e.conv.Partial["was"]
	if name == "" {
		return false
	}
	partial := e.conv.Partial
	if called := partial["called"]; called != "" {
		e.conv.Answers["summary"] = []string{called}
		e.conv.Answers["words"] = slices.DeleteFunc(slices.Clone(e.conv.Answers["words"]), func(w string) bool { return w == called })
	}
	if value, ok := partial["was."+name]; ok {
		e.answer(name, value)
	} else {
		e.answer(name)
	}
	for _, key := range slices.Sorted(maps.Keys(partial)) {
		if other, ok := strings.CutPrefix(key, "was."); ok && other != name {
			e.answer(other, partial[key])
		}
	}
	return true
}

// confirmWords takes a sentence before submitting: a correction of where or
// when, or something more to pass on.
func (e *engine) confirmWords(text string) step {
	got := maps.Clone(e.sentence(text))
	maps.DeleteFunc(got, func(name string, _ []string) bool { return name != "place" && name != "when" && name != "urgent" })
	asked, _ := e.question(e.conv.Asked)
	if e.merge(asked, got, true) {
		return e.told(desk.T("flow.changed"))
	}
	if e.remember(text) {
		return e.told(desk.T("flow.kept"))
	}
	return e.told(desk.T("flow.not_understood"))
}
