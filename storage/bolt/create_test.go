package bolt

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCreateLosesTheRace makes a new file where another process has just made
// one and written to it.
func TestCreateLosesTheRace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := create(path); err != nil {
		t.Error(err)
	}
	if content, err := os.ReadFile(path); string(content) != "theirs" || err != nil {
		t.Errorf("their file was replaced: %d bytes, %v", len(content), err)
	}
	if entries, err := os.ReadDir(dir); len(entries) != 1 || err != nil {
		t.Errorf("the directory has %v, %v", entries, err)
	}
}
