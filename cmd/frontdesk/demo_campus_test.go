package main

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// newTestCampus opens a campus; the log has every line.
func newTestCampus(t *testing.T, lang string) (c *campus, log *bytes.Buffer) {
	t.Helper()
	log = &bytes.Buffer{}
	c, closed, err := newCampus(t.Context(), 1, lang, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closed)
	return c, log
}

// TestThePlaygroundHasAHistory looks for a ticket in every state that a reader
// should find.
func TestThePlaygroundHasAHistory(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			if testing.Short() && lang != "zh" {
				t.Skip("one language is enough")
			}
			c, log := newTestCampus(t, lang)
			var group strings.Builder
			for _, chat := range []desk.Address{c.engineering, c.security} {
				for _, m := range c.channel.Screen(chat) {
					group.WriteString(m.Text + "\n")
				}
			}
			for _, state := range []words{
				has("card.waiting"), has("card.taken"), has("card.paused"), has("card.done"), has("card.reworked"),
				has("card.closed_resident"), has("card.closed_desk"), has("card.cancelled_resident"),
			} {
				if !c.pattern(c.engineering, state, c.now).MatchString(dense(group.String())) {
					t.Errorf("no card is in the state %s", state.key)
				}
			}
			digest, ok := c.channel.Find(c.supervisor.Private(), "", "R-1001")
			if !ok || !c.pattern(c.supervisor.Private(), has("digest.repairs", "overdue", 1), c.now).MatchString(dense(digest.Text)) {
				t.Errorf("the supervisor's digest names nothing overdue: %q", digest.Text)
			}
			if len(c.channel.Refused()) > 0 || strings.Contains(log.String(), "level=ERROR") || strings.Contains(log.String(), "level=WARN") {
				t.Errorf("refused: %v\n%s", c.channel.Refused(), log)
			}
		})
	}
}

// TestThePlaygroundPlaysADay plays the day that can be watched to its end: it
// must not stick anywhere, though its people share the desk with the history.
func TestThePlaygroundPlaysADay(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays three days")
	}
	c, log := newTestCampus(t, "zh")
	c.begin()
	c.playing, c.speed = true, 1_000_000
	for c.playing {
		if err := c.playScene(); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(log.String(), "cannot go on") {
		t.Errorf("a story stuck:\n%s", log)
	}
	if state := c.State(); !state.Over || state.Now.Before(demoEnds.On(demoDay.AddDays(1), c.zone)) {
		t.Errorf("the day ended with %+v", state)
	}
	digest, _ := c.channel.Find(c.supervisor.Private(), "", "11月25日")
	if !c.pattern(c.supervisor.Private(), has("digest.repairs", "new", 13), c.now).MatchString(dense(digest.Text)) {
		t.Errorf("the digest of the day: %q", digest.Text)
	}
}

// TestSomebodyActsWhileTheDayPlays lets the reader's input in between two steps
// of a story, and nowhere else.
func TestSomebodyActsWhileTheDayPlays(t *testing.T) {
	c, _ := newTestCampus(t, "zh")
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	c.ctx = ctx
	go func() { ended <- c.run() }()
	must(t, c.Play(ctx, true, 1)) // So slow that the story waits for its reader.
	must(t, c.Act(ctx, func() desk.Input {
		return c.mine[0].Say(c.mine[0].Private(), "水龙头漏水,3栋502,随时可以进")
	}))
	if _, ok := c.channel.Find(c.mine[0].Private(), c.text(c.mine[0].Private(), "option.submit")); !ok {
		t.Error("the desk did not answer")
	}
	if err := c.Move(ctx, playground.MoveHour); err != playground.ErrBusy {
		t.Errorf("the clock was moved while the day plays: %v", err)
	}
	must(t, c.Play(ctx, false, 1))
	before := c.State().Now
	must(t, c.Move(ctx, playground.MoveHour))
	if now := c.State().Now; now.Sub(before) < time.Hour {
		t.Errorf("an hour led from %s to %s", before, now)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := c.Move(t.Context(), playground.MoveHour); err != errEnded {
		t.Errorf("after the end: %v", err)
	}
}

func TestTheClockGoesToTheNextThingToSee(t *testing.T) {
	c, _ := newTestCampus(t, "zh")
	seen := len(c.channel.Log())
	must(t, c.move(playground.MoveNext))
	fresh := c.channel.Log()[seen:]
	if len(fresh) == 0 || !slices.ContainsFunc(fresh, func(e playground.Entry) bool { return e.Chat == c.engineering }) {
		t.Errorf("nobody took the ticket of the morning, and the next thing is %+v", fresh)
	}
	if at := c.now.In(c.zone).Format("15:04"); at < "08:15" || at > "08:21" {
		t.Errorf("the reminder comes at %s", at)
	}
	must(t, c.move(playground.MoveDigest))
	if at := c.now.In(c.zone).Format("01-02 15:04"); at != "11-25 08:10" {
		t.Errorf("the digest of the morning leads to %s", at)
	}
	must(t, c.move(playground.MoveDigest))
	if at := c.now.In(c.zone).Format("01-02 15:04"); at != "11-26 08:10" {
		t.Errorf("and again, to %s", at)
	}
}

// TestAGroupThatIsBusyIsNotMute: the limits of a group hold messages back for
// seconds, which do not pass on a clock that stands.
func TestAGroupThatIsBusyIsNotMute(t *testing.T) {
	c, _ := newTestCampus(t, "zh")
	ctx, stop := context.WithCancel(t.Context())
	c.ctx = ctx
	ended := make(chan error, 1)
	go func() { ended <- c.run() }()
	for range 40 {
		must(t, c.Act(ctx, func() desk.Input { return c.wang.Say(c.engineering, "/duty") }))
	}
	stop()
	must(t, <-ended)
	screen := c.channel.Screen(c.engineering)
	if last := screen[len(screen)-1]; last.Person != "" {
		t.Error("the desk owes the last answer")
	}
}
