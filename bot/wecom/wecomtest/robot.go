package wecomtest

import (
	"encoding/json"
	"time"
)

func init() {
	register(func(s *Server) { s.handleOpen("webhook/send", (*Server).sendRobot) })
}

// Robot is the robot of a group.
type Robot struct {
	Key     string
	Removed bool // Somebody took it out of the group.
}

// AddRobot adds a robot with a key.
func (s *Server) AddRobot(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.robots[key] = &Robot{Key: key}
}

// RemoveRobot takes a robot out of its group.
func (s *Server) RemoveRobot(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.robots[key].Removed = true
}

// sendRobot posts in the group of a robot.
// https://developer.work.weixin.qq.com/document/path/99110
func (s *Server) sendRobot(c *call) (any, *failure) {
	var b struct {
		MsgType string `json:"msgtype"`
		Text    *struct {
			Content   string   `json:"content"`
			Mentioned []string `json:"mentioned_list"`
		} `json:"text"`
		Markdown *textBody       `json:"markdown"`
		Card     json.RawMessage `json:"template_card"`
	}
	robot := s.robots[c.query.Get("key")]
	switch {
	case robot == nil:
		return nil, refuse(93000, "invalid webhook url")
	case robot.Removed:
		return nil, refuse(93008, "robot was removed from the group")
	case !s.allow("robot/"+robot.Key, 20, time.Minute):
		s.violate("more than 20 messages a minute of one robot")
		return nil, refuse(45009, "api freq out of limit")
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	m := &stored{id: s.next("robot-"), at: s.now(), kind: b.MsgType, chat: "robot/" + robot.Key}
	switch {
	case b.MsgType == "text" && b.Text != nil && b.Text.Content != "":
		m.text = s.cut("text", b.Text.Content, maxText)
	case b.MsgType == "markdown" && b.Markdown != nil && b.Markdown.Content != "":
		m.text = s.cut("markdown", b.Markdown.Content, 4096)
	case b.MsgType == "template_card":
		return nil, refuse(42031, "invalid Template_Card.card_type")
	default:
		return nil, refuse(44004, "text content is empty")
	}
	s.keep(m)
	return nil, nil
}
