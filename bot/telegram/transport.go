package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"path"
	"sync/atomic"
	"time"
)

const (
	// maxReply is the most bytes of a reply: 100 updates are far below it.
	maxReply = 16 << 20
	// callTimeout is the time for a call; a long poll gets pollTimeout more.
	callTimeout = 20 * time.Second
	pollTimeout = 40 * time.Second
)

// transport makes all calls of the Bot API; it is the HttpClient of the
// library. A call that fails gives one of two errors, neither of which holds an
// error of net/http: *apiError when Telegram answered, *lineError when it did
// not.
type transport struct {
	client *http.Client
	mask   masker
}

func newTransport(mask masker) *transport {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxIdleConnsPerHost = 32
	return &transport{mask: mask, client: &http.Client{
		Transport: base,
		// The Bot API redirects nowhere. A redirect would carry the token, which is
		// in the URL, to another place.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Do makes one call. The library streams its body through a pipe, which the
// HTTP client cannot send a second time when the server closes an HTTP/2
// connection; therefore the body is read first.
func (t *transport) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	timeout := callTimeout
	if method == "getUpdates" {
		timeout += pollTimeout
	}
	ctx, cancel := context.WithTimeout(req.Context(), timeout)
	defer cancel()
	line := &lineWatch{}
	req = req.WithContext(httptrace.WithClientTrace(ctx, line.trace()))
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		_ = req.Body.Close()
		if err != nil {
			return nil, &lineError{method: method, text: t.mask.text(err.Error())}
		}
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		req.Body, _ = req.GetBody()
		req.ContentLength = int64(len(body))
	}
	resp, err := t.client.Do(req)
	if err != nil {
		return nil, t.lineError(method, err, !line.unsent(err))
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return nil, t.lineError(method, err, true)
	}
	if len(data) > maxReply {
		return nil, &lineError{method: method, sent: true, text: "the reply is too long"}
	}
	if err := t.refusal(method, resp.StatusCode, data); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return resp, nil
}

// refusal is the error in a reply, or nil. Every reply of the Bot API is a JSON
// object with a field ok; anything else comes from a gateway in between.
// https://core.telegram.org/bots/api#making-requests
func (t *transport) refusal(method string, status int, data []byte) error {
	var reply struct {
		OK          *bool  `json:"ok"`
		Code        int    `json:"error_code"`
		Description string `json:"description"`
		Parameters  struct {
			RetryAfter int   `json:"retry_after"`
			MigrateTo  int64 `json:"migrate_to_chat_id"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(data, &reply); err != nil || reply.OK == nil {
		if status < 300 {
			return &lineError{method: method, sent: true, text: "the reply is not one of the Bot API"}
		}
		return &apiError{method: method, code: status, gateway: true, description: http.StatusText(status)}
	}
	if *reply.OK {
		return nil
	}
	if reply.Code == 0 {
		reply.Code = status
	}
	return &apiError{
		method: method, code: reply.Code, description: t.mask.text(reply.Description),
		retryAfter: time.Duration(reply.Parameters.RetryAfter) * time.Second, migrateTo: reply.Parameters.MigrateTo,
	}
}

// lineError turns an error of net/http into one without the URL.
func (t *transport) lineError(method string, err error, sent bool) *lineError {
	le := &lineError{method: method, sent: sent, text: t.mask.text(err.Error())}
	if errors.Is(err, context.Canceled) {
		le.cause = context.Canceled
	} else if errors.Is(err, context.DeadlineExceeded) {
		le.cause = context.DeadlineExceeded
	}
	return le
}

// lineWatch notices whether a call ever had a connection.
type lineWatch struct{ asked, got atomic.Bool }

func (w *lineWatch) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { w.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.got.Store(true) },
	}
}

// unsent tells whether the call certainly never left: no connection was made.
// A transport that does not report connections is believed only when it says
// that dialling failed.
func (w *lineWatch) unsent(err error) bool {
	if w.got.Load() {
		return false
	}
	var op *net.OpError
	return w.asked.Load() || errors.As(err, &op) && op.Op == "dial"
}

// call makes a call whose reply the library would not give: its result stays
// raw, so that one strange update does not spoil a batch.
func (c *Channel) call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("telegram: %s: %w", method, err)
	}
	target := c.config.APIURL + "/bot" + c.config.Token + "/" + method
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return errors.New("telegram: " + c.mask.text(err.Error()))
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.api.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var reply struct {
		Result json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		return &lineError{method: method, sent: true, text: "the reply is not one of the Bot API"}
	}
	if err := json.Unmarshal(reply.Result, result); err != nil {
		return &lineError{method: method, sent: true, text: "the result is of another kind"}
	}
	return nil
}
