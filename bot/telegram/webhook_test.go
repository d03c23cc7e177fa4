package telegram

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/telegram/telegramtest"
)

var webhookConfig = Config{
	Mode: ModeWebhook, PublicURL: "https://desk.example.org/", WebhookSecret: "new-secret", OldWebhookSecret: "old_secret",
}

func TestWebhook(t *testing.T) {
	hi := message(`,"text":"hi"`)
	tests := []struct {
		name, method, secret, body string
		failing                    bool
		status                     int
		handled                    int
	}{
		{name: "good", secret: "new-secret", body: hi, status: 200, handled: 1},
		{name: "old secret", secret: "old_secret", body: hi, status: 200, handled: 1},
		{name: "no secret", body: hi, status: 401},
		{name: "wrong secret", secret: "new-secre", body: hi, status: 401},
		{name: "GET", method: "GET", secret: "new-secret", status: 405},
		{name: "PUT", method: "PUT", secret: "new-secret", body: hi, status: 405},
		{name: "too large", secret: "new-secret", body: strings.Repeat("x", maxUpdate+1), status: 413},
		{name: "too large and no secret", body: strings.Repeat("x", maxUpdate+1), status: 401},
		{name: "not committed", secret: "new-secret", body: hi, failing: true, status: 503},
		{name: "unreadable", secret: "new-secret", body: `{"update_id":`, status: 200},
		{name: "nothing for the desk", secret: "new-secret", body: `{"update_id":1,"poll":{}}`, status: 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, telegramtest.Options{}, webhookConfig)
			w.start(t)
			r := &receiver{}
			if tt.failing {
				r.fail = 1
			}
			h, err := w.channel.Webhook(r)
			if err != nil {
				t.Fatal(err)
			}
			method := tt.method
			if method == "" {
				method = http.MethodPost
			}
			req := httptest.NewRequest(method, WebhookPath, strings.NewReader(tt.body))
			if tt.secret != "" {
				req.Header.Set(secretHeader, tt.secret)
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			if rec.Code != tt.status || len(r.handled) != tt.handled {
				t.Errorf("status %d, %d handled", rec.Code, len(r.handled))
			}
			if rec.Body.Len() != 0 {
				t.Errorf("body %q", rec.Body)
			}
			if tt.status == 503 && rec.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		})
	}
}

func TestWebhookBeforeStart(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, webhookConfig)
	r := &receiver{}
	h, _ := w.channel.Webhook(r)
	req := httptest.NewRequest(http.MethodPost, WebhookPath, strings.NewReader(message(`,"text":"hi"`)))
	req.Header.Set(secretHeader, "new-secret")
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if rec.Code != 503 || len(r.handled) != 0 {
		t.Errorf("status %d, %d handled", rec.Code, len(r.handled))
	}
}

// Telegram pushes, the program refuses twice, Telegram delivers again: one of
// a chat after another, and nothing is lost.
func TestPushed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, webhookConfig)
		w.start(t)
		r := &receiver{fail: 2}
		h, err := w.channel.Webhook(r)
		if err != nil {
			t.Fatal(err)
		}
		w.PushTo(h)
		ctx, cancel := context.WithCancel(t.Context())
		go w.RunPush(ctx)
		alice := w.Person(7, "Alice", "en")
		for _, text := range []string{"1", "2", "3"} {
			alice.Say(text)
		}
		time.Sleep(time.Minute)
		if diff := cmp.Diff([]string{"1", "2", "3"}, r.texts()); diff != "" || w.Pending() != 0 {
			t.Errorf("%d left, -want +got:\n%s", w.Pending(), diff)
		}
		info, err := w.channel.WebhookInfo(t.Context())
		if err != nil || !strings.Contains(info.LastError, "503") {
			t.Errorf("info %+v, %v", info, err)
		}
		cancel()
		synctest.Wait()
		w.obedient(t)
	})
}

// setWebhook is allowed once a second: the second start waits.
func TestStartTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, webhookConfig)
		w.start(t)
		w.start(t)
		call := w.Calls("setWebhook")[0]
		want := map[string]string{
			"url": "https://desk.example.org/telegram/webhook", "secret_token": "new-secret", "max_connections": "40",
			"allowed_updates": `["message","edited_message","callback_query","my_chat_member"]`,
		}
		if diff := cmp.Diff(want, call.Params); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if got := w.channel.Link(); got != "https://t.me/frontdesk_bot?start=" {
			t.Errorf("Link = %q", got)
		}
		if got := w.channel.Bot(); got != "1000001" {
			t.Errorf("Bot = %q", got)
		}
	})
}

// A caller who never ends the request is cut off by the server's limits.
func TestSlowCaller(t *testing.T) {
	var s http.Server
	ServerLimits(&s)
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("a limit is missing: %+v", &s)
	}
	w := newWorld(t, telegramtest.Options{}, webhookConfig)
	w.start(t)
	r := &receiver{}
	h, _ := w.channel.Webhook(r)
	req := httptest.NewRequest(http.MethodPost, WebhookPath, brokenBody{})
	req.Header.Set(secretHeader, "new-secret")
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if rec.Code != 400 || len(r.handled) != 0 {
		t.Errorf("status %d", rec.Code)
	}
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("i/o timeout") }

func TestConfigMistakes(t *testing.T) {
	good := Config{Token: token}
	tests := map[string]func(*Config){
		"no token":            func(c *Config) { c.Token = "" },
		"token without colon": func(c *Config) { c.Token = "123" },
		"token with a slash":  func(c *Config) { c.Token = "1:a/b" },
		"unknown mode":        func(c *Config) { c.Mode = "push" },
		"API URL":             func(c *Config) { c.APIURL = "telegram" },
		"webhook without secret": func(c *Config) {
			c.Mode, c.PublicURL = ModeWebhook, "https://x.example"
		},
		"webhook without address": func(c *Config) { c.Mode, c.WebhookSecret = ModeWebhook, "s" },
		"secret with a space": func(c *Config) {
			c.Mode, c.PublicURL, c.WebhookSecret = ModeWebhook, "https://x.example", "a b"
		},
		"long secret": func(c *Config) {
			c.Mode, c.PublicURL, c.WebhookSecret = ModeWebhook, "https://x.example", strings.Repeat("a", 257)
		},
	}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	for name, change := range tests {
		c := good
		change(&c)
		_, err := New(c, logger)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error tells the token", name)
		}
	}
	c, err := New(good, logger)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Webhook(&receiver{}); err == nil {
		t.Error("a webhook without a secret")
	}
}
