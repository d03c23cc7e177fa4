package wecomtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// lab is a server with somebody who calls it by hand.
type lab struct {
	*Server
	t     *testing.T
	clock *Clock
	token string
}

func newLab(t *testing.T, opts Options) *lab {
	t.Helper()
	clock := NewClock(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	opts.Now = clock.Now
	l := &lab{Server: New(opts), t: t, clock: clock}
	l.AddPerson("a", "甲")
	l.AddPerson("b", "乙")
	l.login()
	return l
}

func (l *lab) login() {
	l.t.Helper()
	reply := l.do("gettoken?corpid="+l.CorpID()+"&corpsecret="+l.Secret(), "")
	l.token, _ = reply["access_token"].(string)
}

// do makes a call, with a body if there is one.
func (l *lab) do(path, body string) map[string]any {
	l.t.Helper()
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	verb, reader := http.MethodGet, io.Reader(http.NoBody)
	if body != "" {
		verb, reader = http.MethodPost, bytes.NewReader([]byte(body))
	}
	req, err := http.NewRequestWithContext(l.t.Context(), verb, "https://api.example/cgi-bin/"+path+sep+"access_token="+l.token, reader)
	if err != nil {
		l.t.Fatal(err)
	}
	resp, err := l.Transport().RoundTrip(req)
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	reply := map[string]any{}
	if err := json.NewDecoder(resp.Body).Decode(&reply); err != nil {
		l.t.Fatalf("%s: %v", path, err)
	}
	return reply
}

func text(user, words, more string) string {
	return fmt.Sprintf(`{"touser":%q,"msgtype":"text","agentid":1000002,"text":{"content":%q}%s}`, user, words, more)
}

func card(user, task, more string) string {
	return fmt.Sprintf(`{"touser":%q,"msgtype":"template_card","agentid":1000002,"template_card":{"card_type":"button_interaction",
		"main_title":{"title":"申请"},"task_id":%q,"button_list":[{"text":"同意","key":"y"},{"text":"拒绝","key":"n"}]%s}}`, user, task, more)
}

func update(code, user string) string {
	return fmt.Sprintf(`{"userids":[%q],"agentid":1000002,"response_code":%q,"button":{"replace_name":"已同意"}}`, user, code)
}

// TestRefusals makes calls that WeCom refuses, each with its code.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		path, body string
		code       int
	}{
		{"gettoken?corpid=x&corpsecret=y", "", 40013},
		{"message/send", text("a", "您好", ""), 0},
		{"message/send", text("nobody", "您好", ""), 81013},
		{"message/send", text("a|nobody", "您好", ""), 0},
		{"message/send", text("a", "", ""), 44004},
		{"message/send", text("a", "您好", `,"unknown":1`), 40058},
		{"message/send", strings.Replace(text("a", "您好", ""), "1000002", "7", 1), 40056},
		{"message/send", strings.Replace(text("a", "您好", ""), "1000002", `"1000002"`, 1), 40056},
		{"message/send", text("a", "x", `,"enable_duplicate_check":1,"duplicate_check_interval":14401`), 40058},
		{"message/send", `{"touser":"a","msgtype":"text","agentid":1000002,"text":{"content":"\u003cb"}}`, 40033},
		{"message/send", `{"touser":"a","msgtype":"image","agentid":1000002,"image":{"media_id":"none"}}`, 40007},
		{"message/send", card("a", "t1", ""), 0},
		{"message/send", card("a", "t1", ""), 42014},
		{"message/send", card("a", "t 2", ""), 42014},
		{"message/send", card("a", "", ""), 42014},
		{"message/send", card("a", "t3", `,"quote_area":{}`), 40058},
		{"message/send", card("a", "t3", `,"replace_text":"x"`), 40058},
		{"message/send", strings.Replace(card("a", "t3", ""), `"key":"n"`, `"key":"y"`, 1), 42039},
		{"message/send", strings.Replace(card("a", "t3", ""), "button_interaction", "text_notice", 1), 42045},
		{"message/update_template_card", update("never", "a"), 40058},
		{"message/recall", `{"msgid":"never"}`, 40058},
		{"appchat/create", `{"name":"群","userlist":["a"]}`, 86006},
		{"appchat/create", `{"name":"群","userlist":["a","nobody"]}`, 86007},
		{"appchat/create", `{"name":"群","owner":"c","userlist":["a","b"]}`, 86207},
		{"appchat/create", `{"name":"群","userlist":["a","b"],"chatid":"g1"}`, 0},
		{"appchat/create", `{"name":"群","userlist":["a","b"],"chatid":"g1"}`, 86215},
		{"appchat/send", `{"chatid":"g1","msgtype":"template_card"}`, 40008},
		{"appchat/send", `{"chatid":"g2","msgtype":"text","text":{"content":"x"}}`, 86003},
		{"appchat/update", `{"chatid":"g1","del_user_list":["b"]}`, 86006},
		{"webhook/send?key=none", `{"msgtype":"text","text":{"content":"x"}}`, 93000},
		{"menu/create?agentid=7", `{"button":[{"type":"click","name":"x","key":"/x"}]}`, 40056},
		{"menu/create?agentid=1000002", `{"button":[{"type":"click","name":"一二三四五六","key":"/x"}]}`, 40018},
		{"menu/create?agentid=1000002", `{"button":[{"type":"click","name":"x"}]}`, 40019},
		{"menu/create?agentid=1000002", `{"button":[{},{},{},{}]}`, 40016},
		{"media/get?media_id=none", "", 40007},
	} {
		l := newLab(t, Options{})
		if c.code == 42014 && strings.Contains(c.body, `"t1"`) {
			l.do(c.path, c.body)
		}
		if strings.Contains(c.body, `"g1"`) && (c.code != 0 && c.path != "appchat/create" || c.code == 86215) {
			l.do("appchat/create", `{"name":"群","userlist":["a","b"],"chatid":"g1"}`)
		}
		if got := l.do(c.path, c.body)["errcode"]; got != float64(c.code) {
			t.Errorf("%s %s: %v, want %d", c.path, c.body, got, c.code)
		}
	}
}

