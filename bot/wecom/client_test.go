package wecom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
)

// TestTokenIsFetchedOnce lets many goroutines send at once, then another
// process with the same store, then the same after a restart.
func TestTokenIsFetchedOnce(t *testing.T) {
	w := newWorld(t, wecomtest.Options{NoLimits: true})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "您好"}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if _, err := w.another().App().Send(t.Context(), to("wang"), desk.Drawn{Text: "您好"}); err != nil {
		t.Error(err)
	}
	if n := len(w.Calls("gettoken")); n != 1 {
		t.Errorf("%d tokens were fetched, not 1", n)
	}
	if n := len(w.Seen("LiJie")); n != 20 {
		t.Errorf("%d messages arrived, not 20", n)
	}
	w.obedient()
}

// TestTokenThatWasRefused: WeCom says that a token is no longer good; one other
// is fetched and the message arrives. When that does not help, it is an Auth.
func TestTokenThatWasRefused(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.send(desk.Drawn{Text: "一"})
	w.ForgetTokens() // 40014
	w.send(desk.Drawn{Text: "二"})
	w.EndTokens() // 42001
	w.send(desk.Drawn{Text: "三"})
	w.Refuse("message/send", 40001, "invalid credential", 1)
	w.ForgetTokens()
	w.send(desk.Drawn{Text: "四"})
	if n := len(w.Calls("gettoken")); n != 4 {
		t.Errorf("%d tokens were fetched, not 4", n)
	}
	w.Refuse("message/send", 42001, "access_token expired", 9)
	before := len(w.Calls("message/send"))
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "五"}); why(err) != bot.Auth {
		t.Errorf("%v, want auth", err)
	}
	if n := len(w.Calls("message/send")) - before; n > 2 {
		t.Errorf("the message was tried %d times", n)
	}
	w.Heal()
	w.clock.Advance(3 * time.Hour) // Its time is over: it is not even tried.
	calls := len(w.Calls("message/send"))
	w.send(desk.Drawn{Text: "六"})
	if n := len(w.Calls("message/send")) - calls; n != 1 {
		t.Errorf("an ended token was tried: %d calls", n)
	}
	w.obedient()
}

// TestReasons leads each refusal of WeCom, and each failure of the line, to its
// reason.
func TestReasons(t *testing.T) {
	refuse := func(code int) func(*world) {
		return func(w *world) { w.Refuse("message/send", code, "no", 9) }
	}
	person := func(change func(*wecomtest.Person)) func(*world) {
		return func(w *world) { w.ChangePerson("LiJie", change) }
	}
	for _, c := range []struct {
		name string
		make func(*world)
		want bot.Reason
	}{
		{"outside the range", person(func(p *wecomtest.Person) { p.Outside = true }), bot.Outside},
		{"left", person(func(p *wecomtest.Person) { p.Left = true }), bot.Outside},
		{"unlicensed", person(func(p *wecomtest.Person) { p.Unlicensed = true }), bot.Unlicensed},
		{"address", func(w *world) { w.TrustIP(false) }, bot.Untrusted},
		{"81013", refuse(81013), bot.Outside},
		{"invaliduser", func(w *world) {
			w.Garble("message/send", `{"errcode":0,"errmsg":"ok","invaliduser":"someone|lijie","msgid":"m"}`, 9)
		}, bot.Outside},
		{"60011", refuse(60011), bot.Outside},
		{"40056", refuse(40056), bot.Auth},
		{"301002", refuse(301002), bot.Auth},
		{"48002", refuse(48002), bot.Auth},
		{"45009", refuse(45009), bot.Limited},
		{"45033", refuse(45033), bot.Limited},
		{"86008", refuse(86008), bot.Gone},
		{"93000", refuse(93000), bot.Gone},
		{"93008", refuse(93008), bot.Gone},
		{"40058", refuse(40058), bot.Refused},
		{"busy", refuse(-1), bot.Server},
		{"outage", func(w *world) { w.Outage(true) }, bot.Network},
		{"502", func(w *world) { w.Fail("message/send", 502, 9) }, bot.Server},
		{"504", func(w *world) { w.Fail("message/send", 504, 9) }, bot.Unknown},
		{"lost answer", func(w *world) { w.Lose("message/send", 9) }, bot.Unknown},
		{"garbage", func(w *world) { w.Garble("message/send", "<html>login</html>", 9) }, bot.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, wecomtest.Options{})
			w.send(desk.Drawn{Text: "前"}) // The token is there.
			c.make(w)
			_, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "后"})
			if why(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			var send *bot.SendError
			if errors.As(err, &send) && c.want == bot.Limited && send.RetryAfter < time.Minute {
				t.Errorf("retry after %s: WeCom blocks for a minute", send.RetryAfter)
			}
			w.silent(fmt.Sprintf("%v %+v %#v", err, err, send))
			w.obedient()
		})
	}
}

