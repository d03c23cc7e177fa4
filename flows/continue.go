package flows

import (
	"strings"

	"frontdesk/desk"
)

// Continue hands an input to an unfinished conversation. handled is false when
// the input is not for it: another command, a button of something else, or a
// sentence that plainly wants something else; then nothing was done, and the
// press, if it was one, is not answered. Otherwise all follows from the effects,
// with the answer to the press among them. Danger is looked for before this is
// called, not here.
func Continue(c *Context, conv desk.Conversation, in desk.Input) (out desk.Effects, handled bool, err error) {
	own := *c
	in.Text, in.Phone = storable(in.Text), storable(in.Phone)
	own.Input = in
	f, ok := Find(conv.Flow)
	e := newEngine(&own, f, conv)
	e.conv.Updated = c.World.Now()
	if !in.At.IsZero() {
		e.conv.SaidAt = in.At
	}
	if !ok {
		// A newer program no longer has the flow: say so rather than be silent.
		e.end()
		e.say(desk.T("flow.gone"), nil)
		e.out.Add(answerPress(&own, in, desk.Text{}))
		return e.out, true, nil
	}
	s, err := e.take(in)
	if err != nil || s == stepNot {
		return desk.Effects{}, false, err
	}
	if err := e.settle(s); err != nil {
		return desk.Effects{}, false, err
	}
	e.out.Add(answerPress(&own, in, e.toast))
	return e.out, true, nil
}

// storable is a text as it can be stored: valid UTF-8 without U+0000.
func storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// Stale answers the press of a button whose conversation is over.
func Stale(c *Context) desk.Effects {
	return answerPress(c, c.Input, desk.T("flow.over"))
}

// step is what an input came to.
type step int

const (
	stepAsk    step = iota // ask what is open now: the next question, or the same again
	stepSilent             // kept, with nothing to say
	stepOver               // the conversation has ended, and all is said
	stepNot                // the input is not for this conversation
)

func (e *engine) settle(s step) error {
	switch s {
	case stepAsk:
		return e.advance()
	case stepSilent:
		e.save()
	}
	return nil
}

// take decides what an input means for the question that was asked.
func (e *engine) take(in desk.Input) (step, error) {
	if !Active(e.conv) {
		return e.late(in)
	}
	if in.Kind == desk.InputPress {
		return e.press(in), nil
	}
	q, ok := e.question(e.conv.Asked)
	if !ok || e.answers().Has(q.Name) || !e.applies(q) {
		// The program changed under the conversation. What was said is kept, and
		// what is open now is asked.
		if !receives(in.Kind) {
			return stepNot, nil
		}
		e.remember(in.Text)
		e.keep(in.Files)
		return e.told(desk.T("flow.again")), nil
	}
	if in.Edited {
		return e.told(desk.T("flow.edited")), nil
	}
	switch in.Kind {
	case desk.InputText:
		if option, own := ownCommand(in.Command); own {
			return e.own(q, option), nil
		}
		if in.Command != "" {
			return stepNot, nil
		}
		return e.words(q, in.Text), nil
	case desk.InputPhoto, desk.InputFile:
		return e.files(q, in), nil
	case desk.InputContact:
		if q.Contact && in.Phone != "" {
			return e.words(q, in.Phone), nil
		}
		return e.told(desk.T("flow.no_contact")), nil
	case desk.InputLocation:
		if q.Place {
			return e.told(desk.T("flow.no_map")), nil
		}
		return e.told(desk.T("flow.cannot_use")), nil
	case desk.InputSticker, desk.InputOther:
		return e.told(desk.T("flow.cannot_use")), nil
	}
	return stepNot, nil
}

// receives tells whether the kind of input is something that a person said.
func receives(k desk.InputKind) bool {
	switch k {
	case desk.InputText, desk.InputPhoto, desk.InputFile, desk.InputContact, desk.InputLocation,
		desk.InputSticker, desk.InputOther:
		return true
	}
	return false
}

// told says something before the question is asked again.
func (e *engine) told(t desk.Text) step {
	e.lead = append(e.lead, t)
	return stepAsk
}

// late takes what still comes of an album whose first photo ended the
// conversation.
func (e *engine) late(in desk.Input) (step, error) {
	if in.Kind != desk.InputPhoto || in.Album == "" || in.Album != e.conv.Album || e.f.Late == nil {
		return stepNot, nil
	}
	effects, err := e.f.Late(e.c, e.answers(), in.Files)
	if _, refused := desk.AsUserError(err); err != nil && !refused {
		return stepNot, err
	}
	e.out.Add(effects)
	return stepSilent, nil
}

// press is a button of a conversation: of this one's last prompt, or an old one.
func (e *engine) press(in desk.Input) step {
	id, count, option, ok := parseToken(in.Press.Data)
	if !ok {
		return stepNot
	}
	if id != e.conv.ID || count != e.conv.Count {
		return e.stale(id == e.conv.ID && count == e.conv.Count-1)
	}
	q, ok := e.question(e.conv.Asked)
	if !ok || e.answers().Has(q.Name) || !e.applies(q) {
		return e.told(desk.T("flow.again"))
	}
	e.edit = in.Press.Ref
	if strings.HasPrefix(option, "!") {
		return e.own(q, option)
	}
	for _, o := range e.view(q).options {
		if o.Key == option || hashed(o.Key) == option {
			return e.choose(q, o.Key)
		}
	}
	if q.Slot {
		// It was offered, and its time has passed meanwhile.
		return e.told(desk.T("flow.slot_over"))
	}
	return e.stale(false)
}

// stale answers an old button kindly. One tapped twice needs no more than that;
// otherwise the open question may have scrolled away and is asked again.
func (e *engine) stale(twice bool) step {
	e.toast = desk.T("flow.stale")
	if twice {
		return stepSilent
	}
	return stepAsk
}
