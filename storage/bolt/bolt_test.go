package bolt_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"frontdesk/storage"
	"frontdesk/storage/bolt"
	"frontdesk/storage/storagetest"
)

// open opens a file until the end of the test.
func open(t testing.TB, path string, opts bolt.Options) *bolt.Engine {
	t.Helper()
	engine, err := bolt.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() }) //nolint:errcheck // Tests that care close it themselves.
	return engine
}

// site opens a store until the end of the test.
func site(t testing.TB, engine storage.Engine) *storage.Store {
	t.Helper()
	store, err := storage.Open(engine, "hq", storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() }) //nolint:errcheck // It returns nil.
	return store
}

func put(key, value string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error { return tx.Put(key, []byte(value)) }
}

func get(t testing.TB, store *storage.Store, key string) (value string) {
	t.Helper()
	err := store.View(t.Context(), func(tx *storage.Tx) error {
		b, err := tx.Get(key)
		value = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestEngine(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) (storage.Engine, func() storage.Engine) {
		path := filepath.Join(t.TempDir(), "desk.db")
		engine := open(t, path, bolt.Options{})
		return engine, func() storage.Engine {
			if err := engine.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, path, bolt.Options{})
		}
	})
}

func TestNewFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	open(t, path, bolt.Options{})
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the directory has %v, %v", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	if _, err := bolt.Open(filepath.Join(dir, "no", "desk.db"), bolt.Options{}); err == nil {
		t.Error("a file appeared in a directory that does not exist")
	}
}

func TestTwoStarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	engine := open(t, path, bolt.Options{})
	_, err := bolt.Open(path, bolt.Options{Timeout: time.Millisecond})
	if !errors.Is(err, bolt.ErrInUse) {
		t.Errorf("second start: %v", err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path, bolt.Options{})
}

// TestManyFirstStarts lets several programs make the same new file at once:
// one of them gets it, and none replaces what it has written.
func TestManyFirstStarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			engine, err := bolt.Open(path, bolt.Options{Timeout: 10 * time.Second})
			if err != nil {
				t.Error(err)
				return
			}
			key := fmt.Appendf(nil, "k%d", i)
			if err := engine.Apply([]storage.Op{{Key: key, Value: []byte("1")}}); err != nil {
				t.Error(err)
			}
			if err := engine.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	snapshot, err := open(t, path, bolt.Options{}).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	if rows, err := snapshot.Scan(nil, nil, false, 99); err != nil || len(rows) != 8 {
		t.Errorf("%d rows are left, %v", len(rows), err)
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, goroutines := range []int{1, 50, 500} {
		b.Run(fmt.Sprint(goroutines), func(b *testing.B) {
			store := site(b, open(b, filepath.Join(b.TempDir(), "desk.db"), bolt.Options{}))
			work := make(chan int)
			var all sync.WaitGroup
			for range goroutines {
				all.Go(func() {
					for i := range work {
						if err := store.Update(b.Context(), put(fmt.Sprintf("k%06d", i%100_000), `{"text":"lamp is broken"}`)); err != nil {
							b.Error(err)
						}
					}
				})
			}
			b.ResetTimer()
			for i := range b.N {
				work <- i
			}
			close(work)
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
		})
	}
}
