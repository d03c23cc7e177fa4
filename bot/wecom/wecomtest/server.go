package wecomtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Options change how a server behaves. The zero value behaves like WeCom.
type Options struct {
	CorpID  string // Default "wwtest0000000001".
	AgentID int64  // Default 1000002.
	Secret  string // Default "TEST-secret".
	Now     func() time.Time

	NoLimits bool // No limits of rate.
	// NotRoot means that the application is not visible to the whole corp, so that
	// it cannot make groups.
	NotRoot bool
}

// Server is the server and the corp behind it. All methods may be called from
// several goroutines.
type Server struct {
	opts     Options
	now      func() time.Time
	handlers map[string]endpoint

	mu      sync.Mutex
	counter int

	tokens   map[string]time.Time // When each ends.
	newest   string
	outside  bool // The caller's address is not trusted.
	people   map[string]*Person
	messages []*stored
	byID     map[string]*stored
	rates    map[string][]time.Time
	repeats  map[string]repeat
	codes    map[string]*responseCode
	taskIDs  map[string]*stored
	chats    map[string]*Chat
	robots   map[string]*Robot
	media    map[string]*Media
	menu     *Menu
	kf       *kfAccount

	calls      []Call
	violations []string
	faults     []*fault
	outage     bool
}

// endpoint is one call of the API. open ones need no token.
type endpoint struct {
	open bool
	do   func(*Server, *call) (any, *failure)
}

// registry holds what the files of this package add to every server.
var registry []func(*Server)

// register adds calls to every new server; each file does it in an init.
func register(add func(*Server)) { registry = append(registry, add) }

// New makes a server of a corp in which nobody is.
func New(opts Options) *Server {
	if opts.CorpID == "" {
		opts.CorpID = "wwtest0000000001"
	}
	if opts.AgentID == 0 {
		opts.AgentID = 1000002
	}
	if opts.Secret == "" {
		opts.Secret = "TEST-secret"
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	s := &Server{
		opts: opts, now: opts.Now, handlers: map[string]endpoint{}, tokens: map[string]time.Time{},
		people: map[string]*Person{}, byID: map[string]*stored{}, rates: map[string][]time.Time{}, repeats: map[string]repeat{},
		codes: map[string]*responseCode{}, taskIDs: map[string]*stored{},
		chats: map[string]*Chat{}, robots: map[string]*Robot{}, media: map[string]*Media{},
	}
	for _, add := range registry {
		add(s)
	}
	return s
}

// CorpID is the id of the corp.
func (s *Server) CorpID() string { return s.opts.CorpID }

// AgentID is the id of the application.
func (s *Server) AgentID() int64 { return s.opts.AgentID }

// Secret is the secret of the application.
func (s *Server) Secret() string { return s.opts.Secret }

// handle answers a call at /cgi-bin/<path> that shows a token. The function is
// called with the lock held; it returns an object, or a *File.
func (s *Server) handle(path string, do func(*Server, *call) (any, *failure)) {
	s.handlers[path] = endpoint{do: do}
}

// handleOpen is handle for a call without token.
func (s *Server) handleOpen(path string, do func(*Server, *call) (any, *failure)) {
	s.handlers[path] = endpoint{open: true, do: do}
}

type object = map[string]any

// call is one call as it came in.
type call struct {
	method string
	query  url.Values
	kind   string // Content-Type.
	body   []byte
}

// read decodes the body, strictly: an unknown field is refused, and so is a
// character written as \u003c.
func (c *call) read(v any) *failure {
	if bytes.Contains(c.body, []byte(`\u003c`)) || bytes.Contains(c.body, []byte(`\u0026`)) {
		return refuse(40033, "invalid charset. please check your request, if include \\uxxxx will create fail")
	}
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return refuse(40058, "invalid Request Parameter: "+err.Error())
	}
	return nil
}

// failure is an answer that is a refusal.
type failure struct {
	code    int
	message string
	status  int    // Of HTTP; 0 means 200.
	raw     string // An answer that is not JSON.
	fields  object // What the answer says besides.
}

func refuse(code int, message string) *failure { return &failure{code: code, message: message} }

func (f *failure) write(w http.ResponseWriter) {
	if f.raw != "" || f.status != 0 {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(max(f.status, http.StatusOK))
		_, _ = w.Write([]byte(f.raw))
		return
	}
	reply := object{"errcode": f.code, "errmsg": f.message + ", hint: [1772438400_1_test], from ip: 192.0.2.7"}
	for k, v := range f.fields {
		reply[k] = v
	}
	writeJSON(w, reply)
}

func writeJSON(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("wecomtest: %v", err))
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_, _ = w.Write(data)
}

// maxBody is the most bytes of a call: a file of 20 MB with what is around it.
const maxBody = 21 << 20

// ServeHTTP answers calls at /cgi-bin/<path>. A refusal has the status 200, as
// WeCom does it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.down() {
		panic(http.ErrAbortHandler)
	}
	path, found := strings.CutPrefix(r.URL.Path, "/cgi-bin/")
	if !found {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(body) > maxBody {
		refuse(45001, "media size out of limit").write(w)
		return
	}
	c := &call{method: path, query: r.URL.Query(), kind: r.Header.Get("Content-Type"), body: body}
	if s.takeFault(path, faultHang) != nil {
		<-r.Context().Done()
		return
	}
	if f := s.takeFault(path, faultFail); f != nil {
		s.log(c, f.failure, false)
		f.failure.write(w)
		return
	}
	reply, fail := s.run(c)
	lost := s.takeFault(path, faultLose) != nil
	s.log(c, fail, lost)
	if lost {
		panic(http.ErrAbortHandler) // The connection ends without an answer.
	}
	if fail != nil {
		fail.write(w)
		return
	}
	s.write(w, reply)
}

func (s *Server) run(c *call) (any, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, known := s.handlers[c.method]
	if !known {
		s.violate("unknown call %s", c.method)
		return nil, &failure{status: http.StatusNotFound, raw: "404 page not found"}
	}
	if !e.open {
		if fail := s.checkToken(c.query.Get("access_token")); fail != nil {
			return nil, fail
		}
		if s.outside {
			return nil, refuse(60020, "not allow to access from your ip")
		}
	}
	return e.do(s, c)
}

// write answers with an object, or with the bytes of a file.
func (s *Server) write(w http.ResponseWriter, reply any) {
	if file, ok := reply.(*File); ok {
		w.Header().Set("Content-Type", file.MIME)
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file.Name))
		_, _ = w.Write(file.Body)
		return
	}
	fields := object{"errcode": 0, "errmsg": "ok"}
	if more, ok := reply.(object); ok {
		for k, v := range more {
			fields[k] = v
		}
	}
	writeJSON(w, fields)
}

// next is a new name. The lock is held.
func (s *Server) next(prefix string) string {
	s.counter++
	return fmt.Sprintf("%s%06d", prefix, s.counter)
}

// allow counts one use and tells whether it is within most in a window. The
// lock is held.
func (s *Server) allow(key string, most int, window time.Duration) bool {
	if s.opts.NoLimits {
		return true
	}
	now := s.now()
	key = fmt.Sprint(key, window)
	kept := s.rates[key][:0]
	for _, at := range s.rates[key] {
		if now.Sub(at) < window {
			kept = append(kept, at)
		}
	}
	within := len(kept) < most
	if within {
		kept = append(kept, now)
	}
	s.rates[key] = kept
	return within
}
