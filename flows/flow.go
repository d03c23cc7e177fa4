package flows

import "frontdesk/desk"

// Flow is one conversation as data.
type Flow struct {
	// Name is stable: it stands in stored conversations and in buttons.
	Name      string
	Questions []Question
	// Photos says that photos and other files may come at any step and stick to
	// the conversation.
	Photos bool
	// Words says that what answers no question is kept and passed on as written:
	// nothing that is said while reporting something is lost.
	Words bool
	// Loose says that words which answer nothing are a first sentence again.
	Loose bool
	// Quiet conversations are neither reminded of nor closed with words.
	Quiet bool
	// Like are other flows whose guesses answer its questions as well.
	Like []string
	// Ticket says that it is about a ticket, whose id is the answer "ticket".
	Ticket bool
	// May says who may start it; nil means everybody.
	May func(desk.Person) bool
	// Home is the room that is offered first; nil means the person's own.
	Home func(*Context, Answers) string
	// Summary is what the confirm question shows.
	Summary func(*Context, Answers) desk.Text
	// Urgent gives the label of a button that submits as urgent, or the zero
	// text for none. Only flows with a confirm question use it.
	Urgent func(*Context, Answers) desk.Text
	// Twin finds an open ticket about the same, which the person may join instead;
	// nil means that there is never one. Only flows with a confirm question use it.
	Twin func(*Context, Answers) (desk.Ticket, bool)
	// Done says what follows when all is answered. A *desk.UserError is shown,
	// and the last question asked again.
	Done func(*Context, Answers) (Outcome, error)
	// Late takes the photos of an album that come after its first photo has
	// already finished the conversation; nil lets them go their usual way.
	Late func(*Context, Answers, []desk.File) (desk.Effects, error)
	// Cancelled is said when the person leaves; zero is the usual sentence.
	Cancelled desk.Text
	// Again is the command that starts it anew, offered after it was closed.
	Again string
}

// Question is one thing to be known. What can answer it follows from its
// fields; several may be set.
type Question struct {
	// Name is stable and unique within the flow: answers are kept under it.
	Name string
	// Ask is the question in words; nil means the text ask.<flow>.<name>.
	Ask func(*Context, Answers) desk.Text
	// Asked is what is written down when it is put; nil means nothing.
	Asked func(*Context, Answers) desk.Effects
	// Options are the choices; PerRow is how many buttons stand beside each
	// other, 2 by default, PerPage how many are shown at once, 24 by default.
	Options func(*Context, Answers) []Option
	PerRow  int
	PerPage int
	// Text takes free words, up to MaxRunes (2000 by default).
	Text     bool
	MaxRunes int
	// Place takes a place of the site: by buttons from building to room, or in
	// words.
	// With Wide, a building or a floor as a whole is a place too; with Floors a
	// floor is as far as one chooses; with Rooms, only rooms are offered.
	Place, Wide, Floors, Rooms bool
	// Several takes more than one place, where they are named in words: 1号楼、2号楼.
	Several bool
	// Photos collects until [Next] or another kind of input. With First, the
	// first photo answers.
	Photos bool
	First  bool
	// Slot takes a window of time that the site offers.
	Slot bool
	// Contact takes a phone number from the address book.
	Contact bool
	// Confirm shows the summary, and lets the person submit or change.
	Confirm bool
	// Leave says that an option already leaves everything as it is: the button
	// that cancels the conversation would only confuse.
	Leave bool
	// Optional questions can be skipped.
	Optional bool
	// When says whether it is asked at all; nil means always.
	When func(*Context, Answers) bool
	// Check may refuse an answer with a *desk.UserError, or change it.
	Check func(c *Context, a Answers, value string) (string, error)
	// Split takes apart what answers other questions as well: what is left for this
	// one, and the rest by question.
	Split func(value string) (own string, rest map[string]string)
	// Topic names it in the list of what can be changed; nil keeps it out.
	Topic func() desk.Text
}

// Option is one choice of a question. It is stored by its key, never by its
// label. Words are further ways to say it.
type Option struct {
	Key   string
	Label desk.Text
	Words []string
}

// Answers are what is known so far, by question. Some are no question's: the
// ticket that it is about, the summary, words said on the way.
type Answers map[string][]string

// Get gives the answer, or the empty string.
func (a Answers) Get(name string) string {
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// Others are the answers behind the first.
func (a Answers) Others(name string) []string {
	if len(a[name]) < 2 {
		return nil
	}
	return a[name][1:]
}

// Has tells whether the question is answered; a skipped one is, with nothing.
func (a Answers) Has(name string) bool { _, ok := a[name]; return ok }

// Outcome is what follows from a finished conversation.
type Outcome struct {
	Effects desk.Effects
	// Say is the last word to the person, with its buttons; may be zero.
	Say     desk.Text
	Buttons [][]desk.Button
	// Ticket is what it is about, for the record.
	Ticket string
	// Next is a flow that goes on at once, with answers already known.
	Next      string
	Prefilled map[string][]string
	// Afresh leaves the files behind: what goes on has its own.
	Afresh bool
}

// MaxRunes is how long free words may be where a question says nothing else.
const MaxRunes = 2000

// MaxFiles is how many files a conversation keeps.
const MaxFiles = desk.MaxFiles

// choices makes the options of a question that never change.
func choices(list ...Option) func(*Context, Answers) []Option {
	return func(*Context, Answers) []Option { return list }
}
