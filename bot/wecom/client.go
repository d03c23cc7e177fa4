package wecom

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
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// callTimeout is the time for a call.
	callTimeout = 15 * time.Second
	// fileTimeout is the time for all of a file.
	fileTimeout = 2 * time.Minute
	// maxReply is the most bytes of a reply: a page of 1000 messages is far below
	// it.
	maxReply = 8 << 20
)

// newClient makes the client of all calls. It never follows a redirect: that
// would carry the token, which is in the URL, to another place.
func newClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxIdleConnsPerHost = 16
		transport = own
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// call makes one call of the API: path is what stands behind /cgi-bin/, with a
// query or without. A nil body makes it a GET. The reply is read into out,
// unless it is nil. The token is added here; when it is refused, the call is
// made once more with a new one. The error is an *apiError when WeCom answered,
// and a *lineError when not.
func (c *Corp) call(ctx context.Context, path string, body, out any) error {
	var data []byte
	kind := ""
	if body != nil {
		var err error
		if data, err = encode(body); err != nil {
			return fmt.Errorf("wecom: %s: %w", method(path), err)
		}
		kind = "application/json"
	}
	return c.withToken(ctx, path, func(token string) error {
		return c.exchange(ctx, path, url.Values{"access_token": {token}}, kind, data, out)
	})
}

// withToken makes a call with the token, and once more with a new one if it is
// refused.
func (c *Corp) withToken(ctx context.Context, path string, do func(token string) error) error {
	token, err := c.tokens.get(ctx, "")
	if err != nil {
		return err
	}
	err = do(token)
	var api *apiError
	if !errors.As(err, &api) || !api.tokenRefused() {
		return err
	}
	c.log.Info("the token was refused, fetching another", "method", method(path), "code", api.Code)
	if token, err = c.tokens.get(ctx, token); err != nil {
		return err
	}
	return do(token)
}

// encode writes JSON as it is sent: WeCom shows < and & as they are written.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// method is a path without its query: what errors and logs say.
func method(path string) string {
	name, _, _ := strings.Cut(path, "?")
	return name
}

// address is the URL of a call. It holds secrets.
func (c *Corp) address(path string, query url.Values) string {
	name, own, _ := strings.Cut(path, "?")
	target := c.config.APIURL + "/cgi-bin/" + name + "?" + query.Encode()
	if own != "" {
		target += "&" + own
	}
	return target
}

// exchange sends a body and reads a reply in JSON.
func (c *Corp) exchange(ctx context.Context, path string, query url.Values, kind string, data []byte, out any) error {
	return c.exchangeIn(ctx, callTimeout, path, query, kind, data, out)
}

// exchangeIn is exchange with a time limit of its own.
func (c *Corp) exchangeIn(ctx context.Context, limit time.Duration, path string, query url.Values, kind string, data []byte, out any) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	resp, err := c.open(ctx, path, query, kind, data)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	reply, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return c.lineError(path, err, true)
	}
	if len(reply) > maxReply {
		return &lineError{Method: method(path), Sent: true, text: "the reply is too long"}
	}
	if err := c.refusal(path, resp.StatusCode, reply); err != nil {
		return err
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(reply, out); err != nil {
		return &lineError{Method: method(path), Sent: true, text: "the reply is of another kind"}
	}
	return nil
}

// open sends a request and returns its reply unread.
func (c *Corp) open(ctx context.Context, path string, query url.Values, kind string, data []byte) (*http.Response, error) {
	line := &lineWatch{}
	verb, body := http.MethodGet, io.Reader(nil)
	if data != nil {
		verb, body = http.MethodPost, bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, line.trace()), verb, c.address(path, query), body)
	if err != nil {
		return nil, &lineError{Method: method(path), text: "the address is not one"}
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, c.lineError(path, err, !line.unsent(err))
	}
	return resp, nil
}

// refusal is the error in a reply, or nil. Every reply of the API is a JSON
// object; one without errcode is of an old call and means 0. Anything else
// comes from a gateway in between.
func (c *Corp) refusal(path string, status int, data []byte) error {
	var reply struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	err := json.Unmarshal(data, &reply)
	switch {
	case status >= 300:
		return &apiError{Method: method(path), Status: status, Message: http.StatusText(status)}
	case err != nil:
		return &lineError{Method: method(path), Sent: true, text: "the reply is not one of the API"}
	case reply.Code != 0:
		return &apiError{Method: method(path), Code: reply.Code, Message: c.mask.text(reply.Message)}
	}
	return nil
}

// lineError turns an error of net/http into one without the URL.
func (c *Corp) lineError(path string, err error, sent bool) *lineError {
	le := &lineError{Method: method(path), Sent: sent, text: "no answer"}
	var named *url.Error
	if errors.As(err, &named) {
		err = named.Err // url.Error prints the URL, which holds the token.
	}
	switch {
	case errors.Is(err, context.Canceled):
		le.cause, le.text = context.Canceled, "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		le.cause, le.text = context.DeadlineExceeded, "no answer in time"
	case !sent:
		le.text = "no connection"
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		le.text += ": " + c.mask.text(op.Err.Error())
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
