package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// TestForgetFiles: the bytes of what was erased go, here and in the backups; what a
// ticket or a stay of somebody else still shows stays.
func TestForgetFiles(t *testing.T) {
	store, err := storage.Open(memory.New(), "campus", storage.Options{})
	must(t, err)
	defer store.Close()
	files, backups := t.TempDir(), t.TempDir()
	hash := func(c string) string { return strings.Repeat(c, 64) }
	for _, c := range []string{"a", "b", "c"} {
		for _, dir := range []string{files, backups} {
			must(t, os.MkdirAll(filepath.Dir(storedAt(dir, hash(c))), 0o700))
			must(t, os.WriteFile(storedAt(dir, hash(c)), []byte("x"), 0o600))
		}
	}
	outside := filepath.Join(files, "keep")
	must(t, os.WriteFile(outside, []byte("x"), 0o600))
	must(t, store.Update(t.Context(), func(tx *storage.Tx) error {
		must(t, storage.Tickets.Put(tx, desk.Ticket{ID: "t1", Number: "R-1", Files: []desk.File{{Hash: hash("b")}}}))
		must(t, storage.Stays.Put(tx, desk.Stay{ID: "s1", Condition: []desk.Condition{{Files: []desk.File{{Hash: hash("c")}}}}}))
		return storage.Erasures.Put(tx, desk.Erasure{ID: "e1", Person: "p1", Hashes: []string{hash("a"), hash("b"), hash("c"), "../keep"}})
	}))
	must(t, forgetFiles(t.Context(), store, files, backups))
	for c, want := range map[string]bool{"a": false, "b": true, "c": true} {
		for _, dir := range []string{files, backups} {
			if _, err := os.Stat(storedAt(dir, hash(c))); (err == nil) != want {
				t.Errorf("%s is there: %v", c, err == nil)
			}
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error("what is no photo is gone")
	}
	must(t, store.View(t.Context(), func(tx *storage.Tx) error {
		e, _, err := storage.Erasures.Get(tx, "e1")
		if len(e.Hashes) != 0 {
			t.Errorf("still to be removed: %q", e.Hashes)
		}
		return err
	}))
}
