package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// oldStore leaves a store behind as the program wrote it before tickets could be
// found: without the index rows of the second form.
func oldStore(t *testing.T, engine storage.Engine, n int) {
	t.Helper()
	store := openFor(t, engine)
	err := store.Update(t.Context(), func(tx *storage.Tx) error {
		for i := range n {
			ticket := desk.Ticket{
				ID: fmt.Sprintf("t%06d", i), Number: fmt.Sprintf("R-%d", 1001+i), Category: "leak", Place: "3-502", Department: "engineering",
				Summary: "水龙头漏水", State: desk.StateNew, Created: time.Unix(int64(1_700_000_000+i), 0),
			}
			if err := storage.Tickets.Put(tx, ticket); err != nil {
				return err
			}
		}
		return errors.Join(
			storage.People.Put(tx, desk.Person{ID: "p", Name: "张同学", Home: "3-502"}),
			storage.Notes.Put(tx, desk.Note{ID: "n", Kind: "parked", At: tx.Now()}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = store.Update(t.Context(), func(tx *storage.Tx) error {
		for _, index := range []string{"tickets.find", "tickets.open_place", "tickets.joined", "people.name", "people.home", "notes.unseen"} {
			var rows []string
			err := tx.Scan(index+"/", index+"0", false, func(row string, _ []byte) error {
				rows = append(rows, row)
				return nil
			})
			for _, row := range rows {
				err = errors.Join(err, tx.Delete(row))
			}
			if err != nil {
				return err
			}
		}
		return tx.Put("!schema", []byte("1"))
	})
	if err != nil {
		t.Fatal(err)
	}
	store.Close() //nolint:errcheck // It returns nil.
}

func openFor(t *testing.T, engine storage.Engine) *storage.Store {
	t.Helper()
	store, err := storage.Open(engine, "hq", storage.Options{Migrations: storage.Migrations})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// wantIndexed wants every index row of every table to be there and to be wanted,
// and a ticket to be found by its words.
func wantIndexed(t *testing.T, store *storage.Store, n int) {
	t.Helper()
	err := store.View(context.Background(), func(tx *storage.Tx) error {
		problems, err := storage.Tables.Check(tx)
		if len(problems) > 0 {
			t.Errorf("%d problems, the first: %v", len(problems), problems[0])
		}
		found, errCount := storage.Tickets.Count(tx, "find", storage.Range{Prefix: storage.Key("w漏水")})
		if found != n {
			t.Errorf("%d of %d tickets are found", found, n)
		}
		left, errGet := tx.Get("!indexing")
		if left != nil {
			t.Errorf("the migration left %s", left)
		}
		return errors.Join(err, errCount, errGet)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOlderStoresAreIndexed(t *testing.T) {
	for _, n := range []int{0, 1, 1000, 2345} {
		engine := memory.New()
		oldStore(t, engine, n)
		store := openFor(t, engine)
		wantIndexed(t, store, n)
		store.Close() //nolint:errcheck // It returns nil.
	}
}

// halting is an engine that ends after some commits, as a power cut does.
type halting struct {
	*memory.Engine
	left int
}

var errHalt = errors.New("halt")

func (h *halting) RunTwice() bool { return false }

func (h *halting) Apply(ops []storage.Op) error {
	if h.left--; h.left < 0 {
		return errHalt
	}
	return h.Engine.Apply(ops)
}

func TestInterruptedIndexingGoesOn(t *testing.T) {
	engine := memory.New()
	oldStore(t, engine, 3456)
	starts := 0
	for ; starts < 50; starts++ {
		store, err := storage.Open(&halting{engine, 2}, "hq", storage.Options{Migrations: storage.Migrations})
		if err == nil {
			store.Close() //nolint:errcheck // It returns nil.
			break
		}
		if !strings.Contains(err.Error(), "halt") {
			t.Fatal(err)
		}
	}
	if starts < 2 || starts == 50 {
		t.Errorf("it took %d starts", starts)
	}
	store := openFor(t, engine)
	wantIndexed(t, store, 3456)
	store.Close() //nolint:errcheck // It returns nil.
}
