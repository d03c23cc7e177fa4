package wecom

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/wecom/wecomtest"
)

// refused fails unless a call was turned away like any other, and nothing came
// of it.
func (l *line) refused(t *testing.T, name string, w *httptest.ResponseRecorder) {
	t.Helper()
	if got := l.receiver.take(); w.Code != http.StatusForbidden || w.Body.Len() != 0 || len(w.Header()) != 0 || len(got) != 0 {
		t.Errorf("%s: %d %q %v, %d handled", name, w.Code, w.Body, w.Header(), len(got))
	}
}

// unopened is refused, and fails when anything was deciphered.
func (l *line) unopened(t *testing.T, name string, w *httptest.ResponseRecorder) {
	t.Helper()
	l.refused(t, name, w)
	if n := l.aes.blocks.Swap(0); n != 0 {
		t.Errorf("%s: %d blocks were deciphered", name, n)
	}
}

// Every bit of a call matters: with any of them turned it is refused, and
// nothing is deciphered.
func TestEveryBit(t *testing.T) {
	l := newLine(t)
	query, body := l.Seal(sent("text", "<Content>hi</Content>"))
	for i := range len(body) * 8 {
		turned := []byte(body)
		turned[i/8] ^= 1 << (i % 8)
		l.unopened(t, fmt.Sprintf("bit %d of the body: %s", i, turned), l.Post(query, string(turned)))
	}
	for i := range len(query) * 8 {
		turned := []byte(query)
		turned[i/8] ^= 1 << (i % 8)
		l.unopened(t, fmt.Sprintf("bit %d of the query: %q", i, turned), l.Post(string(turned), body))
	}
	for i := range len(body) {
		l.unopened(t, fmt.Sprintf("the first %d bytes", i), l.Post(query, body[:i]))
		l.unopened(t, fmt.Sprintf("without byte %d", i), l.Post(query, body[:i]+body[i+1:]))
	}
	if w := l.Post(query, body); w.Code != http.StatusOK || len(l.receiver.take()) != 1 || l.aes.blocks.Load() == 0 {
		t.Errorf("the unturned call: %d", w.Code)
	}
}

// The parts of a signature are put together without a sign between them: the
// same signature fits other divisions of the same characters. They are refused
// before anything is deciphered, or change nothing.
func TestShifted(t *testing.T) {
	l := newLine(t)
	at := fmt.Sprint(noon.Unix())
	fits := 0
	for range 20 {
		// A nonce that sorts behind the token and before the message.
		sealed := l.Encrypt(sent("text", "<Content>hi</Content>"))
		for sealed[0] < 'E' || sealed[0] > 'z' {
			sealed = l.Encrypt(sent("text", "<Content>hi</Content>"))
		}
		want := wecomtest.Signature(testToken, at, "D1", sealed)
		for k := 1; k < len(sealed); k++ {
			nonce, rest := "D1"+sealed[:k], sealed[k:]
			if wecomtest.Signature(testToken, at, nonce, rest) != want {
				continue
			}
			fits++
			l.unopened(t, fmt.Sprintf("%d characters moved", k), l.Post(l.SignParts(rest, at, nonce), l.Envelope(rest)))
		}
	}
	if fits < 100 {
		t.Errorf("only %d divisions were tried", fits)
	}
	// Between the timestamp and the nonce: the same message, the same id.
	sealed := l.Encrypt(sent("text", "<Content>hi</Content>"))
	whole := "1234" + at
	for k := 1; k < len(whole); k++ {
		w := l.Post(l.SignParts(sealed, whole[k:], whole[:k]), l.Envelope(sealed))
		if w.Code != http.StatusOK && w.Code != http.StatusForbidden {
			t.Errorf("%d: %d", k, w.Code)
		}
	}
	if got := l.receiver.take(); len(got) != 1 {
		t.Errorf("handled %d times", len(got))
	}
}

