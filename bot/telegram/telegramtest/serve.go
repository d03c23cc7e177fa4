package telegramtest

import (
	"net/http"
	"strings"
	"time"
)

// handlers are the methods, without getUpdates, which waits.
var handlers = map[string]func(*Server, params) (any, *failure){
	"getMe":                  func(s *Server, _ params) (any, *failure) { return s.bot(), nil },
	"setWebhook":             (*Server).setWebhook,
	"deleteWebhook":          (*Server).deleteWebhook,
	"getWebhookInfo":         (*Server).webhookInfo,
	"sendMessage":            (*Server).sendMessage,
	"sendPhoto":              func(s *Server, p params) (any, *failure) { return s.sendFile(p, "photo") },
	"sendDocument":           func(s *Server, p params) (any, *failure) { return s.sendFile(p, "document") },
	"sendVoice":              func(s *Server, p params) (any, *failure) { return s.sendFile(p, "voice") },
	"sendVideo":              func(s *Server, p params) (any, *failure) { return s.sendFile(p, "video") },
	"sendMediaGroup":         (*Server).sendMediaGroup,
	"editMessageText":        (*Server).editText,
	"editMessageCaption":     (*Server).editCaption,
	"editMessageReplyMarkup": (*Server).editMarkup,
	"editMessageMedia":       (*Server).editMedia,
	"deleteMessage":          (*Server).deleteMessage,
	"answerCallbackQuery":    (*Server).answer,
	"getFile":                (*Server).getFile,
	"getChat":                (*Server).getChat,
	"getChatMemberCount":     (*Server).memberCount,
	"getChatMember":          (*Server).chatMember,
	"setMyCommands":          (*Server).setCommands,
	"deleteMyCommands":       (*Server).deleteCommands,
	"getMyCommands":          (*Server).getCommands,
}

// ServeHTTP answers calls at /bot<token>/<method> and files at
// /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.down() {
		panic(http.ErrAbortHandler)
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+s.opts.Token+"/"); ok {
		s.serveFile(w, r, rest)
		return
	}
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") {
		(&failure{code: 404, description: "Not Found"}).write(w)
		return
	}
	if token != s.opts.Token {
		(&failure{code: 401, description: "Unauthorized"}).write(w)
		return
	}
	p, err := readParams(r)
	if err != nil {
		bad("can't read the request: " + err.Error()).write(w)
		return
	}
	if !s.pause(r, method) {
		return
	}
	if f := s.takeFault(method, faultFail); f != nil {
		s.log(method, p, f.failure, false)
		f.failure.write(w)
		return
	}
	result, fail := s.run(r, method, p)
	if r.Context().Err() != nil {
		return
	}
	if s.takeFault(method, faultLose) != nil {
		s.log(method, p, fail, true)
		panic(http.ErrAbortHandler) // The connection ends without an answer.
	}
	s.log(method, p, fail, false)
	if fail != nil {
		fail.write(w)
		return
	}
	writeJSON(w, http.StatusOK, object{"ok": true, "result": result})
}

func (s *Server) run(r *http.Request, method string, p params) (any, *failure) {
	if method == "getUpdates" {
		return s.getUpdates(r.Context(), p)
	}
	h := handlers[method]
	if h == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.violate("unknown method %s", method)
		return nil, &failure{code: 404, description: "Not Found: method not found"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result, fail := h(s, p)
	s.changed()
	return result, fail
}

// pause makes a call slow or hang; it is false when the caller gave up.
func (s *Server) pause(r *http.Request, method string) bool {
	if s.takeFault(method, faultHang) != nil {
		<-r.Context().Done()
		return false
	}
	s.mu.Lock()
	wait := s.slow
	s.mu.Unlock()
	if wait <= 0 {
		return true
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
