package wecomtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1" // #nosec G505 -- WeCom's signature is SHA-1 by definition.
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tries is how often WeCom tells something that is not answered with 200.
// https://developer.work.weixin.qq.com/document/path/90238
const tries = 4

// Callbacks is WeCom's side of a callback address: it signs, seals and tells,
// and tells again when it is not answered with 200. It shares no code with the
// program that opens what it seals.
type Callbacks struct {
	CorpID  string
	AgentID int64
	Token   string
	AESKey  string // 43 characters
	Now     func() time.Time
	// To is the program.
	To http.Handler
	// Path is the path of the address.
	Path string
	// Again, if set, is called before each further try: time goes by there.
	Again func()

	mu    sync.Mutex
	told  []Told
	count int
}

// Told is something that WeCom told, and how it was answered.
type Told struct {
	// Plain is what was sealed.
	Plain string
	// Query and Body are those of the last try.
	Query, Body string
	// Statuses are the answers, one for each try.
	Statuses []int
}

// Taken tells whether it was accepted in the end.
func (t Told) Taken() bool {
	return len(t.Statuses) > 0 && t.Statuses[len(t.Statuses)-1] == http.StatusOK
}

// Tell seals a message, and tells it until it is accepted, four times at most.
// Every try is sealed anew.
func (c *Callbacks) Tell(plain string) Told {
	t := Told{Plain: plain}
	for i := range tries {
		if i > 0 && c.Again != nil {
			c.Again()
		}
		t.Query, t.Body = c.Seal(plain)
		t.Statuses = append(t.Statuses, c.Post(t.Query, t.Body).Code)
		if t.Taken() {
			break
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = append(c.told, t)
	return t
}

// Log is all that was told, oldest first.
func (c *Callbacks) Log() []Told {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Told(nil), c.told...)
}

// Replay sends the last try once more, byte for byte.
func (c *Callbacks) Replay(t Told) int { return c.Post(t.Query, t.Body).Code }

// Post sends any query and body, as a stranger could.
func (c *Callbacks) Post(query, body string) *httptest.ResponseRecorder {
	return c.Request(http.MethodPost, query, body)
}

// Get sends any query as a GET.
func (c *Callbacks) Get(query string) *httptest.ResponseRecorder {
	return c.Request(http.MethodGet, query, "")
}

// Request sends anything; the query is not looked at before.
func (c *Callbacks) Request(method, query, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, c.Path, strings.NewReader(body))
	r.URL.RawQuery = query
	r.Header.Set("Content-Type", "text/xml")
	w := httptest.NewRecorder()
	c.To.ServeHTTP(w, r)
	return w
}

// Verify verifies the address as the console does when it is saved. The error
// says what WeCom would not accept.
func (c *Callbacks) Verify() error {
	echo := strconv.FormatInt(int64(binary.BigEndian.Uint64(random(8))>>2), 10)
	sealed := c.Encrypt(echo)
	w := c.Get(c.Sign(sealed) + "&echostr=" + url.QueryEscape(sealed))
	switch {
	case w.Code != http.StatusOK:
		return fmt.Errorf("wecomtest: the address answers %d", w.Code)
	case w.Body.String() != echo:
		return fmt.Errorf("wecomtest: the address answers %q, not %q", w.Body, echo)
	}
	return nil
}

// Seal makes the query and the body of a call.
func (c *Callbacks) Seal(plain string) (query, body string) {
	sealed := c.Encrypt(plain)
	return c.Sign(sealed), c.Envelope(sealed)
}

// Envelope is the body around what is sealed.
func (c *Callbacks) Envelope(sealed string) string {
	return fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><AgentID><![CDATA[%d]]></AgentID><Encrypt><![CDATA[%s]]></Encrypt></xml>",
		c.CorpID, c.AgentID, sealed)
}

// Sign makes the query of a call of now.
func (c *Callbacks) Sign(sealed string) string { return c.SignAt(sealed, c.Now()) }

// SignAt makes the query of a call of another time.
func (c *Callbacks) SignAt(sealed string, at time.Time) string {
	return c.SignParts(sealed, strconv.FormatInt(at.Unix(), 10), strconv.Itoa(int(binary.BigEndian.Uint32(random(4)))))
}

// SignParts makes the query of a call with any timestamp and nonce.
func (c *Callbacks) SignParts(sealed, timestamp, nonce string) string {
	return url.Values{"msg_signature": {Signature(c.Token, timestamp, nonce, sealed)}, "timestamp": {timestamp}, "nonce": {nonce}}.Encode()
}

// Signature is the signature over the parts of a call.
func Signature(token, timestamp, nonce, sealed string) string {
	parts := []string{token, timestamp, nonce, sealed}
	sort.Strings(parts)
	h := sha1.New() // #nosec G401 -- as above.
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Encrypt encrypts a message for this corp.
func (c *Callbacks) Encrypt(plain string) string {
	return c.EncryptFor(plain, c.CorpID)
}

// EncryptFor encrypts a message for any receiver.
func (c *Callbacks) EncryptFor(plain, receiver string) string {
	data := random(16)
	data = binary.BigEndian.AppendUint32(data, uint32(len(plain))) // #nosec G115 -- short texts of tests.
	data = append(data, plain...)
	data = append(data, receiver...)
	pad := 32 - len(data)%32
	for range pad {
		data = append(data, byte(pad))
	}
	return c.EncryptRaw(data)
}

// EncryptRaw encrypts blocks as they are.
func (c *Callbacks) EncryptRaw(data []byte) string {
	key, err := base64.StdEncoding.DecodeString(c.AESKey + "=")
	if err != nil {
		panic("wecomtest: the AES key is none")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("wecomtest: the AES key is none")
	}
	out := make([]byte, len(data))
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(out, data)
	return base64.StdEncoding.EncodeToString(out)
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // It never fails: crypto/rand ends the program instead.
	return b
}
