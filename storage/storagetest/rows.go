package storagetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/storage"
)

func refusedValuesAndKeys(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	long := strings.Repeat("k", storage.MaxKey)
	for _, c := range []struct {
		name, key, value string
		want             error
	}{
		{"empty key", "", "1", storage.ErrKeyEmpty},
		{"long key", long + "k", "1", storage.ErrKeyTooLong},
		{"large value", "k", `"` + strings.Repeat("v", storage.MaxValue-1) + `"`, storage.ErrValueTooLarge},
		{"raw NUL", "k", "\"a\x00b\"", storage.ErrNUL},
		{"escaped NUL", "k", `"a\u0000b"`, storage.ErrNUL},
		{"escaped NUL after a backslash", "k", `"a\\\u0000b"`, storage.ErrNUL},
		{"no JSON", "k", `{"a":`, storage.ErrNotJSON},
		{"empty", "k", ``, storage.ErrNotJSON},
		{"not UTF-8", "k", "\"\xff\"", storage.ErrNotJSON},
		{"backslash, then u0000", "fine/text", `"a\\u0000b"`, nil},
		{"longest key", long, "1", nil},
		{"largest value", "fine/large", `"` + strings.Repeat("v", storage.MaxValue-2) + `"`, nil},
	} {
		err := store.Update(t.Context(), put(c.key, c.value))
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && get(t, store, c.key) != c.value {
			t.Errorf("%s: value came back changed", c.name)
		}
	}
	// A refusal that the closure ignores leaves its other writes as they are.
	update(t, store, func(tx *storage.Tx) error {
		if err := tx.Put("bad", []byte("nope")); !errors.Is(err, storage.ErrNotJSON) {
			t.Errorf("got %v", err)
		}
		return tx.Put("good", []byte("1"))
	})
	if get(t, store, "good") != "1" || get(t, store, "bad") != "" {
		t.Error("the refused row was written, or the good one was not")
	}
	if get(t, store, "k") != "" {
		t.Error("a refused row was written")
	}
}

func largeValues(t *testing.T, open Opener) {
	engine, reopen := open(t)
	store := newStore(t, engine)
	for i := range 5 {
		update(t, store, put(fmt.Sprint("large", i), `"`+strings.Repeat(fmt.Sprint(i), 700_000)+`"`))
	}
	store.Close() //nolint:errcheck // It returns nil.
	store = newStore(t, reopen())
	for i := range 5 {
		if got := get(t, store, fmt.Sprint("large", i)); got != `"`+strings.Repeat(fmt.Sprint(i), 700_000)+`"` {
			t.Errorf("value %d came back with %d bytes", i, len(got))
		}
	}
}

// scansMergeBuffers lets several closures of one commit write at random. Each
// compares what it scans, over committed rows, over the writes of those before
// it and over its own, with a map that it filled by single reads.
func scansMergeBuffers(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	key := rapid.Custom(func(t *rapid.T) string { return mergeKey(rapid.IntRange(0, mergeKeys-1).Draw(t, "key")) })
	rapid.Check(t, func(rt *rapid.T) {
		var closures []func(*storage.Tx) error
		for range rapid.IntRange(1, 4).Draw(rt, "closures") {
			keys := rapid.SliceOfN(key, 0, 60).Draw(rt, "keys")
			values := rapid.SliceOfN(rapid.SampledFrom([]string{"", "1", "22"}), len(keys), len(keys)).Draw(rt, "values")
			from, to, reverse := key.Draw(rt, "from"), key.Draw(rt, "to"), rapid.Bool().Draw(rt, "reverse")
			closures = append(closures, func(tx *storage.Tx) error {
				model, err := readModel(tx)
				if err != nil {
					return err
				}
				for i, k := range keys {
					if err := write(tx, model, k, values[i]); err != nil {
						return err
					}
				}
				return errors.Join(sameRows(tx, model, from, to, reverse), sameRows(tx, model, "", "", !reverse))
			})
		}
		if err := errors.Join(together(t, store, closures...)...); err != nil {
			rt.Fatal(err)
		}
	})
}