// TestNoSecretLeaves makes every call fail in every way and reads all that is
// said about it.
func TestNoSecretLeaves(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	said := fmt.Sprint(w.corp.Config(), w.corp.config.GoString())
	try := func(what string) {
		for _, err := range []error{
			second(w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "您好"})),
			second(w.corp.Groups().Send(t.Context(), group("water"), desk.Drawn{Text: "您好"})),
			second(w.corp.App().Fetch(t.Context(), desk.File{Channel: Name, ID: "MEDIA"})),
			second(w.corp.upload(t.Context(), "file", "a.txt", "text/plain", []byte("0123456789"))),
		} {
			if err == nil {
				t.Errorf("%s: no error", what)
			}
			said += fmt.Sprintf("%v %+v ", err, err)
			for e := err; e != nil; e = errors.Unwrap(e) {
				said += fmt.Sprintf("%T %+v ", e, e)
			}
		}
		said += fmt.Sprint(w.corp.Check(t.Context()))
	}
	w.Outage(true)
	try("outage")
	w.Heal()
	w.send(desk.Drawn{Text: "一"})
	w.Fail("", 500, 20)
	try("500")
	w.Heal()
	w.Lose("", 20)
	try("lost")
	w.Heal()
	w.Refuse("", 40013, "invalid corpid "+secret+" "+robot, 20)
	try("echo")
	w.Heal()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	said += fmt.Sprint(second(w.corp.App().Send(over, to("LiJie"), desk.Drawn{Text: "您好"})))
	w.silent(said)
	w.silent(w.log.String())
}

// TestRedirectIsNotFollowed: the token is in the address.
func TestRedirectIsNotFollowed(t *testing.T) {
	var hosts []string
	rt := roundTrip(func(r *http.Request) (*http.Response, error) {
		hosts = append(hosts, r.URL.Host)
		header := http.Header{"Location": {"https://elsewhere.example/"}}
		return &http.Response{StatusCode: 302, Header: header, Body: io.NopCloser(strings.NewReader("")), Request: r}, nil
	})
	c, err := New(Config{CorpID: "ww1", AgentID: 1, Secret: secret, APIURL: "https://api.example"}, Options{Transport: rt})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "您好"}); why(err) != bot.Server {
		t.Errorf("%v, want server", err)
	}
	if fmt.Sprint(hosts) != "[api.example]" {
		t.Errorf("called %v", hosts)
	}
}

// TestReplyTooLong: a reply is read up to a limit.
func TestReplyTooLong(t *testing.T) {
	rt := roundTrip(func(r *http.Request) (*http.Response, error) {
		body := io.NopCloser(io.LimitReader(endless{}, maxReply*4))
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: r}, nil
	})
	c, err := New(Config{CorpID: "ww1", AgentID: 1, Secret: secret}, Options{Transport: rt})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "您好"}); why(err) != bot.Unknown || !strings.Contains(err.Error(), "too long") {
		t.Errorf("%v", err)
	}
}

// TestJSONAsWritten: WeCom refuses \u003c.
func TestJSONAsWritten(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.send(desk.Drawn{Text: "A & B <b> 水 > 电"})
	if got := w.last(); got != "A & B <b> 水 > 电" {
		t.Errorf("shown: %s", got)
	}
	if body := w.Calls("message/send")[0].Body; !bytes.Contains([]byte(body), []byte(`"agentid":1000002`)) {
		t.Errorf("the agent id is no number in %s", body)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func second[T any](_ T, err error) error { return err }
