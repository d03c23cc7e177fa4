package wecomtest

// Person is a member of the corp.
type Person struct {
	ID   string // userid
	Name string
	// Outside means outside of what the application is visible to; Left means that
	// the person is no longer in the corp; Unlicensed that the corp bought no
	// account for them.
	Outside, Left, Unlicensed bool
}

// AddPerson lets somebody join the corp.
func (s *Server) AddPerson(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people[id] = &Person{ID: id, Name: name}
}

// ChangePerson changes what a person is.
func (s *Server) ChangePerson(id string, change func(*Person)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.people[id])
}

// reachable returns a person whom the application may write to. The lock is
// held.
func (s *Server) reachable(id string) *Person {
	if p := s.people[id]; p != nil && !p.Outside && !p.Left {
		return p
	}
	return nil
}
