package desk

import "time"

// PostKind says for whom a post of a ticket's card is drawn.
type PostKind string

// The kinds of post. One ticket has one card; each post draws the same facts
// for other eyes.
const (
	PostGroup     PostKind = "group"     // the department's group: place, fault, time and state only
	PostTaker     PostKind = "taker"     // the taker in private: also name, entry, words
	PostRequester PostKind = "requester" // the resident
	PostJoined    PostKind = "joined"    // somebody who reported the same: fault, place and state only
	PostDesk      PostKind = "desk"      // an operator or manager who looked it up
	PostList      PostKind = "list"      // a morning list of several tickets
	// PostMember is for an employee on duty whose department has no group with
	// buttons on their network: in private, what the group would see, with its
	// buttons.
	PostMember PostKind = "member"
	// PostCall is for who should phone the requester: with the number until there is
	// a result.
	PostCall PostKind = "call"
	// PostLeavers is the list of an inspector's day.
	PostLeavers PostKind = "leavers"
)

// Post is one message in which a card is shown, on one channel. It is edited in
// place whenever the ticket changes.
type Post struct {
	ID      string   `json:"id"`
	Kind    PostKind `json:"kind"`
	Ticket  string   `json:"ticket,omitempty"`
	Tickets []string `json:"tickets,omitempty"` // of a list
	// Morning is what else the department has before it, on its first list of the
	// day.
	Morning *Morning `json:"morning,omitempty"`
	// Leavers is what a list of an inspector's day is of; Tickets are then the keys of
	// its buildings, see VisitsKey.
	Leavers *VisitList `json:"leavers,omitempty"`
	// Department, or Person, is who it is for; Chat where it stands.
	Department string  `json:"department,omitempty"`
	Person     string  `json:"person,omitempty"`
	Chat       Address `json:"chat"`
	Lang       string  `json:"lang"`
	// Ref is the channel's name of the message; empty until it was sent.
	Ref string `json:"ref,omitempty"`
	// Menu is the open menu of the post, such as pause or pause.parts.
	Menu string `json:"menu,omitempty"`
	// Want counts the changes that should be seen, Shown those that are.
	Want  int `json:"want"`
	Shown int `json:"shown"`
	// Superseded posts keep their words and lose their buttons: the taker
	// changed, or the group did.
	Superseded bool      `json:"superseded,omitempty"`
	Created    time.Time `json:"created"`
	Lane       Lane      `json:"lane"`
	// Queued is the outgoing row that will show the newest state; a pending edit
	// keeps its place.
	Queued string `json:"queued,omitempty"`
	// Hash is of what is shown, so that nothing is sent twice the same.
	Hash string `json:"hash,omitempty"`
	// Posted is when the message that shows it was sent: from then on it can be
	// replaced for so long as the channel can. Frozen says that the channel no
	// longer can, although the message is there.
	Posted time.Time `json:"posted,omitzero"`
	Frozen bool      `json:"frozen,omitempty"`
	// Gist is what the message tells its reader that matters: a message that cannot
	// be replaced is followed by a new one only when that is something else.
	Gist string `json:"gist,omitempty"`
	// Gone says why it can no longer be edited.
	Gone string `json:"gone,omitempty"`
}

// Stands tells whether a message shows the post: some channels give it no name.
func (p Post) Stands() bool { return p.Ref != "" || !p.Posted.IsZero() }

// Lose forgets the message that shows the post, when it is not there any more: the
// next one is sent anew.
func (p *Post) Lose() {
	p.Ref, p.Hash, p.Gist, p.Posted, p.Frozen = "", "", "", time.Time{}, false
}

// MenuChange opens or closes the menu of a post.
type MenuChange struct {
	Post string
	Menu string
}

// Drawn is a message as a channel shows it: words in one language, buttons as
// labels. It is what the outbox hands to a channel.
type Drawn struct {
	Text    string        `json:"text"`
	Buttons [][]DrawnMark `json:"buttons,omitempty"`
	Photos  []File        `json:"photos,omitempty"`
	// File is a file that the desk has made; Chart, Book and Paper become one when it
	// is sent.
	File    *Attachment `json:"file,omitempty"`
	Chart   *DrawnChart `json:"chart,omitempty"`
	Book    *DrawnBook  `json:"book,omitempty"`
	Paper   *DrawnPaper `json:"paper,omitempty"`
	ReplyTo string      `json:"reply_to,omitempty"`
	Silent  bool        `json:"silent,omitempty"`
	// Edit names the message to be replaced.
	Edit string `json:"edit,omitempty"`
	// Key is the same in every attempt to send this message and in no other
	// message: a channel that can recognise a repetition passes it on. It is at most
	// 32 characters of A-Za-z0-9_-, and no part of what is seen.
	Key string `json:"-"`
}

// Attachment is a file that the desk has made. Its bytes wait in the outbox, so
// it is small: some hundred kilobytes at most.
type Attachment struct {
	Name string `json:"name"`
	MIME string `json:"mime"`
	Body []byte `json:"body"`
}

// DrawnMark is a button in words.
type DrawnMark struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"`
	URL   string `json:"url,omitempty"`
}

// Capabilities are what a channel can do. The core asks for them and never for
// the channel's name.
type Capabilities struct {
	// EditAnytime, or EditFor after a message was sent, it can be replaced by
	// another. Neither: what was sent stays as it is.
	EditAnytime bool
	EditFor     time.Duration
	// EditsLimited tells that replacing can run out before EditFor is over: the
	// channel then says NoMessage.
	EditsLimited bool
	// GroupButtons tells that a group's message can have buttons whose presses come
	// back. Without, every member on duty is shown the card in private.
	GroupButtons bool
	// NoPrivate marks a channel of groups alone.
	NoPrivate bool
	// MakesGroups tells that the desk makes the groups of departments there by itself.
	MakesGroups bool
	// NoReply tells that a message cannot be made a reply to another.
	NoReply bool
	// MaxText is in UTF-16 units, or in bytes with TextInBytes.
	MaxText       int
	TextInBytes   bool
	MaxButtons    int // of one message; more are numbered in its text
	ButtonsPerRow int
	// PressLife is how long a press can be answered. AnswerIsMessage tells that the
	// answer is an ordinary message, so that one without words is not sent.
	PressLife       time.Duration
	AnswerIsMessage bool
	// WriteFirst tells that the channel delivers to people who never wrote.
	WriteFirst bool
	// PushWindow is how long after a person's last message they can be written to,
	// and PushMost how often within it; zero means always.
	PushWindow time.Duration
	PushMost   int
	// MediaLife is how long the bytes of a file that came in can be fetched; zero
	// means as long as the desk keeps the ticket.
	MediaLife time.Duration
}
