package desk

import (
	"cmp"
	"slices"
	"time"
)

// morningBookInMemory is the morning book of a town.
type morningBookInMemory struct {
	decisions []Decision
	acts      []HandAct
}

func (b *morningBookInMemory) apply(e MorningEntries) {
	for _, d := range e.Decisions {
		b.decisions = append(slices.DeleteFunc(b.decisions, func(o Decision) bool {
			return o.Issue.Key() == d.Issue.Key() && o.At.Equal(d.At)
		}), d)
	}
	b.acts = append(b.acts, e.Acts...)
}

func (w *town) Decided(matter string) (Decision, bool) {
	for _, d := range slices.Backward(w.morning.decisions) {
		if d.Issue.Key() == matter {
			return d, true
		}
	}
	return Decision{}, false
}

func (w *town) Projects() []Decision {
	list := slices.DeleteFunc(slices.Clone(w.morning.decisions), func(d Decision) bool { return !d.Running() })
	slices.SortStableFunc(list, func(a, b Decision) int { return cmp.Compare(a.Until.String(), b.Until.String()) })
	return list
}

func (w *town) HandActs(from, to time.Time) []HandAct {
	return slices.DeleteFunc(slices.Clone(w.morning.acts), func(a HandAct) bool { return a.At.Before(from) || !a.At.Before(to) })
}

func (w *town) DecisionsBetween(from, to time.Time) []Decision {
	return slices.DeleteFunc(slices.Clone(w.morning.decisions), func(d Decision) bool { return d.At.Before(from) || !d.At.Before(to) })
}
