package storagetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/storage"
)

// lamp is the record of these tests.
type lamp struct {
	ID    string    `json:"id"`
	Room  string    `json:"room"`
	Tags  []string  `json:"tags,omitempty"`
	Due   time.Time `json:"due,omitzero"`
	Notes string    `json:"notes,omitempty"`
}

var lamps = storage.NewTable("lamps", func(l lamp) string { return l.ID },
	storage.Index[lamp]{Name: "room", Keys: func(l lamp) []string { return []string{l.Room} }},
	storage.Index[lamp]{Name: "tag", Keys: func(l lamp) []string { return l.Tags }},
	storage.Index[lamp]{Name: "due", Keys: func(l lamp) []string {
		if l.Due.IsZero() {
			return nil
		}
		return []string{storage.Key(l.Room, storage.TimeKey(l.Due))}
	}},
)

var schema = storage.NewSchema(lamps)

func putLamps(ls ...lamp) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		for _, l := range ls {
			if err := lamps.Put(tx, l); err != nil {
				return err
			}
		}
		return nil
	}
}

// by returns the ids in a range of an index; "" is the order of ids.
func by(t *testing.T, tx *storage.Tx, index string, r storage.Range) string {
	t.Helper()
	var ids []string
	each := func(l lamp) error {
		ids = append(ids, l.ID)
		return nil
	}
	var err error
	if index == "" {
		err = lamps.Scan(tx, r, each)
	} else {
		err = lamps.By(tx, index, r, each)
	}
	if err != nil {
		t.Error(err)
	}
	if n, err := lamps.Count(tx, index, r); err != nil || n != len(ids) {
		t.Errorf("count is %d, %v, but there are %v", n, err, ids)
	}
	first, found, err := lamps.First(tx, index, r)
	if err != nil || found != (len(ids) > 0) || found && first.ID != ids[0] {
		t.Errorf("first is %v, %v, %v, but there are %v", first, found, err, ids)
	}
	return strings.Join(ids, " ")
}

func healthy(t *testing.T, store *storage.Store) {
	t.Helper()
	view(t, store, func(tx *storage.Tx) error {
		problems, err := schema.Check(tx)
		for _, p := range problems {
			t.Error(p)
		}
		return err
	})
}

func indexMaintenance(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	update(t, store, putLamps(
		lamp{ID: "1", Room: "hall", Tags: []string{"red", "tall", "red"}},
		lamp{ID: "2", Room: "hall", Due: noon},
		lamp{ID: "3", Room: "attic <&>"},
	))
	update(t, store, func(tx *storage.Tx) error {
		// Within one transaction, each index follows at once.
		err := lamps.Put(tx, lamp{ID: "1", Room: "cellar", Tags: []string{"tall", "new"}, Due: noon})
		if got := by(t, tx, "room", storage.Range{Equal: "hall"}); got != "2" {
			t.Errorf("hall: %s", got)
		}
		if got := by(t, tx, "tag", storage.Range{}); got != "1 1" {
			t.Errorf("tags: %s", got)
		}
		if got := by(t, tx, "tag", storage.Range{Equal: "red"}); got != "" {
			t.Errorf("red: %s", got)
		}
		return errors.Join(err, lamps.Delete(tx, "2"), lamps.Delete(tx, "never"))
	})
	view(t, store, func(tx *storage.Tx) error {
		if got := by(t, tx, "room", storage.Range{}); got != "3 1" {
			t.Errorf("rooms: %s", got)
		}
		if got := by(t, tx, "due", storage.Range{}); got != "1" {
			t.Errorf("due: %s", got)
		}
		got, found, err := lamps.Get(tx, "1")
		if diff := cmp.Diff(lamp{ID: "1", Room: "cellar", Tags: []string{"tall", "new"}, Due: noon}, got); diff != "" || !found {
			t.Error(diff)
		}
		if _, found, err := lamps.Get(tx, "2"); found || err != nil {
			t.Errorf("deleted record: %v, %v", found, err)
		}
		if err := lamps.By(tx, "colour", storage.Range{}, nil); !errors.Is(err, storage.ErrNoIndex) {
			t.Errorf("got %v", err)
		}
		return err
	})
	for _, c := range []struct {
		bad  lamp
		want error
	}{
		{lamp{Room: "hall"}, storage.ErrKeyEmpty},
		{lamp{ID: strings.Repeat("i", storage.MaxKey)}, storage.ErrKeyTooLong},
		{lamp{ID: "1", Room: "hall", Tags: []string{"fine", strings.Repeat("t", storage.MaxKey)}}, storage.ErrKeyTooLong},
		{lamp{ID: "1", Room: "hall", Notes: "a\x00b"}, storage.ErrNUL},
		{lamp{ID: "1", Room: "hall", Notes: strings.Repeat("n", storage.MaxValue)}, storage.ErrValueTooLarge},
	} {
		update(t, store, func(tx *storage.Tx) error { // A refused record changes nothing.
			if err := lamps.Put(tx, c.bad); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			return nil
		})
	}
	healthy(t, store)
}

