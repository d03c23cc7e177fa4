package wecom

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"frontdesk/storage"
)

// tokenReserve is how long before its end a token is no longer used, so that it
// does not end on its way.
const tokenReserve = 5 * time.Minute

// tokenSource gives the access token. One goroutine at a time fetches; the
// others wait for it. WeCom gives the same token to everybody until it ends, so
// processes that share a store share it too.
// https://developer.work.weixin.qq.com/document/path/91039
type tokenSource struct {
	corp *Corp
	turn chan struct{} // Holds one entry: who has it may look and fetch.
	last tokenRow
}

func newTokenSource(c *Corp) *tokenSource {
	s := &tokenSource{corp: c, turn: make(chan struct{}, 1)}
	s.turn <- struct{}{}
	return s
}

// get returns a token that is good and is not the refused one.
func (s *tokenSource) get(ctx context.Context, refused string) (string, error) {
	select {
	case <-s.turn:
	case <-ctx.Done():
		return "", &lineError{Method: "gettoken", text: "canceled", cause: context.Cause(ctx)}
	}
	defer func() { s.turn <- struct{}{} }()
	if s.good(s.last, refused) {
		return s.last.Token, nil
	}
	if row := s.stored(ctx); s.good(row, refused) {
		s.last = row
		return row.Token, nil
	}
	return s.fetch(ctx)
}

func (s *tokenSource) good(row tokenRow, refused string) bool {
	return row.Token != "" && row.Token != refused && s.corp.now().Before(row.Until)
}

// stored is the token in the store; none when it cannot be read, which the next
// commit of the desk will notice louder than this.
func (s *tokenSource) stored(ctx context.Context) (row tokenRow) {
	store := s.corp.store.Load()
	if store == nil {
		return row
	}
	if err := store.View(ctx, func(tx *storage.Tx) (err error) {
		row, _, err = tokens.Get(tx, s.key())
		return err
	}); err != nil {
		s.corp.log.Warn("the token could not be read", "error", err)
		return tokenRow{}
	}
	return row
}

func (s *tokenSource) key() string {
	return storage.Key(s.corp.config.CorpID, fmt.Sprint(s.corp.config.AgentID))
}

// fetch asks WeCom and remembers the answer.
func (s *tokenSource) fetch(ctx context.Context) (string, error) {
	var reply struct {
		Token   string `json:"access_token"`
		Expires int64  `json:"expires_in"`
	}
	query := url.Values{"corpid": {s.corp.config.CorpID}, "corpsecret": {s.corp.config.Secret}}
	asked := s.corp.now()
	if err := s.corp.exchange(ctx, "gettoken", query, "", nil, &reply); err != nil {
		return "", err
	}
	if reply.Token == "" {
		return "", &lineError{Method: "gettoken", Sent: true, text: "the reply has no token"}
	}
	life := time.Duration(reply.Expires) * time.Second
	s.last = tokenRow{Key: s.key(), Token: reply.Token, Until: asked.Add(life - min(tokenReserve, life/2))}
	if store := s.corp.store.Load(); store != nil {
		row := s.last
		if err := store.Update(ctx, func(tx *storage.Tx) error { return tokens.Put(tx, row) }); err != nil {
			s.corp.log.Warn("the token could not be kept", "error", err)
		}
	}
	return reply.Token, nil
}
