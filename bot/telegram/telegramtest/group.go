package telegramtest

import "fmt"

// Group is a group or supergroup. Its id changes when it is migrated.
type Group struct {
	server *Server
	id     int64
}

// Group makes a group with members; the bot has always been in it, and nothing
// is told to the program. Ids of supergroups start with -100.
func (s *Server) Group(id int64, title string, members ...*Person) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &chat{
		id: id, kind: "supergroup", title: title, members: map[int64]*Person{}, topics: map[int]*Topic{},
		botIn: true, everIn: true,
	}
	// The first message of a supergroup tells of its making, so that no topic,
	// which is named after its first message, has the number 1 of General.
	c.nextID = 1
	if id > -1_000_000_000_000 {
		c.kind = "group"
	}
	for _, m := range members {
		c.members[m.id] = m
	}
	s.chats[id] = c
	return &Group{server: s, id: id}
}

// ID is the group's present id.
func (g *Group) ID() int64 {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	return g.id
}

func (g *Group) place() spot { return spot{chat: g.ID()} }

func (g *Group) change(f func(*chat)) {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	f(g.server.chats[g.id])
}

// Join and Leave change who is in the group.
func (g *Group) Join(p *Person)  { g.change(func(c *chat) { c.members[p.id] = p }) }
func (g *Group) Leave(p *Person) { g.change(func(c *chat) { delete(c.members, p.id) }) }

// Publish gives the group a public name, with which anybody finds it.
func (g *Group) Publish(username string) { g.change(func(c *chat) { c.username = username }) }

// Mute takes from the bot the right to write.
func (g *Group) Mute(on bool) { g.change(func(c *chat) { c.muted = on }) }

// AddBot and RemoveBot change whether the bot is in the group, and tell it.
func (g *Group) AddBot(by *Person)    { g.botMoves(by, "left", "member") }
func (g *Group) RemoveBot(by *Person) { g.botMoves(by, "member", "kicked") }

// Outside makes as if the bot had never been in the group, without an update.
func (g *Group) Outside() { g.change(func(c *chat) { c.botIn, c.everIn = false, false }) }

func (g *Group) botMoves(by *Person, was, is string) {
	g.change(func(c *chat) {
		c.botIn, c.everIn = is == "member", true
		c.note("%s: bot %s -> %s", by.name, was, is)
		g.server.enqueue("my_chat_member", g.server.memberChange(c, by.wire(), was, is), chatKey(c), messageLife)
	})
}

// SayAnonymously writes as an administrator who is hidden behind the group.
func (g *Group) SayAnonymously(text string) Message {
	nobody := &Person{server: g.server, id: 1087968824, name: "Group"}
	return nobody.send(g.place(), say{kind: "text", text: text, anon: true})
}

// Screen is the group as its members see it.
func (g *Group) Screen() []Message { return g.server.Messages(g.ID()) }

// Last is the newest message of the bot in the group.
func (g *Group) Last() (Message, bool) { return lastByBot(g.Screen()) }

// Transcript is what happened in the group under its present id.
func (g *Group) Transcript() string { return g.server.Transcript(g.ID()) }

// Migrate turns a group into a supergroup: it has a new id, messages start
// anew, and calls to the old id are refused with the new one.
func (s *Server) Migrate(g *Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.chats[g.id]
	id := g.id
	if id > -1_000_000_000_000 {
		id -= 1_000_000_000_000
	} else {
		id--
	}
	c := &chat{
		id: id, kind: "supergroup", title: old.title, members: old.members, topics: old.topics,
		botIn: old.botIn, everIn: true, forum: old.forum, nextID: 1,
	}
	s.chats[id] = c
	actor := object{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}
	before := old.add(&message{Message: Message{At: s.at(), Kind: "service", Who: old.title, Text: ""},
		extra: object{"migrate_to_chat_id": id, "from": actor, "sender_chat": s.wireChat(old)}})
	after := c.add(&message{Message: Message{At: s.at(), Kind: "service", Who: old.title},
		extra: object{"migrate_from_chat_id": old.id, "from": actor, "sender_chat": s.wireChat(c)}})
	s.enqueue("message", s.wire(old, before), chatKey(old), messageLife)
	s.enqueue("message", s.wire(c, after), chatKey(c), messageLife)
	old.movedTo, g.id = id, id
}

// Topic is a topic of a forum.
type Topic struct {
	group   *Group
	id      int
	closed  bool
	deleted bool
}

// Topic opens a topic; the group becomes a forum.
func (g *Group) Topic(name string) *Topic {
	t := &Topic{group: g}
	g.change(func(c *chat) {
		c.forum = true
		m := c.add(&message{Message: Message{At: g.server.at(), Kind: "service", Who: c.title, Text: name}})
		t.id = m.ID
		m.Thread = m.ID
		c.topics[t.id] = t
	})
	return t
}

// ID is the topic's thread id.
func (t *Topic) ID() int { return t.id }

func (t *Topic) place() spot { return spot{chat: t.group.ID(), thread: t.id} }

// Close and Reopen change whether members may write in the topic, and tell the
// bot. Delete tells nobody.
func (t *Topic) Close(by *Person)  { t.set(by, true) }
func (t *Topic) Reopen(by *Person) { t.set(by, false) }
func (t *Topic) Delete()           { t.group.change(func(*chat) { t.deleted = true }) }

func (t *Topic) set(by *Person, closed bool) {
	field := "forum_topic_reopened"
	if closed {
		field = "forum_topic_closed"
	}
	t.group.change(func(c *chat) {
		t.closed = closed
		m := c.add(&message{Message: Message{
			Thread: t.id, From: by.id, Who: by.name, At: t.group.server.at(), Kind: "service", Text: "",
		}, extra: object{field: object{}}})
		t.group.server.enqueue("message", t.group.server.wire(c, m), chatKey(c), messageLife)
	})
}

// Screen is what stands in the topic.
func (t *Topic) Screen() []Message {
	var out []Message
	for _, m := range t.group.Screen() {
		if m.Thread == t.id && m.Kind != "service" {
			out = append(out, m)
		}
	}
	return out
}

func (s *Server) memberChange(c *chat, by object, was, is string) object {
	member := func(status string) object {
		o := object{"status": status, "user": s.bot()}
		if status == "kicked" {
			o["until_date"] = 0
		}
		return o
	}
	return object{
		"chat": s.wireChat(c), "from": by, "date": s.now().Unix(),
		"old_chat_member": member(was), "new_chat_member": member(is),
	}
}

func chatKey(c *chat) string { return fmt.Sprintf("chat %d", c.id) }
