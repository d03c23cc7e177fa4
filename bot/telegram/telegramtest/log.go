package telegramtest

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Call is one call of the Bot API.
type Call struct {
	At          time.Time
	Method      string
	Chat        int64
	Code        int // 200, or the code of the refusal.
	Description string
	Lost        bool // It happened, but the answer was lost.
	Params      map[string]string
}

func (s *Server) log(method string, p params, f *failure, lost bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Call{At: s.now(), Method: method, Chat: p.number("chat_id"), Code: 200, Lost: lost, Params: maps.Clone(p.values)}
	if f != nil {
		c.Code, c.Description = f.code, f.description
	}
	s.calls = append(s.calls, c)
}

// Calls are all calls of a method (empty: of all) so far, in order.
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

// Violations are what the program did against the rules of Telegram: calls
// before a retry_after was over, messages beyond a limit, updates thrown away.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// violate keeps a violation. The lock is held.
func (s *Server) violate(format string, args ...any) {
	s.violations = append(s.violations, s.now().UTC().Format(time.RFC3339)+" "+fmt.Sprintf(format, args...))
}