// Forged calls of people who do not know the token.
func TestUnsigned(t *testing.T) {
	l := newLine(t)
	plain := sent("text", "<Content>hi</Content>")
	good, body := l.Seal(plain)
	sealed := l.Encrypt(plain)
	stranger := l.server.Callbacks("not the token", testKey, CallbackPath, l.To)
	strangerQuery, strangerBody := stranger.Seal(plain)
	with := func(name, value string) string {
		v, _ := url.ParseQuery(good)
		v.Set(name, value)
		return v.Encode()
	}
	big := "<xml><X>" + strings.Repeat("A", maxCallback) + "</X>"
	for name, w := range map[string]*httptest.ResponseRecorder{
		"nothing":                l.Post("", ""),
		"no query":               l.Post("", body),
		"no body":                l.Post(good, ""),
		"plain":                  l.Post(good, plain),
		"JSON":                   l.Post(good, `{"this":"is json"}`),
		"zeros":                  l.Post(with("msg_signature", strings.Repeat("0", 40)), body),
		"an empty signature":     l.Post(with("msg_signature", ""), body),
		"another nonce":          l.Post(with("nonce", "1"), body),
		"another time":           l.Post(with("timestamp", fmt.Sprint(noon.Unix()+1)), body),
		"a parameter twice":      l.Post(good+"&"+good, body),
		"another message":        l.Post(good, l.Envelope(sealed)),
		"another token":          l.Post(strangerQuery, strangerBody),
		"no Encrypt":             l.Post(good, "<xml><ToUserName>"+testCorp+"</ToUserName></xml>"),
		"Encrypt twice":          l.Post(good, strings.Replace(body, "<Encrypt>", "<Encrypt>x</Encrypt><Encrypt>", 1)),
		"Encrypt in Encrypt":     l.Post(good, strings.Replace(strings.Replace(body, "<Encrypt>", "<Encrypt><Encrypt>", 1), "</Encrypt>", "</Encrypt></Encrypt>", 1)),
		"document type":          l.Post(good, "<!DOCTYPE xml>"+body),
		"external entity":        l.Post(good, `<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+strings.Replace(body, "<xml>", "<xml><X>&x;</X>", 1)),
		"something behind":       l.Post(good, body+body),
		"words behind":           l.Post(good, body+"x"),
		"deep":                   l.Post(good, "<xml>"+strings.Repeat("<a>", 50000)),
		"oversized, good inside": l.Post(good, strings.Replace(body, "<xml>", big, 1)),
		"oversized, good first":  l.Post(good, body+strings.Repeat(" ", maxCallback)),
	} {
		l.unopened(t, name, w)
	}
	if w := l.Post(good, body); w.Code != http.StatusOK {
		t.Errorf("the good one: %d", w.Code)
	}
}

// Calls that are signed with the token and are wrong all the same. Those that
// are for somebody else, or from another time, are not deciphered.
func TestSignedAndWrong(t *testing.T) {
	l := newLine(t)
	plain := sent("text", "<Content>hi</Content>")
	sealed := l.Encrypt(plain)
	raw := func(sealed string) *httptest.ResponseRecorder { return l.Post(l.Sign(sealed), l.Envelope(sealed)) }
	in := func(plain string) *httptest.ResponseRecorder { return raw(l.Encrypt(plain)) }
	late := l.Post(l.SignAt(sealed, noon.Add(-11*time.Minute)), l.Envelope(sealed))
	l.unopened(t, "stale", late)
	l.unopened(t, "from the future", l.Post(l.SignAt(sealed, noon.Add(11*time.Minute)), l.Envelope(sealed)))
	l.unopened(t, "no time", l.Post(l.SignParts(sealed, "now", "1"), l.Envelope(sealed)))
	l.unopened(t, "for another corp", l.Post(l.Sign(sealed), strings.Replace(l.Envelope(sealed), testCorp, "wwother", 1)))
	l.unopened(t, "for another application", l.Post(l.Sign(sealed), strings.Replace(l.Envelope(sealed), "1000002", "1000003", 1)))
	l.unopened(t, "no base64", raw("@@@@"))
	l.unopened(t, "half a block", raw("AAAAAAAAAAAAAAAAAAAAAA=="))

	query, body := l.Seal(plain)
	for name, w := range map[string]*httptest.ResponseRecorder{
		"sealed for another corp":  raw(l.EncryptFor(plain, "wwother")),
		"sealed for nobody":        raw(l.EncryptFor(plain, "")),
		"blocks of nothing":        raw(l.EncryptRaw(make([]byte, 64))),
		"an envelope in it":        in(body),
		"an envelope beside it":    in(strings.Replace(plain, "<MsgId>", "<Encrypt>x</Encrypt><MsgId>", 1)),
		"document type":            in("<!DOCTYPE xml>" + plain),
		"a bomb":                   in(`<!DOCTYPE xml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>` + strings.Replace(plain, "hi", "&b;", 1)),
		"two contents":             in(strings.Replace(plain, "<MsgId>", "<Content>ho</Content><MsgId>", 1)),
		"two senders":              in(strings.Replace(plain, "<MsgId>", "<FromUserName>boss</FromUserName><MsgId>", 1)),
		"something behind":         in(plain + plain),
		"words behind":             in(plain + "x"),
		"from another corp":        in(strings.Replace(plain, testCorp, "wwother", 1)),
		"from another application": in(strings.Replace(plain, "1000002", "1000779", 1)),
		"from nobody":              in(strings.Replace(plain, "lijie", "", 1)),
		"empty":                    in(""),
		"deep":                     in("<xml>" + strings.Repeat("<a>", 5000)),
	} {
		l.refused(t, name, w)
	}
	if w := l.Post(query, body); w.Code != http.StatusOK {
		t.Errorf("the good one: %d", w.Code)
	}
}

// A call that comes again, byte for byte or sealed anew, has no second effect;
// after the window it is refused.
func TestReplay(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	told := []wecomtest.Told{
		li.Say("hi"), li.Photo([]byte("photo")), li.Subscribe(), li.PressCard("T1-1", "button_interaction", "k1", "CODE-1"),
		// In the same second, by the same member, of the same kind.
		li.PressCard("T1-1", "button_interaction", "k2", "CODE-2"),
	}
	if got := l.receiver.take(); len(got) != len(told) {
		t.Fatalf("%d of %d handled", len(got), len(told))
	}
	for _, one := range told {
		for range 3 {
			if status := l.Replay(one); status != http.StatusOK {
				t.Errorf("%d for %s", status, one.Plain)
			}
		}
		query, body := l.Seal(one.Plain)
		if w := l.Post(query, body); w.Code != http.StatusOK {
			t.Errorf("%d for %s sealed anew", w.Code, one.Plain)
		}
	}
	if got := l.receiver.take(); len(got) != 0 {
		t.Errorf("%d second effects", len(got))
	}
	l.clock.Advance(DefaultCallbackWindow + time.Second)
	l.aes.blocks.Store(0)
	for _, one := range told {
		l.unopened(t, one.Plain, l.Post(one.Query, one.Body))
	}
}
