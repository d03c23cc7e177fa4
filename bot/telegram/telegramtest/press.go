package telegramtest

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Press is a button that somebody pressed, and how it was answered.
type Press struct {
	ID       string
	Person   int64
	Chat     int64
	Message  int
	Label    string
	Data     string
	At       time.Time
	Answered bool
	After    time.Duration // From press to answer.
	Text     string
	Alert    bool
	URL      string
}

// Press presses a button, named by its label or its data, of the newest message
// that has it: in private, else in a group of the person. It panics when the
// person sees no such button.
func (p *Person) Press(what string) Press {
	press, ok := p.TryPress(what)
	if !ok {
		panic(fmt.Sprintf("telegramtest: %s sees no button %q:\n%s", p.name, what, p.Transcript()))
	}
	return press
}

// TryPress is Press that tells whether there was such a button.
func (p *Person) TryPress(what string) (Press, bool) {
	for _, id := range p.server.visible(p) {
		screen := p.server.Messages(id)
		for i := len(screen) - 1; i >= 0; i-- {
			if b, ok := screen[i].Button(what); ok {
				return p.press(screen[i], b), true
			}
		}
	}
	return Press{}, false
}

// PressOn presses a button of this message, also an old picture of it whose
// buttons are no longer there.
func (p *Person) PressOn(m Message, what string) Press {
	b, ok := m.Button(what)
	if !ok {
		panic(fmt.Sprintf("telegramtest: message %d has no button %q, only %q", m.ID, what, m.Labels()))
	}
	return p.press(m, b)
}

// PressData presses a button with any data, as a program of a stranger can.
func (p *Person) PressData(m Message, data string) Press {
	return p.press(m, Button{Label: data, Data: data})
}

// visible are the chats of a person: the private one, then the groups.
func (s *Server) visible(p *Person) []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	var groups []int64
	for id, c := range s.chats {
		if c.members[p.id] != nil && c.movedTo == 0 {
			groups = append(groups, id)
		}
	}
	slices.Sort(groups)
	return append([]int64{p.id}, groups...)
}

func (p *Person) press(m Message, b Button) Press {
	if b.URL != "" {
		p.Open(b.URL)
		return Press{Person: p.id, Chat: m.Chat, Message: m.ID, Label: b.Label, URL: b.URL}
	}
	s := p.server
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counter++
	press := &Press{
		ID: "press-" + strconv.Itoa(s.counter), Person: p.id, Chat: m.Chat, Message: m.ID,
		Label: b.Label, Data: b.Data, At: s.now(),
	}
	s.presses[press.ID] = press
	s.pressOrder = append(s.pressOrder, press)
	c := s.chats[m.Chat]
	c.note("%s presses [%s] of %d", p.name, b.Label, m.ID)
	kept := c.message(m.ID)
	content := object{
		"id": press.ID, "from": p.wire(), "chat_instance": strconv.FormatInt(m.Chat, 10), "data": b.Data,
	}
	if kept == nil || kept.Deleted {
		content["message"] = object{"message_id": m.ID, "date": 0, "chat": s.wireChat(c)}
	} else {
		content["message"] = s.wire(c, kept)
	}
	// Presses queue by person, not by chat: they and messages overtake each other.
	s.enqueue("callback_query", content, fmt.Sprintf("press %d", p.id), pressLife)
	return *press
}

func (s *Server) answer(p params) (any, *failure) {
	press := s.presses[p.get("callback_query_id")]
	if press == nil || press.Answered || s.now().Sub(press.At) > pressLife {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if length(p.get("text")) > 200 {
		s.violate("answer of %d units", length(p.get("text")))
		return nil, bad("MESSAGE_TOO_LONG")
	}
	if address := p.get("url"); address != "" {
		u, err := url.Parse(address)
		if err != nil || u.Host != "t.me" || strings.Trim(u.Path, "/") != s.opts.Name {
			s.violate("answer with the address %s", address)
			return nil, bad("URL_INVALID")
		}
	}
	press.Answered, press.After = true, s.now().Sub(press.At)
	press.Text, press.Alert, press.URL = p.get("text"), p.yes("show_alert"), p.get("url")
	if c := s.chats[press.Chat]; c != nil && press.Text+press.URL != "" {
		who := s.people[press.Person].name
		c.note("bot to %s: (%s)", who, strings.TrimSpace(press.Text+" "+press.URL))
	}
	return true, nil
}

// Presses are all presses so far, in order.
func (s *Server) Presses() []Press {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Press, 0, len(s.pressOrder))
	for _, p := range s.pressOrder {
		out = append(out, *p)
	}
	return out
}

// Toasts are the texts with which the person's presses were answered, in the
// order of the presses.
func (p *Person) Toasts() []string {
	var out []string
	for _, press := range p.server.Presses() {
		if press.Person == p.id && press.Text != "" {
			out = append(out, press.Text)
		}
	}
	return out
}
