package desk

import "time"

// Effects are what a rule wants to happen. They are values; storage.Apply
// writes all of them in one transaction, and nothing else writes.
type Effects struct {
	// Tickets are new or changed tickets, whole. Apply also marks the posts of
	// their cards for editing and brings their jobs up to date.
	Tickets []Ticket
	Events  []Event
	People  []Person
	// Posts are new posts of cards.
	Posts []Post
	// Menus opens a menu on a post (or closes it: empty menu).
	Menus []MenuChange
	// Messages are said once, to a person, a department or an address.
	Messages []Message
	// Answers answer presses.
	Answers []Answer
	// Jobs are set (a job with the same key is replaced), Cancel removes.
	Jobs   []Job
	Cancel []string

	Conversations []Conversation // saved
	Ended         []string       // conversation keys that are over

	Groups    []Group  // bound or changed
	Unbound   []string // addresses of groups no longer bound
	Moves     []Move   // groups that got a new id
	Invites   []Invite
	CallTasks []CallTask
	Notes     []Note

	Alarms   []Alarm   // raised or changed
	Unclear  []Unclear // sentences that were not understood
	Cleared  []string  // ids of those that are dealt with
	Taught   []Taught
	Untaught []string
	// Counted are digests to be kept; one that is kept already stays.
	Counted []Counts
	// Queries are searches to be gone on with; Resend names messages that were
	// given up and are to be tried once more.
	Queries []Query
	Resend  []string
	// Duty is written into the duty book.
	Duty DutyEntries
	// House is written into the house book.
	House HouseEntries
	// Meetings is written about the weekly meetings.
	Meetings MeetingEntries
	// Works is written about works, plans and announcements.
	Works WorkEntries
	// Rounds is written into the book of rounds.
	Rounds RoundEntries
	// Wrote are chats in which somebody wrote whose channel has a window: what was
	// held for them goes out. Lost names posts whose message did not arrive after
	// all, although it had been taken.
	Wrote []Address
	Lost  []string
	// Frames are what samples are drawn from, Entries new lines of their lists.
	Frames  []Frame
	Entries []FrameEntry

	// Sealed are the requesters of new anonymous tickets.
	Sealed []Seal
	// Morning is written into the morning book.
	Morning MorningEntries
	// Emergency is written into the book of emergencies.
	Emergency EmergencyEntries
	// Erasures is written into the ledger of erasures, and erases.
	Erasures ErasureEntries
}

// Add appends all of b to e.
func (e *Effects) Add(b Effects) {
	e.Tickets = append(e.Tickets, b.Tickets...)
	e.Events = append(e.Events, b.Events...)
	e.People = append(e.People, b.People...)
	e.Posts = append(e.Posts, b.Posts...)
	e.Menus = append(e.Menus, b.Menus...)
	e.Messages = append(e.Messages, b.Messages...)
	e.Answers = append(e.Answers, b.Answers...)
	e.Jobs = append(e.Jobs, b.Jobs...)
	e.Cancel = append(e.Cancel, b.Cancel...)
	e.Conversations = append(e.Conversations, b.Conversations...)
	e.Ended = append(e.Ended, b.Ended...)
	e.Groups = append(e.Groups, b.Groups...)
	e.Unbound = append(e.Unbound, b.Unbound...)
	e.Moves = append(e.Moves, b.Moves...)
	e.Invites = append(e.Invites, b.Invites...)
	e.CallTasks = append(e.CallTasks, b.CallTasks...)
	e.Notes = append(e.Notes, b.Notes...)
	e.Alarms = append(e.Alarms, b.Alarms...)
	e.Unclear = append(e.Unclear, b.Unclear...)
	e.Cleared = append(e.Cleared, b.Cleared...)
	e.Taught = append(e.Taught, b.Taught...)
	e.Untaught = append(e.Untaught, b.Untaught...)
	e.Counted = append(e.Counted, b.Counted...)
	e.Queries = append(e.Queries, b.Queries...)
	e.Resend = append(e.Resend, b.Resend...)
	e.Duty.add(b.Duty)
	e.Meetings.add(b.Meetings)
	e.Works.add(b.Works)
	e.Rounds.add(b.Rounds)
	e.House.add(b.House)
	e.Wrote = append(e.Wrote, b.Wrote...)
	e.Lost = append(e.Lost, b.Lost...)
	e.Frames = append(e.Frames, b.Frames...)
	e.Entries = append(e.Entries, b.Entries...)

	e.Sealed = append(e.Sealed, b.Sealed...)
	e.Morning.add(b.Morning)
	e.Emergency.add(b.Emergency)
	e.Erasures.add(b.Erasures)
}

