package bot

import (
	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

// turn is the answer to one input while it is worked out. It reads through the
// transaction and returns effects; it writes nothing.
type turn struct {
	w          *storage.World
	wr         storage.Writer
	in         desk.Input
	understand flows.Understander
	// p is who acted, as the desk knows them now; changed says that the record
	// differs from the stored one.
	p   desk.Person
	out desk.Effects
	// known says that the desk knew them before.
	known bool
	// greeted says that the input was a phone number, and that this was answered.
	greeted bool
	// denied is the key of the refusal that was given, if there was one.
	denied string
}

func (t *turn) site() *desk.Site { return t.w.Site() }

// respond is the one path that every input takes.
func (t *turn) respond() (desk.Effects, error) {
	if t.in.From.Bot && !t.in.From.Anonymous {
		return desk.Effects{}, nil
	}
	if handled := t.chatEvent(); handled {
		return t.out, nil
	}
	if t.in.Kind == desk.InputFailed {
		return t.out, t.failedLater()
	}
	if t.in.From.Anonymous {
		return t.out, t.refused(t.anonymous())
	}
	t.identify()
	t.noticed()
	if t.in.Kind == desk.InputEntered {
		return t.out, t.refused(t.entered())
	}
	if t.in.Edited {
		return t.out, t.refused(t.edited())
	}
	if t.in.Press != nil {
		return t.out, t.refused(t.press())
	}
	if t.in.Chat.Kind == desk.ChatGroup {
		return t.out, t.refused(t.group())
	}
	if _, talking := t.conversation(); t.greeted && !talking {
		return t.out, nil
	}
	if t.danger() {
		return t.out, nil
	}
	if t.in.Command != "" {
		if handled, err := t.command(); handled || err != nil {
			return t.out, t.refused(err)
		}
	}
	err := t.refused(t.talk())
	if err == nil {
		t.doubt()
	}
	return t.out, err
}

// refused turns a refusal into what the person sees; other errors stay errors.
func (t *turn) refused(err error) error {
	user, ok := desk.AsUserError(err)
	if !ok {
		return err
	}
	t.denied = user.Text.Key
	if t.in.Press != nil {
		t.answer(user.Text)
		return nil
	}
	t.reply(user.Text)
	return nil
}

// reply answers in the same chat.
func (t *turn) reply(text desk.Text, rows ...[]desk.Button) {
	t.out.Say(desk.Message{
		Chat: t.in.Address(), Lang: t.lang(), Text: text, Buttons: rows,
		Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
	})
}

// replace answers a press by replacing the pressed message, so that its buttons
// cannot be pressed again.
func (t *turn) replace(text desk.Text, rows ...[]desk.Button) {
	t.out.Say(desk.Message{
		Chat: t.in.Address(), Lang: t.lang(), Text: text, Buttons: rows, Edit: t.in.Press.Ref,
		Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
	})
}

// private says something to the presser alone, wherever they pressed.
func (t *turn) private(text desk.Text, rows ...[]desk.Button) {
	t.out.Say(desk.Message{
		Person: t.p.ID, Text: text, Buttons: rows, Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
	})
}

// answer is the short notice that only the presser sees; once is enough.
func (t *turn) answer(text desk.Text) {
	for _, a := range t.out.Answers {
		if a.PressID == t.in.Press.ID {
			return
		}
	}
	t.out.Answers = append(t.out.Answers, desk.Answer{
		Channel: t.in.Channel, PressID: t.in.Press.ID, Chat: t.in.Address(), Lang: t.lang(), Text: text,
	})
}

// open answers a press by opening the private chat with a payload: the way to
// somebody who never started the bot.
func (t *turn) open(payload string) {
	t.out.Answers = append(t.out.Answers, desk.Answer{
		Channel: t.in.Channel, PressID: t.in.Press.ID, Chat: t.in.Address(), Lang: t.lang(),
		URL: t.site().Links[t.in.Channel] + payload,
	})
}

func (t *turn) lang() string {
	if t.p.Lang != "" {
		return t.site().Language(t.p.Lang)
	}
	if t.in.From.Lang != "" {
		return t.site().Language(t.in.From.Lang)
	}
	return t.site().Languages[0]
}

// actor is the person acting now.
func (t *turn) actor() desk.Actor {
	return desk.Actor{Person: t.p, Via: t.in.Channel, SaidAt: t.in.At}
}

// context is what a flow may look at; it always talks in private.
func (t *turn) context() *flows.Context {
	c := &flows.Context{
		World: t.w, Person: t.p, Chat: t.in.Address(), Lang: t.lang(), Input: t.in, Understand: t.understand, Texts: t.wr.Texts,
		Do: t.intent,
	}
	if t.in.Chat.Kind == desk.ChatGroup {
		c.Chat = t.in.Private()
		if a := t.p.Address(); !a.IsZero() {
			c.Chat = a
		}
	}
	return c
}

// start begins a conversation with what is already known.
func (t *turn) start(flow string, answers map[string][]string) error {
	out, err := flows.Start(t.context(), flow, answers)
	if err != nil {
		return err
	}
	if len(t.out.Answers) > 0 {
		out.Answers = nil // A press is answered once, and it was, in words.
	}
	t.out.Add(out)
	return nil
}

// conversation is the unfinished one of this private chat.
func (t *turn) conversation() (desk.Conversation, bool) {
	return t.w.Conversation(flows.Key(t.in.Address(), t.p.ID))
}
