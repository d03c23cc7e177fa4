package playground

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// Person is somebody who plays. What they do is returned as an Input, which the
// caller hands to the handler.
type Person struct {
	c       *Channel
	network string
	id      string
	name    string
	lang    string
}

// ID is the person's id on the channel.
func (p *Person) ID() string { return p.id }

// Name is the name that the channel shows.
func (p *Person) Name() string { return p.name }

// Lang is the language that the person's client reports.
func (p *Person) Lang() string { return p.lang }

// Private is the person's private chat with the desk.
func (p *Person) Private() desk.Address { return desk.Address{Channel: p.network, ID: p.id} }

// Say writes in a chat. "/repair" and "/start payload" are commands.
func (p *Person) Say(to desk.Address, text string) desk.Input {
	return p.say(to, Message{Text: text}, desk.InputText)
}

// Open follows a link into the private chat: one that begins with Link.
func (p *Person) Open(link string) desk.Input {
	payload := strings.TrimPrefix(link, Link)
	return p.Say(p.Private(), strings.TrimSpace("/start "+payload))
}

// Reply answers a message in its chat.
func (p *Person) Reply(to Message, text string) desk.Input {
	return p.say(to.Chat, Message{Text: text, ReplyTo: to.Ref}, desk.InputText)
}

// Photo sends a photo with a caption, which may be empty.
func (p *Person) Photo(to desk.Address, caption string, data []byte) desk.Input {
	return p.photo(to, Message{Text: caption}, data)
}

// ReplyPhoto answers a message with a photo.
func (p *Person) ReplyPhoto(to Message, caption string, data []byte) desk.Input {
	return p.photo(to.Chat, Message{Text: caption, ReplyTo: to.Ref}, data)
}

func (p *Person) photo(to desk.Address, m Message, data []byte) desk.Input {
	p.c.mu.Lock()
	id := fmt.Sprintf("photo%d", len(p.c.files)+1)
	p.c.files[id] = slices.Clone(data)
	p.c.mu.Unlock()
	mime := http.DetectContentType(data)
	_, ending, _ := strings.Cut(mime, "/")
	m.Photos = []desk.File{{
		Kind: desk.FilePhoto, Channel: p.network, ID: id, Unique: id, Name: id + "." + ending, MIME: mime, Size: int64(len(data)),
	}}
	return p.say(to, m, desk.InputPhoto)
}

func (p *Person) say(to desk.Address, m Message, kind desk.InputKind) desk.Input {
	c := p.c
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := c.enter(p, to)
	m.Person = p.id
	put := c.put(ch, m)
	c.note(Entry{Kind: Said, Chat: to, Person: p.id, Message: *put})
	if about, option, ok := ch.chosen(m.Text); ok && ch.cards() {
		return c.pressed(p, ch, *about, option)
	}
	in := c.input(p, ch, kind)
	in.Ref, in.Text, in.Files = put.Ref, m.Text, m.Photos
	if about := ch.find(m.ReplyTo); about != nil && about.Person == "" {
		in.ReplyTo = m.ReplyTo
	}
	in.Command, in.Arg = command(m.Text)
	return in
}

// Press presses the button with that label on the newest message of a chat that
// has it and whose text holds all of about. The error says that there is none.
func (p *Person) Press(in desk.Address, label string, about ...string) (desk.Input, error) {
	m, ok := p.c.Find(in, label, about...)
	if !ok {
		return desk.Input{}, fmt.Errorf("%s sees no button [%s] about %v in %s", p.name, label, about, p.c.Title(in))
	}
	for i, option := range m.Numbered {
		if option.Label == label {
			return p.Say(in, strconv.Itoa(i+1)), nil
		}
	}
	b, _ := m.Button(label)
	return p.PressButton(m, b), nil
}

// PressButton presses a button of a message as the person saw it: it may have
// changed meanwhile.
func (p *Person) PressButton(m Message, b desk.DrawnMark) desk.Input {
	c := p.c
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pressed(p, c.enter(p, m.Chat), m, b)
}

func (c *Channel) pressed(p *Person, ch *chat, m Message, b desk.DrawnMark) desk.Input {
	if shown := ch.find(m.Ref); shown != nil && shown.Card {
		shown.Codes += codesPressed
	}
	in := c.input(p, ch, desk.InputPress)
	in.Ref, in.Text = m.Ref, b.Label
	in.Press = &desk.Press{ID: "p" + in.UpdateID, Data: b.Data, Ref: m.Ref}
	c.presses[in.Press.ID] = press{at: c.now(), chat: m.Chat, person: p.id}
	c.note(Entry{Kind: Pressed, Chat: m.Chat, Person: p.id, Message: m, Text: b.Label, Press: in.Press.ID})
	return in
}

// AddDesk adds the desk to a group.
func (p *Person) AddDesk(to desk.Address) desk.Input {
	c := p.c
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := c.enter(p, to)
	ch.open = true
	c.note(Entry{Kind: Event, Chat: to, Person: p.id, Text: string(desk.InputAdded)})
	return c.input(p, ch, desk.InputAdded)
}

// press is a press that waits for its answer.
type press struct {
	at       time.Time
	chat     desk.Address
	person   string
	answered bool
}

// Find is the newest message of the desk in a chat that has a button with the
// label (any message with an empty one) and whose text holds all of about.
func (c *Channel) Find(in desk.Address, label string, about ...string) (Message, bool) {
	screen := c.Screen(in)
	for _, m := range slices.Backward(screen) {
		_, has := m.Button(label)
		has = has || slices.ContainsFunc(m.Numbered, func(b desk.DrawnMark) bool { return b.Label == label })
		if m.Person == "" && (has || label == "") && holdsAll(m.Text, about) {
			return m, true
		}
	}
	return Message{}, false
}

func holdsAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// enter finds the chat in which somebody acts. One that they are not in is a
// mistake of the caller.
func (c *Channel) enter(p *Person, a desk.Address) *chat {
	ch, ok := c.chats[a.ID]
	if !ok || a != ch.address || !slices.Contains(ch.members, p) {
		panic(fmt.Sprintf("playground: %s is not in %s", p.id, a))
	}
	if ch.kind == desk.ChatPrivate {
		ch.open = true
	}
	return ch
}

func (c *Channel) input(p *Person, ch *chat, kind desk.InputKind) desk.Input {
	in := desk.Input{
		Channel: ch.address.Channel, Bot: BotID, UpdateID: number(&c.updates), Kind: kind, At: c.now(),
		From: desk.Sender{ID: p.id, Name: p.name, Lang: p.lang},
		Chat: desk.InputChat{ID: ch.address.ID, Kind: ch.kind},
	}
	if ch.kind == desk.ChatGroup {
		in.Chat.Title, in.Chat.Members = ch.title, len(ch.members)+1
	}
	return in
}

// command reads "/cmd arg".
func command(text string) (name, arg string) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "/")
	if !ok {
		return "", ""
	}
	name, arg, _ = strings.Cut(rest, " ")
	if name == "" || strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return "", ""
	}
	return strings.ToLower(name), strings.TrimSpace(arg)
}
