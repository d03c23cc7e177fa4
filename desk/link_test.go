package desk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func linkSite(keys ...string) *Site {
	s := &Site{ID: "campus"}
	for _, k := range keys {
		s.LinkKeys = append(s.LinkKeys, []byte(k))
	}
	return s
}

const keyA, keyB = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"

func room(place string) Link {
	return Link{Flow: "repair", Answers: map[string]string{"place": place}}
}

func TestLinkReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := linkSite(keyA)
		l := Link{
			Flow:    rapid.SampledFrom([]string{"repair", "request", "log", "cancel_ticket", "invite"}).Draw(t, "flow"),
			Answers: map[string]string{},
		}
		for range rapid.IntRange(0, 3).Draw(t, "answers") {
			question := rapid.SampledFrom([]string{"place", "category", "what", "parts_used", "caller"}).Draw(t, "question")
			l.Answers[question] = rapid.OneOf(
				rapid.StringMatching(`[a-zA-Z0-9_-]{0,12}`), rapid.StringOfN(rapid.Rune(), 0, 6, -1)).Draw(t, "value")
		}
		payload, err := s.SignLink(l)
		if err != nil {
			if !strings.Contains(err.Error(), "too long") {
				t.Fatal(err)
			}
			return
		}
		if len(payload) > MaxPayload || !isPlain(payload) {
			t.Fatalf("%q is no start payload", payload)
		}
		if got, ok := s.ReadLink(payload); !ok || !cmp.Equal(got, l) {
			t.Fatalf("%q reads as %v, %v; want %v", payload, got, ok, l)
		}
	})
}

// A sticker that is printed again must be the same sticker: the letters and the
// signature are on walls for years.
func TestLinkNeverChanges(t *testing.T) {
	for _, c := range []struct {
		link Link
		want string
	}{
		{room("3-502"), "qMK13gByzcn7n0wr_p3-502"},
		{Link{Flow: "request", Answers: map[string]string{"category": "bed_bugs", "what": "臭虫"}}, "qncY_pCIs0G0oSgq_cbed__bugs_T6Iet6Jmr"},
	} {
		if got, err := linkSite(keyA).SignLink(c.link); err != nil || got != c.want {
			t.Errorf("%v is %q, %v; want %q", c.link, got, err, c.want)
		}
	}
}

func TestLinkForged(t *testing.T) {
	s := linkSite(keyA)
	payload, err := s.SignLink(room("3-502"))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what, payload string, by *Site) {
		t.Helper()
		if l, ok := by.ReadLink(payload); ok {
			t.Errorf("%s: %q was taken for %v", what, payload, l)
		}
	}
	refused("the neighbour's room", strings.Replace(payload, "3-502", "3-503", 1), s)
	refused("another category", payload+"_cleak", s)
	refused("cut off", payload[:len(payload)-1], s)
	refused("signature alone", payload[:1+signatureChars], s)
	refused("another type", "i"+payload[1:], s)
	refused("empty", "", s)
	refused("another key", payload, linkSite(keyB))
	refused("no key", payload, linkSite())
	refused("signed with nothing", string(LinkType)+s.signature(nil, "r_p3-502")+"r_p3-502", linkSite("", keyA))
	other := linkSite(keyA)
	other.ID = "other"
	refused("another site with the same key", payload, other)
	for i := range payload {
		changed := []byte(payload)
		changed[i] ^= 1
		refused("one bit", string(changed), s)
	}
	// The signatures of two rooms have nothing in common that one could go on with.
	next, _ := s.SignLink(room("3-503"))
	if next[:1+signatureChars] == payload[:1+signatureChars] {
		t.Error("two rooms have one signature")
	}
}

// A key that was given away is replaced; what hangs on the walls works on as
// long as the old one is listed.
func TestLinkKeyReplaced(t *testing.T) {
	old, _ := linkSite(keyA).SignLink(room("3-502"))
	both := linkSite(keyB, keyA)
	if l, ok := both.ReadLink(old); !ok || l.Answers["place"] != "3-502" {
		t.Errorf("an old sticker reads as %v, %v", l, ok)
	}
	fresh, _ := both.SignLink(room("3-502"))
	if _, ok := linkSite(keyA).ReadLink(fresh); ok || fresh == old {
		t.Error("the new key does not sign")
	}
}

func TestLinkTooLong(t *testing.T) {
	_, err := linkSite(keyA).SignLink(Link{Flow: "repair", Answers: map[string]string{"what": "水龙头漏水,请快一点来人看看"}})
	if err == nil || !strings.Contains(err.Error(), "at most 64, of which 49") {
		t.Errorf("got %v", err)
	}
}

func FuzzReadLink(f *testing.F) {
	s := linkSite(keyA)
	f.Add("r_p3-502")
	f.Add("-cancel__ticket_0a-b_1c-_P")
	f.Fuzz(func(_ *testing.T, content string) {
		// Whoever had the key could write anything: it must not panic either.
		s.ReadLink(string(LinkType) + s.signature(s.LinkKeys[0], content) + content)
		readLink(content)
	})
}