// TestCodes: a code replaces a card once, within 72 hours.
func TestCodes(t *testing.T) {
	l := newLab(t, Options{})
	first, _ := l.do("message/send", card("a|b", "t1", ""))["response_code"].(string)
	pressed, late := l.PressCode("t1"), l.PressCode("t1")
	want := func(code string, user string, errcode int) {
		t.Helper()
		if got := l.do("message/update_template_card", update(code, user))["errcode"]; got != float64(errcode) {
			t.Errorf("%v, want %d", got, errcode)
		}
	}
	want(first, "nobody", 82101)
	want(first, "a", 0)
	want(first, "a", 42022)
	want(pressed, "b", 0)
	if a, b := l.Transcript("a"), l.Transcript("b"); a != b || a != "【申请】\n(已同意)\n---\n" {
		t.Errorf("a sees %q, b sees %q", a, b)
	}
	l.clock.Advance(72*time.Hour + time.Second)
	l.login()
	want(late, "a", 42003)
	if n := len(l.Violations()); n != 2 {
		t.Errorf("%d violations, want 2: %v", n, l.Violations())
	}
}

// TestSilently: what is too much is dropped or cut, answered with success, and
// kept as a violation.
func TestSilently(t *testing.T) {
	l := newLab(t, Options{})
	for i := range 31 {
		if got := l.do("message/send", text("a", fmt.Sprint(i), ""))["errcode"]; got != 0.0 {
			t.Fatalf("message %d: %v", i, got)
		}
	}
	l.do("message/send", text("b", strings.Repeat("字", 1000), ""))
	if n := len(l.Seen("a")); n != 30 {
		t.Errorf("%d messages arrived, want 30", n)
	}
	if got := l.Seen("b")[0].Text; len(got) != 2046 {
		t.Errorf("%d bytes arrived", len(got))
	}
	if n := len(l.Violations()); n != 2 {
		t.Errorf("%d violations, want 2", n)
	}
	l.clock.Advance(time.Minute)
	l.do("message/send", text("a", "later", ""))
	if n := len(l.Seen("a")); n != 31 {
		t.Errorf("%d messages a minute later, want 31", n)
	}
}

// TestRepetition: the same bytes within the interval are answered and not shown.
func TestRepetition(t *testing.T) {
	l := newLab(t, Options{})
	same := text("a", "您好", `,"enable_duplicate_check":1,"duplicate_check_interval":3600`)
	first, again := l.do("message/send", same)["msgid"], l.do("message/send", same)["msgid"]
	if first != again || len(l.Seen("a")) != 1 {
		t.Errorf("%v and %v, shown %d times", first, again, len(l.Seen("a")))
	}
	l.do("message/send", text("a", "您好", `,"enable_duplicate_check":1,"duplicate_check_interval":3601`))
	l.clock.Advance(time.Hour)
	l.do("message/send", same)
	if n := len(l.Seen("a")); n != 3 {
		t.Errorf("shown %d times, want 3", n)
	}
}

func TestTokensEnd(t *testing.T) {
	l := newLab(t, Options{})
	want := func(code int) {
		t.Helper()
		if got := l.do("getcallbackip", "")["errcode"]; got != float64(code) {
			t.Errorf("%v, want %d", got, code)
		}
	}
	want(0)
	before := l.token
	l.login()
	if l.token != before {
		t.Error("a second token, while the first is good")
	}
	l.clock.Advance(2 * time.Hour)
	want(42001)
	l.login()
	want(0)
	l.TrustIP(false)
	want(60020)
	l.TrustIP(true)
	l.ForgetTokens()
	want(40014)
	l.token = ""
	want(41001)
}
