package bot

import (
	"time"

	"frontdesk/desk"
)

const (
	// greetAgain is after how long without a word somebody who opens the chat is
	// greeted anew: channels tell of every opening.
	greetAgain = 30 * 24 * time.Hour
	// wroteEvery is how exactly it is known when a person last wrote, where something
	// depends on it; elsewhere a day is enough. Not every message is worth a write.
	wroteEvery = 10 * time.Minute
	wroteRough = 24 * time.Hour
)

// wrote keeps when a person last wrote in private, and lets go what was held for
// them. It tells whether the record changed. Opening the chat is not writing.
func (t *turn) wrote(p *desk.Person, moved bool) bool {
	if t.in.Chat.Kind != desk.ChatPrivate || t.in.Kind == desk.InputEntered {
		return false
	}
	every := wroteRough
	if t.site().Can(t.in.Private()).PushWindow > 0 {
		every = wroteEvery
		t.out.Wrote = append(t.out.Wrote, t.in.Private())
	}
	// See noticed: what reads much must not write a person as they were.
	if now := t.w.Now(); moved || now.Sub(p.Wrote) >= every && !reads(t.in) {
		p.Wrote = now
		return true
	}
	return false
}

// entered answers the opening of the chat: what the link carried is done, as it is
// after /start. Without, somebody new is greeted, and somebody who was silent for
// long; everybody else only opened a chat that they know.
func (t *turn) entered() error {
	if t.in.Chat.Kind != desk.ChatPrivate {
		return nil
	}
	if t.in.Arg != "" {
		return t.cmdStart(t.in.Arg)
	}
	now := t.w.Now()
	last := laterOf(laterOf(t.p.Wrote, t.p.Greeted), t.p.Created)
	if t.known && now.Sub(last) < greetAgain {
		return nil
	}
	t.p.Greeted = now
	t.out.People = append(t.out.People, t.p)
	t.greet(desk.Text{})
	return nil
}
