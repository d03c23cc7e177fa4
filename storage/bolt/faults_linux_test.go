package bolt_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// breakable opens files so that a test can put a device in the place of the
// last one: what bbolt then writes goes there.
type breakable struct{ last *os.File }

func (b *breakable) open(name string, flag int, mode os.FileMode) (file *os.File, err error) {
	file, err = os.OpenFile(name, flag, mode)
	b.last = file
	return file, err
}

// become makes the file a device: writes to /dev/full fail with ENOSPC, those
// to /dev/null succeed but cannot be synced, and an end of a pipe takes none.
func (b *breakable) become(t *testing.T, device string) {
	t.Helper()
	file, err := os.OpenFile(device, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // Its copy stays open.
	if err := syscall.Dup3(int(file.Fd()), int(b.last.Fd()), syscall.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
}

// TestNoRoom fills the disk before the nth commit and makes room again.
func TestNoRoom(t *testing.T) {
	for n := range 8 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "desk.db")
			var disk breakable
			now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
			store, err := storage.Open(open(t, path, bolt.Options{OpenFile: disk.open}), "hq", storage.Options{Now: func() time.Time { return now }})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close() //nolint:errcheck // It returns nil.
			for i := range n + 2 {
				if err := store.Update(t.Context(), put("k", fmt.Sprint(i))); err != nil {
					t.Fatal(err)
				}
			}
			disk.become(t, "/dev/full")
			for range 2 {
				if err := store.Update(t.Context(), put("k", "99")); !errors.Is(err, storage.ErrFull) {
					t.Fatalf("got %v", err)
				}
			}
			now = now.Add(time.Second) // The engine is reopened, and finds room.
			if got := get(t, store, "k"); got != fmt.Sprint(n+1) {
				t.Errorf("a refused value is visible: %s", got)
			}
			if err := store.Update(t.Context(), put("l", "1")); err != nil {
				t.Fatal(err)
			}
			if got := get(t, store, "k"); got != fmt.Sprint(n+1) {
				t.Errorf("the last value is %s", got)
			}
		})
	}
}

func TestCommitFails(t *testing.T) {
	for _, device := range []string{"/dev/null", "/proc/self/mem"} {
		t.Run(device, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "desk.db")
			var disk breakable
			engine := open(t, path, bolt.Options{OpenFile: disk.open})
			store := site(t, engine)
			for i := range 5 {
				if err := store.Update(t.Context(), put("k", fmt.Sprint(i))); err != nil {
					t.Fatal(err)
				}
			}
			disk.become(t, device)
			var fatal *storage.FatalError
			for range 2 {
				if err := store.Update(t.Context(), put("k", "99")); !errors.As(err, &fatal) {
					t.Errorf("got %v", err)
				}
			}
			if err := <-store.Fatal(); !errors.As(err, &fatal) {
				t.Errorf("delivered %v", err)
			}
			store.Close()  //nolint:errcheck // It returns nil.
			engine.Close() //nolint:errcheck // It cannot unlock a device.
			if got := get(t, site(t, open(t, path, bolt.Options{})), "k"); got != "4" {
				t.Errorf("after the restart: %s", got)
			}
		})
	}
}

func TestMaxSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	engine := open(t, path, bolt.Options{MaxSize: 8 << 20})
	store, err := storage.Open(engine, "hq", storage.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // It returns nil.
	written := 0
	for ; err == nil; written++ {
		err = store.Update(t.Context(), put(fmt.Sprintf("k%03d", written), `"`+strings.Repeat("x", 200_000)+`"`))
	}
	if !errors.Is(err, storage.ErrFull) || written < 10 {
		t.Fatalf("after %d: %v", written, err)
	}
	now = now.Add(time.Second)
	err = store.Update(t.Context(), func(tx *storage.Tx) error {
		return tx.Scan("k", "k005", false, func(key string, _ []byte) error { return tx.Delete(key) })
	})
	if err != nil || store.Health() != storage.HealthOK {
		t.Errorf("making room: %v, health is %v", err, store.Health())
	}
	if err := errors.Join(store.Close(), engine.Close(), bolt.Check(path)); err != nil {
		t.Error(err)
	}
}
