package desk

import "strings"

// Address is a place on a channel to which a message can be sent: a person's
// private chat, a group, or one topic of a group. Its written form is
// channel:id or channel:id/thread, for example telegram:-100200/7.
type Address struct {
	Channel string `json:"channel"`
	ID      string `json:"id"`
	// Thread is the topic of a forum group; empty means the group itself (and
	// for Telegram also the General topic, which takes no thread id).
	Thread string `json:"thread,omitempty"`
}

// ParseAddress reads the written form. ok is false when the channel or the id
// is missing.
func ParseAddress(s string) (a Address, ok bool) {
	channel, rest, found := strings.Cut(s, ":")
	if !found || channel == "" || rest == "" {
		return Address{}, false
	}
	id, thread, _ := strings.Cut(rest, "/")
	return Address{Channel: channel, ID: id, Thread: thread}, id != ""
}

func (a Address) String() string {
	s := a.Channel + ":" + a.ID
	if a.Thread != "" {
		s += "/" + a.Thread
	}
	return s
}

// IsZero tells whether there is no address.
func (a Address) IsZero() bool { return a == Address{} }

// Chat is the address without its topic: limits count by chat.
func (a Address) Chat() Address { return Address{Channel: a.Channel, ID: a.ID} }
