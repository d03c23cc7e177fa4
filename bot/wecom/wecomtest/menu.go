package wecomtest

import "strconv"

func init() {
	register(func(s *Server) {
		s.handle("menu/create", (*Server).createMenu)
		s.handle("menu/delete", func(s *Server, c *call) (any, *failure) { s.menu = nil; return nil, s.agentQuery(c) })
		s.handle("agent/get", (*Server).getAgent)
		s.handle("user/get", (*Server).getUser)
		s.handle("getcallbackip", func(s *Server, _ *call) (any, *failure) {
			return object{"ip_list": []string{"192.0.2.10", "192.0.2.11"}}, nil
		})
	})
}

// Menu is the menu below the chat of the application.
type Menu struct {
	Button []MenuButton `json:"button"`
}

// MenuButton is an entry of the menu, or a list of such.
type MenuButton struct {
	Type string       `json:"type,omitempty"`
	Name string       `json:"name"`
	Key  string       `json:"key,omitempty"`
	URL  string       `json:"url,omitempty"`
	Sub  []MenuButton `json:"sub_button,omitempty"`
}

// Menu is the menu that is shown, if there is one.
func (s *Server) Menu() (Menu, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.menu == nil {
		return Menu{}, false
	}
	return *s.menu, true
}

func (s *Server) agentQuery(c *call) *failure {
	if c.query.Get("agentid") != strconv.FormatInt(s.opts.AgentID, 10) {
		return refuse(40056, "invalid agentid")
	}
	return nil
}

// createMenu sets the menu: at most three entries with at most five below each.
// https://developer.work.weixin.qq.com/document/path/90231
func (s *Server) createMenu(c *call) (any, *failure) {
	var menu Menu
	if fail := s.agentQuery(c); fail != nil {
		return nil, fail
	}
	if fail := c.read(&menu); fail != nil {
		return nil, fail
	}
	if len(menu.Button) < 1 || len(menu.Button) > 3 {
		return nil, refuse(40016, "invalid button size")
	}
	for _, b := range menu.Button {
		if len(b.Name) == 0 || len(b.Name) > 16 {
			return nil, refuse(40018, "invalid button name size")
		}
		if len(b.Sub) == 0 {
			if fail := checkEntry(b); fail != nil {
				return nil, fail
			}
			continue
		}
		if len(b.Sub) > 5 {
			return nil, refuse(40023, "invalid sub button size")
		}
		for _, sub := range b.Sub {
			if len(sub.Name) == 0 || len(sub.Name) > 40 {
				return nil, refuse(40025, "invalid sub button name size")
			}
			if len(sub.Sub) > 0 {
				return nil, refuse(40022, "invalid sub button level")
			}
			if fail := checkEntry(sub); fail != nil {
				return nil, fail
			}
		}
	}
	s.menu = &menu
	return nil, nil
}

func checkEntry(b MenuButton) *failure {
	switch {
	case b.Type == "click" && (b.Key == "" || len(b.Key) > 128):
		return refuse(40019, "invalid button key size")
	case b.Type == "view" && b.URL == "":
		return refuse(40020, "invalid button url size")
	case b.Type != "click" && b.Type != "view":
		return refuse(40017, "invalid button type")
	}
	return nil
}

func (s *Server) getAgent(c *call) (any, *failure) {
	if fail := s.agentQuery(c); fail != nil {
		return nil, fail
	}
	parties := []int{1}
	if s.opts.NotRoot {
		parties = []int{7}
	}
	return object{
		"agentid": s.opts.AgentID, "name": "前台", "close": 0,
		"allow_partys": object{"partyid": parties}, "allow_userinfos": object{"user": []object{}},
	}, nil
}

// getUser tells what the address book has of a member whom the application can
// see. Since 2022 that is no number, address or picture.
// https://developer.work.weixin.qq.com/document/path/90196
func (s *Server) getUser(c *call) (any, *failure) {
	p := s.people[c.query.Get("userid")]
	switch {
	case p == nil || p.Left:
		return nil, refuse(60111, "userid not found")
	case p.Outside:
		return nil, refuse(60011, "no privilege to access/modify contact/party/agent")
	}
	return object{"userid": p.ID, "name": p.Name, "department": []int{1}, "status": 1}, nil
}
