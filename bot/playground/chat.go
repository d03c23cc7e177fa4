package playground

import (
	"cmp"
	"slices"
	"time"

	"frontdesk/desk"
)

// chat is a private chat or a group, with its messages.
type chat struct {
	address desk.Address
	kind    desk.ChatKind
	title   string
	members []*Person
	// open says that the desk may write: the person wrote first, or the desk was
	// added to the group.
	open     bool
	messages []*Message
}

// Message is one message as it stands in a chat now.
type Message struct {
	Ref    string
	Chat   desk.Address
	Person string // who wrote it; empty is the desk
	At     time.Time
	// Text, Buttons and Photos are those of the last edit.
	Text     string
	Buttons  [][]desk.DrawnMark
	Photos   []desk.File
	File     *desk.Attachment
	ReplyTo  string
	Silent   bool
	Edits    int
	EditedAt time.Time
	// Numbered are the options of a list, which are chosen by their number: on the
	// second network, where a card has few buttons. Card marks one of those, and
	// Codes is how often it can still be replaced.
	Numbered []desk.DrawnMark
	Card     bool
	Codes    int
}

// Button finds a button by its label.
func (m Message) Button(label string) (desk.DrawnMark, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Label == label {
				return b, true
			}
		}
	}
	return desk.DrawnMark{}, false
}

// cards tells whether the chat is on the second network.
func (ch *chat) cards() bool { return ch.address.Channel == CardsName }

func (ch *chat) find(ref string) *Message {
	i := slices.IndexFunc(ch.messages, func(m *Message) bool { return m.Ref == ref })
	if ref == "" || i < 0 {
		return nil
	}
	return ch.messages[i]
}

// put appends a message to a chat.
func (c *Channel) put(ch *chat, m Message) *Message {
	m.Ref, m.Chat, m.At = number(&c.refs), ch.address, c.now()
	ch.messages = append(ch.messages, &m)
	return &m
}

// Screen is what the readers of a chat see now, oldest first.
func (c *Channel) Screen(a desk.Address) []Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch, ok := c.chats[a.ID]
	if !ok {
		return nil
	}
	screen := make([]Message, len(ch.messages))
	for i, m := range ch.messages {
		screen[i] = *m
	}
	return screen
}

// Person makes somebody with a private chat, or finds them. lang is what their
// client reports, such as zh-hans.
func (c *Channel) Person(id, name, lang string) *Person { return c.join(c.opts.Name, id, name, lang) }

func (c *Channel) join(network, id, name, lang string) *Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.people[id]; ok {
		return p
	}
	p := &Person{c: c, network: network, id: id, name: name, lang: lang}
	c.people[id] = p
	c.chats[id] = &chat{address: p.Private(), kind: desk.ChatPrivate, title: name, members: []*Person{p}, open: network == CardsName}
	return p
}

// People lists everybody, by id.
func (c *Channel) People() []*Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []*Person
	for _, p := range c.people {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *Person) int { return cmp.Compare(a.id, b.id) })
	return list
}

// Group makes a group with its members. The desk is not in it until somebody
// adds it.
func (c *Channel) Group(id, title string, members ...*Person) desk.Address {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := desk.Address{Channel: c.opts.Name, ID: id}
	c.chats[id] = &chat{address: a, kind: desk.ChatGroup, title: title, members: members}
	return a
}

// Groups lists the groups, by id.
func (c *Channel) Groups() []desk.Address {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []desk.Address
	for _, ch := range c.chats {
		if ch.kind == desk.ChatGroup {
			list = append(list, ch.address)
		}
	}
	slices.SortFunc(list, func(a, b desk.Address) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Join lets somebody into a group.
func (c *Channel) Join(group desk.Address, p *Person) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch, ok := c.chats[group.ID]; ok && !slices.Contains(ch.members, p) {
		ch.members = append(ch.members, p)
	}
}

// Title is what a chat is called: a group's title, or a person's name.
func (c *Channel) Title(a desk.Address) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch, ok := c.chats[a.ID]; ok {
		return ch.title
	}
	return a.String()
}

// person finds somebody by id.
func (c *Channel) person(id string) (*Person, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.people[id]
	return p, ok
}

// acting finds somebody and a chat that they are in.
func (c *Channel) acting(person, id string) (*Person, desk.Address, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.people[person]
	ch, there := c.chats[id]
	if !ok || !there || !slices.Contains(ch.members, p) {
		return nil, desk.Address{}, errNobody
	}
	return p, ch.address, nil
}

// message finds a message of a chat.
func (c *Channel) message(id, ref string) (Message, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch, ok := c.chats[id]; ok {
		if m := ch.find(ref); m != nil {
			return *m, true
		}
	}
	return Message{}, false
}

// attached is the file that came with a message of the desk.
func (c *Channel) attached(ref string) (desk.Attachment, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range c.chats {
		if m := ch.find(ref); m != nil && m.File != nil {
			return *m.File, true
		}
	}
	return desk.Attachment{}, false
}

// file is a picture that somebody sent.
func (c *Channel) file(id string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, ok := c.files[id]
	return data, ok
}
