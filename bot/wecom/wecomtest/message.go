package wecomtest

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

func init() {
	register(func(s *Server) {
		s.handle("message/send", (*Server).sendMessage)
		s.handle("message/recall", (*Server).recallMessage)
	})
}

// stored is a message that went out, for all who have it.
type stored struct {
	id       string
	at       time.Time
	kind     string
	text     string
	file     *Media
	taskID   string
	cards    map[string]*Card // By person.
	to       []string
	chat     string // The id of a group chat, or "robot/" and the key.
	recalled bool
}

// repeat is what enable_duplicate_check remembers.
type repeat struct {
	at time.Time
	id string
}

type textBody struct {
	Content string `json:"content"`
}

type mediaBody struct {
	MediaID string `json:"media_id"`
}

// sendBody is what message/send takes here.
// https://developer.work.weixin.qq.com/document/path/90236
type sendBody struct {
	ToUser            string          `json:"touser"`
	MsgType           string          `json:"msgtype"`
	AgentID           json.RawMessage `json:"agentid"`
	Text              *textBody       `json:"text"`
	Markdown          *textBody       `json:"markdown"`
	Image             *mediaBody      `json:"image"`
	File              *mediaBody      `json:"file"`
	Voice             *mediaBody      `json:"voice"`
	Video             *mediaBody      `json:"video"`
	TemplateCard      json.RawMessage `json:"template_card"`
	EnableDuplicate   int             `json:"enable_duplicate_check"`
	DuplicateInterval int             `json:"duplicate_check_interval"`
}

// maxText is the most bytes of a text; WeCom cuts the rest silently.
const maxText = 2048

func (s *Server) sendMessage(c *call) (any, *failure) {
	var b sendBody
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	if fail := s.checkAgent(b.AgentID); fail != nil {
		return nil, fail
	}
	m := &stored{at: s.now(), kind: b.MsgType}
	if b.DuplicateInterval < 0 || b.DuplicateInterval > 4*3600 {
		return nil, refuse(40058, "invalid Request Parameter: duplicate_check_interval")
	}
	id := s.next("msg-")
	if b.EnableDuplicate == 1 {
		if known, repeated := s.repeated(c, b.DuplicateInterval, id); repeated {
			return object{"msgid": known}, nil
		}
	}
	reply, fail := s.content(m, b)
	if fail != nil {
		delete(s.repeats, string(c.body))
		return nil, fail
	}
	m.id = id
	reply["msgid"] = id
	var unknown, unlicensed []string
	for _, user := range strings.Split(b.ToUser, "|") {
		p := s.reachable(user)
		switch {
		case p == nil:
			unknown = append(unknown, strings.ToLower(user))
		case p.Unlicensed:
			unlicensed = append(unlicensed, strings.ToLower(user))
		case !s.allow("member/"+user, 30, time.Minute) || !s.allow("member/"+user, 1000, time.Hour):
			s.violate("dropped: too many messages to %s", user)
		default:
			m.to = append(m.to, user)
		}
	}
	if len(unlicensed) > 0 {
		reply["unlicenseduser"] = strings.Join(unlicensed, "|")
	}
	if len(unknown) > 0 {
		reply["invaliduser"] = strings.Join(unknown, "|")
		if len(m.to) == 0 && len(unlicensed) == 0 {
			return nil, &failure{code: 81013, message: "user & party & tag all invalid", fields: object{"invaliduser": strings.Join(unknown, "|")}}
		}
	}
	s.keep(m)
	if len(m.cards) > 0 {
		s.giveCards(m, reply)
	}
	return reply, nil
}

// checkAgent refuses an agent id that is not the application's, and one that is
// no number.
func (s *Server) checkAgent(raw json.RawMessage) *failure {
	var id int64
	if err := json.Unmarshal(raw, &id); err != nil || id != s.opts.AgentID {
		return refuse(40056, "invalid agentid")
	}
	return nil
}

// repeated finds the same body within the interval, and remembers this one.
func (s *Server) repeated(c *call, seconds int, id string) (string, bool) {
	if seconds == 0 {
		seconds = 1800
	}
	known, found := s.repeats[string(c.body)]
	if found && s.now().Sub(known.at) < time.Duration(seconds)*time.Second {
		return known.id, true
	}
	s.repeats[string(c.body)] = repeat{at: s.now(), id: id}
	return "", false
}

// content reads what a message shows.
func (s *Server) content(m *stored, b sendBody) (object, *failure) {
	bodies := map[string]*mediaBody{"image": b.Image, "file": b.File, "voice": b.Voice, "video": b.Video}
	switch b.MsgType {
	case "text", "markdown":
		body := b.Text
		if b.MsgType == "markdown" {
			body = b.Markdown
		}
		if body == nil || body.Content == "" {
			return nil, refuse(44004, "text content is empty")
		}
		m.text = s.cut("text", body.Content, maxText)
	case "image", "file", "voice", "video":
		body := bodies[b.MsgType]
		if body == nil {
			return nil, refuse(41006, "media_id missing")
		}
		file, fail := s.liveMedia(body.MediaID, b.MsgType)
		if fail != nil {
			return nil, fail
		}
		m.file, m.text = file, "("+b.MsgType+" "+file.Name+")"
	case "template_card":
		return object{}, s.cardContent(m, b.TemplateCard)
	default:
		return nil, refuse(40008, "invalid message type")
	}
	return object{}, nil
}

// cut cuts a text as WeCom does, and keeps the violation.
func (s *Server) cut(what, text string, most int) string {
	if len(text) <= most {
		return text
	}
	s.violate("a %s of %d bytes was cut to %d", what, len(text), most)
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

func (s *Server) keep(m *stored) {
	s.messages = append(s.messages, m)
	s.byID[m.id] = m
}

// recallMessage takes back a message of the last 24 hours.
// https://developer.work.weixin.qq.com/document/path/94867
func (s *Server) recallMessage(c *call) (any, *failure) {
	var b struct {
		MsgID string `json:"msgid"`
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	m := s.byID[b.MsgID]
	switch {
	case m == nil || m.chat != "":
		return nil, refuse(40058, "invalid Request Parameter: msgid")
	case s.now().Sub(m.at) > 24*time.Hour:
		return nil, refuse(42052, "msgid expired")
	}
	m.recalled = true
	return nil, nil
}
