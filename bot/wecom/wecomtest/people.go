package wecomtest

import (
	"fmt"
	"net/http"
)

// Member is somebody of the corp with the chat of the application before them.
// What they do is told to the program by callbacks.
type Member struct {
	ID        string
	server    *Server
	callbacks *Callbacks
}

// Callbacks connects the corp with a program's callback address.
func (s *Server) Callbacks(token, aesKey, path string, to http.Handler) *Callbacks {
	return &Callbacks{
		CorpID: s.opts.CorpID, AgentID: s.opts.AgentID, Token: token, AESKey: aesKey, Now: s.now, To: to, Path: path,
	}
}

// Member lets somebody join the corp, if they are not in it yet, and returns
// them.
func (s *Server) Member(id, name string, callbacks *Callbacks) *Member {
	s.mu.Lock()
	known := s.people[id] != nil
	s.mu.Unlock()
	if !known {
		s.AddPerson(id, name)
	}
	return &Member{ID: id, server: s, callbacks: callbacks}
}

// Say writes words.
func (m *Member) Say(text string) Told {
	return m.callbacks.Message(m.ID, "text", Field{"Content", text})
}

// Photo sends a photo; body is what media/get gives for it.
func (m *Member) Photo(body []byte) Told {
	id := m.server.AddMedia("image", "photo.jpg", "image/jpeg", body)
	return m.callbacks.Message(m.ID, "image", Field{"PicUrl", "https://wework.qpic.cn/wwpic/" + id}, Field{"MediaId", id})
}

// Voice sends a recording.
func (m *Member) Voice(body []byte) Told {
	id := m.server.AddMedia("voice", "voice.amr", "audio/amr", body)
	return m.callbacks.Message(m.ID, "voice", Field{"MediaId", id}, Field{"Format", "amr"})
}

// Video sends a video.
func (m *Member) Video(body []byte) Told {
	id, thumb := m.server.AddMedia("video", "video.mp4", "video/mp4", body), m.server.AddMedia("image", "thumb.jpg", "image/jpeg", nil)
	return m.callbacks.Message(m.ID, "video", Field{"MediaId", id}, Field{"ThumbMediaId", thumb})
}

// File sends a file. WeCom's documents know no such message to an application.
func (m *Member) File(name string, body []byte) Told {
	id := m.server.AddMedia("file", name, "application/octet-stream", body)
	return m.callbacks.Message(m.ID, "file", Field{"MediaId", id}, Field{"FileName", name})
}

// Location sends a point on the map.
func (m *Member) Location(label string) Told {
	return m.callbacks.Message(m.ID, "location",
		Field{"Location_X", "23.134"}, Field{"Location_Y", "113.358"}, Field{"Scale", 20}, Field{"Label", label}, Field{"AppType", "wxwork"})
}

// Link shares an article.
func (m *Member) Link(title, description, url string) Told {
	return m.callbacks.Message(m.ID, "link",
		Field{"Title", title}, Field{"Description", description}, Field{"Url", url}, Field{"PicUrl", ""})
}

// Send sends a message of any kind.
func (m *Member) Send(kind string, fields ...Field) Told {
	return m.callbacks.Message(m.ID, kind, fields...)
}

// Enter opens the chat of the application.
func (m *Member) Enter() Told { return m.callbacks.Event(m.ID, "enter_agent", Field{"EventKey", ""}) }

// Subscribe and Unsubscribe tell that the application became visible to the
// member, or is no longer.
func (m *Member) Subscribe() Told {
	m.server.ChangePerson(m.ID, func(p *Person) { p.Outside = false })
	return m.callbacks.Event(m.ID, "subscribe", Field{"EventKey", ""})
}

// Unsubscribe is the opposite of Subscribe.
func (m *Member) Unsubscribe() Told {
	m.server.ChangePerson(m.ID, func(p *Person) { p.Outside = true })
	return m.callbacks.Event(m.ID, "unsubscribe", Field{"EventKey", ""})
}

// Menu presses an entry of the menu, named by its label. It panics when there
// is none.
func (m *Member) Menu(name string) Told {
	menu, _ := m.server.Menu()
	for _, b := range menu.Button {
		for _, entry := range append([]MenuButton{b}, b.Sub...) {
			if entry.Name == name && len(entry.Sub) == 0 {
				return m.callbacks.Event(m.ID, entry.Type, Field{"EventKey", entry.Key + entry.URL})
			}
		}
	}
	panic(fmt.Sprintf("wecomtest: there is no %q in the menu", name))
}

// Press presses a button, named by its text or its key, of the newest card that
// shows it. It panics when the member sees none.
func (m *Member) Press(what string) Told {
	told, ok := m.TryPress(what)
	if !ok {
		panic(fmt.Sprintf("wecomtest: %s sees no button %q:\n%s", m.ID, what, m.server.Transcript(m.ID)))
	}
	return told
}

// TryPress is Press that tells whether there was such a button.
func (m *Member) TryPress(what string) (Told, bool) {
	taskID, kind, key, code := m.server.pressed(m.ID, what)
	if taskID == "" {
		return Told{}, false
	}
	return m.PressCard(taskID, kind, key, code), true
}

// PressCard tells of a press as it is given: one that nobody can make any more.
func (m *Member) PressCard(taskID, kind, key, code string) Told {
	return m.callbacks.Event(m.ID, "template_card_event",
		Field{"EventKey", key}, Field{"TaskId", taskID}, Field{"CardType", kind}, Field{"ResponseCode", code})
}

// Chat is what the member sees, oldest first.
func (m *Member) Chat() []Message { return m.server.Seen(m.ID) }

// Last is the newest message that the member sees; ok is false without any.
func (m *Member) Last() (last Message, ok bool) {
	chat := m.Chat()
	if len(chat) == 0 {
		return Message{}, false
	}
	return chat[len(chat)-1], true
}

// pressed finds the newest card with a button, and makes the code that pressing
// it gives.
func (s *Server) pressed(user, what string) (taskID, kind, key, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.messages) - 1; i >= 0; i-- {
		m := s.messages[i]
		card := m.cards[user]
		if card == nil || m.recalled || card.ReplaceText != "" {
			continue
		}
		for _, b := range card.Buttons {
			if b.Type != 1 && (b.Text == what || b.Key == what) {
				return m.taskID, card.Type, b.Key, s.newCode(m)
			}
		}
	}
	return "", "", "", ""
}
