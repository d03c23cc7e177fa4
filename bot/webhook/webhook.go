// Package webhook is the last rung of an emergency: a signed POST to something that
// rings, such as a gateway for phone calls or a siren. To the outbox it is a channel
// that only sends.
//
// The body is the JSON of desk.HookCall with its text. Three headers go with it:
// Webhook-Id, the same in every attempt, Webhook-Timestamp in Unix seconds, and
// Webhook-Signature, "v1," and the base64 of HMAC-SHA256 over id, timestamp and body
// with dots between them. That is the form of
// https://www.standardwebhooks.com, with the secret's bytes as they are.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// The names of the headers.
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
)

// Timeout is how long an answer is waited for.
const Timeout = 10 * time.Second

// Config is where calls go, and the secret that signs them.
type Config struct {
	URL    string
	Secret string
	// Now is the clock of the timestamps; nil means time.Now.
	Now func() time.Time
	// Transport carries the calls; nil means the usual one.
	Transport http.RoundTripper
}

// Channel sends calls to the last rung.
type Channel struct {
	config Config
	client *http.Client
}

var _ bot.Channel = (*Channel)(nil)

// New makes the channel.
func New(config Config) *Channel {
	if config.Now == nil {
		config.Now = time.Now
	}
	return &Channel{config: config, client: &http.Client{
		Timeout: Timeout, Transport: config.Transport,
		// A call goes where the configuration says and nowhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Name implements bot.Channel.
func (*Channel) Name() string { return desk.WebhookAddress.Channel }

// Capabilities implements bot.Channel: nobody is behind it.
func (*Channel) Capabilities() desk.Capabilities {
	return desk.Capabilities{NoPrivate: true, NoReply: true}
}

// Limits implements bot.Channel: there are none.
func (*Channel) Limits() bot.LimitNumbers { return bot.LimitNumbers{} }

// call is the body.
type call struct {
	ID string `json:"id"`
	desk.HookCall
	Text string `json:"text"`
}

// Send implements bot.Channel. Only an answer 2xx counts; anything else is tried
// again.
func (c *Channel) Send(ctx context.Context, _ desk.Address, m desk.Drawn) (string, error) {
	body, err := bodyOf(m)
	if err != nil {
		return "", &bot.SendError{Reason: bot.Refused, Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.URL, bytes.NewReader(body))
	if err != nil {
		return "", &bot.SendError{Reason: bot.Refused, Err: errAddress}
	}
	at := strconv.FormatInt(c.config.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "frontdesk")
	request.Header.Set(HeaderID, m.Key)
	request.Header.Set(HeaderTimestamp, at)
	request.Header.Set(HeaderSignature, Sign(c.config.Secret, m.Key, at, body))
	response, err := c.client.Do(request)
	if err != nil {
		return "", failure(err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // So that the connection can be used again.
	if response.StatusCode/100 != 2 {
		return "", &bot.SendError{Reason: bot.Server, Err: fmt.Errorf("the webhook answered %d", response.StatusCode)}
	}
	return m.Key, nil
}

var errAddress = errors.New("the webhook's address cannot be used")

// bodyOf is what is said as JSON: what the rule wrote, with the words of the moment.
func bodyOf(m desk.Drawn) ([]byte, error) {
	said := call{ID: m.Key, Text: m.Text}
	if m.File != nil {
		if err := json.Unmarshal(m.File.Body, &said.HookCall); err != nil {
			return nil, err
		}
	}
	return json.Marshal(said)
}

// failure tells whether the call can have arrived. The address may hold a secret
// and is in no error.
func failure(err error) *bot.SendError {
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" {
		return &bot.SendError{Reason: bot.Network, Err: errors.New("the webhook cannot be reached")}
	}
	return &bot.SendError{Reason: bot.Unknown, Err: errors.New("the webhook gave no answer")}
}

// Sign is the signature of a call.
func Sign(secret, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Answer implements bot.Channel: nobody presses.
func (*Channel) Answer(context.Context, string, string, string, bool) error { return nil }

// Fetch implements bot.Channel: nothing comes in.
func (*Channel) Fetch(context.Context, desk.File) (io.ReadCloser, error) {
	return nil, errors.New("the webhook has no files")
}

// Chat implements bot.Channel.
func (*Channel) Chat(context.Context, desk.Address) (bot.ChatInfo, error) { return bot.ChatInfo{}, nil }

// Commands implements bot.Channel.
func (*Channel) Commands(context.Context, bot.CommandScope) error { return nil }