// Say appends a message.
func (e *Effects) Say(m Message) { e.Messages = append(e.Messages, m) }

// Lane decides what goes out first.
type Lane int

// The lanes. A higher one may overtake a lower one; within a chat and a lane
// the order is kept.
const (
	LaneEmergency   Lane = iota
	LaneAnswer           // answers to presses: outside limits, dropped after 60 s
	LaneInteractive      // what somebody is waiting for
	LaneRoutine
)

// Class says what a message is for. It decides what happens when the outcome
// of sending is unknown (Repeats), and stands in the record of deliveries.
type Class string

// The classes.
const (
	ClassEmergency    Class = "emergency"
	ClassCard         Class = "card"
	ClassEdit         Class = "edit"
	ClassRegistration Class = "registration"
	ClassCallback     Class = "callback"
	ClassPrompt       Class = "prompt"
	ClassNotice       Class = "notice"
	ClassReminder     Class = "reminder"
	ClassDigest       Class = "digest"
	ClassToast        Class = "toast"
)

// Repeats tells whether a message of the class is sent again when it is not
// known whether the first attempt arrived: better twice than never, or the
// other way round.
func (c Class) Repeats() bool {
	switch c {
	case ClassEmergency, ClassCard, ClassEdit, ClassRegistration, ClassCallback, ClassPrompt:
		return true
	}
	return false
}

// Message is something to say once. Exactly one of Person, Department and Chat
// says to whom.
type Message struct {
	Person     string
	Department string
	Chat       Address

	Text    Text
	Buttons [][]Button
	Lane    Lane
	Class   Class
	Ticket  string // that it is about, for the record
	// Key makes the message unique: a second one with the same key is dropped.
	Key string
	// ReplyToCard makes it a reply to the ticket's card in that chat.
	ReplyToCard bool
	// Edit replaces this message in the same chat, where the channel can.
	Edit   string
	Silent bool
	Photos []File
	// File is sent with the text as its caption, and so is the picture of Chart, the
	// spreadsheet of Book or the page of Paper: a message has one of them.
	File  *Attachment
	Chart *Chart
	// Passing says how its ticket stands: once that has changed it is not said any
	// more, as with a reminder.
	Passing bool
	Book    *Book
	Paper   *Paper
	// NotBefore delays it: what many people get after a downtime is spread.
	NotBefore time.Time
	// Lang is the language when a Chat is named; empty means the site's first.
	Lang string
	// Ladder makes it a call to an emergency: it is withdrawn once somebody answers.
	Ladder string
}

// Urgent tells whether the message is about an emergency: it goes to every
// address of a person.
func (m Message) Urgent() bool { return m.Lane == LaneEmergency || m.Class == ClassEmergency }

// Answer answers a press: a short notice that only the presser sees. The zero
// Text just stops the spinner; URL opens a private chat.
type Answer struct {
	Channel string
	PressID string
	Text    Text
	Lang    string // rendered in this language
	Alert   bool
	URL     string
	// Chat is where the press was made.
	Chat Address
}

// Note is something the staff should see in a list: a refused or undeliverable
// message, a topic that was closed, a parked update.
type Note struct {
	ID     string            `json:"id"`
	At     time.Time         `json:"at"`
	Kind   string            `json:"kind"`
	Ticket string            `json:"ticket,omitempty"`
	Person string            `json:"person,omitempty"`
	Facts  map[string]string `json:"facts,omitempty"`
	// SeenBy and SeenAt are who has dealt with it, and when.
	SeenBy string    `json:"seen_by,omitempty"`
	SeenAt time.Time `json:"seen_at,omitzero"`
}

// Query is what somebody looked for, kept so that the pages can be turned: a
// button is too small for words.
type Query struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// Group is a chat bound to a department: where its cards go.
type Group struct {
	Address    Address   `json:"address"`
	Department string    `json:"department"`
	Title      string    `json:"title"`
	Lang       string    `json:"lang"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
	// Dead says why nothing can be posted (removed, topic closed, gone); empty
	// when it can.
	Dead string `json:"dead,omitempty"`
}

// Move says that a chat has a new id: a Telegram group that became a
// supergroup. Everything that points to it follows; the cards of open tickets
// are posted anew, because the old messages do not exist in the new chat.
type Move struct{ From, To Address }

// Invite is a one-time, short-lived link that grants a role.
type Invite struct {
	Code    string    `json:"code"`
	Role    Role      `json:"role"`
	By      string    `json:"by"`
	Expires time.Time `json:"expires"`
	UsedBy  string    `json:"used_by,omitempty"`
	UsedAt  time.Time `json:"used_at,omitzero"`
}
