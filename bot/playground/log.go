package playground

import (
	"slices"
	"time"

	"frontdesk/desk"
)

// EntryKind says what happened.
type EntryKind string

// The kinds of entry. The first three are of the desk, the others of people.
const (
	Sent     EntryKind = "sent"     // the desk sent a message
	Edited   EntryKind = "edited"   // the desk changed one in place
	Answered EntryKind = "answered" // the desk answered a press: only the presser sees it
	Said     EntryKind = "said"     // somebody wrote, or sent a photo
	Pressed  EntryKind = "pressed"  // somebody pressed a button
	Event    EntryKind = "event"    // something happened to a chat
)

// Entry is one line of the log: what everybody saw and did, in order.
type Entry struct {
	At   time.Time
	Kind EntryKind
	Chat desk.Address
	// Person acted, or saw the answer to a press; empty for the desk's messages.
	Person string
	// Message is the message as it was then: sent, edited, said or pressed on.
	Message Message
	// Text is the label of a press or the words of an answer; URL what an answer
	// opened, Alert that it has to be closed.
	Text  string
	URL   string
	Alert bool
	// Press names the press that was made or answered.
	Press string
}

func (c *Channel) note(e Entry) {
	e.At = c.now()
	c.log = append(c.log, e)
	c.wake()
}

// Wake lets those who follow the playground look again: something that is not in
// the log has changed, such as the clock.
func (c *Channel) Wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wake()
}

func (c *Channel) wake() {
	close(c.news)
	c.news = make(chan struct{})
}

// since gives the log from its n-th entry on, and what is closed when there is
// more to see.
func (c *Channel) since(n int) ([]Entry, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Entry(nil), c.log[min(n, len(c.log)):]...), c.news
}

// led is the address to which the answer to a press leads; empty if to none.
func (c *Channel) led(press string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range slices.Backward(c.log) {
		if e.Kind == Answered && e.Press == press {
			return e.URL
		}
	}
	return ""
}

// seen is a message as it stood in a chat at some time, when it had a button
// with that data: somebody may press what they saw.
func (c *Channel) seen(ref, data string) (Message, desk.DrawnMark, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range slices.Backward(c.log) {
		if e.Message.Ref != ref || e.Kind != Sent && e.Kind != Edited {
			continue
		}
		for _, row := range e.Message.Buttons {
			for _, b := range row {
				if b.Data == data {
					return e.Message, b, true
				}
			}
		}
	}
	return Message{}, desk.DrawnMark{}, false
}

// Log is everything that happened so far, in order.
func (c *Channel) Log() []Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Entry(nil), c.log...)
}

// LogSince is what happened since the log had n entries, for who reads it as it
// grows: a month of it is long.
func (c *Channel) LogSince(n int) []Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Entry(nil), c.log[min(n, len(c.log)):]...)
}
