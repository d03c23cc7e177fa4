package wecomtest

import (
	"fmt"
	"net/http"
)

// fault is something that goes wrong with the next calls of a method.
type fault struct {
	kind    faultKind
	method  string // Empty means all methods.
	left    int
	failure *failure
}

type faultKind int

const (
	faultFail faultKind = iota // Refused, nothing done.
	faultLose                  // Done, but the answer is lost.
	faultHang                  // Nothing done, no answer.
)

// Fail makes the next n calls of a method (empty: of any) fail with a status of
// HTTP and a page of HTML, as gateways do.
func (s *Server) Fail(method string, status, n int) {
	page := fmt.Sprintf("<html><head><title>%d %s</title></head></html>", status, http.StatusText(status))
	s.addFault(&fault{kind: faultFail, method: method, left: n, failure: &failure{status: status, raw: page}})
}

// Refuse makes the next n calls fail with an errcode.
func (s *Server) Refuse(method string, code int, message string, n int) {
	s.addFault(&fault{kind: faultFail, method: method, left: n, failure: refuse(code, message)})
}

// Garble makes the next n calls answer with any body; nothing is done.
func (s *Server) Garble(method, body string, n int) {
	s.addFault(&fault{kind: faultFail, method: method, left: n, failure: &failure{raw: body}})
}

// Lose makes the next n calls happen without an answer: the connection breaks.
func (s *Server) Lose(method string, n int) {
	s.addFault(&fault{kind: faultLose, method: method, left: n})
}

// Hang makes the next n calls wait until the caller gives up; nothing happens.
func (s *Server) Hang(method string, n int) {
	s.addFault(&fault{kind: faultHang, method: method, left: n})
}

// Outage makes the server unreachable, or reachable again: Transport refuses
// connections; over a socket they break at once.
func (s *Server) Outage(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outage = on
}

// Heal ends all faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.outage = nil, false
}

func (s *Server) addFault(f *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

func (s *Server) takeFault(method string, kind faultKind) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.kind == kind && f.left > 0 && (f.method == "" || f.method == method) {
			f.left--
			return f
		}
	}
	return nil
}

func (s *Server) down() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.outage
}
