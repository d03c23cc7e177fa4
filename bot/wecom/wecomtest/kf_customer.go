package wecomtest

import "slices"

// AddCustomer lets somebody with ordinary WeChat exist. id is their
// external_userid.
func (s *Server) AddCustomer(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.customers[id] = &customer{id: id, name: name, state: KFOver}
}

// KFEnter lets somebody open the chat by a link that carried param. The first
// time in 48 hours WeCom gives a code for one welcome.
func (s *Server) KFEnter(id, param string) {
	s.mu.Lock()
	p := s.customer(id)
	fields := object{"scene": "door", "scene_param": param}
	quiet := p.last.IsZero() || s.now().Sub(p.last) >= kfWindow
	if quiet && (p.welcomed.IsZero() || s.now().Sub(p.welcomed) >= kfWindow) {
		p.welcomed = s.now()
		code := s.next("WELCOME-")
		s.kf.codes[code] = &kfCode{customer: id, until: s.now().Add(kfWelcomeLife)}
		fields["welcome_code"] = code
	}
	s.kfEvent("enter_session", id, fields)
	s.mu.Unlock()
	s.notify()
}

// KFSay lets somebody write. The result is the message's id.
func (s *Server) KFSay(id, text string) string {
	return s.kfWrite(id, "text", object{"content": text}, text, nil)
}

// KFPhoto lets somebody send a photo.
func (s *Server) KFPhoto(id string, body []byte) string {
	return s.KFFile(id, "image", "photo.jpg", body)
}

// KFFile lets somebody send an image, a voice, a video or a file.
func (s *Server) KFFile(id, kind, name string, body []byte) string {
	s.mu.Lock()
	m := s.addMedia(kind, File{Name: name, MIME: mimeOf(kind), Body: body})
	s.mu.Unlock()
	return s.kfWrite(id, kind, object{"media_id": m.ID}, "("+kind+")", m)
}

func mimeOf(kind string) string {
	if kind == "image" {
		return "image/jpeg"
	}
	return "application/octet-stream"
}

// KFLocation lets somebody send a point on the map.
func (s *Server) KFLocation(id, name, address string) string {
	return s.kfWrite(id, "location", object{"name": name, "address": address, "latitude": 23.1, "longitude": 113.3}, "("+name+")", nil)
}

// KFTap lets somebody tap the item with a label, of the last menu that has it. It
// tells whether there was one.
func (s *Server) KFTap(id, label string) bool {
	s.mu.Lock()
	for _, m := range slices.Backward(s.customer(id).seen) {
		for _, item := range m.Items {
			if item.Label == label && item.ID != "" {
				s.mu.Unlock()
				s.kfWrite(id, "tap", object{"content": label, "menu_id": item.ID}, label, nil)
				return true
			}
		}
	}
	s.mu.Unlock()
	return false
}

// KFTapOld lets somebody tap an item that they have no more, or that never was.
func (s *Server) KFTapOld(id, label, menuID string) {
	s.kfWrite(id, "tap", object{"content": label, "menu_id": menuID}, label, nil)
}

// kfWrite lets somebody write something: that opens their window.
func (s *Server) kfWrite(id, kind string, content object, text string, file *Media) string {
	s.mu.Lock()
	p := s.customer(id)
	if kind != "tap" || !s.kf.quietTaps {
		if p.state == KFOver || s.now().Sub(p.last) >= kfWindow {
			p.state = KFNew
		}
		p.last, p.sent = s.now(), 0
	}
	if kind == "tap" {
		kind = "text"
	}
	msgid := s.kfEntry(object{"open_kfid": s.kf.id, "external_userid": id, "origin": 3, "msgtype": kind, kind: content})
	p.seen = append(p.seen, KFMessage{ID: msgid, At: s.now(), Own: true, Kind: kind, Text: text, File: file})
	s.mu.Unlock()
	s.notify()
	return msgid
}

// KFRecall lets somebody take a message back.
func (s *Server) KFRecall(id, msgid string) {
	s.mu.Lock()
	s.kfEvent("user_recall_msg", id, object{"recall_msgid": msgid})
	s.mu.Unlock()
	s.notify()
}

// KFRefuses says whether somebody refuses the account's messages: they are taken
// and do not arrive.
func (s *Server) KFRefuses(id string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.customer(id).refuses = on
}

// KFLose lets the next message be taken and not arrive; WeCom tells so with a
// fail_type. Nobody is woken: call KFWake.
func (s *Server) KFLose(failType int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kf.loseNext = append(s.kf.loseNext, failType)
}

// KFWake tells that there is something to read.
func (s *Server) KFWake() { s.notify() }

// KFMove changes the state of somebody's session, as an employee at WeCom's own
// customer service does.
func (s *Server) KFMove(id string, state int) {
	s.mu.Lock()
	s.customer(id).state = state
	s.kfEvent("session_status_change", id, object{"change_type": 1, "new_servicer_userid": "lijie"})
	s.mu.Unlock()
	s.notify()
}

// KFSeen is what somebody sees in the chat, oldest first.
func (s *Server) KFSeen(id string) []KFMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.customer(id).seen)
}

// KFTold is what the desk told somebody, oldest first.
func (s *Server) KFTold(id string) []KFMessage {
	return slices.DeleteFunc(s.KFSeen(id), func(m KFMessage) bool { return m.Own })
}
