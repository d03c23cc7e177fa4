package bolt_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// wholeFile returns the bytes of a closed file with rows and free pages.
func wholeFile(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	engine := open(t, path, bolt.Options{})
	store := site(t, engine)
	for i := range 40 {
		err := store.Update(t.Context(), func(tx *storage.Tx) error {
			for j := range 20 {
				value := fmt.Appendf(nil, "%q", strings.Repeat("x", (i*j)%900))
				if err := tx.Put(fmt.Sprintf("k%03d", (i*37+j*11)%500), value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(store.Close(), engine.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestFilesThatAreNoStore(t *testing.T) {
	whole := wholeFile(t)
	for name, content := range map[string][]byte{
		"empty":           {},
		"short":           []byte("x"),
		"text":            []byte(strings.Repeat("This is not a database. ", 4000)),
		"zeros":           make([]byte, 1<<16),
		"cut to one page": whole[:4096],
		"cut in half":     whole[:16384],
		"cut by a page":   whole[:20480],
		"both heads":      append(make([]byte, 8192), whole[8192:]...),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "desk.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := bolt.Open(path, bolt.Options{})
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "restore a backup") {
				t.Errorf("open: %v", err)
			}
			if err := bolt.Check(path); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("check: %v", err)
			}
			if after, err := os.ReadFile(path); err != nil || !slices.Equal(after, content) {
				t.Errorf("the damaged file was changed, %v", err)
			}
		})
	}
}

// TestRandomDamage flips bits and cuts files: whatever happens is an error or
// goes unnoticed, but never ends the program.
func TestRandomDamage(t *testing.T) {
	t.Parallel()
	whole := wholeFile(t)
	path := filepath.Join(t.TempDir(), "desk.db")
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // It has to repeat.
	refused, rounds := 0, 500
	if testing.Short() {
		rounds = 50
	}
	for round := range rounds {
		content := slices.Clone(whole)
		// Most damage goes where the structure is: the beginning of a page.
		for range 1 + random.IntN(3) {
			at := random.IntN(len(content))
			if random.IntN(4) > 0 {
				at = at/4096*4096 + random.IntN(64)
			}
			content[at] ^= 1 << random.IntN(8)
		}
		if random.IntN(5) == 0 {
			content = content[:random.IntN(len(content))]
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if useDamaged(t, round, path) {
			refused++
		}
	}
	t.Logf("%d of %d were refused", refused, rounds)
	if refused < rounds/10 {
		t.Error("damage is hardly ever noticed")
	}
}

// useDamaged does everything that there is to do with a file.
func useDamaged(t *testing.T, round int, path string) (refused bool) {
	checked := bolt.Check(path)
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		if checked == nil || !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("round %d: open: %v, check: %v", round, err, checked)
		}
		return true
	}
	defer engine.Close() //nolint:errcheck // It may well fail.
	store, err := storage.Open(engine, "hq", storage.Options{})
	if err != nil {
		return true
	}
	defer store.Close() //nolint:errcheck // It returns nil.
	// These may fail in any way but one.
	_ = store.View(t.Context(), func(tx *storage.Tx) error {
		return errors.Join(
			tx.Scan("", "", false, func(string, []byte) error { return nil }),
			tx.Scan("", "", true, func(string, []byte) error { return nil }))
	})
	for i := range 5 {
		_ = store.Update(t.Context(), put(fmt.Sprintf("k%03d", i*99), `"changed"`))
	}
	return checked != nil
}

// TestDamageWhileOpen lets a file rot while it is open.
func TestDamageWhileOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, wholeFile(t), 0o600); err != nil {
		t.Fatal(err)
	}
	engine := open(t, path, bolt.Options{})
	store := site(t, engine)
	if err := os.Truncate(path, 8192); err != nil {
		t.Fatal(err)
	}
	err := store.View(t.Context(), func(tx *storage.Tx) error {
		return tx.Scan("", "", false, func(string, []byte) error { return nil })
	})
	if !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("view: %v", err)
	}
	if err := store.Update(t.Context(), put("k001", "1")); err == nil {
		t.Error("an update of a file that is gone succeeded")
	}
}
