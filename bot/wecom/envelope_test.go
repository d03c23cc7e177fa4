package wecom

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestProof(t *testing.T) {
	s := sealer()
	good := s.SignAt("x", noon)
	values, _ := url.ParseQuery(good)
	with := func(change func(url.Values)) string {
		v, _ := url.ParseQuery(good)
		change(v)
		return v.Encode()
	}
	for name, tt := range map[string]struct {
		query string
		now   time.Time
		want  error
	}{
		"good":              {good, noon, nil},
		"a little late":     {good, noon.Add(10 * time.Minute), nil},
		"a little early":    {good, noon.Add(-10 * time.Minute), nil},
		"late":              {good, noon.Add(10*time.Minute + time.Second), errStale},
		"early":             {good, noon.Add(-10*time.Minute - time.Second), errStale},
		"no query":          {"", noon, errForm},
		"no query at all":   {"%zz", noon, errForm},
		"no signature":      {with(func(v url.Values) { v.Del("msg_signature") }), noon, errForm},
		"empty signature":   {with(func(v url.Values) { v.Set("msg_signature", "") }), noon, errForm},
		"two signatures":    {with(func(v url.Values) { v.Add("msg_signature", v.Get("msg_signature")) }), noon, errForm},
		"two timestamps":    {with(func(v url.Values) { v.Add("timestamp", "1") }), noon, errForm},
		"no nonce":          {with(func(v url.Values) { v.Del("nonce") }), noon, errForm},
		"capitals":          {with(func(v url.Values) { v.Set("msg_signature", strings.ToUpper(v.Get("msg_signature"))) }), noon, errUnsigned},
		"a short signature": {with(func(v url.Values) { v.Set("msg_signature", v.Get("msg_signature")[:39]) }), noon, errUnsigned},
		"zeros":             {with(func(v url.Values) { v.Set("msg_signature", strings.Repeat("0", 40)) }), noon, errUnsigned},
		"another time":      {with(func(v url.Values) { v.Set("timestamp", "1772452801") }), noon, errUnsigned},
		"signed zero":       {s.SignParts("x", "0"+values.Get("timestamp"), "1"), noon, errForm},
		"signed plus":       {s.SignParts("x", "+"+values.Get("timestamp"), "1"), noon, errForm},
		"signed words":      {s.SignParts("x", "noon", "1"), noon, errForm},
		"signed huge":       {s.SignParts("x", "99999999999999999999", "1"), noon, errForm},
		"signed far":        {s.SignParts("x", "9223372036854775807", "1"), noon, errStale},
		"a long nonce":      {s.SignParts("x", values.Get("timestamp"), strings.Repeat("1", maxNonce+1)), noon, errForm},
	} {
		p, _, err := readProof(tt.query, "")
		if err == nil {
			err = p.check(testToken, "x", tt.now, DefaultCallbackWindow)
		}
		if err != tt.want {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestReadEnvelope(t *testing.T) {
	for raw, want := range map[string]envelope{
		sealer().Envelope("abc="): {testCorp, "1000002", "abc="},
		`<xml><ToUserName><![CDATA[c]]></ToUserName><Encrypt><![CDATA[e]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`: {"c", "", "e"},
		`<xml><Encrypt>e</Encrypt><ToUserName>c</ToUserName><New>1</New></xml>`:                                            {"c", "", "e"},
	} {
		if got, err := readEnvelope([]byte(raw)); err != nil || got != want {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
	for name, raw := range map[string]string{
		"no Encrypt":    `<xml><ToUserName><![CDATA[c]]></ToUserName></xml>`,
		"empty Encrypt": `<xml><Encrypt></Encrypt></xml>`,
		"two":           `<xml><Encrypt>e</Encrypt><Encrypt>f</Encrypt></xml>`,
		"nested":        `<xml><Encrypt><Encrypt>e</Encrypt></Encrypt></xml>`,
		"below":         `<xml><A><Encrypt>e</Encrypt></A></xml>`,
	} {
		if got, err := readEnvelope([]byte(raw)); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Any query and body are looked at without a panic, and nothing that was sealed
// is opened under another signature, or as something else under this one.
func FuzzEnvelope(f *testing.F) {
	s := sealer()
	// Always the same, because the target runs in several processes.
	sealed := s.EncryptRaw([]byte(strings.Repeat("r", 16) + "\x00\x00\x00\x0b<xml></xml>" + testCorp + strings.Repeat("\x11", 17)))
	f.Add(s.SignParts(sealed, "1772452800", "77"), []byte(s.Envelope(sealed)))
	f.Add("msg_signature=0&timestamp=1&nonce=1", []byte(`<xml><Encrypt>e</Encrypt></xml>`))
	f.Add("", []byte(`<!DOCTYPE xml><xml/>`))
	for _, v := range readVectors(f)[:1] {
		for _, one := range v.Vectors {
			f.Add("msg_signature="+one.Signature+"&timestamp="+one.Timestamp+"&nonce="+one.Nonce, []byte(s.Envelope(one.Encrypt)))
		}
	}
	f.Fuzz(func(t *testing.T, query string, body []byte) {
		p, _, err := readProof(query, "")
		if err != nil {
			return
		}
		e, err := readEnvelope(body)
		if err != nil {
			return
		}
		if e.encrypted == "" {
			t.Error("an envelope without content")
		}
		signed := p.check(testToken, e.encrypted, noon, DefaultCallbackWindow) == nil
		vault, err := newVault(testKey, testCorp)
		if err != nil {
			t.Fatal(err)
		}
		message, err := vault.open(e.encrypted)
		if signed && err == nil && (e.encrypted != sealed || string(message) != "<xml></xml>") {
			t.Errorf("%q is signed and opens as %q", e.encrypted, message)
		}
	})
}
