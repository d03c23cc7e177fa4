package storagetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/storage"
)

func counters(t *testing.T, open Opener) {
	engine, reopen := open(t)
	store := newStore(t, engine)
	seen := make(chan int64, 100)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			var n int64
			err := store.Update(t.Context(), func(tx *storage.Tx) (err error) {
				n, err = tx.Next("R")
				return err
			})
			if err != nil {
				t.Error(err)
			}
			seen <- n
		})
	}
	all.Wait()
	close(seen)
	given := map[int64]bool{}
	for n := range seen {
		if given[n] || n < 1 || n > 20 {
			t.Errorf("number %d", n)
		}
		given[n] = true
	}
	store.Close() //nolint:errcheck // It returns nil.
	store = newStore(t, reopen())
	update(t, store, func(tx *storage.Tx) error {
		r, err1 := tx.Next("R")
		again, err2 := tx.Next("R")
		b, err3 := tx.Next("B")
		if r != 21 || again != 22 || b != 1 {
			t.Errorf("after the restart: %d %d %d", r, again, b)
		}
		return errors.Join(err1, err2, err3)
	})
}

func reopening(t *testing.T, open Opener) {
	engine, reopen := open(t)
	store := newStore(t, engine)
	var want []string
	for i := range 300 {
		update(t, store, put(fmt.Sprintf("r%03d", i), fmt.Sprint(i)))
		want = append(want, fmt.Sprintf("r%03d=%d", i, i))
	}
	update(t, store, putLamps(lamp{ID: "1", Room: "hall"}))
	store.Close() //nolint:errcheck // It returns nil.
	store = newStore(t, reopen())
	view(t, store, func(tx *storage.Tx) error {
		rows, err := list(tx, "r", "s", false)
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Error(diff)
		}
		return err
	})
	healthy(t, store)
}

func sitesAreApart(t *testing.T, open Opener) {
	engine, _ := open(t)
	names := []string{"a", "a-b", "a0", strings.Repeat("z", storage.MaxSite)}
	stores := map[string]*storage.Store{}
	for _, name := range names {
		stores[name] = openSite(t, engine, name, options())
	}
	var all sync.WaitGroup
	for name, store := range stores {
		all.Go(func() {
			err := store.Update(t.Context(), func(tx *storage.Tx) error {
				n, err := tx.Next("R")
				if n != 1 {
					t.Errorf("site %s counts from %d", name, n)
				}
				return errors.Join(err, tx.Put("who", []byte(`"`+name+`"`)), tx.Put("\xff\xff", []byte(`"last"`)))
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for name, store := range stores {
		view(t, store, func(tx *storage.Tx) error {
			for _, reverse := range []bool{false, true} {
				rows, err := list(tx, "", "", reverse)
				if err != nil || len(rows) != 4 { // With the counter and the schema's version.
					t.Errorf("site %s has %v, %v", name, rows, err)
				}
			}
			return nil
		})
		if got := get(t, store, "who"); got != `"`+name+`"` {
			t.Errorf("site %s finds %s", name, got)
		}
	}
	snapshot := begin(t, engine)
	defer snapshot.Close()
	versions, err := storage.SchemaVersions(snapshot)
	want := map[string]int{}
	for _, name := range names {
		want[name] = 0
	}
	if diff := cmp.Diff(want, versions); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func badSites(t *testing.T, open Opener) {
	engine, _ := open(t)
	for _, name := range []string{"", "A", "a/b", "a b", "ä", "a\x00", strings.Repeat("z", storage.MaxSite+1)} {
		if _, err := storage.Open(engine, name, options()); !errors.Is(err, storage.ErrBadSite) {
			t.Errorf("site %q: %v", name, err)
		}
	}
}

func schemaVersion(t *testing.T, open Opener) {
	engine, reopen := open(t)
	opts := options()
	var ran []string
	migration := func(name string) func(*storage.Tx) error {
		return func(tx *storage.Tx) error {
			ran = append(ran, name)
			return tx.Put("migrated/"+name, []byte("1"))
		}
	}
	opts.Migrations = []func(*storage.Tx) error{migration("one")}
	store := openSite(t, engine, "hq", opts)
	if ran != nil || get(t, store, "migrated/one") != "" {
		t.Error("a new site was migrated")
	}
	store.Close() //nolint:errcheck // It returns nil.

	opts.Migrations = append(opts.Migrations, migration("two"), migration("three"))
	engine = reopen()
	store = openSite(t, engine, "hq", opts)
	if get(t, store, "migrated/one") != "" || get(t, store, "migrated/two") != "1" || get(t, store, "migrated/three") != "1" {
		t.Errorf("ran %v", ran)
	}
	store.Close() //nolint:errcheck // It returns nil.

	ran = nil
	store = openSite(t, engine, "hq", opts)
	if ran != nil {
		t.Errorf("ran again: %v", ran)
	}
	store.Close() //nolint:errcheck // It returns nil.

	opts.Migrations = opts.Migrations[:2]
	_, err := storage.Open(engine, "hq", opts)
	var newer *storage.NewerSchemaError
	if !errors.As(err, &newer) || newer.Store != 3 || newer.Program != 2 || newer.Site != "hq" {
		t.Errorf("older program: %v", err)
	}
}

func migrationFails(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	store.Close() //nolint:errcheck // It returns nil.
	errMine := errors.New("mine")
	opts := options()
	opts.Migrations = []func(*storage.Tx) error{
		put("first", "1"),
		func(tx *storage.Tx) error { return errors.Join(tx.Put("second", []byte("1")), errMine) },
	}
	if _, err := storage.Open(engine, "hq", opts); !errors.Is(err, errMine) {
		t.Errorf("got %v", err)
	}
	opts.Migrations[0] = func(*storage.Tx) error { return errors.New("it ran again") }
	opts.Migrations[1] = put("second", "2")
	store = openSite(t, engine, "hq", opts)
	if got := get(t, store, "first") + get(t, store, "second"); got != "12" {
		t.Errorf("got %s", got)
	}
}
