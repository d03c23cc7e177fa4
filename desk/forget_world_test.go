package desk

import (
	"slices"
	"time"
)

func (w *town) Erasure(id string) (Erasure, bool) { e, ok := w.erasures[id]; return e, ok }

func (w *town) ErasuresOf(person string) []Erasure {
	var list []Erasure
	for _, e := range w.erasures {
		if e.Person == person {
			list = append(list, e)
		}
	}
	return list
}

func (w *town) AlarmsOf(person string, since time.Time) []Alarm {
	var list []Alarm
	for _, a := range w.emergency.alarms {
		if a.Person == person && !a.At.Before(since) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b Alarm) int { return a.At.Compare(b.At) })
	return list
}