const mergeKeys = 300

func mergeKey(i int) string { return fmt.Sprintf("k%03d", i) }

func readModel(tx *storage.Tx) (map[string]string, error) {
	model := map[string]string{}
	for i := range mergeKeys {
		value, err := tx.Get(mergeKey(i))
		if err != nil {
			return nil, err
		}
		if value != nil {
			model[mergeKey(i)] = string(value)
		}
	}
	return model, nil
}

func write(tx *storage.Tx, model map[string]string, key, value string) error {
	if value == "" {
		delete(model, key)
		return tx.Delete(key)
	}
	model[key] = value
	return tx.Put(key, []byte(value))
}

func sameRows(tx *storage.Tx, model map[string]string, from, to string, reverse bool) error {
	if from == "" {
		from = "k" // Not the rows of the store itself.
	}
	got, err := list(tx, from, to, reverse)
	if err != nil {
		return err
	}
	var want []string
	for _, k := range slices.Sorted(maps.Keys(model)) {
		if k >= from && (to == "" || k < to) {
			want = append(want, k+"="+model[k])
		}
	}
	if reverse {
		slices.Reverse(want)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return errors.New(diff)
	}
	return nil
}

func scanWhileWriting(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	update(t, store, func(tx *storage.Tx) error {
		return errors.Join(tx.Put("a", []byte("1")), tx.Put("b", []byte("1")), tx.Put("c", []byte("1")), tx.Put("d", []byte("1")))
	})
	update(t, store, func(tx *storage.Tx) error {
		var seen []string
		err := tx.Scan("a", "z", false, func(key string, value []byte) error {
			seen = append(seen, key+"="+string(value))
			return errors.Join(tx.Put(key+"new", []byte("2")), tx.Delete("c"), tx.Put("d", []byte("3")))
		})
		if diff := cmp.Diff([]string{"a=1", "b=1", "d=3"}, seen); diff != "" {
			t.Error(diff)
		}
		return err
	})
	view(t, store, func(tx *storage.Tx) error {
		rows, err := list(tx, "a", "", true)
		if diff := cmp.Diff([]string{"dnew=2", "d=3", "bnew=2", "b=1", "anew=2", "a=1"}, rows); diff != "" {
			t.Error(diff)
		}
		return err
	})
	errMine := errors.New("mine")
	view(t, store, func(tx *storage.Tx) error {
		visits := 0
		err := tx.Scan("", "", false, func(string, []byte) error { visits++; return storage.Stop })
		if err != nil || visits != 1 {
			t.Errorf("stopped scan: %v after %d", err, visits)
		}
		if err := tx.Scan("a", "", false, func(string, []byte) error { return errMine }); !errors.Is(err, errMine) {
			t.Errorf("got %v", err)
		}
		return nil
	})
}

// scanPages scans more rows than any page has, in both directions, with some
// of them changed and deleted in the transaction.
func scanPages(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	const n = 1000
	update(t, store, func(tx *storage.Tx) error {
		for i := range n {
			if err := tx.Put(fmt.Sprintf("p%04d", i), []byte("0")); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, store, func(tx *storage.Tx) error {
		var want []string
		for i := range n {
			key := fmt.Sprintf("p%04d", i)
			switch {
			case i%3 == 0 || i > 300 && i < 700: // Whole pages vanish.
				if err := tx.Delete(key); err != nil {
					return err
				}
			case i%3 == 1:
				if err := tx.Put(key, []byte("1")); err != nil {
					return err
				}
				want = append(want, key+"=1")
			default:
				want = append(want, key+"=0")
			}
		}
		got, err := list(tx, "p", "q", false)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
		slices.Reverse(want)
		got, err = list(tx, "p", "q", true)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
		return nil
	})
}
