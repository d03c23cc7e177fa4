package flows

import "frontdesk/desk"

// Context is what a conversation may look at.
type Context struct {
	World  desk.World
	Person desk.Person  // who writes, up to date: effects that change the person start from it
	Chat   desk.Address // where the answer goes
	Lang   string
	Input  desk.Input
	// Understand reads sentences; nil understands nothing.
	Understand Understander
	// Texts lets labels be typed instead of pressed; nil knows only the keys.
	Texts desk.Texts
	// Do does what an intent wants with the words that were said, where that is more
	// than a flow. A conversation that it begins takes the place of the present one.
	Do func(intent, said string) (desk.Effects, error)
	// Files are the files of the conversation. The engine sets them.
	Files []desk.File
	// said is when the words came that the conversation is about.
	said said
	// kept is how many files the conversation has.
	kept int
}

// Understander makes sense of a sentence.
type Understander interface {
	// Understand lists what the text may mean, best first.
	Understand(text, language string) []Guess
	// Danger says of which kind of danger the text speaks, and by which words that
	// was heard; empty if of none.
	Danger(text string) (kind, why string)
	// Doubt says the same of a text that is no danger for sure and may be one.
	Doubt(text string) (kind, why string)
}

// Guess is one thing that a sentence may mean. Flow is an intent of package
// examples, or place: somewhere, without a matter. Those of repair and request
// start the flow of that name with Answers as they are. Score is from 0 to 1, and
// from Sure on it can be acted on. Why says what it was read from.
type Guess struct {
	Flow    string
	Answers map[string][]string
	Score   float64
	Why     string
}

// Sure is the score from which a guess can be acted on without asking. Most of
// what is acted on is shown before it happens.
const Sure = 0.3

// Key is the key of the conversation of a person in a chat.
func Key(chat desk.Address, person string) string { return chat.String() + " " + person }

func (c *Context) site() *desk.Site { return c.World.Site() }

// actor is the person as one who acts on a ticket.
func (c *Context) actor() desk.Actor {
	return desk.Actor{Person: c.Person, Via: c.Chat.Channel, SaidAt: c.Input.At}
}

func (c *Context) guesses(text string) []Guess {
	if c.Understand == nil {
		return nil
	}
	return c.Understand.Understand(text, c.Lang)
}
