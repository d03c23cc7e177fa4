package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// The token is in every URL, and net/http prints URLs. On no path of error may
// it reach an error, anything the error wraps, or the log.
func TestTokenIsNeverPrinted(t *testing.T) {
	redirect := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://elsewhere.example"+r.URL.Path, http.StatusFound)
	}))
	defer redirect.Close()
	reset := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer reset.Close()
	garbage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, "<html>%s</html>", r.URL)
	}))
	defer garbage.Close()
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(500)
		_, _ = fmt.Fprintf(w, `{"ok":false,"error_code":500,"description":"no %s"}`, r.URL)
	}))
	defer broken.Close()
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		<-r.Context().Done()
	}))
	defer hanging.Close()
	noTLS := strings.Replace(garbage.URL, "http:", "https:", 1)

	for name, address := range map[string]string{
		"redirect": redirect.URL, "reset": reset.URL, "garbage": garbage.URL, "broken": broken.URL,
		"hanging": hanging.URL, "refused": closedAddress(t), "no such host": "http://no-such-host.invalid", "no TLS": noTLS,
	} {
		t.Run(name, func(t *testing.T) {
			log := &lockedBuffer{}
			rt := http.DefaultTransport.(*http.Transport).Clone()
			defer rt.CloseIdleConnections()
			c := newChannel(t, Config{Token: token, APIURL: address}, log, rt)
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			errs := []error{c.Start(ctx)}
			_, err := c.Poller(&receiver{}).Step(ctx)
			errs = append(errs, err)
			poller := c.Poller(&receiver{})
			poller.started = true
			_, err = poller.Step(ctx)
			if name != "hanging" {
				errs = append(errs, err)
			}
			_, err = c.Send(ctx, at("7"), desk.Drawn{Text: "hi"})
			errs = append(errs, err)
			_, err = c.Send(ctx, at("7"), desk.Drawn{Text: "hi", Edit: "3"})
			errs = append(errs, err, c.Answer(ctx, "p", "", "", false), c.Commands(ctx, bot.CommandScope{}))
			_, err = c.Fetch(ctx, desk.File{Channel: Name, ID: "f"})
			errs = append(errs, err)
			_, err = c.download(ctx, "photos/x.jpg")
			if name != "garbage" {
				errs = append(errs, err)
			}
			_, err = c.Chat(ctx, at("-1"))
			errs = append(errs, err)
			for i, err := range errs {
				if err == nil {
					t.Errorf("call %d: no error", i)
				}
				checkMasked(t, err)
			}
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells the token:\n%s", log)
			}
		})
	}
}

// checkMasked looks into an error and all that it wraps, printed in every way.
func checkMasked(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		if all := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(all, secret) {
			t.Errorf("an error tells the token: %s", all)
		}
	}
}

func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return "http://" + l.Addr().String()
}

func TestRealSocketReasons(t *testing.T) {
	s := telegramtest.New(telegramtest.Options{Token: token})
	alice := s.Person(7, "Alice", "en")
	alice.Start("")
	server := httptest.NewServer(s)
	defer server.Close()
	rt := http.DefaultTransport.(*http.Transport).Clone()
	defer rt.CloseIdleConnections()
	c := newChannel(t, Config{Token: token, APIURL: server.URL}, &lockedBuffer{}, rt)
	if _, err := c.Send(t.Context(), at("7"), desk.Drawn{Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	s.Lose("sendMessage", 1)
	if _, err := c.Send(t.Context(), at("7"), desk.Drawn{Text: "lost"}); reasonOf(err) != bot.Unknown {
		t.Errorf("lost answer: %v", err)
	}
	if m, _ := alice.Last(); m.Text != "lost" {
		t.Errorf("last message %q", m.Text)
	}
	server.Close()
	if _, err := c.Send(t.Context(), at("7"), desk.Drawn{Text: "hi"}); reasonOf(err) != bot.Network {
		t.Errorf("server gone: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Send(ctx, at("7"), desk.Drawn{Text: "hi"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestConfigIsNotPrinted(t *testing.T) {
	c := Config{Token: token, WebhookSecret: "hook-canary"}
	for _, s := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v %s", c, c, c), c.LogValue().String()} {
		if strings.Contains(s, secret) || strings.Contains(s, "hook-canary") {
			t.Errorf("printed: %s", s)
		}
	}
}

// A redirect would carry the token to another host: none is followed.
func TestRedirectIsNotFollowed(t *testing.T) {
	var hits atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer elsewhere.Close()
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+r.URL.Path, status)
		}))
		rt := http.DefaultTransport.(*http.Transport).Clone()
		c := newChannel(t, Config{Token: token, APIURL: server.URL}, &lockedBuffer{}, rt)
		if _, err := c.Send(t.Context(), at("7"), desk.Drawn{Text: "hi"}); reasonOf(err) != bot.Server {
			t.Errorf("%d: %v", status, err)
		}
		if _, err := c.download(t.Context(), "photos/x.jpg"); reasonOf(err) != bot.Server {
			t.Errorf("%d: %v", status, err)
		}
		rt.CloseIdleConnections()
		server.Close()
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("the other host was called %d times", n)
	}
}
