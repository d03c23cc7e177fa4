package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/desk"
)

// The imported lists: residents and places. A list has too many rows for one
// update, so it is written beside the one in force, in one bounded commit after
// another, and then put in force by one more, which writes one row. A crash
// before that leaves the old list as it was; the leftovers are deleted by the
// next import.

// The names of the lists.
const (
	ListResidents = "residents"
	ListPlaces    = "places"
)

// ListRow says which rows of a list are in force.
type ListRow struct {
	Name string `json:"name"`
	// Current is the edition in force: the rows of its table that have it.
	Current string    `json:"current"`
	Rows    int       `json:"rows"`
	At      time.Time `json:"at"`
}

// ResidentRow is an entry of the residents' list in an edition.
type ResidentRow struct {
	Edition string `json:"edition"`
	desk.Resident
}

// PlaceRow is an imported place in an edition. No is its place in the list.
type PlaceRow struct {
	Edition string `json:"edition"`
	No      int    `json:"no"`
	desk.ListedPlace
}

// The tables of the lists.
var (
	Lists     = NewTable("lists", func(l ListRow) string { return l.Name })
	Residents = NewTable("residents", func(r ResidentRow) string { return Key(r.Edition, desk.NumberKey(r.Number)) },
		Index[ResidentRow]{"phone", func(r ResidentRow) []string {
			return some(desk.Digits(r.Phone) != "", Key(r.Edition, desk.Digits(r.Phone)))
		}},
	)
	ListedPlaces = NewTable("places", func(p PlaceRow) string { return Key(p.Edition, width(p.No)) })
)

// ErrListChanged means that another import put a list in force meanwhile.
var ErrListChanged = errors.New("storage: the list was changed by another import meanwhile")

// listRows is how many rows one commit of an import touches.
const listRows = 400

// Edition reads which edition of a list is in force; there may be none.
func Edition(tx *Tx, list string) (ListRow, bool, error) { return Lists.Get(tx, list) }

// AllResidents reads the list in force, and its edition for ReplaceResidents.
func AllResidents(ctx context.Context, s *Store) (list []desk.Resident, edition string, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		row, ok, err := Edition(tx, ListResidents)
		if err != nil || !ok {
			return err
		}
		edition = row.Current
		return Residents.Scan(tx, Range{Prefix: Key(edition)}, func(r ResidentRow) error {
			list = append(list, r.Resident)
			return nil
		})
	})
	return list, edition, err
}

// AllPlaces reads the list in force, in its order, and its edition.
func AllPlaces(ctx context.Context, s *Store) (list []desk.ListedPlace, edition string, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		row, ok, err := Edition(tx, ListPlaces)
		if err != nil || !ok {
			return err
		}
		edition = row.Current
		return ListedPlaces.Scan(tx, Range{Prefix: Key(edition)}, func(r PlaceRow) error {
			list = append(list, r.ListedPlace)
			return nil
		})
	})
	return list, edition, err
}

// ReplaceResidents puts a whole list in force in the place of an edition (empty:
// of none). progress is told how many rows are written; it may be nil. Nobody
// sees any row of it before all are there. It returns ErrListChanged, or the
// error of a commit; the old list is then still in force.
func ReplaceResidents(ctx context.Context, s *Store, from string, list []desk.Resident, progress func(int)) error {
	return replaceList(ctx, s, ListResidents, from, Residents, len(list), progress,
		func(edition string, i int) ResidentRow { return ResidentRow{Edition: edition, Resident: list[i]} })
}

// ReplacePlaces is ReplaceResidents for places.
func ReplacePlaces(ctx context.Context, s *Store, from string, list []desk.ListedPlace, progress func(int)) error {
	return replaceList(ctx, s, ListPlaces, from, ListedPlaces, len(list), progress,
		func(edition string, i int) PlaceRow { return PlaceRow{Edition: edition, No: i, ListedPlace: list[i]} })
}

func replaceList[T any](
	ctx context.Context, s *Store, name, from string, table Table[T], n int, progress func(int), row func(string, int) T,
) error {
	if err := sweepEditions(ctx, s, name, table); err != nil {
		return err
	}
	var edition string
	if err := s.Update(ctx, func(tx *Tx) error { edition = tx.NewID(); return nil }); err != nil {
		return err
	}
	for first := 0; first < n; first += listRows {
		last := min(first+listRows, n)
		err := s.Update(ctx, func(tx *Tx) error {
			for i := first; i < last; i++ {
				if err := table.Put(tx, row(edition, i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("rows %d to %d: %w", first+1, last, err)
		}
		if progress != nil {
			progress(last)
		}
	}
	err := s.Update(ctx, func(tx *Tx) error {
		now, _, err := Edition(tx, name)
		if err != nil {
			return err
		}
		if now.Current != from {
			return ErrListChanged
		}
		return Lists.Put(tx, ListRow{Name: name, Current: edition, Rows: n, At: tx.Now()})
	})
	if err != nil {
		return err
	}
	// The list is in force; what is left of the old one is only room on the disk,
	// which the next import frees if this one cannot.
	_ = sweepEditions(ctx, s, name, table)
	return nil
}

// sweepEditions deletes the rows of every edition that is not in force, a
// bounded number in each commit.
func sweepEditions[T any](ctx context.Context, s *Store, name string, table Table[T]) error {
	for swept := listRows; swept == listRows; {
		err := s.Update(ctx, func(tx *Tx) error {
			now, _, err := Edition(tx, name)
			if err != nil {
				return err
			}
			var keys []string
			for _, r := range others(now.Current, listRows) {
				r.Limit = listRows - len(keys)
				if r.Limit == 0 {
					break
				}
				err := table.Scan(tx, r, func(record T) error {
					keys = append(keys, table.key(record))
					return nil
				})
				if err != nil {
					return err
				}
			}
			for _, key := range keys {
				if err := table.Delete(tx, key); err != nil {
					return err
				}
			}
			swept = len(keys)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// others are the ranges of all editions but one.
func others(edition string, limit int) []Range {
	if edition == "" {
		return []Range{{Limit: limit}}
	}
	return []Range{{To: Key(edition)}, {From: prefixEnd(Key(edition))}}
}
