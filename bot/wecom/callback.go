package wecom

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

const (
	// CallbackPath is where WeCom tells what happened.
	CallbackPath = "/wecom/callback"
	// DefaultCallbackWindow is how far a callback's time may be from ours, either
	// way. WeCom itself names no number.
	DefaultCallbackWindow = 10 * time.Minute
	// maxCallback is the most bytes of a callback; a text has at most 2048.
	maxCallback = 256 << 10
	// callbackTime is the time for a callback: WeCom waits five seconds, then tells
	// again, three times.
	// https://developer.work.weixin.qq.com/document/path/90238
	callbackTime = 4 * time.Second
	// maxEcho is the longest text with which WeCom verifies the address.
	maxEcho = 256
)

// Callback makes the handler of CallbackPath. A GET is WeCom verifying the
// address: it is answered with the text that WeCom sealed. A POST is something
// that happened; it is answered with
//
//   - 200, without a word, only after the receiver committed it, or when there is
//     nothing for the desk in it, or when it was committed before;
//   - 403, always the same, when anything about it is wrong: who guesses learns
//     nothing;
//   - 405 to what is neither;
//   - 503 when it could not be committed: WeCom then tells it again.
//
// The signature is checked before anything of a callback is decoded. It fails
// without a token and an AES key, because then anybody could tell anything.
func (c *Corp) Callback(receiver bot.Receiver) (http.Handler, error) {
	if c.config.Token == "" || c.config.AESKey == "" {
		return nil, errors.New("wecom: nothing is received without the token and the AES key of the page 接收消息")
	}
	vault, err := newVault(c.config.AESKey, c.config.CorpID)
	if err != nil {
		return nil, err
	}
	return &callback{corp: c, receiver: receiver, vault: vault}, nil
}

type callback struct {
	corp     *Corp
	receiver bot.Receiver
	vault    *vault
	quiet    quiet
}

func (h *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), callbackTime)
	defer cancel()
	// A caller who sends slowly is cut off; where the server cannot do that, its own
	// limits do.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(callbackTime))
	switch r.Method {
	case http.MethodGet:
		h.verify(w, r)
	case http.MethodPost:
		h.take(ctx, w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// verify answers with the opened text, byte for byte.
func (h *callback) verify(w http.ResponseWriter, r *http.Request) {
	proof, sealed, err := readProof(r.URL.RawQuery, "echostr")
	if err == nil {
		err = proof.check(h.corp.config.Token, sealed, h.corp.now(), h.corp.window)
	}
	var echo []byte
	if err == nil {
		echo, err = h.vault.open(sealed)
	}
	if err == nil && !isEcho(echo) {
		err = errForm
	}
	if err != nil {
		h.refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = w.Write(echo)
	h.corp.log.Info("WeCom verified the address of callbacks")
}

// isEcho tells whether an opened text is one with which WeCom verifies. Without
// this, who saw a POST could send its content as a GET, with the same
// signature, and would be told what is in it.
func isEcho(text []byte) bool {
	for _, b := range text {
		if b <= ' ' || b > '~' || b == '<' || b == '>' {
			return false
		}
	}
	return len(text) > 0 && len(text) <= maxEcho
}

// take takes what happened to its commit.
func (h *callback) take(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	n, err := h.open(w, r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	if err := h.commit(ctx, n); err != nil {
		h.corp.log.Warn("a callback was not taken, it will come again",
			"update", n.in.UpdateID, "error", h.corp.mask.text(err.Error()))
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}

// open reads a POST: first who sent it, then what it says.
func (h *callback) open(w http.ResponseWriter, r *http.Request) (notice, error) {
	proof, _, err := readProof(r.URL.RawQuery, "")
	if err != nil {
		return notice{}, err
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallback))
	if err != nil {
		return notice{}, errForm
	}
	e, err := readEnvelope(raw)
	if err != nil {
		return notice{}, err
	}
	config := h.corp.config
	if err := proof.check(config.Token, e.encrypted, h.corp.now(), h.corp.window); err != nil {
		return notice{}, err
	}
	if !e.isFor(config.CorpID, config.AgentID) {
		return notice{}, errAddress
	}
	message, err := h.vault.open(e.encrypted)
	if err != nil {
		return notice{}, err
	}
	return decodeNotice(message, config.CorpID, config.AgentID)
}

// commit returns nil once all that follows from a notice is stored.
func (h *callback) commit(ctx context.Context, n notice) error {
	if n.kfID != "" {
		// Nothing is lost when the program ends now: what to fetch waits at WeCom, and
		// the place up to which it was fetched is in the store.
		if h.corp.onKF != nil {
			h.corp.onKF(n.kfToken, n.kfID)
		}
		return nil
	}
	if !n.say {
		return nil
	}
	in, done, err := h.corp.lookUp(ctx, n.in)
	if err != nil || done {
		return err
	}
	name, keepName, err := h.corp.named(ctx, in.From.ID)
	if err != nil {
		return err
	}
	in.From.Name = name
	rows := func(tx *storage.Tx) error {
		if keepName != nil {
			if err := keepName(tx); err != nil {
				return err
			}
		}
		if n.code == "" {
			return nil
		}
		return h.corp.keepCode(tx, in.From.ID, n.taskID, n.code, tx.Now())
	}
	return h.receiver.Handle(ctx, []desk.Input{in}, rows)
}

// lookUp reads what an input means here: the option behind a number. done says
// that nothing follows from it: it was committed before, so that its code is
// not kept again when it may be spent, or somebody the desk knows looked in.
func (c *Corp) lookUp(ctx context.Context, in desk.Input) (out desk.Input, done bool, err error) {
	store := c.store.Load()
	if store == nil {
		return in, false, nil
	}
	err = store.View(ctx, func(tx *storage.Tx) (err error) {
		if _, done, err = storage.Seen.Get(tx, in.DedupeKey()); err != nil || done {
			return err
		}
		if in.Kind == desk.InputEntered {
			_, done, err = storage.Addresses.Get(tx, in.Address().String())
			return err
		}
		out, err = choose(tx, in)
		return err
	})
	if out.Kind == "" {
		out = in
	}
	return out, done, err
}

// refuse answers what is not accepted, always the same way.
func (h *callback) refuse(w http.ResponseWriter, why error) {
	if h.quiet.may(why, h.corp.now()) {
		h.corp.log.Warn("a callback was refused", "why", why)
	}
	w.WriteHeader(http.StatusForbidden)
}

// quiet keeps strangers from filling the log: one line a minute for each reason.
type quiet struct {
	mu   sync.Mutex
	last map[error]time.Time
}

func (q *quiet) may(why error, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if last, said := q.last[why]; said && now.Sub(last).Abs() < time.Minute {
		return false
	}
	if q.last == nil {
		q.last = map[error]time.Time{}
	}
	q.last[why] = now
	return true
}
