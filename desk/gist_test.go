package desk

import (
	"testing"
	"time"
)

// Where nothing can be replaced, each reader hears of these steps in a new message.
func TestGist(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)
	steps := []struct {
		name string
		step func(*Ticket)
	}{
		{"new", func(t *Ticket) { t.State, t.Clocks.Take = StateNew, at.Add(15*time.Minute) }},
		{"chased", func(t *Ticket) { t.Chases = append(t.Chases, at) }},
		{"offered", func(t *Ticket) { t.State = StateOffered }},
		{"new again", func(t *Ticket) { t.State, t.Clocks.Take = StateNew, at.Add(30*time.Minute) }},
		{"taken", func(t *Ticket) { t.State, t.Taker, t.Clocks.Arrive = StateTaken, "wang", at.Add(4*time.Hour) }},
		{"words", func(t *Ticket) { t.Words = append(t.Words, Words{Text: "x"}) }},
		{"arrived", func(t *Ticket) { t.State = StateArrived }},
		{"paused", func(t *Ticket) { t.State, t.Pause = StatePaused, &Pause{} }},
		{"resumed", func(t *Ticket) { t.State, t.Pause, t.Clocks.Arrive = StateTaken, nil, at.Add(48*time.Hour) }},
		{"nobody opened", func(t *Ticket) { t.State = StateNoAccess }},
		{"another time", func(t *Ticket) { t.State, t.From = StateTaken, at.Add(72*time.Hour) }},
		{"given back", func(t *Ticket) {
			t.State, t.Taker, t.From, t.Clocks.Take = StateNew, "", time.Time{}, at.Add(50*time.Hour)
		}},
		{"taken by another", func(t *Ticket) { t.State, t.Taker = StateTaken, "zhao" }},
		{"done", func(t *Ticket) { t.State = StateDone }},
		{"closed", func(t *Ticket) { t.State = StateClosed }},
	}
	want := map[PostKind][]string{
		PostGroup:     {"new", "new again", "given back"},
		PostMember:    {"new", "new again", "given back"},
		PostRequester: {"new", "taken", "resumed", "another time", "given back", "taken by another"},
		PostJoined:    {"new", "taken", "given back", "taken by another"},
		PostTaker: {"new", "offered", "new again", "taken", "arrived", "paused", "resumed", "nobody opened", "another time", "given back",
			"taken by another"},
		PostDesk: {"new", "offered", "new again", "taken", "arrived", "paused", "resumed", "nobody opened", "another time", "given back",
			"taken by another"},
		PostList: nil,
	}
	for kind, names := range want {
		ticket, shown, got := Ticket{}, "", []string(nil)
		for _, s := range steps {
			s.step(&ticket)
			if gist := Gist(kind, ticket); gist != "" && gist != shown {
				shown = gist
				got = append(got, s.name)
			}
		}
		if len(got) != len(names) {
			t.Errorf("%s hears of %q, want %q", kind, got, names)
			continue
		}
		for i := range got {
			if got[i] != names[i] {
				t.Errorf("%s hears of %q, want %q", kind, got, names)
				break
			}
		}
	}
}
