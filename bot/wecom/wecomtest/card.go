package wecomtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"
)

func init() {
	register(func(s *Server) { s.handle("message/update_template_card", (*Server).updateCard) })
}

// codeLife is how long a response code is good.
const codeLife = 72 * time.Hour

// responseCode replaces a card once.
type responseCode struct {
	message *stored
	until   time.Time
	used    bool
}

// Card is a template card as one person sees it.
// https://developer.work.weixin.qq.com/document/path/90236#template-card
type Card struct {
	Type        string       `json:"card_type"`
	Source      *CardSource  `json:"source,omitempty"`
	Title       CardTitle    `json:"main_title"`
	Text        string       `json:"sub_title_text,omitempty"`
	Facts       []CardFact   `json:"horizontal_content_list,omitempty"`
	Jumps       []CardJump   `json:"jump_list,omitempty"`
	Action      *CardAction  `json:"card_action,omitempty"`
	Buttons     []CardButton `json:"button_list,omitempty"`
	TaskID      string       `json:"task_id,omitempty"`
	ReplaceText string       `json:"replace_text,omitempty"` // A grey button that does nothing.
}

// CardSource is who a card says it is from.
type CardSource struct {
	IconURL string `json:"icon_url,omitempty"`
	Desc    string `json:"desc,omitempty"`
	Color   int    `json:"desc_color,omitempty"`
}

// CardTitle is the head of a card.
type CardTitle struct {
	Title string `json:"title,omitempty"`
	Desc  string `json:"desc,omitempty"`
}

// CardFact is a line of a card.
type CardFact struct {
	Type  int    `json:"type,omitempty"`
	Name  string `json:"keyname"`
	Value string `json:"value,omitempty"`
	URL   string `json:"url,omitempty"`
}

