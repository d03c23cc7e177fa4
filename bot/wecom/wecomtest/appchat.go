package wecomtest

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

func init() {
	register(func(s *Server) {
		s.handle("appchat/create", (*Server).createChat)
		s.handle("appchat/update", (*Server).updateChat)
		s.handle("appchat/get", (*Server).getChat)
		s.handle("appchat/send", (*Server).sendChat)
	})
}

// Chat is a group chat that an application made.
type Chat struct {
	ID      string
	Name    string
	Owner   string
	Members []string
	Foreign bool // Another application made it.
}

// AddChat adds a group chat that was made before.
func (s *Server) AddChat(chat Chat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[chat.ID] = &chat
}

// RemoveChat dissolves a group chat.
func (s *Server) RemoveChat(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.chats, id)
}

// ChatAt is a group chat, and whether there is one.
func (s *Server) ChatAt(id string) (Chat, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[id]; c != nil {
		out := *c
		out.Members = slices.Clone(c.Members)
		return out, true
	}
	return Chat{}, false
}

// createChat makes a group chat.
// https://developer.work.weixin.qq.com/document/path/90245
func (s *Server) createChat(c *call) (any, *failure) {
	var b struct {
		Name   string   `json:"name"`
		Owner  string   `json:"owner"`
		Users  []string `json:"userlist"`
		ChatID string   `json:"chatid"`
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	switch {
	case s.opts.NotRoot:
		return nil, refuse(60011, "no privilege to access/modify contact/party/agent")
	case utf8.RuneCountInString(b.Name) > 50:
		return nil, refuse(86004, "invalid chat name")
	case len(b.Users) < 2 || len(b.Users) > 2000:
		return nil, refuse(86006, "chat member count out of range")
	}
	for _, user := range b.Users {
		if p := s.people[user]; p == nil || p.Left {
			return nil, refuse(86007, "invalid chat member")
		}
	}
	if b.Owner == "" {
		b.Owner = b.Users[0]
	}
	if !slices.Contains(b.Users, b.Owner) {
		return nil, refuse(86207, "chat owner is not in the member list")
	}
	if b.ChatID == "" {
		b.ChatID = s.next("chat")
	}
	if s.chats[b.ChatID] != nil {
		return nil, refuse(86215, "chatid already exists")
	}
	s.chats[b.ChatID] = &Chat{ID: b.ChatID, Name: b.Name, Owner: b.Owner, Members: b.Users}
	return object{"chatid": b.ChatID}, nil
}

func (s *Server) ownChat(id string) (*Chat, *failure) {
	chat := s.chats[id]
	switch {
	case id == "":
		return nil, refuse(86201, "chatid missing")
	case chat == nil:
		return nil, refuse(86003, "chatid not exist")
	case chat.Foreign:
		return nil, refuse(86008, "not a chat created by this agent")
	}
	return chat, nil
}

// updateChat changes who is in a group chat.
// https://developer.work.weixin.qq.com/document/path/98913
func (s *Server) updateChat(c *call) (any, *failure) {
	var b struct {
		ChatID string   `json:"chatid"`
		Name   string   `json:"name"`
		Owner  string   `json:"owner"`
		Add    []string `json:"add_user_list"`
		Remove []string `json:"del_user_list"`
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	chat, fail := s.ownChat(b.ChatID)
	if fail != nil {
		return nil, fail
	}
	members := slices.Clone(chat.Members)
	for _, user := range b.Add {
		if p := s.people[user]; p == nil || p.Left {
			return nil, refuse(86007, "invalid chat member")
		}
		if !slices.Contains(members, user) {
			members = append(members, user)
		}
	}
	members = slices.DeleteFunc(members, func(user string) bool { return slices.Contains(b.Remove, user) })
	owner := chat.Owner
	if b.Owner != "" {
		owner = b.Owner
	}
	if len(members) < 2 {
		return nil, refuse(86006, "chat member count out of range")
	}
	if !slices.Contains(members, owner) {
		return nil, refuse(86207, "chat owner is not in the member list")
	}
	chat.Members, chat.Owner = members, owner
	if b.Name != "" {
		chat.Name = b.Name
	}
	return nil, nil
}

func (s *Server) getChat(c *call) (any, *failure) {
	chat, fail := s.ownChat(c.query.Get("chatid"))
	if fail != nil {
		return nil, fail
	}
	return object{"chat_info": object{
		"chatid": chat.ID, "name": chat.Name, "owner": chat.Owner, "userlist": chat.Members, "chat_type": 0,
	}}, nil
}

// sendChat posts in a group chat: no template cards.
// https://developer.work.weixin.qq.com/document/path/90248
func (s *Server) sendChat(c *call) (any, *failure) {
	var b struct {
		ChatID   string     `json:"chatid"`
		MsgType  string     `json:"msgtype"`
		Text     *textBody  `json:"text"`
		Markdown *textBody  `json:"markdown"`
		Image    *mediaBody `json:"image"`
		File     *mediaBody `json:"file"`
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	chat, fail := s.ownChat(b.ChatID)
	if fail != nil {
		return nil, fail
	}
	m := &stored{id: s.next("post-"), at: s.now(), kind: b.MsgType, chat: chat.ID}
	if b.MsgType == "template_card" {
		return nil, refuse(40008, "invalid message type")
	}
	if _, fail := s.content(m, sendBody{MsgType: b.MsgType, Text: b.Text, Markdown: b.Markdown, Image: b.Image, File: b.File}); fail != nil {
		return nil, fail
	}
	for _, user := range chat.Members {
		if !s.allow(fmt.Sprintf("chat/%s", user), 200, time.Minute) {
			s.violate("dropped: too many messages of groups to %s", user)
			continue
		}
		m.to = append(m.to, user)
	}
	s.keep(m)
	return nil, nil
}
