package telegramtest

import (
	"fmt"
	"maps"
	"strings"
	"unicode"
)

// Place is where somebody can write: a group or a topic.
type Place interface{ place() spot }

type spot struct {
	chat   int64
	thread int
}

// say is one message of a person.
type say struct {
	kind    string
	text    string
	album   string
	replyTo int
	extra   object
	anon    bool
}

// send puts a person's message into a chat and gives the bot its update.
func (p *Person) send(where spot, what say) Message {
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[where.chat]
	for c != nil && c.movedTo != 0 {
		c = s.chats[c.movedTo]
	}
	if c == nil || c.kind != "private" && c.members[p.id] == nil && !what.anon {
		panic(fmt.Sprintf("telegramtest: %s is not in chat %d", p.name, where.chat))
	}
	if c.kind == "private" {
		if p.blocked {
			panic(fmt.Sprintf("telegramtest: %s blocked the bot and cannot write", p.name))
		}
		p.started = true
	}
	m := &message{Message: Message{
		Thread: where.thread, From: p.id, Who: p.name, At: s.at(), Text: what.text, Kind: what.kind,
		Album: what.album, ReplyTo: what.replyTo,
	}, extra: maps.Clone(what.extra)}
	if _, given := what.extra[what.kind]; !given && what.kind != "text" {
		m.File = s.newFile(what.kind).id
	}
	if what.kind == "text" {
		m.mark(what.text)
	}
	if what.anon {
		m.set("from", object{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"})
		m.set("sender_chat", s.wireChat(c))
		m.Who = c.title
	}
	c.add(m)
	if c.kind == "private" || c.botIn && s.hears(c, m) {
		s.enqueue("message", s.wire(c, m), chatKey(c), messageLife)
	}
	return m.snapshot()
}

func (m *message) set(field string, v any) {
	if m.extra == nil {
		m.extra = object{}
	}
	m.extra[field] = v
}

// mark adds Telegram's own mark for a command at the start.
func (m *message) mark(text string) {
	if !strings.HasPrefix(text, "/") || m.extra["entities"] != nil {
		return
	}
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	m.set("entities", []object{{"type": "bot_command", "offset": 0, "length": end}})
}

// hears tells whether a bot in privacy mode is given a message of a group.
// https://core.telegram.org/bots/features#privacy-mode
func (s *Server) hears(c *chat, m *message) bool {
	if s.opts.PrivacyOff || strings.Contains(m.Text, "@"+s.opts.Name) {
		return true
	}
	if r := c.message(m.ReplyTo); r != nil && r.ByBot {
		return true
	}
	first, _, _ := strings.Cut(m.Text, " ")
	return strings.HasPrefix(first, "/") && !strings.Contains(first, "@")
}