// CardJump is a link below a card.
type CardJump struct {
	Type  int    `json:"type,omitempty"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// CardAction is what pressing the card itself does.
type CardAction struct {
	Type int    `json:"type"`
	URL  string `json:"url,omitempty"`
}

// CardButton is a button of a card.
type CardButton struct {
	Type  int    `json:"type,omitempty"` // 1 opens URL.
	Text  string `json:"text"`
	Style int    `json:"style,omitempty"`
	Key   string `json:"key,omitempty"`
	URL   string `json:"url,omitempty"`
}

var taskForm = regexp.MustCompile(`^[0-9A-Za-z_\-@]{1,128}$`)

// readCard reads a card and refuses what WeCom does; what it only shows in part
// is kept as a violation.
func (s *Server) readCard(raw json.RawMessage, update bool) (*Card, *failure) {
	var card Card
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&card); err != nil {
		return nil, refuse(40058, "invalid Request Parameter: "+err.Error())
	}
	if card.ReplaceText != "" && !update {
		return nil, refuse(40058, "invalid Request Parameter: replace_text")
	}
	switch card.Type {
	case "button_interaction":
		if fail := s.checkButtons(card); fail != nil {
			return nil, fail
		}
		if card.Title.Title == "" {
			return nil, refuse(42033, "Template_Card title missing")
		}
		if card.TaskID == "" && !update {
			return nil, refuse(42014, "invalid task_id")
		}
	case "text_notice":
		if card.Title.Title == "" && card.Text == "" {
			return nil, refuse(42033, "Template_Card title missing")
		}
		if card.Action == nil || card.Action.Type != 1 || card.Action.URL == "" {
			return nil, refuse(42045, "invalid Template_Card.card_action")
		}
		if len(card.Buttons) > 0 {
			return nil, refuse(40058, "invalid Request Parameter: button_list")
		}
	default:
		return nil, refuse(42031, "invalid Template_Card.card_type")
	}
	if card.TaskID != "" && !taskForm.MatchString(card.TaskID) {
		return nil, refuse(42014, "invalid task_id")
	}
	s.shown("title", card.Title.Title, 36)
	s.shown("desc", card.Title.Desc, 44)
	s.shown("sub_title_text", card.Text, 160)
	return &card, nil
}

func (s *Server) checkButtons(card Card) *failure {
	if len(card.Buttons) < 1 || len(card.Buttons) > 6 {
		return refuse(40016, "invalid button size")
	}
	keys := map[string]bool{}
	for _, b := range card.Buttons {
		switch {
		case b.Text == "":
			return refuse(42038, "invalid Template_Card.button_list.text")
		case b.Type == 1 && b.URL == "":
			return refuse(42028, "Template_Card url missing")
		case b.Type != 1 && (b.Key == "" || len(b.Key) > 1024 || keys[b.Key]):
			return refuse(42039, "invalid Template_Card.button_list.key")
		}
		keys[b.Key] = true
		s.shown("button", b.Text, 10)
	}
	return nil
}

// shown keeps a violation when a text is longer than what a card shows of it.
func (s *Server) shown(what, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		s.violate("a card's %s of %d characters, at most %d are shown", what, n, most)
	}
}

// cardContent makes a message a card.
func (s *Server) cardContent(m *stored, raw json.RawMessage) *failure {
	card, fail := s.readCard(raw, false)
	if fail != nil {
		return fail
	}
	if card.TaskID != "" && s.taskIDs[card.TaskID] != nil {
		return refuse(42014, "invalid task_id: used before")
	}
	m.taskID = card.TaskID
	m.cards = map[string]*Card{"": card}
	return nil
}

// giveCards gives every receiver a card of their own, and the sender the code
// of an interactive one.
func (s *Server) giveCards(m *stored, reply object) {
	card := m.cards[""]
	m.cards = map[string]*Card{}
	for _, user := range m.to {
		own := *card
		m.cards[user] = &own
	}
	if m.taskID != "" {
		s.taskIDs[m.taskID] = m
	}
	if card.Type == "button_interaction" {
		reply["response_code"] = s.newCode(m)
	}
}

// newCode makes a code for a card, as sending and each press do. The lock is
// held.
func (s *Server) newCode(m *stored) string {
	code := s.next("CODE-")
	s.codes[code] = &responseCode{message: m, until: s.now().Add(codeLife)}
	return code
}

// updateCard replaces a card.
// https://developer.work.weixin.qq.com/document/path/94888
func (s *Server) updateCard(c *call) (any, *failure) {
	var b struct {
		UserIDs []string        `json:"userids"`
		AtAll   int             `json:"atall"`
		AgentID json.RawMessage `json:"agentid"`
		Code    string          `json:"response_code"`
		Button  *struct {
			ReplaceName string `json:"replace_name"`
		} `json:"button"`
		TemplateCard json.RawMessage `json:"template_card"`
	}
	if fail := c.read(&b); fail != nil {
		return nil, fail
	}
	if fail := s.checkAgent(b.AgentID); fail != nil {
		return nil, fail
	}
	if (b.Button == nil) == (b.TemplateCard == nil) {
		return nil, refuse(40058, "invalid Request Parameter: button or template_card")
	}
	code := s.codes[b.Code]
	switch {
	case code == nil:
		return nil, refuse(40058, "invalid Request Parameter: response_code")
	case code.used:
		s.violate("a response code was used twice")
		return nil, refuse(42022, "code has been used")
	case s.now().After(code.until):
		s.violate("a response code was used after 72 hours")
		return nil, refuse(42003, "code expired")
	case code.message.recalled:
		return nil, refuse(42052, "msgid expired")
	}
	m := code.message
	if b.AtAll == 1 {
		b.UserIDs = m.to
	}
	var card *Card
	if b.TemplateCard != nil {
		var fail *failure
		if card, fail = s.readCard(b.TemplateCard, true); fail != nil {
			return nil, fail
		}
		if card.TaskID != "" && card.TaskID != m.taskID {
			return nil, refuse(42014, fmt.Sprintf("invalid task_id: not %s", m.taskID))
		}
	}
	invalid := []string{}
	changed := false
	for _, user := range b.UserIDs {
		if m.cards[user] == nil {
			invalid = append(invalid, user)
			continue
		}
		changed = true
		if card == nil {
			m.cards[user].ReplaceText = b.Button.ReplaceName
			continue
		}
		own := *card
		m.cards[user] = &own
	}
	if !changed {
		return nil, refuse(82101, "update target is empty")
	}
	code.used = true
	return object{"invaliduser": invalid}, nil
}

// PressCode is the code that a press on the card with a task id brings; empty
// when there is no such card.
func (s *Server) PressCode(taskID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.taskIDs[taskID]; m != nil {
		return s.newCode(m)
	}
	return ""
}
