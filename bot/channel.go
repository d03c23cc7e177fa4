package bot

import (
	"context"
	"fmt"
	"io"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Receiver is what a channel hands its inputs to. Handler is the one of the
// program.
type Receiver interface {
	// Handle handles inputs in order (those of different people side by side)
	// and returns nil once all of them are committed. Only then may the channel
	// acknowledge them. rows, if not nil, is written in the same transaction as
	// the last input: a cursor or an offset. An error means: not acknowledged,
	// deliver again; what was already committed is recognised then.
	Handle(ctx context.Context, inputs []desk.Input, rows func(*storage.Tx) error) error
}

// Channel is one network on which people talk with the desk. All methods may
// be called from several goroutines.
type Channel interface {
	// Name is the stable name in addresses, such as telegram.
	Name() string
	Capabilities() desk.Capabilities
	// Limits are how much the channel takes.
	Limits() LimitNumbers
	// Send sends a message, or replaces the one named by m.Edit, and returns
	// the message's name in that chat. An error is a *SendError.
	Send(ctx context.Context, chat desk.Address, m desk.Drawn) (ref string, err error)
	// Answer answers a press; text and url may be empty. An error is a
	// *SendError; an answer that came too late is a success.
	Answer(ctx context.Context, pressID, text, url string, alert bool) error
	// Fetch opens the bytes of a file that came in. The caller closes it.
	Fetch(ctx context.Context, f desk.File) (io.ReadCloser, error)
	// Chat tells about a group: what /link shows before it binds it.
	Chat(ctx context.Context, a desk.Address) (ChatInfo, error)
	// Commands sets the menu of commands that a person (or, with the zero
	// address, everybody in private) is shown.
	Commands(ctx context.Context, scope CommandScope) error
}

// Windowed is a channel with a window (Capabilities.PushWindow): a person can be
// written to only for some time after they last wrote, and only so often. The
// channel counts by itself, in tables of its own.
type Windowed interface {
	// Window reads how a person's window stands, in the caller's transaction.
	Window(tx *storage.Tx, a desk.Address) (Window, error)
}

// Window is until when a person can be written to, and how many messages are
// left. The zero value is shut.
type Window struct {
	Until time.Time
	Left  int
}

// ChatInfo is what a channel tells about a group.
type ChatInfo struct {
	Title   string
	Members int
	Public  bool // anybody can find and read it
	Forum   bool
}

// CommandScope is a menu of commands for one audience.
type CommandScope struct {
	// Chat is the private chat of one person; zero means everybody's. Groups
	// means all groups.
	Chat   desk.Address
	Groups bool
	// Lang is empty for the menu shown where no other language fits.
	Lang     string
	Commands []CommandLine
}

// CommandLine is one command with its description in words.
type CommandLine struct{ Name, Description string }

// Reason says why something could not be sent.
type Reason string

// The reasons. Each leads to a defined state that staff can see.
const (
	Blocked     Reason = "blocked"      // the person stopped the bot, never started it, or is gone
	Gone        Reason = "gone"         // the chat does not exist, or the bot is not in it
	Limited     Reason = "limited"      // too many messages: wait RetryAfter, this chat alone
	Refused     Reason = "refused"      // the message itself is not accepted
	Moved       Reason = "moved"        // the group has a new id: MovedTo
	TopicClosed Reason = "topic_closed" // the topic is closed or deleted
	NoMessage   Reason = "no_message"   // the message to edit, or to reply to, is not there
	Network     Reason = "network"      // no connection was made: certainly not sent
	Server      Reason = "server"       // the server said it failed: certainly not sent
	Unknown     Reason = "unknown"      // sent or not: nobody knows
	Auth        Reason = "auth"         // the token is not accepted
	Outside     Reason = "outside"      // not among those whom the bot may write to, or no longer there
	Unlicensed  Reason = "unlicensed"   // nobody bought the person's licence for being written to
	Untrusted   Reason = "untrusted"    // the server does not accept calls from this machine's address
	Closed      Reason = "closed"       // the person must write first: the window is shut or used up
)

// SendError is why a message was not sent.
type SendError struct {
	Reason     Reason
	RetryAfter time.Duration
	MovedTo    string
	Err        error
}

func (e *SendError) Error() string { return fmt.Sprintf("send: %s: %v", e.Reason, e.Err) }

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Err }

// Retry tells whether sending the same again can make sense.
func (e *SendError) Retry() bool {
	switch e.Reason {
	case Limited, Network, Server, Unknown, Auth, Untrusted:
		return true
	}
	return false
}
