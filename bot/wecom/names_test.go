package wecom

import (
	"testing"
	"time"

	"frontdesk/bot/wecom/wecomtest"
)

// Who writes is called as the address book has them. WeCom is asked once a week
// for each, and nothing waits for it when it does not answer.
func TestMembersAreCalledByName(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	out := l.server.Member("outside", "外人", l.Callbacks)
	l.server.ChangePerson("outside", func(p *wecomtest.Person) { p.Outside = true })
	asked := func() int { return len(l.server.Calls("user/get")) }
	says := func(m *wecomtest.Member, want string, asks int) {
		t.Helper()
		before := asked()
		m.Say("你好")
		got := l.receiver.take()
		if len(got) != 1 || got[0].From.Name != want {
			t.Errorf("%s writes as %+v, want the name %q", m.ID, got, want)
		}
		if n := asked() - before; n != asks {
			t.Errorf("asked %d times for %s, want %d", n, m.ID, asks)
		}
	}
	says(li, "李杰", 1)
	says(li, "李杰", 0)
	says(out, "outside", 1) // The account is better than nobody.
	says(out, "outside", 0)
	l.server.ChangePerson("lijie", func(p *wecomtest.Person) { p.Name = "李捷" })
	l.clock.Advance(6 * 24 * time.Hour)
	says(li, "李杰", 0)
	l.clock.Advance(2 * 24 * time.Hour)
	l.server.Fail("user/get", 500, 1)
	says(li, "李杰", 1) // The old name, and the next message asks again.
	says(li, "李捷", 1)
}
