package storage

import (
	"iter"
	"strings"
	"time"
)

// position is where a ticket stands in the order of filing.
type position struct{ at, id string }

// merged walks several lists as one, from the newest ticket on. A ticket that is
// in two of them may come twice. A read that fails ends it, and is kept in err.
func merged(tx *Tx, lists []posting, from, to time.Time, err *error) iter.Seq[position] {
	if len(lists) == 1 {
		return walked(tx, lists[0], from, to, err)
	}
	return func(yield func(position) bool) {
		type head struct {
			position
			next func() (position, bool)
		}
		var heads []head
		for _, p := range lists {
			next, stop := iter.Pull(walked(tx, p, from, to, err))
			defer stop()
			if pos, ok := next(); ok {
				heads = append(heads, head{pos, next})
			}
		}
		for len(heads) > 0 {
			newest := 0
			for i, h := range heads {
				if h.after(heads[newest].position) {
					newest = i
				}
			}
			if !yield(heads[newest].position) {
				return
			}
			pos, ok := heads[newest].next()
			if !ok {
				heads = append(heads[:newest], heads[newest+1:]...)
				continue
			}
			heads[newest].position = pos
		}
	}
}

func (p position) after(q position) bool {
	if c := strings.Compare(p.at, q.at); c != 0 {
		return c > 0
	}
	return p.id > q.id
}

// walked walks one list, newest first.
func walked(tx *Tx, p posting, from, to time.Time, err *error) iter.Seq[position] {
	return func(yield func(position) bool) {
		if p.index == "number" {
			return // Looked up before.
		}
		failed := Tickets.Keys(tx, p.index, p.within(from, to), func(key, id string) error {
			if !yield(position{p.at(key), id}) {
				return Stop
			}
			return nil
		})
		if *err == nil {
			*err = failed
		}
	}
}
