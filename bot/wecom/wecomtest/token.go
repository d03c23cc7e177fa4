package wecomtest

import "time"

// tokenLife is how long a token is good.
const tokenLife = 7200 * time.Second

func init() {
	register(func(s *Server) { s.handleOpen("gettoken", (*Server).getToken) })
}

// getToken gives the same token until it ends.
// https://developer.work.weixin.qq.com/document/path/91039
func (s *Server) getToken(c *call) (any, *failure) {
	switch {
	case c.query.Get("corpid") != s.opts.CorpID:
		return nil, refuse(40013, "invalid corpid")
	case c.query.Get("corpsecret") != s.opts.Secret:
		return nil, refuse(40001, "invalid credential")
	}
	if !s.opts.NoLimits && !s.allow("gettoken", 30, time.Minute) {
		return nil, refuse(45009, "api freq out of limit")
	}
	if until, known := s.tokens[s.newest]; !known || !s.now().Before(until) {
		s.newest = s.next("TOKEN-")
		s.tokens[s.newest] = s.now().Add(tokenLife)
	}
	left := s.tokens[s.newest].Sub(s.now())
	return object{"access_token": s.newest, "expires_in": int(left.Seconds())}, nil
}

// checkToken tells whether a token is good. The lock is held.
func (s *Server) checkToken(token string) *failure {
	until, known := s.tokens[token]
	switch {
	case token == "":
		return refuse(41001, "access_token missing")
	case !known:
		return refuse(40014, "invalid access_token")
	case !s.now().Before(until):
		return refuse(42001, "access_token expired")
	}
	return nil
}

// ForgetTokens makes all tokens unknown, as when the secret was changed: WeCom
// says 40014 from then on.
func (s *Server) ForgetTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens, s.newest = map[string]time.Time{}, ""
}

// EndTokens ends all tokens at once: WeCom says 42001 from then on.
func (s *Server) EndTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token := range s.tokens {
		s.tokens[token] = s.now()
	}
}

// TrustIP says whether the caller's address is one of the application's trusted
// ones, which it is at first.
func (s *Server) TrustIP(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outside = !on
}
