package flows

import "frontdesk/desk"

// Start begins a flow with what is already known and asks the first question
// that is open; a flow with nothing to ask is done at once. It takes the place
// of the person's unfinished conversation in that chat, if there is one. If the
// input was a press, it is answered. An error is never a refusal: those are
// said.
func Start(c *Context, flow string, prefilled map[string][]string) (desk.Effects, error) {
	out, err := begin(c, flow, prefilled)
	if err != nil {
		return desk.Effects{}, err
	}
	out.Add(answerPress(c, c.Input, desk.Text{}))
	return out, nil
}

func begin(c *Context, flow string, prefilled map[string][]string) (desk.Effects, error) {
	f, ok := Find(flow)
	now := c.World.Now()
	e := newEngine(c, f, desk.Conversation{
		Key: Key(c.Chat, c.Person.ID), ID: c.World.NewID(), Person: c.Person.ID, Chat: c.Chat, Flow: f.Name,
		Started: now, Updated: now, SaidAt: c.Input.At, Files: c.Files,
	})
	if !ok || f.May != nil && !f.May(c.Person) {
		e.say(desk.T("flow.not_yours"), nil)
		return e.out, nil
	}
	if _, found := c.World.Ticket(Answers(prefilled).Get("ticket")); f.Ticket && !found {
		e.say(desk.T("flow.no_ticket"), nil)
		return e.out, nil
	}
	for name, values := range prefilled {
		kept := make([]string, len(values))
		for i, v := range values {
			kept[i] = storable(v)
		}
		e.conv.Answers[name] = kept
	}
	for _, q := range f.Questions {
		value, known := e.conv.Answers[q.Name]
		if !known {
			continue
		}
		delete(e.conv.Answers, q.Name)
		for _, v := range value[:min(1, len(value))] {
			// A prefilled answer is checked like any other; a bad one is asked for.
			if _, err := e.checked(q, v); err == nil {
				e.answer(q.Name, v)
			}
		}
	}
	if f.Photos {
		e.keep(c.Input.Files)
		e.conv.Album = c.Input.Album
	}
	if err := e.advance(); err != nil {
		return desk.Effects{}, err
	}
	return e.out, nil
}

// Reprompt asks the open question again in a new message, for example after a
// downtime. It does not count as something that the person did: reminders stay
// as they were.
func Reprompt(c *Context, conv desk.Conversation) (desk.Effects, error) {
	return again(c, conv, desk.Text{})
}

func again(c *Context, conv desk.Conversation, lead desk.Text) (desk.Effects, error) {
	f, ok := Find(conv.Flow)
	e := newEngine(c, f, conv)
	switch {
	case !ok:
		e.end()
		return e.out, nil
	case !Active(conv):
		return desk.Effects{}, nil
	case !lead.IsZero():
		e.lead = append(e.lead, lead)
	}
	if err := e.advance(); err != nil {
		return desk.Effects{}, err
	}
	return e.out, nil
}

// Back takes the last step back, as the button does.
func Back(c *Context, conv desk.Conversation) (desk.Effects, error) {
	return act(c, conv, optionBack)
}

// Cancel ends the conversation at the person's wish.
func Cancel(c *Context, conv desk.Conversation) (desk.Effects, error) {
	return act(c, conv, optionCancel)
}

// act does what one of the engine's own buttons does.
func act(c *Context, conv desk.Conversation, option string) (desk.Effects, error) {
	f, ok := Find(conv.Flow)
	e := newEngine(c, f, conv)
	if !ok {
		e.end()
		e.say(desk.T("flow.cancelled"), nil)
	} else {
		q, _ := e.question(conv.Asked)
		if err := e.settle(e.own(q, option)); err != nil {
			return desk.Effects{}, err
		}
	}
	e.out.Add(answerPress(c, c.Input, e.toast))
	return e.out, nil
}

// answerPress answers the press that an input was, if it was one.
func answerPress(c *Context, in desk.Input, t desk.Text) desk.Effects {
	if in.Press == nil || in.Press.ID == "" {
		return desk.Effects{}
	}
	return desk.Effects{Answers: []desk.Answer{{
		Channel: in.Channel, PressID: in.Press.ID, Chat: in.Address(), Lang: c.Lang, Text: t,
	}}}
}