func indexRanges(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	update(t, store, putLamps(
		lamp{ID: "a", Room: "r1", Due: noon},
		lamp{ID: "b", Room: "r1", Due: noon.Add(time.Hour)},
		lamp{ID: "c", Room: "r1\x01", Due: noon},
		lamp{ID: "d", Room: "r10", Due: noon},
		lamp{ID: "e", Room: "r2", Due: noon.Add(-time.Hour)},
		lamp{ID: "f", Room: "", Due: noon},
	))
	view(t, store, func(tx *storage.Tx) error {
		for _, c := range []struct {
			index string
			r     storage.Range
			want  string
		}{
			{"", storage.Range{}, "a b c d e f"},
			{"", storage.Range{Reverse: true, Limit: 2}, "f e"},
			{"", storage.Range{Equal: "c"}, "c"},
			{"", storage.Range{From: "b", To: "d"}, "b c"},
			{"", storage.Range{From: "d", To: "b"}, ""},
			{"", storage.Range{After: "d"}, "e f"},
			{"", storage.Range{After: "d", Reverse: true}, "c b a"},
			{"room", storage.Range{}, "f a b c d e"},
			{"room", storage.Range{Equal: "r1"}, "a b"},
			{"room", storage.Range{Prefix: "r1"}, "a b c d"},
			{"room", storage.Range{From: "r1", To: "r10"}, "a b c"},
			{"room", storage.Range{From: "r10"}, "d e"},
			{"room", storage.Range{From: "r1", Prefix: "r", To: "r2", Reverse: true, Limit: 3}, "d c b"},
			{"room", storage.Range{Equal: "r1", After: storage.After("r1", "a")}, "b"},
			{"room", storage.Range{After: storage.After("r1", "b"), Reverse: true}, "a f"},
			{"due", storage.Range{Prefix: storage.Key("r1")}, "a b"},
			{"due", storage.Range{Prefix: storage.Key("r1"), To: storage.Key("r1", storage.TimeKey(noon.Add(time.Minute)))}, "a"},
			{"due", storage.Range{Equal: storage.Key("r1", storage.TimeKey(noon))}, "a"},
			{"due", storage.Range{}, "f a b c d e"},
		} {
			if got := by(t, tx, c.index, c.r); got != c.want {
				t.Errorf("%s %+v: got %q, want %q", c.index, c.r, got, c.want)
			}
		}
		return nil
	})
}

func indexPaging(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	var forward []string
	update(t, store, func(tx *storage.Tx) error {
		forward = nil
		for i := range 500 {
			l := lamp{ID: fmt.Sprintf("%03d", 499-i), Room: fmt.Sprintf("r%d", i/100)}
			if err := lamps.Put(tx, l); err != nil {
				return err
			}
		}
		return nil
	})
	for room := range 5 {
		for i := range 100 {
			forward = append(forward, fmt.Sprintf("%03d", 400-room*100+i))
		}
	}
	for _, reverse := range []bool{false, true} {
		var got []string
		r := storage.Range{Limit: 37, Reverse: reverse}
		for more := true; more; {
			more = false
			view(t, store, func(tx *storage.Tx) error {
				return lamps.By(tx, "room", r, func(l lamp) error {
					got = append(got, l.ID)
					r.After, more = storage.After(l.Room, l.ID), true
					return nil
				})
			})
		}
		want := slices.Clone(forward)
		if reverse {
			slices.Reverse(want)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("reverse %v: %s", reverse, diff)
		}
	}
	// A walk that moves each record ahead of itself ends all the same.
	update(t, store, func(tx *storage.Tx) error {
		visits := 0
		err := lamps.By(tx, "room", storage.Range{}, func(l lamp) error {
			visits++
			l.Room = "z" + l.Room
			return lamps.Put(tx, l)
		})
		if visits != 500 {
			t.Errorf("%d visits", visits)
		}
		return err
	})
	healthy(t, store)
}

