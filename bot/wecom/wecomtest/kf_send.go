package wecomtest

import (
	"regexp"
	"strings"
)

// kfOut is a message to a customer, as it came in.
type kfOut struct {
	To       string `json:"touser"`
	OpenKFID string `json:"open_kfid"`
	Code     string `json:"code"`
	ID       string `json:"msgid"`
	Type     string `json:"msgtype"`
	Text     *struct {
		Content string `json:"content"`
		MenuID  string `json:"menu_id"`
	} `json:"text"`
	Menu *struct {
		Head string `json:"head_content"`
		Tail string `json:"tail_content"`
		List []struct {
			Type  string `json:"type"`
			Click *struct {
				ID      string `json:"id"`
				Content string `json:"content"`
			} `json:"click"`
			View *struct {
				URL     string `json:"url"`
				Content string `json:"content"`
			} `json:"view"`
		} `json:"list"`
	} `json:"msgmenu"`
	Image *kfMedia `json:"image"`
	Voice *kfMedia `json:"voice"`
	Video *kfMedia `json:"video"`
	File  *kfMedia `json:"file"`
}

type kfMedia struct {
	ID string `json:"media_id"`
}

var kfName = regexp.MustCompile(`^[0-9A-Za-z_-]{1,32}$`)

func (s *Server) kfSend(c *call) (any, *failure) {
	var q kfOut
	if fail := c.read(&q); fail != nil {
		return nil, fail
	}
	p := s.kf.customers[q.To]
	switch {
	case q.OpenKFID != s.kf.id || q.Code != "":
		return nil, refuse(95004, "open_kfid not exist")
	case p == nil:
		return nil, refuse(40096, "invalid external userid")
	}
	m, fail := s.kfDraw(&q, q.To)
	if fail == nil {
		fail = s.kfOnce(&q, string(c.body))
	}
	if fail == nil {
		fail = p.open(s.now())
	}
	if fail != nil {
		return nil, fail
	}
	p.sent++
	s.kfTake(p, m, string(c.body))
	return object{"msgid": q.ID}, nil
}

func (s *Server) kfSendOnEvent(c *call) (any, *failure) {
	var q kfOut
	if fail := c.read(&q); fail != nil {
		return nil, fail
	}
	code := s.kf.codes[q.Code]
	switch {
	case q.To != "" || q.OpenKFID != "":
		s.violate("a message on an event with touser or open_kfid")
		return nil, refuse(40058, "invalid Request Parameter")
	case code == nil:
		return nil, refuse(41050, "invalid code")
	case code.used:
		s.violate("a code on an event used twice")
		return nil, refuse(42022, "code has been used")
	case s.now().After(code.until):
		return nil, refuse(42003, "code expired")
	case q.Type != "text" && q.Type != "msgmenu":
		return nil, refuse(40008, "invalid message type")
	}
	m, fail := s.kfDraw(&q, code.customer)
	if fail == nil {
		fail = s.kfOnce(&q, string(c.body))
	}
	if fail != nil {
		return nil, fail
	}
	code.used = true
	s.kfTake(s.customer(code.customer), m, string(c.body))
	return object{"msgid": q.ID}, nil
}

// kfOnce refuses a name that a message had before. That it had other words is
// the program's mistake; the same again is a repetition. A file has a new
// media_id whenever it is uploaded again.
func (s *Server) kfOnce(q *kfOut, body string) *failure {
	before, used := s.kf.names[q.ID]
	if !used {
		return nil
	}
	if before != body && (q.Type == "text" || q.Type == "msgmenu") {
		s.violate("the name %s for two messages: %s and %s", q.ID, before, body)
	}
	return refuse(40058, "msgid has been used")
}

// kfTake delivers a message, or loses it when it was told to.
func (s *Server) kfTake(p *customer, m KFMessage, body string) {
	s.kf.names[m.ID] = body
	failType := 0
	if p.refuses {
		failType = 10
	}
	if len(s.kf.loseNext) > 0 {
		failType, s.kf.loseNext = s.kf.loseNext[0], s.kf.loseNext[1:]
	}
	if failType != 0 {
		s.kfEvent("msg_send_fail", p.id, object{"fail_msgid": m.ID, "fail_type": failType})
		return
	}
	p.seen = append(p.seen, m)
}

// kfDraw checks a message and returns what the customer sees.
func (s *Server) kfDraw(q *kfOut, to string) (KFMessage, *failure) {
	m := KFMessage{ID: q.ID, At: s.now(), Kind: q.Type}
	bad := func(code int, format string, args ...any) (KFMessage, *failure) {
		s.violate("to customer "+to+": "+format, args...)
		return m, refuse(code, "invalid message")
	}
	if !kfName.MatchString(q.ID) {
		return bad(40058, "the name %q", q.ID)
	}
	switch {
	case q.Type == "text" && q.Text != nil:
		if n := len(q.Text.Content); n == 0 || n > kfMaxText || strings.TrimSpace(q.Text.Content) == "" {
			return bad(40058, "a text of %d bytes", n)
		}
		m.Text = q.Text.Content
	case q.Type == "msgmenu" && q.Menu != nil:
		return s.kfMenu(q, m, bad)
	default:
		return s.kfFile(q, m, bad)
	}
	return m, nil
}

type badMessage = func(code int, format string, args ...any) (KFMessage, *failure)

func (s *Server) kfMenu(q *kfOut, m KFMessage, bad badMessage) (KFMessage, *failure) {
	if len(q.Menu.Head) > kfMaxHead || len(q.Menu.Tail) > kfMaxHead {
		return bad(40058, "a menu's text of %d bytes", len(q.Menu.Head))
	}
	if n := len(q.Menu.List); n == 0 || n > kfMaxItems {
		return bad(95008, "a menu of %d items", n)
	}
	m.Text = q.Menu.Head
	for _, item := range q.Menu.List {
		switch {
		case item.Type == "click" && item.Click != nil:
			if id, label := item.Click.ID, item.Click.Content; len(id) > kfMaxClickID || label == "" || len(label) > kfMaxLabel {
				return bad(40058, "an item %q with the id %q", label, id)
			}
			m.Items = append(m.Items, KFItem{ID: item.Click.ID, Label: item.Click.Content})
		case item.Type == "view" && item.View != nil:
			if item.View.URL == "" || len(item.View.URL) > kfMaxURL || item.View.Content == "" || len(item.View.Content) > kfMaxHead {
				return bad(40058, "a link %q", item.View.URL)
			}
			m.Items = append(m.Items, KFItem{Label: item.View.Content, URL: item.View.URL})
		default:
			return bad(95009, "an item of type %q", item.Type)
		}
	}
	return m, nil
}

func (s *Server) kfFile(q *kfOut, m KFMessage, bad badMessage) (KFMessage, *failure) {
	ids := map[string]*kfMedia{"image": q.Image, "voice": q.Voice, "video": q.Video, "file": q.File}
	id := ids[q.Type]
	if id == nil {
		return bad(40008, "a message of type %q", q.Type)
	}
	file, fail := s.liveMedia(id.ID, q.Type)
	if fail != nil {
		return m, fail
	}
	m.File, m.Text = file, "("+q.Type+" "+file.Name+")"
	return m, nil
}
