package storage_test

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// faulty is an engine whose next commits or reopenings fail.
type faulty struct {
	*memory.Engine
	apply, reopen error
	calls         []string
}

func (f *faulty) RunTwice() bool { return false }

func (f *faulty) Apply(ops []storage.Op) error {
	f.calls = append(f.calls, "apply")
	if f.apply != nil {
		return f.apply
	}
	return f.Engine.Apply(ops)
}

func (f *faulty) Reopen() error {
	f.calls = append(f.calls, "reopen")
	return f.reopen
}

func put(key string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error { return tx.Put(key, []byte("1")) }
}

// bubble runs a test with a store in a bubble, where time is false and a
// goroutine that is left behind fails the test.
func bubble(t *testing.T, test func(t *testing.T, engine *faulty, store *storage.Store)) {
	synctest.Test(t, func(t *testing.T) {
		engine := &faulty{Engine: memory.New()}
		store, err := storage.Open(engine, "hq", storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		engine.calls = nil
		test(t, engine, store)
		store.Close() //nolint:errcheck // It returns nil.
	})
}

func TestFullDiskIsTriedOnceASecond(t *testing.T) {
	bubble(t, func(t *testing.T, engine *faulty, store *storage.Store) {
		engine.apply = fmt.Errorf("write desk.db: %w", syscall.ENOSPC)
		for range 3 {
			if err := store.Update(t.Context(), put("a")); !errors.Is(err, storage.ErrFull) {
				t.Errorf("got %v", err)
			}
		}
		if store.Health() != storage.HealthFull {
			t.Errorf("health is %v", store.Health())
		}
		time.Sleep(time.Second) // Of the bubble: it takes no time.
		for range 3 {
			if err := store.Update(t.Context(), put("a")); !errors.Is(err, storage.ErrFull) {
				t.Errorf("got %v", err)
			}
		}
		engine.reopen = storage.ErrFull
		time.Sleep(time.Second)
		if err := store.Update(t.Context(), put("a")); !errors.Is(err, storage.ErrFull) {
			t.Errorf("got %v", err)
		}
		engine.apply, engine.reopen = nil, nil
		if err := store.Update(t.Context(), put("a")); !errors.Is(err, storage.ErrFull) {
			t.Errorf("within the second: got %v", err)
		}
		if err := store.View(t.Context(), func(*storage.Tx) error { return nil }); err != nil {
			t.Errorf("view: %v", err)
		}
		time.Sleep(time.Second)
		for range 2 {
			if err := store.Update(t.Context(), put("a")); err != nil {
				t.Errorf("with room again: %v", err)
			}
		}
		if store.Health() != storage.HealthOK {
			t.Errorf("health is %v", store.Health())
		}
		want := []string{"apply", "reopen", "apply", "reopen", "reopen", "apply", "apply"}
		if diff := cmp.Diff(want, engine.calls); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOtherFailuresAreFatal(t *testing.T) {
	for name, fail := range map[string]func(*faulty, error){
		"commit":            func(f *faulty, err error) { f.apply = err },
		"reopen after full": func(f *faulty, err error) { f.apply, f.reopen = syscall.ENOSPC, err },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, engine *faulty, store *storage.Store) {
				fail(engine, syscall.EIO)
				store.Update(t.Context(), put("a")) //nolint:errcheck // It may be the full disk yet.
				time.Sleep(time.Second)
				for range 2 {
					err := store.Update(t.Context(), put("a"))
					var fatal *storage.FatalError
					if !errors.As(err, &fatal) || !errors.Is(err, syscall.EIO) {
						t.Errorf("got %v", err)
					}
					fail(engine, nil) // Too late.
					time.Sleep(time.Minute)
				}
				if err := <-store.Fatal(); !errors.Is(err, syscall.EIO) {
					t.Errorf("delivered %v", err)
				}
				if store.Health() != storage.HealthFatal {
					t.Errorf("health is %v", store.Health())
				}
			})
		})
	}
}

// TestErrorThatDependsOnLostWrites has a closure refuse something because of
// what another wrote in the same commit. When that commit fails, the refusal
// was never true.
func TestErrorThatDependsOnLostWrites(t *testing.T) {
	bubble(t, func(t *testing.T, engine *faulty, store *storage.Store) {
		leave, results := make(chan struct{}), make(chan error, 3)
		ask := func(fn func(*storage.Tx) error) {
			go func() { results <- store.Update(context.WithoutCancel(t.Context()), fn) }()
			synctest.Wait()
		}
		ask(func(*storage.Tx) error { <-leave; return nil })
		errTaken := errors.New("slot is taken")
		take := func(tx *storage.Tx) error {
			if value, err := tx.Get("slot"); err != nil || value != nil {
				return errors.Join(err, errTaken)
			}
			return tx.Put("slot", []byte("1"))
		}
		ask(take)
		ask(take)
		engine.apply = syscall.ENOSPC
		close(leave)
		if err := <-results; err != nil {
			t.Errorf("the first commit wrote nothing: %v", err)
		}
		for range 2 {
			if err := <-results; !errors.Is(err, storage.ErrFull) || errors.Is(err, errTaken) {
				t.Errorf("got %v", err)
			}
		}
		if len(engine.calls) != 1 {
			t.Errorf("they did not share a commit: %v", engine.calls)
		}
	})
}

func TestUnrepeatableClosure(t *testing.T) {
	store, err := storage.Open(memory.New(), "hq", storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // It returns nil.
	runs := 0
	err = store.Update(t.Context(), func(tx *storage.Tx) error {
		runs++
		return tx.Put("runs", fmt.Appendf(nil, "%d", runs))
	})
	if !errors.Is(err, storage.ErrNotRepeatable) || runs != 2 {
		t.Errorf("got %v after %d runs", err, runs)
	}
	err = store.Update(t.Context(), func(tx *storage.Tx) error {
		return tx.Put("id", fmt.Appendf(nil, "%q", tx.NewID()+tx.Now().String()))
	})
	if err != nil {
		t.Errorf("ids and the instant must repeat: %v", err)
	}
}
