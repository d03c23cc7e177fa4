package wecomtest

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// The rules of 微信客服.
// https://developer.work.weixin.qq.com/document/path/94677
const (
	kfWindow      = 48 * time.Hour
	kfMost        = 5
	kfKeeps       = 72 * time.Hour   // what sync_msg still gives
	kfTokenLife   = 10 * time.Minute // of the callback
	kfWelcomeLife = 20 * time.Second
	kfMaxText     = 2048
	kfMaxHead     = 1024
	kfMaxItems    = 10
	kfMaxClickID  = 64
	kfMaxLabel    = 128
	kfMaxURL      = 2048
	kfMaxPage     = 1000
	// kfUnasked is how many pages a minute are given without a token. WeCom says
	// only that it is strict.
	kfUnasked = 10
)

// The states of a session.
// https://developer.work.weixin.qq.com/document/path/94669
const (
	KFNew   = 0
	KFBot   = 1
	KFPool  = 2
	KFHuman = 3
	KFOver  = 4
)

func init() {
	register(func(s *Server) {
		s.kf = &kfAccount{
			id: "wkTESTaccount01", page: kfMaxPage, customers: map[string]*customer{},
			cursors: map[string]int{}, tokens: map[string]time.Time{}, codes: map[string]*kfCode{}, names: map[string]string{},
		}
		s.handle("kf/sync_msg", (*Server).kfSync)
		s.handle("kf/send_msg", (*Server).kfSend)
		s.handle("kf/send_msg_on_event", (*Server).kfSendOnEvent)
		s.handle("kf/add_contact_way", (*Server).kfLink)
		s.handle("kf/customer/batchget", (*Server).kfCustomers)
		s.handle("kf/account/list", (*Server).kfAccounts)
	})
}

// kfAccount is the account of 微信客服 with what sync_msg gives.
type kfAccount struct {
	id        string
	page      int // at most on one page
	empty     int // so many pages come empty, with more to come
	quietTaps bool
	tell      func(token, openKFID string)

	customers map[string]*customer
	entries   []kfEntry
	cursors   map[string]int // how many entries were given before it
	tokens    map[string]time.Time
	codes     map[string]*kfCode
	names     map[string]string // our own msgids, with what they were for
	loseNext  []int
}

// kfEntry is one entry that sync_msg gives.
type kfEntry struct {
	at   time.Time
	body object
}

// customer is a person with ordinary WeChat.
type customer struct {
	id, name string
	refuses  bool
	state    int
	last     time.Time // when they last wrote
	sent     int       // messages to them since then
	welcomed time.Time
	seen     []KFMessage
}

type kfCode struct {
	customer string
	until    time.Time
	used     bool
}

// KFMessage is a message in the chat of a customer.
type KFMessage struct {
	ID    string
	At    time.Time
	Own   bool // written by the customer
	Kind  string
	Text  string
	Items []KFItem
	File  *Media
}

// KFItem is an item of a menu: it can be tapped, or opens a link.
type KFItem struct{ ID, Label, URL string }

// String writes a message as a person reads it.
func (m KFMessage) String() string {
	s := m.Text
	if m.Own {
		s = "> " + s
	}
	for _, item := range m.Items {
		s += "\n[" + item.Label + "]"
		if item.URL != "" {
			s += "(" + item.URL + ")"
		}
	}
	return s
}

// KFID is the id of the account of 微信客服.
func (s *Server) KFID() string { return s.kf.id }

func (s *Server) kfSync(c *call) (any, *failure) {
	var q struct {
		Cursor   string `json:"cursor"`
		Token    string `json:"token"`
		Limit    int    `json:"limit"`
		Voice    int    `json:"voice_format"`
		OpenKFID string `json:"open_kfid"`
	}
	if fail := c.read(&q); fail != nil {
		return nil, fail
	}
	k := s.kf
	switch at, known := k.tokens[q.Token]; {
	case q.OpenKFID != k.id:
		return nil, refuse(95004, "open_kfid not exist")
	case q.Limit < 0 || q.Limit > kfMaxPage:
		s.violate("sync_msg asks for %d messages", q.Limit)
		return nil, refuse(40058, "invalid limit")
	case q.Token != "" && (!known || s.now().Sub(at) > kfTokenLife):
		return nil, refuse(95007, "invalid msg token")
	case q.Token == "" && !s.allow("kf/sync_msg", kfUnasked, time.Minute):
		return nil, refuse(45009, "api freq out of limit")
	}
	from, known := k.cursors[q.Cursor]
	if q.Cursor != "" && !known {
		return nil, refuse(40058, "invalid cursor")
	}
	list, next := []object{}, from
	for limit := k.pageSize(q.Limit); next < len(k.entries) && len(list) < limit; next++ {
		if e := k.entries[next]; s.now().Sub(e.at) <= kfKeeps {
			list = append(list, e.body)
		}
	}
	more := 0
	if next < len(k.entries) {
		more = 1
	}
	cursor := s.next("CURSOR-")
	k.cursors[cursor] = next
	return object{"next_cursor": cursor, "has_more": more, "msg_list": list}, nil
}

