package telegramtest

import (
	"fmt"
	"net/url"
	"strings"
)

// Person is somebody with Telegram.
type Person struct {
	server  *Server
	id      int64
	name    string
	lang    string
	started bool
	blocked bool
	gone    bool
}

// Person adds somebody; the same id is the same person. They have not opened
// the bot yet: it may not write to them before Start or Say.
func (s *Server) Person(id int64, name, lang string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.people[id]; p != nil {
		return p
	}
	p := &Person{server: s, id: id, name: name, lang: lang}
	s.people[id] = p
	s.chats[id] = &chat{id: id, kind: "private", person: p}
	return p
}

// ID is the person's id, which also is the one of the private chat.
func (p *Person) ID() int64 { return p.id }

// Name is the person's name.
func (p *Person) Name() string { return p.name }

func (p *Person) wire() object {
	o := object{"id": p.id, "is_bot": false, "first_name": p.name}
	if p.lang != "" {
		o["language_code"] = p.lang
	}
	return o
}

// Start opens the bot with a payload, or without; a blocked bot is allowed again.
func (p *Person) Start(payload string) {
	p.Unblock()
	p.Say(strings.TrimSpace("/start " + payload))
}

// Say writes to the bot in private.
func (p *Person) Say(text string) Message { return p.send(p.private(), say{kind: "text", text: text}) }

// SayIn writes into a group or a topic. The bot hears it only as Telegram's
// privacy mode lets it: commands, mentions and replies to its messages.
func (p *Person) SayIn(where Place, text string) Message {
	return p.send(where.place(), say{kind: "text", text: text})
}

// ReplyTo answers a message where it stands.
func (p *Person) ReplyTo(m Message, text string) Message {
	return p.send(spot{m.Chat, m.Thread}, say{kind: "text", text: text, replyTo: m.ID})
}

// ReplyPhoto answers a message with a photo.
func (p *Person) ReplyPhoto(m Message, caption string) Message {
	return p.send(spot{m.Chat, m.Thread}, say{kind: "photo", text: caption, replyTo: m.ID})
}

// Photo sends a photo in private. Photos with one album, not empty, belong
// together.
func (p *Person) Photo(caption, album string) Message {
	return p.send(p.private(), say{kind: "photo", text: caption, album: album})
}

// PhotoIn sends a photo into a group or topic.
func (p *Person) PhotoIn(where Place, caption, album string) Message {
	return p.send(where.place(), say{kind: "photo", text: caption, album: album})
}

// Send sends anything else in private: kind is the field of the Bot API, such
// as voice, video, document, sticker, and fields are further fields of the
// message.
func (p *Person) Send(kind, caption string, fields map[string]any) Message {
	return p.send(p.private(), say{kind: kind, text: caption, extra: fields})
}

// Sticker sends a sticker.
func (p *Person) Sticker() Message {
	return p.Send("sticker", "", object{"sticker": object{"file_id": "sticker", "type": "regular"}})
}

// Voice sends a voice message.
func (p *Person) Voice() Message { return p.Send("voice", "", nil) }

// Location sends a point on the map.
func (p *Person) Location(lat, lon float64) Message {
	return p.Send("location", "", object{"location": object{"latitude": lat, "longitude": lon}})
}

// Contact sends a contact: the person's own, or that of somebody else.
func (p *Person) Contact(phone string, owner *Person) Message {
	return p.Send("contact", "", object{"contact": object{
		"phone_number": phone, "first_name": owner.name, "user_id": owner.id,
	}})
}

// Forward sends words that somebody else wrote.
func (p *Person) Forward(text, author string) Message {
	return p.send(p.private(), say{kind: "text", text: text, extra: object{"forward_origin": object{
		"type": "hidden_user", "sender_user_name": author, "date": p.server.now().Unix(),
	}}})
}

// Edit changes a message of one's own.
func (p *Person) Edit(m Message, text string) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[m.Chat]
	own := c.message(m.ID)
	if own == nil || own.From != p.id || own.ByBot {
		panic(fmt.Sprintf("telegramtest: %s cannot edit message %d of %d", p.name, m.ID, m.Chat))
	}
	own.Past, own.Text, own.Edits = append(own.Past, own.Text), text, own.Edits+1
	c.note("%s edits %d: %s", p.name, own.ID, text)
	s.enqueue("edited_message", s.wire(c, own), chatKey(c), messageLife)
}

// Open follows an address: one of this bot's with ?start= is Start.
func (p *Person) Open(address string) {
	u, err := url.Parse(address)
	if err == nil && u.Host == "t.me" && strings.Trim(u.Path, "/") == p.server.opts.Name {
		p.Start(u.Query().Get("start"))
	}
}

// Block stops the bot, and Unblock allows it again; both tell the bot.
func (p *Person) Block()   { p.membership(true) }
func (p *Person) Unblock() { p.membership(false) }

func (p *Person) membership(blocked bool) {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.blocked == blocked {
		return
	}
	p.blocked = blocked
	c := s.chats[p.id]
	was, is := "member", "kicked"
	if !blocked {
		was, is = is, was
		p.started = true
	}
	c.note("%s: bot %s -> %s", p.name, was, is)
	s.enqueue("my_chat_member", s.memberChange(c, p.wire(), was, is), chatKey(c), messageLife)
}

// Delete ends the account: nothing reaches it any more.
func (p *Person) Delete() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.gone = true
}

// Screen is the private chat as the person sees it, oldest first.
func (p *Person) Screen() []Message { return p.server.Messages(p.id) }

// Last is the newest message of the bot in private; ok is false without any.
func (p *Person) Last() (m Message, ok bool) { return lastByBot(p.Screen()) }

// Transcript is what happened in the private chat.
func (p *Person) Transcript() string { return p.server.Transcript(p.id) }

func (p *Person) private() spot { return spot{chat: p.id} }

func lastByBot(screen []Message) (Message, bool) {
	for i := len(screen) - 1; i >= 0; i-- {
		if screen[i].ByBot {
			return screen[i], true
		}
	}
	return Message{}, false
}
