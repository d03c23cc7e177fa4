package telegramtest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// chat is a private chat or a group.
type chat struct {
	id       int64
	kind     string // private, group or supergroup
	title    string
	username string
	forum    bool
	person   *Person // Of a private chat.
	members  map[int64]*Person
	topics   map[int]*Topic
	botIn    bool
	everIn   bool
	muted    bool
	movedTo  int64

	messages []*message
	nextID   int
	lines    []string
	rate     rate
}

func (c *chat) message(id int) *message {
	for _, m := range c.messages {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// add puts a message into the chat.
func (c *chat) add(m *message) *message {
	c.nextID++
	m.Chat, m.ID = c.id, c.nextID
	c.messages = append(c.messages, m)
	prefix := strconv.Itoa(m.ID) + " "
	if m.Thread != 0 {
		prefix += "#" + strconv.Itoa(m.Thread) + " "
	}
	c.note("%s%s: %s", prefix, m.Who, m.line())
	return m
}

// note writes a line of the transcript.
func (c *chat) note(format string, args ...any) {
	c.lines = append(c.lines, fmt.Sprintf(format, args...))
}

func (s *Server) wireChat(c *chat) object {
	o := object{"id": c.id, "type": c.kind}
	if c.kind == "private" {
		o["first_name"] = c.person.name
		return o
	}
	o["title"] = c.title
	if c.username != "" {
		o["username"] = c.username
	}
	if c.forum {
		o["is_forum"] = true
	}
	return o
}

// target finds the chat of a call and tells why the bot may not write there.
func (s *Server) target(p params) (*chat, *failure) {
	id := p.number("chat_id")
	c := s.chats[id]
	switch {
	case c == nil:
		return nil, bad("chat not found")
	case c.movedTo != 0:
		f := bad("group chat was upgraded to a supergroup chat")
		f.migrateTo = c.movedTo
		return nil, f
	case c.kind == "private" && c.person.gone:
		return nil, forbidden("user is deactivated")
	case c.kind == "private" && c.person.blocked:
		return nil, forbidden("bot was blocked by the user")
	case c.kind == "private" && !c.person.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case c.kind != "private" && !c.botIn && c.everIn:
		return nil, forbidden("bot was kicked from the " + c.kind + " chat")
	case c.kind != "private" && !c.botIn:
		return nil, forbidden("bot is not a member of the " + c.kind + " chat")
	}
	return c, nil
}

// sendTarget is target for a new message, with its topic.
func (s *Server) sendTarget(p params) (*chat, int, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, 0, f
	}
	if c.muted {
		return nil, 0, bad("not enough rights to send text messages to the chat")
	}
	thread := int(p.number("message_thread_id"))
	if thread == 0 {
		return c, 0, nil
	}
	t := c.topics[thread]
	if t == nil || t.deleted {
		return nil, 0, bad("message thread not found")
	}
	if t.closed {
		return nil, 0, bad("TOPIC_CLOSED")
	}
	return c, thread, nil
}

// Transcript is what happened in a chat, in the order in which the channel
// received it, one entry a line.
func (s *Server) Transcript(id int64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	if c == nil || len(c.lines) == 0 {
		return ""
	}
	return strings.Join(c.lines, "\n") + "\n"
}

// Messages are all messages of a chat that can still be seen, oldest first.
func (s *Server) Messages(id int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen(id)
}

func (s *Server) screen(id int64) []Message {
	var out []Message
	if c := s.chats[id]; c != nil {
		for _, m := range c.messages {
			if !m.Deleted {
				out = append(out, m.snapshot())
			}
		}
	}
	return out
}

func (s *Server) getChat(p params) (any, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, f
	}
	o := s.wireChat(c)
	if c.username != "" {
		o["active_usernames"] = []string{c.username}
	}
	return o, nil
}

func (s *Server) memberCount(p params) (any, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, f
	}
	if c.kind == "private" {
		return 2, nil
	}
	return len(c.members) + 1, nil
}

func (s *Server) chatMember(p params) (any, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, f
	}
	id := p.number("user_id")
	if id == s.BotID() {
		return object{"status": "member", "user": s.bot()}, nil
	}
	person := s.people[id]
	if person == nil {
		return nil, bad("user not found")
	}
	status := "left"
	if c.members[id] != nil || c.person == person {
		status = "member"
	}
	return object{"status": status, "user": person.wire()}, nil
}

// at is the time as the wire has it: whole seconds.
func (s *Server) at() time.Time { return s.now().Truncate(time.Second) }
