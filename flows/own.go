package flows

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// own does what one of the engine's own buttons does: no flow has to think of
// them.
func (e *engine) own(q Question, option string) step {
	switch {
	case option == optionBack:
		return e.back(q)
	case option == optionCancel:
		e.end()
		text := e.f.Cancelled
		if text.IsZero() {
			text = desk.T("flow.cancelled")
		}
		e.say(text, nil)
		return stepOver
	case option == optionSkip && q.Optional:
		e.answer(q.Name)
		return stepAsk
	case option == optionNext && q.Photos && !q.First && len(e.conv.Files) > 0:
		e.answer(q.Name, "photos")
		return stepAsk
	case option == optionNext && q.Optional:
		e.answer(q.Name)
		return stepAsk
	case option == optionNone && q.Place:
		delete(e.conv.Partial, "suggest")
		return stepAsk
	case strings.HasPrefix(option, optionPage):
		if page, err := strconv.Atoi(option[len(optionPage):]); err == nil && page >= 0 {
			e.partial("page", strconv.Itoa(page))
		}
		return stepAsk
	}
	return e.told(desk.T("flow.no_skip"))
}

// back takes the last step back: inside a place, out of the list of changes, out
// of a change, or to the question before.
func (e *engine) back(q Question) step {
	p := e.conv.Partial
	switch {
	case p["page"] != "" && p["page"] != "0":
		page, _ := strconv.Atoi(p["page"])
		e.partial("page", strconv.Itoa(page-1))
		return stepAsk
	case q.Place && e.placeBack():
		return stepAsk
	case p["change"] != "":
		e.conv.Partial = nil
		return stepAsk
	case e.restore():
		return stepAsk
	}
	before, ok := e.before(q)
	if !ok {
		return e.told(desk.T("flow.first"))
	}
	e.unanswer(before)
	e.conv.Partial = nil
	return stepAsk
}

// before is the question that was answered last among those that are asked
// before this one.
func (e *engine) before(q Question) (string, bool) {
	at := e.f.index(q.Name)
	for _, name := range slices.Backward(e.conv.Order) {
		if i := e.f.index(name); i >= 0 && i < at {
			return name, true
		}
	}
	return "", false
}

// canBack tells whether a way back is worth a button.
func (e *engine) canBack(q Question) bool {
	_, ok := e.before(q)
	return ok || len(e.conv.Partial) > 0
}

// partial keeps something within the question that is asked.
func (e *engine) partial(name, value string) {
	if e.conv.Partial == nil {
		e.conv.Partial = map[string]string{}
	}
	e.conv.Partial[name] = value
}

// ownCommand maps the engine's own commands to its options.
func ownCommand(command string) (string, bool) {
	switch command {
	case "back":
		return optionBack, true
	case "cancel":
		return optionCancel, true
	case "skip":
		return optionSkip, true
	case "next":
		return optionNext, true
	}
	return "", false
}

// ownWords are words that mean one of the engine's own buttons when they stand
// alone.
var ownWords = map[string]string{
	"返回": optionBack, "上一步": optionBack, "后退": optionBack, "退回": optionBack, "back": optionBack, "go back": optionBack,
	"取消": optionCancel, "算了": optionCancel, "不用了": optionCancel, "退出": optionCancel, "不报了": optionCancel,
	"cancel": optionCancel, "quit": optionCancel, "stop": optionCancel, "never mind": optionCancel, "nevermind": optionCancel,
	"跳过": optionSkip, "不填": optionSkip, "skip": optionSkip,
	"下一步": optionNext, "继续": optionNext, "next": optionNext, "continue": optionNext, "就这些": optionNext, "that's all": optionNext,
}

// ownWord finds one of them, in either language.
func ownWord(text string) (string, bool) {
	option, ok := ownWords[bare(text)]
	return option, ok
}

// bare is a text as it is compared with a word: folded, without the signs
// around it.
func bare(text string) string {
	return strings.Trim(desk.Fold(strings.TrimSpace(text)), " .,!?;:()[]\"'。…~")
}
