package flows

import "frontdesk/desk"

// Linkable tells whether a link may begin the flow with these answers filled in.
// A link fills in and never submits: what it begins still asks for a
// confirmation, or it fills in nothing. What is about a ticket has links of its
// own.
func Linkable(f Flow, answers map[string]string) bool {
	confirms := false
	for _, q := range f.Questions {
		confirms = confirms || q.Confirm
	}
	if f.Ticket || !confirms && len(answers) > 0 {
		return false
	}
	for name := range answers {
		i := f.index(name)
		if i < 0 || f.Questions[i].Confirm || f.Questions[i].Photos {
			return false
		}
	}
	return true
}

// FillPlace answers the place question of an unfinished conversation, whether it
// has been asked yet or not, as a scanned sticker does; the same place again
// just asks the open question again. handled is false where the conversation
// wants no place or has another one: then nothing was done.
func FillPlace(c *Context, conv desk.Conversation, place string, lead desk.Text) (out desk.Effects, handled bool, err error) {
	f, ok := Find(conv.Flow)
	if !ok || !Active(conv) {
		return desk.Effects{}, false, nil
	}
	e := newEngine(c, f, conv)
	for _, q := range f.Questions {
		if !q.Place {
			continue
		}
		switch {
		case e.answers().Get(q.Name) == place:
		case e.answers().Has(q.Name) || !e.applies(q):
			return desk.Effects{}, false, nil
		default:
			value, err := e.checked(q, place)
			if err != nil {
				return desk.Effects{}, false, nil //nolint:nilerr // The flow does not take this place.
			}
			partial := e.conv.Partial
			e.answer(q.Name, value)
			if e.conv.Asked != q.Name {
				e.conv.Partial = partial
			}
		}
		e.conv.Updated = c.World.Now()
		e.told(lead)
		if err := e.advance(); err != nil {
			return desk.Effects{}, false, err
		}
		return e.out, true, nil
	}
	return desk.Effects{}, false, nil
}
