package flows

import (
	"maps"
	"slices"
	"time"

	"frontdesk/desk"
)

// said is a channel's time of some words.
type said = time.Time

// engine is one step of a conversation while it is worked out.
type engine struct {
	c    *Context
	f    Flow
	conv desk.Conversation
	out  desk.Effects
	// lead is said before the question.
	lead []desk.Text
	// edit is the message that a prompt replaces, toast the answer to a press.
	edit  string
	toast desk.Text
	// moved says that the question is another one although its name is not: it
	// gets a new message.
	moved bool
}

// newEngine works on copies: what was passed in never changes.
func newEngine(c *Context, f Flow, conv desk.Conversation) *engine {
	own := *c
	conv.Answers = maps.Clone(conv.Answers)
	if conv.Answers == nil {
		conv.Answers = map[string][]string{}
	}
	conv.Partial = maps.Clone(conv.Partial)
	conv.Order = slices.Clone(conv.Order)
	conv.Files = slices.Clone(conv.Files)
	own.kept = len(conv.Files)
	return &engine{c: &own, f: f, conv: conv}
}

func (e *engine) answers() Answers { return e.conv.Answers }

func (e *engine) question(name string) (Question, bool) {
	i := e.f.index(name)
	if i < 0 {
		return Question{}, false
	}
	return e.f.Questions[i], true
}

func (f Flow) index(name string) int {
	return slices.IndexFunc(f.Questions, func(q Question) bool { return q.Name == name })
}

// applies tells whether the question is asked at all, as things stand.
func (e *engine) applies(q Question) bool { return q.When == nil || q.When(e.c, e.answers()) }

// next is the position: the first question that applies and has no answer.
func (e *engine) next() (Question, bool) {
	for _, q := range e.f.Questions {
		if !e.answers().Has(q.Name) && e.applies(q) {
			return q, true
		}
	}
	return Question{}, false
}

// answer keeps an answer to a question.
func (e *engine) answer(name string, values ...string) {
	if values == nil {
		values = []string{}
	}
	e.conv.Answers[name] = values
	e.conv.Order = append(e.without(name), name)
	e.conv.Partial = nil
}

func (e *engine) without(name string) []string {
	return slices.DeleteFunc(e.conv.Order, func(n string) bool { return n == name })
}

// unanswer takes an answer back, and those of later questions that no longer
// apply without it.
func (e *engine) unanswer(name string) (dropped map[string][]string) {
	dropped = map[string][]string{name: e.conv.Answers[name]}
	e.drop(name)
	for _, q := range e.f.Questions[e.f.index(name)+1:] {
		if e.answers().Has(q.Name) && !e.applies(q) {
			dropped[q.Name] = e.conv.Answers[q.Name]
			e.drop(q.Name)
		}
	}
	return dropped
}

func (e *engine) drop(name string) {
	delete(e.conv.Answers, name)
	e.conv.Order = e.without(name)
}

// prune drops the answers of questions that do not apply any more, so that
// nothing that the person no longer sees is submitted.
func (e *engine) prune() {
	for _, q := range e.f.Questions {
		if e.answers().Has(q.Name) && !e.applies(q) {
			e.drop(q.Name)
		}
	}
}

// advance asks the next question, or finishes.
func (e *engine) advance() error {
	q, ok := e.next()
	if !ok || q.Confirm {
		e.prune()
		q, ok = e.next()
	}
	if !ok {
		return e.finish()
	}
	e.ask(q)
	return nil
}

// finish does what follows when all is answered. A refusal is shown, and the
// last question asked again; where nothing was asked, that is the end of it.
func (e *engine) finish() error {
	e.c.Files, e.c.said = e.conv.Files, e.conv.SaidAt
	outcome, err := e.f.Done(e.c, e.answers())
	if refusal, ok := desk.AsUserError(err); ok {
		if n := len(e.conv.Order); n > 0 {
			e.unanswer(e.conv.Order[n-1])
			e.lead = append(e.lead, refusal.Text)
			return e.advance()
		}
		e.end()
		e.say(refusal.Text, nil)
		return nil
	}
	if err != nil {
		return err
	}
	e.out.Add(outcome.Effects)
	if !outcome.Say.IsZero() {
		e.say(desk.Lines(append(e.lead, outcome.Say)...), outcome.Buttons)
		e.out.Messages[len(e.out.Messages)-1].Ticket = outcome.Ticket
	}
	if slices.ContainsFunc(outcome.Effects.Conversations, func(c desk.Conversation) bool { return c.Key == e.conv.Key }) {
		return nil // Another one has its place.
	}
	if outcome.Next != "" {
		return e.goOn(outcome)
	}
	if e.f.Late != nil && e.conv.Album != "" && e.c.Input.Album == e.conv.Album {
		e.conv.Asked = askedLate
		e.save()
		return nil
	}
	e.end()
	return nil
}

// askedLate stands in Asked when the conversation is over and only the rest of
// an album is still coming.
const askedLate = "!late"

// Active tells whether the conversation still waits for an answer. One that
// only collects the rest of an album does not.
func Active(conv desk.Conversation) bool { return conv.Asked != askedLate }

// goOn starts the flow that follows. It takes the place of the old one, so that
// the old one needs no end of its own.
func (e *engine) goOn(o Outcome) error {
	c := *e.c
	if o.Prefilled == nil || o.Afresh {
		c.Files = nil // what begins anew does not take the files of what is over
	}
	if changed := slices.IndexFunc(o.Effects.People, func(p desk.Person) bool { return p.ID == c.Person.ID }); changed >= 0 {
		c.Person = o.Effects.People[changed]
	}
	if len(o.Effects.Tickets) > 0 {
		c.World = changedWorld{World: c.World, tickets: o.Effects.Tickets}
	}
	next, err := begin(&c, o.Next, o.Prefilled)
	if err != nil {
		return err
	}
	for i := range next.Conversations {
		if o.Afresh {
			next.Conversations[i].Album = e.conv.Album // The rest of it is still coming.
		}
	}
	e.out.Add(next)
	return nil
}

// end ends the conversation, and its reminders.
func (e *engine) end() {
	e.out.Ended = append(e.out.Ended, e.conv.Key)
	e.out.Cancel = append(e.out.Cancel, remindKey(e.conv.Key), closeKey(e.conv.Key))
}

// save keeps the conversation and sets its reminders anew.
func (e *engine) save() {
	e.out.Conversations = append(e.out.Conversations, e.conv)
	e.out.Jobs = append(e.out.Jobs, dialogJobs(e.c.site(), e.conv)...)
	if e.conv.Reminded {
		e.out.Cancel = append(e.out.Cancel, remindKey(e.conv.Key))
	}
}

// say says something that is no question.
func (e *engine) say(t desk.Text, buttons [][]desk.Button) {
	e.out.Say(desk.Message{
		Chat: e.c.Chat, Lang: e.c.Lang, Text: t, Buttons: buttons,
		Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
	})
}
