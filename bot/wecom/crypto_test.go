package wecom

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/bot/wecom/wecomtest"
)

// vectors are messages that others sealed.
type vectors struct {
	Origin, Key, Token, ID string
	Vectors                []struct{ Message, Encrypt, Timestamp, Nonce, Signature string }
}

func readVectors(t testing.TB) []vectors {
	t.Helper()
	names, err := filepath.Glob("testdata/vectors_*.json")
	if err != nil || len(names) < 3 {
		t.Fatalf("%d files of vectors, %v", len(names), err)
	}
	var all []vectors
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var v vectors
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if v.Origin == "" || len(v.Vectors) < 2 {
			t.Fatalf("%s says not where it is from, or has no vectors", name)
		}
		all = append(all, v)
	}
	return all
}

// What WeCom's own example, its own package and another library sealed is
// opened, and their signatures are ours.
func TestVectors(t *testing.T) {
	for _, v := range readVectors(t) {
		vault, err := newVault(v.Key, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, one := range v.Vectors {
			got, err := vault.open(one.Encrypt)
			if err != nil || string(got) != one.Message {
				t.Errorf("%s, %d: %q, %v", v.Origin, i, got, err)
			}
			if got := signature(v.Token, one.Timestamp, one.Nonce, one.Encrypt); got != one.Signature {
				t.Errorf("%s, %d: signature %s", v.Origin, i, got)
			}
			if !signed(v.Token, one.Timestamp, one.Nonce, one.Encrypt, one.Signature) {
				t.Errorf("%s, %d: not signed", v.Origin, i)
			}
		}
	}
}

const (
	testToken = "CANARY-callback-token"
	testKey   = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
	testCorp  = "wwtest0000000001"
)

func sealer() *wecomtest.Callbacks {
	return &wecomtest.Callbacks{CorpID: testCorp, AgentID: 1000002, Token: testToken, AESKey: testKey, Path: CallbackPath}
}

func TestOpenAnyLength(t *testing.T) {
	vault, err := newVault(testKey, testCorp)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 130 {
		plain := strings.Repeat("水", n)
		if got, err := vault.open(sealer().Encrypt(plain)); err != nil || string(got) != plain {
			t.Fatalf("%d: %q, %v", n, got, err)
		}
	}
}

func TestOpenBroken(t *testing.T) {
	vault, err := newVault(testKey, testCorp)
	if err != nil {
		t.Fatal(err)
	}
	s := sealer()
	// 16 random bytes, the length, the message, the receiver, the padding.
	block := func(length, message, receiver, pad string) string {
		return s.EncryptRaw([]byte(strings.Repeat("r", 16) + length + message + receiver + pad))
	}
	message := strings.Repeat("m", 12)
	pad := strings.Repeat("\x10", 16)
	if got, err := vault.open(block("\x00\x00\x00\x0c", message, testCorp, pad)); err != nil || string(got) != message {
		t.Fatalf("the unbroken one: %q, %v", got, err)
	}
	whole := s.Encrypt(message)
	data, _ := base64.StdEncoding.DecodeString(whole)
	for name, sealed := range map[string]string{
		"empty":                   "",
		"no base64":               "@@@@",
		"half a block":            base64.StdEncoding.EncodeToString(data[:16]),
		"not whole blocks":        base64.StdEncoding.EncodeToString(data[:len(data)-1]),
		"the first block alone":   base64.StdEncoding.EncodeToString(data[:32]),
		"for another corp":        s.EncryptFor(message, "wwtest0000000002"),
		"for a longer corp":       s.EncryptFor(message, testCorp+"x"),
		"for nobody":              s.EncryptFor(message, ""),
		"a length beyond the end": block("\x7f\xff\xff\xff", message, testCorp, pad),
		"a negative length":       block("\xff\xff\xff\xf0", message, testCorp, pad),
		"a length too small":      block("\x00\x00\x00\x0b", message, testCorp, pad),
		"a length too great":      block("\x00\x00\x00\x0d", message, testCorp, pad),
		"padding of zero":         block("\x00\x00\x00\x0c", message, testCorp, strings.Repeat("\x00", 16)),
		"padding of 33":           block("\x00\x00\x00\x0c", message, testCorp, strings.Repeat("\x21", 16)),
		"padding that differs":    block("\x00\x00\x00\x0c", message, testCorp, strings.Repeat("x", 15)+"\x10"),
		"no room for the head":    s.EncryptRaw([]byte(strings.Repeat("\x20", 32))),
	} {
		if got, err := vault.open(sealed); err == nil || err != errSealed {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	// Another key opens nothing.
	other, err := newVault(strings.Repeat("A", 43), testCorp)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := other.open(whole); err == nil {
		t.Errorf("another key: %q", got)
	}
}

func TestBadKey(t *testing.T) {
	for _, key := range []string{"", "short", strings.Repeat("A", 44), strings.Repeat("-", 43), strings.Repeat("A", 42) + "="} {
		if _, err := newVault(key, testCorp); err == nil {
			t.Errorf("%q is a key", key)
		} else if key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("the error tells the key: %v", err)
		}
	}
}
