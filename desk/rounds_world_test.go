package desk

import (
	"slices"
	"time"
)

// roundBookInMemory is the book of rounds of a town.
type roundBookInMemory struct {
	rounds map[string]Round
	clock  time.Time
}

func (b *roundBookInMemory) apply(e RoundEntries) {
	for _, x := range e.Rounds {
		if b.rounds == nil {
			b.rounds = map[string]Round{}
		}
		b.rounds[x.ID] = x
	}
	if !e.Clock.IsZero() {
		b.clock = e.Clock
	}
}

func (b *roundBookInMemory) some(is func(Round) bool) []Round {
	var list []Round
	for _, x := range b.rounds {
		if is(x) {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b Round) int { return a.Due.Compare(b.Due) })
	return list
}

func (w *town) Round(id string) (Round, bool) { x, ok := w.rounds.rounds[id]; return x, ok }

func (w *town) RoundsUnderway(person string) []Round {
	return w.rounds.some(func(x Round) bool { return x.Walker == person && !x.Begun.IsZero() && x.Ended.IsZero() })
}

func (w *town) RoundsBetween(from, to time.Time) []Round {
	return w.rounds.some(func(x Round) bool { return !x.Due.Before(from) && x.Due.Before(to) })
}

func (w *town) RoundClock() time.Time { return w.rounds.clock }

// setJobs keeps the jobs that were set and not cancelled, one for each key.
func (w *town) setJobs(e Effects) {
	for _, j := range e.Jobs {
		w.jobs = append(slices.DeleteFunc(w.jobs, func(k Job) bool { return k.Key == j.Key }), j)
	}
	w.jobs = slices.DeleteFunc(w.jobs, func(j Job) bool { return slices.Contains(e.Cancel, j.Key) })
}
