package storage

import (
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
)

// TicketsJoined implements desk.World.
func (w *World) TicketsJoined(person string, n int) []desk.Ticket {
	return list(w, Tickets, "joined", Range{Prefix: Key(person), Reverse: true, Limit: n})
}

// TicketsThemed implements desk.World.
func (w *World) TicketsThemed(theme string, since time.Time, n int) []desk.Ticket {
	return list(w, Tickets, "theme", Range{Prefix: Key(theme), From: Key(theme, TimeKey(since)), Reverse: true, Limit: n})
}

// OpenAt implements desk.World.
func (w *World) OpenAt(place string, n int) []desk.Ticket {
	return list(w, Tickets, "open_place", Range{Prefix: Key(place), Reverse: true, Limit: n})
}

// PeopleNamed implements desk.Reader. Records that were joined into another are
// found by their old name too.
func (w *World) PeopleNamed(word string, n int) []desk.Person {
	word = desk.Fold(word)
	grams := desk.Grams(word)
	if len(grams) == 0 {
		return nil
	}
	// The name of a campus's every second person says nothing: it is not walked.
	const walkMost = 200
	var ids []string
	r := Range{Equal: Key(rarest(w, grams)), Limit: walkMost}
	w.fail(People.Keys(w.tx, "name", r, func(_, id string) error {
		ids = append(ids, id)
		return nil
	}))
	if len(ids) == walkMost {
		return nil
	}
	return w.people(ids, n, func(p desk.Person) bool {
		for _, name := range []string{p.Name, p.Shown} {
			of := desk.Grams(name)
			if strings.Contains(desk.Fold(name), word) || !slices.ContainsFunc(grams, func(g string) bool { return !slices.Contains(of, g) }) {
				return true
			}
		}
		return false
	})
}

// rarest is the piece that the fewest names have.
func rarest(w *World, grams []string) string {
	best, least := grams[0], -1
	for _, gram := range grams {
		n, err := People.Count(w.tx, "name", Range{Equal: Key(gram), Limit: 50})
		w.fail(err)
		if least < 0 || n < least {
			best, least = gram, n
		}
	}
	return best
}

// PeopleByPhone implements desk.Reader.
func (w *World) PeopleByPhone(digits string, n int) []desk.Person {
	var ids []string
	for _, key := range desk.PhoneKeys(digits) {
		w.fail(People.Keys(w.tx, "phone", Range{Prefix: key, Limit: n + 1}, func(_, id string) error {
			ids = append(ids, id)
			return nil
		}))
	}
	return w.people(ids, n, func(desk.Person) bool { return true })
}

// Query finds a search that somebody made.
func (w *World) Query(id string) (desk.Query, bool) { return read(w, Queries, id) }

// PeopleAt lists who has a room as their own, at most n.
func (w *World) PeopleAt(place string, n int) []desk.Person {
	var ids []string
	w.fail(People.Keys(w.tx, "home", Range{Equal: Key(place), Limit: n}, func(_, id string) error {
		ids = append(ids, id)
		return nil
	}))
	return w.people(ids, n, func(desk.Person) bool { return true })
}

// people reads people, each once; none when there are more than n.
func (w *World) people(ids []string, n int, is func(desk.Person) bool) []desk.Person {
	var list []desk.Person
	for _, id := range ids {
		// By the record itself, so that an old name counts, then by whom it is now.
		record, ok := read(w, People, id)
		if !ok || !is(record) {
			continue
		}
		p, ok := w.Person(id)
		if ok && !slices.ContainsFunc(list, func(q desk.Person) bool { return q.ID == p.ID }) {
			list = append(list, p)
		}
	}
	if len(list) > n {
		return nil
	}
	return list
}
