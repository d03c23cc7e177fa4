package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// TestBackupWhileWriting takes backups while updates run: each shows two rows
// that are always written together as equal.
func TestBackupWhileWriting(t *testing.T) {
	dir := t.TempDir()
	engine := open(t, filepath.Join(dir, "desk.db"), bolt.Options{})
	store := site(t, engine)
	var writer sync.WaitGroup
	stop := make(chan struct{})
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			err := store.Update(t.Context(), func(tx *storage.Tx) error {
				value := fmt.Appendf(nil, "%d", i)
				return errors.Join(tx.Put("a", value), tx.Put("b", value), tx.Put(fmt.Sprint("row", i), value))
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	backup := filepath.Join(dir, "backup.db")
	for i := range 5 {
		if err := engine.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		if err := bolt.Check(backup); err != nil {
			t.Fatal(err)
		}
		restored := filepath.Join(dir, fmt.Sprintf("restored%d.db", i))
		if err := bolt.Restore(backup, restored, false); err != nil {
			t.Fatal(err)
		}
		copied := site(t, open(t, restored, bolt.Options{}))
		if a, b := get(t, copied, "a"), get(t, copied, "b"); a != b {
			t.Errorf("backup has %s and %s", a, b)
		}
	}
	close(stop)
	writer.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := engine.Backup(ctx, filepath.Join(dir, "never.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for _, pattern := range []string{"*.tmp", "*.new-*", "never*"} {
		if left, err := filepath.Glob(filepath.Join(dir, pattern)); len(left) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel() // It waits for locks.
	dir := t.TempDir()
	path, backup, bad := filepath.Join(dir, "desk.db"), filepath.Join(dir, "backup.db"), filepath.Join(dir, "bad.db")
	engine := open(t, path, bolt.Options{})
	store := site(t, engine)
	if err := errors.Join(store.Update(t.Context(), put("a", "1")), engine.Backup(t.Context(), backup), store.Update(t.Context(), put("a", "2"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, []byte("not a backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Restore(backup, path, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	if err := bolt.Restore(backup, path, true); !errors.Is(err, bolt.ErrInUse) {
		t.Errorf("over a file in use: %v", err)
	}
	if err := bolt.Check(path); !errors.Is(err, bolt.ErrInUse) {
		t.Errorf("check of a file in use: %v", err)
	}
	if err := bolt.Restore(bad, filepath.Join(dir, "new.db"), false); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("from garbage: %v", err)
	}
	if err := bolt.Restore(filepath.Join(dir, "none.db"), filepath.Join(dir, "new.db"), false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("from nothing: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a refused restore left a file: %v", err)
	}
	if got := get(t, store, "a"); got != "2" {
		t.Errorf("the refused restores changed the file: %s", got)
	}
	if err := errors.Join(store.Close(), engine.Close(), bolt.Restore(backup, path, true)); err != nil {
		t.Fatal(err)
	}
	if got := get(t, site(t, open(t, path, bolt.Options{})), "a"); got != "1" {
		t.Errorf("after the restore: %s", got)
	}
}

func TestCompactForgets(t *testing.T) {
	t.Parallel() // It waits for a lock.
	path := filepath.Join(t.TempDir(), "desk.db")
	engine := open(t, path, bolt.Options{})
	store := site(t, engine)
	secret := strings.Repeat("forget me ", 50)
	for i := range 200 {
		if err := store.Update(t.Context(), put(fmt.Sprint("k", i), `"`+secret+`"`)); err != nil {
			t.Fatal(err)
		}
	}
	err := store.Update(t.Context(), func(tx *storage.Tx) error {
		return tx.Scan("k", "l", false, func(key string, _ []byte) error { return tx.Delete(key) })
	})
	if err := errors.Join(err, store.Update(t.Context(), put("kept", "1"))); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Compact(path); !errors.Is(err, bolt.ErrInUse) {
		t.Errorf("in use: %v", err)
	}
	if err := errors.Join(store.Close(), engine.Close(), bolt.Compact(path)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil || bytes.Contains(content, []byte("forget me")) {
		t.Errorf("deleted bytes are still in the file, %v", err)
	}
	if got := get(t, site(t, open(t, path, bolt.Options{Timeout: time.Second})), "kept"); got != "1" {
		t.Errorf("kept row is %q", got)
	}
}