// pageSize is how many entries the next page has.
func (k *kfAccount) pageSize(limit int) int {
	if k.empty > 0 {
		k.empty--
		return 0
	}
	if limit == 0 {
		limit = kfMaxPage
	}
	return min(limit, k.page)
}

var kfScene = regexp.MustCompile(`^[0-9a-zA-Z_-]{0,32}$`)

func (s *Server) kfLink(c *call) (any, *failure) {
	var q struct {
		OpenKFID string `json:"open_kfid"`
		Scene    string `json:"scene"`
	}
	if fail := c.read(&q); fail != nil {
		return nil, fail
	}
	if q.OpenKFID != s.kf.id {
		return nil, refuse(95004, "open_kfid not exist")
	}
	if !kfScene.MatchString(q.Scene) {
		s.violate("a scene %q", q.Scene)
		return nil, refuse(40058, "invalid scene")
	}
	url := "https://work.weixin.qq.com/kf/kfc" + s.kf.id
	if q.Scene != "" {
		url += "?enc_scene=ENC" + q.Scene
	}
	return object{"url": url}, nil
}

func (s *Server) kfCustomers(c *call) (any, *failure) {
	var q struct {
		IDs     []string `json:"external_userid_list"`
		Context int      `json:"need_enter_session_context"`
	}
	if fail := c.read(&q); fail != nil {
		return nil, fail
	}
	if len(q.IDs) == 0 || len(q.IDs) > 100 {
		s.violate("%d customers in one call", len(q.IDs))
		return nil, refuse(40058, "invalid external_userid_list")
	}
	found, unknown := []object{}, []string{}
	for _, id := range q.IDs {
		if p := s.kf.customers[id]; p != nil {
			found = append(found, object{"external_userid": id, "nickname": p.name, "gender": 0})
		} else {
			unknown = append(unknown, id)
		}
	}
	return object{"customer_list": found, "invalid_external_userid": unknown}, nil
}

func (s *Server) kfAccounts(*call) (any, *failure) {
	return object{"account_list": []object{{"open_kfid": s.kf.id, "name": "服务台", "manage_privilege": true}}}, nil
}

// entry adds what sync_msg gives. The lock is held.
func (s *Server) kfEntry(body object) string {
	id := s.next("kfmsg")
	body["msgid"], body["send_time"] = id, s.now().Unix()
	s.kf.entries = append(s.kf.entries, kfEntry{s.now(), body})
	return id
}

// kfEvent adds an event. The lock is held.
func (s *Server) kfEvent(kind, customer string, fields object) {
	event := object{"event_type": kind, "open_kfid": s.kf.id, "external_userid": customer}
	for k, v := range fields {
		event[k] = v
	}
	s.kfEntry(object{"origin": 4, "msgtype": "event", "event": event})
}

// OnKF says who is told that there is something to read, with the token for
// reading: the callback kf_msg_or_event.
func (s *Server) OnKF(tell func(token, openKFID string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.tell = tell
}

// notify tells that there is something to read. The lock is not held.
func (s *Server) notify() {
	s.mu.Lock()
	token := s.next("KFTOKEN-")
	s.kf.tokens[token] = s.now()
	tell, id := s.kf.tell, s.kf.id
	s.mu.Unlock()
	if tell != nil {
		tell(token, id)
	}
}

// KFPages makes pages of at most n entries, and the next empty ones come without
// any although there are more.
func (s *Server) KFPages(n, empty int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.page, s.kf.empty = n, empty
}

// KFQuietTaps makes taps on a menu not open the window, which the documents leave
// open.
func (s *Server) KFQuietTaps() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.quietTaps = true
}

// KFForgetCursors makes every cursor unknown.
func (s *Server) KFForgetCursors() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.cursors = map[string]int{}
}

// KFInject adds any entry, as it would come from a newer WeCom.
func (s *Server) KFInject(body map[string]any) {
	s.mu.Lock()
	s.kfEntry(body)
	s.mu.Unlock()
	s.notify()
}

// customer finds somebody. The lock is held.
func (s *Server) customer(id string) *customer {
	p := s.kf.customers[id]
	if p == nil {
		panic(fmt.Sprintf("wecomtest: there is no customer %s", id))
	}
	return p
}

// open tells whether somebody can be written to, as a refusal if not.
func (p *customer) open(now time.Time) *failure {
	switch {
	case p.last.IsZero():
		return refuse(95018, "send msg session status invalid")
	case now.Sub(p.last) >= kfWindow:
		return refuse(95002, "send msg time out of limit")
	case p.state != KFNew && p.state != KFBot:
		return refuse(95018, "send msg session status invalid "+strconv.Itoa(p.state))
	case p.sent >= kfMost:
		return refuse(95001, "send msg count out of limit")
	}
	return nil
}
