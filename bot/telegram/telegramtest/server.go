package telegramtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options change how a server behaves. The zero value behaves like Telegram.
type Options struct {
	Token string           // Default "1000001:TEST-token".
	Name  string           // The bot's name without @; default "frontdesk_bot".
	Now   func() time.Time // Default time.Now, which is the bubble's clock inside synctest.

	NoLimits   bool // No limits of rate.
	FreeEdits  bool // Edits do not count against the limits of a chat.
	PrivacyOff bool // The bot reads everything in its groups.

	// Redeliver gives each update that many times; 0 and 1 mean once.
	Redeliver int
	// Shuffle, when not 0, is the seed for mixing the updates of different people
	// and groups. The order of each is kept.
	Shuffle uint64
	// FirstUpdate is the number of the first update; default 1.
	FirstUpdate int64
}

// Server is the server and the world behind it. All methods may be called from
// several goroutines.
type Server struct {
	opts Options
	now  func() time.Time

	mu         sync.Mutex
	rand       *rand.Rand
	people     map[int64]*Person
	chats      map[int64]*chat
	files      map[string]*storedFile
	presses    map[string]*Press
	pressOrder []*Press
	menus      map[string][]Command

	updates    []*update
	expired    []string
	nextUpdate int64
	allowed    []string
	wake       chan struct{} // Closed and renewed whenever something changes.
	poll       int           // The newest poll; older ones end with 409.

	hook   hook
	pushTo http.Handler
	busy   map[string]bool

	calls      []Call
	violations []string
	faults     []*fault
	outage     bool
	slow       time.Duration
	overall    []time.Time
	blockedAll time.Time
	counter    int
}

// New makes a server whose world has nobody in it. For a bubble of
// testing/synctest it must be called inside the bubble.
func New(opts Options) *Server {
	if opts.Token == "" {
		opts.Token = "1000001:TEST-token"
	}
	if opts.Name == "" {
		opts.Name = "frontdesk_bot"
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.FirstUpdate == 0 {
		opts.FirstUpdate = 1
	}
	return &Server{
		opts: opts, now: opts.Now, rand: rand.New(rand.NewPCG(opts.Shuffle, 1)),
		people: map[int64]*Person{}, chats: map[int64]*chat{}, files: map[string]*storedFile{},
		presses: map[string]*Press{}, menus: map[string][]Command{}, busy: map[string]bool{},
		nextUpdate: opts.FirstUpdate, wake: make(chan struct{}),
	}
}

// Token is the token that the server accepts.
func (s *Server) Token() string { return s.opts.Token }

// Name is the bot's name, without @.
func (s *Server) Name() string { return s.opts.Name }

// BotID is the bot's id.
func (s *Server) BotID() int64 {
	id, _, _ := strings.Cut(s.opts.Token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

func (s *Server) bot() object {
	return object{"id": s.BotID(), "is_bot": true, "first_name": "Front desk", "username": s.opts.Name}
}

// changed wakes whoever waits for a change. The lock is held.
func (s *Server) changed() {
	close(s.wake)
	s.wake = make(chan struct{})
}

type object = map[string]any

// failure is an answer with ok false.
type failure struct {
	code        int
	description string
	retryAfter  int
	migrateTo   int64
	raw         string // An answer that is not JSON.
}

func bad(description string) *failure {
	return &failure{code: 400, description: "Bad Request: " + description}
}

func forbidden(description string) *failure {
	return &failure{code: 403, description: "Forbidden: " + description}
}

func (f *failure) write(w http.ResponseWriter) {
	if f.raw != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.code)
		_, _ = w.Write([]byte(f.raw))
		return
	}
	reply := object{"ok": false, "error_code": f.code, "description": f.description}
	params := object{}
	if f.retryAfter != 0 {
		params["retry_after"] = f.retryAfter
	}
	if f.migrateTo != 0 {
		params["migrate_to_chat_id"] = f.migrateTo
	}
	if len(params) > 0 {
		reply["parameters"] = params
	}
	writeJSON(w, f.code, reply)
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("telegramtest: %v", err))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(data)
}
