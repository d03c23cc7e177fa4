package wecom

import (
	"strings"
	"testing"

	"github.com/silenceper/wechat/v2/util"
	"pgregory.net/rapid"
)

// TestAgainstTheLibrary lets another implementation seal and sign: what it
// sealed is opened here, for its receiver only, and its signatures are ours.
func TestAgainstTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[A-Za-z0-9]{43}`).Draw(t, "key")
		receiver := rapid.StringMatching(`ww[0-9a-f]{4,16}`).Draw(t, "receiver")
		message := rapid.StringN(1, 300, 900).Draw(t, "message")
		random := rapid.SliceOfN(rapid.Byte(), randomHead, randomHead).Draw(t, "random")
		sealed, err := util.EncryptMsg(random, []byte(message), receiver, key)
		if err != nil {
			t.Skip("the library takes no such key") // Its last bits must be zero.
		}
		ours, err := newVault(key, receiver)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ours.open(string(sealed)); err != nil || string(got) != message {
			t.Fatalf("opened %q, %v; sealed was %q", got, err, message)
		}
		stranger, err := newVault(key, receiver+"0")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := stranger.open(string(sealed)); err == nil {
			t.Fatalf("a stranger opened %q", got)
		}
		token, nonce := rapid.StringMatching(`[A-Za-z0-9]{3,32}`).Draw(t, "token"), rapid.StringMatching(`[0-9]{1,10}`).Draw(t, "nonce")
		want := util.Signature(token, "1772438400", nonce, string(sealed))
		if got := signature(token, "1772438400", nonce, string(sealed)); !strings.EqualFold(got, want) {
			t.Fatalf("signature %s, the library's %s", got, want)
		}
	})
}