func checkFindsBrokenIndexes(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	update(t, store, putLamps(lamp{ID: "1", Room: "hall"}, lamp{ID: "2", Room: "hall"}, lamp{ID: "3", Room: "hall"}))
	healthy(t, store)
	update(t, store, func(tx *storage.Tx) error {
		return errors.Join(
			tx.Delete("lamps.room/hall\x001"),
			tx.Delete("lamps/2"),
			tx.Put("lamps.tag/red\x003", []byte(`"3"`)),
			tx.Put("lamps.tag/odd\x003", []byte(`3`)),
			tx.Put("lamps/4", []byte(`{"id":"5"}`)),
			tx.Put("lamps/6", []byte(`[]`)),
		)
	})
	view(t, store, func(tx *storage.Tx) error {
		problems, err := schema.Check(tx)
		var got []string
		for _, p := range problems {
			got = append(got, p.Key)
		}
		want := []string{"lamps.room/hall\x001", "lamps/4", "lamps/6", "lamps.room/hall\x002", "lamps.tag/odd\x003", "lamps.tag/red\x003"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if err := lamps.By(tx, "room", storage.Range{}, func(lamp) error { return nil }); !errors.Is(err, storage.ErrBrokenIndex) {
			t.Errorf("got %v", err)
		}
		return err
	})
	update(t, store, func(tx *storage.Tx) error {
		return errors.Join(tx.Delete("lamps/4"), tx.Delete("lamps/6"), schema.Reindex(tx))
	})
	healthy(t, store)
	view(t, store, func(tx *storage.Tx) error {
		if got := by(t, tx, "room", storage.Range{}); got != "1 3" {
			t.Errorf("after reindex: %s", got)
		}
		return nil
	})
}

// tablesMatchModel puts and deletes records at random and compares all indexes
// with what a plain map yields.
func tablesMatchModel(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	model := map[string]lamp{}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "aa", "ab", "b", "\x01", "ä"})
		changes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) lamp {
			return lamp{ID: name.Draw(t, "id"), Room: name.Draw(t, "room"), Tags: rapid.SliceOfN(name, 0, 3).Draw(t, "tags")}
		}), 1, 5).Draw(rt, "changes")
		deleted := rapid.SliceOfN(name, 0, 2).Draw(rt, "deleted")
		fail := rapid.Bool().Draw(rt, "fail")
		errFail := errors.New("fail")
		err := store.Update(t.Context(), func(tx *storage.Tx) error {
			err := putLamps(changes...)(tx)
			for _, id := range deleted {
				err = errors.Join(err, lamps.Delete(tx, id))
			}
			if fail {
				return errFail
			}
			return err
		})
		if fail != errors.Is(err, errFail) || !fail && err != nil {
			rt.Fatal(err)
		}
		if !fail {
			for _, l := range changes {
				model[l.ID] = l
			}
			for _, id := range deleted {
				delete(model, id)
			}
		}
		want, got := indexOf(model), []string(nil)
		view(t, store, func(tx *storage.Tx) error {
			return lamps.By(tx, "tag", storage.Range{}, func(l lamp) error {
				got = append(got, l.ID)
				return nil
			})
		})
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
	})
	healthy(t, store)
}

// indexOf returns the ids in the order of the index of tags.
func indexOf(model map[string]lamp) (ids []string) {
	rows := map[[2]string]bool{}
	for _, l := range model {
		for _, tag := range l.Tags {
			rows[[2]string{tag, l.ID}] = true
		}
	}
	sorted := slices.SortedFunc(maps.Keys(rows), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, row := range sorted {
		ids = append(ids, row[1])
	}
	return ids
}
