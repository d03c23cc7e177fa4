package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/telegram/telegramtest"
)

// Updates are confirmed only by the poll after the one whose batch was
// committed, so a program that is killed anywhere in between loses nothing.
func TestConfirmedOnlyAfterCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		alice := w.Person(7, "Alice", "en")
		alice.Say("one")
		alice.Say("two")

		r := &receiver{fail: 2}
		p := w.channel.Poller(r)
		for range 2 {
			if _, err := p.Step(t.Context()); err == nil {
				t.Fatal("Handle failed and Step did not")
			}
			if n := w.Pending(); n != 2 {
				t.Fatalf("%d updates left after a failed commit, want 2", n)
			}
		}
		if _, err := p.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		// Killed between commit and confirmation: the next program gets them again.
		p = w.channel.Poller(r)
		if _, err := p.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		alice.Say("three")
		if _, err := p.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"one", "two", "one", "two", "three"}, r.texts()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if n := w.Pending(); n != 1 {
			t.Errorf("%d updates wait, want the one that is not confirmed yet", n)
		}
		w.obedient(t)
	})
}

func TestIdleWeekStartsNumbersAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{FirstUpdate: 900000}, Config{})
		alice, r := w.Person(7, "Alice", "en"), &receiver{}
		p := w.channel.Poller(r)
		alice.Say("before")
		for range 2 {
			if _, err := p.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		w.NextUpdate(12)
		alice.Say("after")
		if _, err := p.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"before", "after"}, r.texts()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

func TestRedeliveredAndShuffled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{Redeliver: 3, Shuffle: 9}, Config{})
		alice, bob, r := w.Person(7, "Alice", "en"), w.Person(8, "Bob", "en"), &receiver{}
		for _, text := range []string{"1", "2", "3"} {
			alice.Say("a" + text)
			bob.Say("b" + text)
		}
		p := w.channel.Poller(r)
		for range 2 {
			if _, err := p.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if len(r.handled) != 18 || w.Pending() != 0 {
			t.Errorf("%d handled, %d left: %q", len(r.handled), w.Pending(), r.texts())
		}
	})
}

// Nothing for the desk, unreadable or unknown: confirmed all the same.
func TestStrangeUpdatesAreConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		w.Inject(map[string]any{"hologram": map[string]any{}})
		w.Inject(map[string]any{"message": "not an object"})
		w.Person(7, "Alice", "en").Say("hi")
		r := &receiver{}
		p := w.channel.Poller(r)
		for range 2 {
			if _, err := p.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{"hi"}, r.texts()); diff != "" || w.Pending() != 0 {
			t.Errorf("%d left, -want +got:\n%s", w.Pending(), diff)
		}
		if !strings.Contains(w.log.String(), "update passed over") || strings.Contains(w.log.String(), "not an object") {
			t.Errorf("log:\n%s", w.log)
		}
	})
}

func TestWaitsAfterErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		p := w.channel.Poller(&receiver{})
		w.Outage(true)
		var waits []time.Duration
		for range 8 {
			wait, err := p.Step(t.Context())
			if err == nil {
				t.Fatal("no error during an outage")
			}
			waits = append(waits, wait)
		}
		ms := time.Millisecond
		if diff := cmp.Diff([]time.Duration{100 * ms, 200 * ms, 400 * ms, 800 * ms, 1600 * ms, 3200 * ms, 5000 * ms, 5000 * ms}, waits); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if !p.LastSuccess().IsZero() {
			t.Error("a success during an outage")
		}
		w.Outage(false)
		if wait, err := p.Step(t.Context()); err != nil || wait != 0 {
			t.Errorf("after the outage: %v, %v", wait, err)
		}
		if !p.LastSuccess().Equal(time.Now()) {
			t.Error("no success noted")
		}
		w.Fail("getUpdates", 429, 1)
		if wait, _ := p.Step(t.Context()); wait != time.Second {
			t.Errorf("after 429: wait %v, want its retry_after", wait)
		}
	})
}

// The server ends the poll of the first program when a second one starts; the
// first says clearly why it is deaf.
func TestTwoPollers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		ctx, cancel := context.WithCancel(t.Context())
		first := make(chan error)
		go func() {
			_, err := w.channel.Poller(&receiver{}).Step(ctx)
			first <- err
		}()
		synctest.Wait()
		go func() { _, _ = w.channel.Poller(&receiver{}).Step(ctx) }()
		err := <-first
		var api *apiError
		if !errors.As(err, &api) || api.code != 409 {
			t.Errorf("first poller: %v", err)
		}
		if !strings.Contains(w.log.String(), "another one polls with the same token") {
			t.Errorf("log:\n%s", w.log)
		}
		cancel()
		synctest.Wait()
	})
}

func TestRunUntilStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		alice, r := w.Person(7, "Alice", "en"), &receiver{}
		ctx, cancel := context.WithCancel(t.Context())
		p := w.channel.Poller(r)
		go p.Run(ctx)
		for i := range 3 {
			w.Outage(i == 1)
			alice.Say("hi")
			time.Sleep(30 * time.Minute)
			w.Outage(false)
			time.Sleep(time.Minute)
			if since := time.Since(p.LastSuccess()); since > 90*time.Second {
				t.Errorf("last success %v ago", since)
			}
		}
		cancel()
		synctest.Wait()
		if len(r.handled) != 3 {
			t.Errorf("%d handled", len(r.handled))
		}
		w.obedient(t)
	})
}
