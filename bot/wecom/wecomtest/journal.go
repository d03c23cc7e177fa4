package wecomtest

import (
	"fmt"
	"slices"
	"time"
)

// Call is one call of the API.
type Call struct {
	At     time.Time
	Method string
	Code   int // errcode; 0 is success.
	Status int // Of HTTP, where it is not 200.
	Lost   bool
	Query  string // Without secrets' names: as it came.
	Body   string // Empty for files.
}

func (s *Server) log(c *call, f *failure, lost bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := Call{At: s.now(), Method: c.method, Lost: lost, Query: c.query.Encode()}
	if len(c.body) < 64<<10 {
		entry.Body = string(c.body)
	}
	if f != nil {
		entry.Code, entry.Status = f.code, f.status
	}
	s.calls = append(s.calls, entry)
}

// Calls are all calls of a method such as message/send (empty: of all) so far,
// in order.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			out = append(out, c)
		}
	}
	return out
}

// Violations are what the program did against the rules of WeCom: what was
// dropped or cut, and what nobody should ask for.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// violate keeps a violation. The lock is held.
func (s *Server) violate(format string, args ...any) {
	s.violations = append(s.violations, s.now().UTC().Format(time.RFC3339)+" "+fmt.Sprintf(format, args...))
}
