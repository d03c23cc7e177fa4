package desk

import "time"

// InputKind says what came in.
type InputKind string

// The kinds of input. A channel's decoder maps everything that it can receive
// to one of them; what it does not know becomes InputOther, which still gets a
// helpful answer.
const (
	InputText     InputKind = "text"     // words, or a command
	InputPress    InputKind = "press"    // a button
	InputPhoto    InputKind = "photo"    // one photo; an album is several inputs with one Album
	InputFile     InputKind = "file"     // voice, video or any other file
	InputLocation InputKind = "location" // a point on the map
	InputContact  InputKind = "contact"  // a phone number from the address book
	InputSticker  InputKind = "sticker"  // a sticker, an animation, a poll: nothing a desk can use
	InputBlocked  InputKind = "blocked"  // the person stopped the bot
	InputReturned InputKind = "returned" // the person allowed the bot again
	InputAdded    InputKind = "added"    // the bot was added to a group
	InputRemoved  InputKind = "removed"  // the bot was removed from a group
	InputMigrated InputKind = "migrated" // the group has a new id: MigratedTo
	InputTopic    InputKind = "topic"    // a topic was closed or reopened: TopicClosed
	InputEntered  InputKind = "entered"  // the person opened the chat; Arg is what the link carried
	InputFailed   InputKind = "failed"   // the message Ref, taken before, did not arrive: Text says why
	InputOther    InputKind = "other"    // anything else
)

// ChatKind says who else reads a chat.
type ChatKind string

// The kinds of chat.
const (
	ChatPrivate ChatKind = "private"
	ChatGroup   ChatKind = "group"
)

// Input is one thing that came in from a channel, in the desk's own words. No
// wire type of a channel goes beyond that channel's decoder.
type Input struct {
	// Channel, Bot and UpdateID together identify the input for ever: the same
	// three are never handled twice.
	Channel  string `json:"channel"`
	Bot      string `json:"bot"`
	UpdateID string `json:"update_id"`

	Kind InputKind `json:"kind"`
	// At is the channel's time of the input, where clocks start. It is zero
	// when the channel does not say (a press on Telegram).
	At   time.Time `json:"at"`
	From Sender    `json:"from"`
	Chat InputChat `json:"chat"`

	// Ref names the message within its chat, so that it can be replied to.
	Ref string `json:"ref,omitempty"`
	// Text is the words: a message's text, a caption, or the label of a press.
	Text string `json:"text,omitempty"`
	// Command is the command in Text without slash and bot name, in lower case,
	// and Arg the rest of the line; empty when there is none.
	Command string `json:"command,omitempty"`
	Arg     string `json:"arg,omitempty"`

	Press *Press `json:"press,omitempty"`
	Files []File `json:"files,omitempty"`
	Album string `json:"album,omitempty"`
	// Phone is the number of a contact, only when it is the sender's own.
	Phone string `json:"phone,omitempty"`
	// ReplyTo names the message that this one replies to, if that was the bot's.
	ReplyTo   string `json:"reply_to,omitempty"`
	Forwarded bool   `json:"forwarded,omitempty"`
	// Edited marks a changed message. It never changes a ticket silently.
	Edited bool `json:"edited,omitempty"`

	MigratedTo  string `json:"migrated_to,omitempty"`
	TopicClosed bool   `json:"topic_closed,omitempty"`

	// Raw is the update as the channel sent it: kept only when handling it
	// panics again and again, so that somebody can look.
	Raw []byte `json:"-"`
}

// DedupeKey identifies the input among all that were ever received. It is a
// member of a set and never a high-water mark: update ids can start anew.
func (in Input) DedupeKey() string { return in.Channel + "/" + in.Bot + "/" + in.UpdateID }

// Sender is who acted, as the channel knows them.
type Sender struct {
	// ID is the platform's stable id of the person, never a changeable name.
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	// Lang is the language that the channel reports, such as zh-hans; may be empty.
	Lang string `json:"lang,omitempty"`
	// Bot marks another bot (its words are ignored), Anonymous somebody who
	// acts as the group itself: only their press tells who they are.
	Bot       bool `json:"bot,omitempty"`
	Anonymous bool `json:"anonymous,omitempty"`
}

// InputChat is where it was said.
type InputChat struct {
	ID     string   `json:"id"`
	Kind   ChatKind `json:"kind"`
	Thread string   `json:"thread,omitempty"`
	Title  string   `json:"title,omitempty"`
	// Public marks a group that anybody can find and read.
	Public bool `json:"public,omitempty"`
	// Members is how many people are in the group, where it was asked for.
	Members int `json:"members,omitempty"`
	// Forum marks a group with topics.
	Forum bool `json:"forum,omitempty"`
}

// Address is where an answer to the input goes.
func (in Input) Address() Address {
	return Address{Channel: in.Channel, ID: in.Chat.ID, Thread: in.Chat.Thread}
}

// Sender's private address: on every channel so far a person's private chat
// has the person's own id.
func (in Input) Private() Address { return Address{Channel: in.Channel, ID: in.From.ID} }

// Press is a button that somebody pressed.
type Press struct {
	// ID answers the press; it is short-lived (Telegram: 150 s).
	ID string `json:"id"`
	// Data is what the button carried. It is never trusted: who pressed and
	// what is allowed is checked each time.
	Data string `json:"data"`
	// Ref names the message with the button.
	Ref string `json:"ref,omitempty"`
}

// FileKind says what a file is.
type FileKind string

// The kinds of file.
const (
	FilePhoto FileKind = "photo"
	FileVoice FileKind = "voice"
	FileVideo FileKind = "video"
	FileOther FileKind = "file"
)

// File is a photo, a recording or another file. The ticket holds this record
// at once; the bytes are fetched later by a job, and Hash then names them.
type File struct {
	Kind FileKind `json:"kind"`
	// Channel and ID are how the channel names it, good for sending it again.
	Channel string `json:"channel"`
	ID      string `json:"id"`
	Unique  string `json:"unique,omitempty"`
	Name    string `json:"name,omitempty"`
	MIME    string `json:"mime,omitempty"`
	Size    int64  `json:"size,omitempty"`
	Hash    string `json:"hash,omitempty"`
	// Missing says why the bytes could not be had, once that is certain.
	Missing string `json:"missing,omitempty"`
}
