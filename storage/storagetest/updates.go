package storagetest

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/storage"
)

// noLostUpdates lets many goroutines add to one counter by reading and writing
// it, and views check meanwhile that two rows written together agree.
func noLostUpdates(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	const goroutines, each = 50, 20
	increment := func(tx *storage.Tx) error {
		n, err := number(tx, "n")
		if err != nil {
			return err
		}
		value, err := json.Marshal(n + 1)
		return errors.Join(err, tx.Put("n", value), tx.Put("same", value))
	}
	var writers, readers sync.WaitGroup
	stop := make(chan struct{})
	readers.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			err := store.View(t.Context(), func(tx *storage.Tx) error {
				a, err1 := number(tx, "n")
				runtime.Gosched()
				b, err2 := number(tx, "same")
				if a != b {
					t.Errorf("one snapshot shows %d and %d", a, b)
				}
				return errors.Join(err1, err2)
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
	for range goroutines {
		writers.Go(func() {
			for range each {
				if err := store.Update(t.Context(), increment); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if got := get(t, store, "n"); got != "1000" {
		t.Errorf("%d updates made %s", goroutines*each, got)
	}
}

func number(tx *storage.Tx, key string) (n int, err error) {
	value, err := tx.Get(key)
	if err != nil || value == nil {
		return 0, err
	}
	return n, errors.Join(json.Unmarshal(value, &n))
}

func viewSeesSnapshot(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	update(t, store, put("a", "1"))
	looked, written, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		done <- store.View(context.WithoutCancel(t.Context()), func(tx *storage.Tx) error {
			close(looked)
			<-written
			rows, err := list(tx, "a", "", false)
			if diff := cmp.Diff([]string{"a=1"}, rows); diff != "" {
				t.Error(diff)
			}
			return err
		})
	}()
	<-looked
	update(t, store, func(tx *storage.Tx) error { return errors.Join(tx.Put("a", []byte("2")), tx.Put("b", []byte("2"))) })
	close(written)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := get(t, store, "a"); got != "2" {
		t.Errorf("after the update a view sees %s", got)
	}
}

func viewCannotWrite(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	var kept *storage.Tx
	view(t, store, func(tx *storage.Tx) error {
		kept = tx
		for _, err := range []error{put("a", "1")(tx), tx.Delete("a"), lamps.Put(tx, lamp{ID: "1"}), lamps.Delete(tx, "1")} {
			if !errors.Is(err, storage.ErrReadOnly) {
				t.Errorf("got %v", err)
			}
		}
		if _, err := tx.Next("R"); !errors.Is(err, storage.ErrReadOnly) {
			t.Errorf("got %v", err)
		}
		return nil
	})
	_, err := kept.Get("a")
	scan := kept.Scan("", "", false, nil)
	for _, err := range []error{err, scan, put("a", "1")(kept)} {
		if !errors.Is(err, storage.ErrTxEnded) {
			t.Errorf("after the end: got %v", err)
		}
	}
}

func badClosuresBesideGood(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	errMine := errors.New("mine")
	errs := together(t, store,
		put("good/1", "1"),
		func(tx *storage.Tx) error { return errors.Join(tx.Put("bad/1", []byte("1")), errMine) },
		put("good/2", "1"),
		func(tx *storage.Tx) error {
			if err := tx.Put("bad/2", []byte("1")); err != nil {
				return err
			}
			tx.Wake("bad")
			panic(errMine)
		},
		func(tx *storage.Tx) error {
			var nobody *lamp
			nobody.Room = "nowhere"
			return nil
		},
		put("good/3", "1"),
	)
	for i, good := range []bool{true, false, true, false, false, true} {
		if good != (errs[i] == nil) {
			t.Errorf("closure %d: %v", i, errs[i])
		}
	}
	var panicked *storage.PanicError
	if !errors.Is(errs[1], errMine) || !errors.Is(errs[3], errMine) || !errors.As(errs[4], &panicked) || len(panicked.Stack) == 0 {
		t.Errorf("got %v", errs)
	}
	view(t, store, func(tx *storage.Tx) error {
		rows, err := list(tx, "a", "", false)
		if diff := cmp.Diff([]string{"good/1=1", "good/2=1", "good/3=1"}, rows); diff != "" {
			t.Error(diff)
		}
		return err
	})
	select {
	case <-store.Woken("bad"):
		t.Error("a closure that was dropped has woken somebody")
	default:
	}
}

func closureEndsGoroutine(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	errs := together(t, store, put("a", "1"), func(tx *storage.Tx) error { runtime.Goexit(); return nil }, put("b", "1"))
	if errs[0] != nil || !errors.Is(errs[1], storage.ErrGoexit) || errs[2] != nil {
		t.Errorf("got %v", errs)
	}
	update(t, store, put("c", "1"))
	if got := get(t, store, "a") + get(t, store, "b") + get(t, store, "c"); got != "111" {
		t.Errorf("got %s", got)
	}
}

func cancelledWhileWaiting(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	held, release := hold(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() { waiting <- store.Update(ctx, put("a", "1")) }()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	release()
	<-held
	if err := store.Update(ctx, put("a", "1")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: got %v", err)
	}
	if err := store.View(ctx, func(*storage.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before a view: got %v", err)
	}
	if get(t, store, "a") != "" {
		t.Error("a cancelled update was committed")
	}
}

func cancelledAfterTaken(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	ctx, cancel := context.WithCancel(t.Context())
	err := store.Update(ctx, func(tx *storage.Tx) error {
		cancel()
		return tx.Put("a", []byte("1"))
	})
	if err != nil || get(t, store, "a") != "1" {
		t.Errorf("got %v, a is %q", err, get(t, store, "a"))
	}
}

func closeRefusesWaiting(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	held, release := hold(t, store)
	waiting, closed := make(chan error), make(chan error)
	go func() { waiting <- store.Update(t.Context(), put("a", "1")) }()
	go func() { closed <- store.Close() }()
	if err := <-waiting; !errors.Is(err, storage.ErrClosed) {
		t.Errorf("waiting update: %v", err)
	}
	release()
	<-held
	if err := errors.Join(<-closed, store.Close()); err != nil {
		t.Error(err)
	}
	if err := store.Update(t.Context(), put("a", "1")); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("update: %v", err)
	}
	if err := store.View(t.Context(), func(*storage.Tx) error { return nil }); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("view: %v", err)
	}
}

func instantAndIDs(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	var ids []string
	for range 3 {
		var mine []string
		update(t, store, func(tx *storage.Tx) error {
			mine = []string{tx.NewID(), tx.NewID()}
			if !tx.Now().Equal(noon) || tx.Site() != "hq" {
				t.Errorf("now is %v at %s", tx.Now(), tx.Site())
			}
			value, err := json.Marshal(mine)
			return errors.Join(err, tx.Put("ids", value))
		})
		ids = append(ids, mine...)
		if want, _ := json.Marshal(mine); get(t, store, "ids") != string(want) { //nolint:errchkjson // Strings.
			t.Errorf("the caller got %s, the store has %s", want, get(t, store, "ids"))
		}
	}
	for _, id := range ids {
		if len(id) != 12 {
			t.Errorf("id %q", id)
		}
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 6 {
		t.Errorf("ids repeat: %v", ids)
	}
}

func wakeAfterCommit(t *testing.T, open Opener) {
	engine, _ := open(t)
	store := newStore(t, engine)
	woken := store.Woken("outbox")
	for range 3 { // Several commits before anybody looks are one signal.
		update(t, store, func(tx *storage.Tx) error {
			select {
			case <-woken:
				t.Error("woken before the commit")
			default:
			}
			tx.Wake("outbox")
			tx.Wake("outbox")
			return tx.Put("a", []byte("1"))
		})
		<-woken
	}
	update(t, store, func(tx *storage.Tx) error { tx.Wake("outbox"); return nil })
	update(t, store, func(tx *storage.Tx) error { tx.Wake("outbox"); return nil })
	<-woken
	select {
	case <-woken:
		t.Error("the channel held two signals")
	case <-store.Woken("jobs"):
		t.Error("another name was woken")
	default:
	}
}
