package main

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// archive is a desk with a store on the disk and a photo, on a clock that the
// test turns.
type archive struct {
	t      *testing.T
	config *Config
	engine *bolt.Engine
	app    *App
	now    time.Time
	log    *errorLog
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	dir := t.TempDir()
	a := &archive{t: t, config: loadExample(t), log: &errorLog{}}
	a.config.StorageURL = "bolt:" + filepath.Join(dir, "desk.db")
	a.config.FilesDir = filepath.Join(dir, "files")
	a.config.Backup.Dir = filepath.Join(dir, "backups")
	a.now = time.Date(2026, 11, 24, 10, 0, 0, 0, a.config.Site.Zone)
	var err error
	if a.engine, err = bolt.Open(storePath(a.config), bolt.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.engine.Close() })
	a.app, err = NewApp(a.config, a.engine, nil, AppOptions{
		Now: func() time.Time { return a.now }, Log: slog.New(a.log), CopyStore: a.engine.BackupWith,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.app.Close() })
	return a
}

// photo keeps a file as if it had come in, and files a ticket with it.
func (a *archive) photo(content string) (path string) {
	a.t.Helper()
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	path = storedAt(a.config.FilesDir, hash)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		a.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		a.t.Fatal(err)
	}
	a.update(func(tx *storage.Tx) error {
		return storage.Tickets.Put(tx, desk.Ticket{
			ID: tx.NewID(), Number: "R-" + hash[:4], State: desk.StateNew, Department: "engineering", Created: tx.Now(),
			Files: []desk.File{{ID: hash[:8], Hash: hash}},
		})
	})
	return path
}

func (a *archive) update(fn func(*storage.Tx) error) {
	a.t.Helper()
	if err := a.app.Store.Update(a.t.Context(), fn); err != nil {
		a.t.Fatal(err)
	}
}

// hour makes the backup of the hour.
func (a *archive) hour() (path string) {
	a.t.Helper()
	if err := a.app.backups.hourly(a.t.Context(), a.now); err != nil {
		a.t.Fatal(err)
	}
	return filepath.Join(a.config.Backup.Dir, backupName(a.now))
}

func (a *archive) drill() error {
	report, err := drill(a.t.Context(), a.config, a.now)
	if err == nil {
		a.t.Log(report)
	}
	leftovers, _ := filepath.Glob(filepath.Join(a.config.Backup.Dir, "drill-*"))
	if len(leftovers) > 0 {
		a.t.Error("left behind:", leftovers)
	}
	return err
}

// TestBackupHoldsStoreAndFiles loses both, and gets both back.
func TestBackupHoldsStoreAndFiles(t *testing.T) {
	a := newArchive(t)
	first := a.photo("the first photo")
	a.hour()
	kept := storedAt(filepath.Join(a.config.Backup.Dir, "files"), filepath.Base(first))
	before, err := os.Stat(kept)
	if err != nil {
		t.Fatal(err)
	}
	a.now = a.now.Add(time.Hour)
	second := a.photo("the second photo")
	backup := a.hour()
	if after, err := os.Stat(kept); err != nil || !os.SameFile(before, after) {
		t.Error("a photo was kept twice")
	}
	if err := a.drill(); err != nil {
		t.Error(err)
	}
	if got := lastDrill(a.config.Backup.Dir); !got.Equal(a.now) {
		t.Errorf("the last drill is of %s", got)
	}
	if got := lastBackup(a.config.Backup.Dir); !got.Equal(a.now) {
		t.Errorf("the last backup is of %s", got)
	}

	a.photo("a photo after the last backup")
	a.app.Close()
	a.engine.Close()
	if err := os.RemoveAll(a.config.FilesDir); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Restore(backup, storePath(a.config), true); err != nil {
		t.Fatal(err)
	}
	there, missing, err := restoreFilesOf(storePath(a.config), a.config, filesOf(backup))
	if err != nil || there != 2 || missing != 0 {
		t.Fatalf("%d files came back, %d did not, %v", there, missing, err)
	}
	for path, want := range map[string]string{first: "the first photo", second: "the second photo"} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", path, got, err)
		}
	}
}

// TestDrillFindsWhatIsBroken breaks a good backup in every way that comes to mind.
func TestDrillFindsWhatIsBroken(t *testing.T) {
	for _, c := range []struct {
		name, want string
		harm       func(t *testing.T, backup, photo string)
	}{
		{"truncated", "cut short", func(t *testing.T, backup, _ string) {
			info, err := os.Stat(backup)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(backup, info.Size()/2); err != nil {
				t.Fatal(err)
			}
		}},
		{"empty", "empty", func(t *testing.T, backup, _ string) { rewrite(t, backup, nil) }},
		{"garbled", "", func(t *testing.T, backup, _ string) {
			data, err := os.ReadFile(backup)
			if err != nil {
				t.Fatal(err)
			}
			for i := range data {
				if i%7 == 0 {
					data[i] ^= 0x55
				}
			}
			rewrite(t, backup, data)
		}},
		{"another store", "0 tickets", func(t *testing.T, backup, _ string) {
			other := newArchive(t)
			if err := os.Rename(other.hour(), backup); err != nil {
				t.Fatal(err)
			}
		}},
		{"a row less", "but had 1 tickets", func(t *testing.T, backup, _ string) {
			change(t, backup, func(tx *storage.Tx) error {
				return storage.Tickets.Scan(tx, storage.Range{}, func(x desk.Ticket) error { return storage.Tickets.Delete(tx, x.ID) })
			})
		}},
		{"an index row less", "index row is missing", func(t *testing.T, backup, _ string) {
			change(t, backup, func(tx *storage.Tx) error {
				return tx.Scan("tickets.number/", "tickets.number0", false, func(key string, _ []byte) error { return tx.Delete(key) })
			})
		}},
		{"changed, and whole", "is not the file that was made", func(t *testing.T, backup, _ string) {
			change(t, backup, func(tx *storage.Tx) error { return tx.Put("more", []byte("1")) })
		}},
		{"a photo less", "1 of 1 files", func(t *testing.T, _, photo string) {
			if err := os.Remove(photo); err != nil {
				t.Fatal(err)
			}
		}},
		{"another photo", "1 of 1 files", func(t *testing.T, _, photo string) {
			if err := os.Remove(photo); err != nil { // It is the same file as the desk's own.
				t.Fatal(err)
			}
			rewrite(t, photo, []byte("something else"))
		}},
		{"no backup", errNoBackup.Error(), func(t *testing.T, backup, _ string) {
			if err := os.Remove(backup); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newArchive(t)
			photo := filepath.Base(a.photo("a photo"))
			backup := a.hour()
			c.harm(t, backup, storedAt(filesOf(backup), photo))
			err := a.drill()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
			if !lastDrill(a.config.Backup.Dir).IsZero() {
				t.Error("a failed drill counts as one that succeeded")
			}
		})
	}
}

func rewrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// change changes a backup as no desk would.
func change(t *testing.T, path string, fn func(*storage.Tx) error) {
	t.Helper()
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	store, err := storage.Open(engine, loadExample(t).Site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// TestDrillTellsAdministrators runs the drill of a Sunday on a broken backup.
func TestDrillTellsAdministrators(t *testing.T) {
	a := newArchive(t)
	a.photo("a photo")
	admin := a.config.Site.Admins[0]
	a.update(func(tx *storage.Tx) error {
		return a.app.writer().Apply(tx, desk.Effects{People: []desk.Person{{ID: "admin", Lang: "en", Addresses: []desk.Address{admin}}}})
	})
	step := func(at time.Time) {
		t.Helper()
		a.now = at
		if _, err := a.app.Scheduler.Step(t.Context(), at); err != nil {
			t.Fatal(err)
		}
	}
	told := func() (texts []string) {
		t.Helper()
		err := a.app.Store.View(t.Context(), func(tx *storage.Tx) error {
			return storage.Outbox.Scan(tx, storage.Range{}, func(row storage.Outgoing) error {
				if row.Chat == admin && strings.Contains(row.Drawn.Text, "restore drill") {
					texts = append(texts, row.Drawn.Text)
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return texts
	}
	sunday := time.Date(2026, 11, 29, 4, 30, 0, 0, a.config.Site.Zone)
	step(sunday.Add(-time.Hour))
	backup := a.hour()
	step(sunday)
	if lines := told(); len(lines) > 0 || !lastDrill(a.config.Backup.Dir).Equal(sunday) {
		t.Fatalf("told %q of a drill that went well, the last of which is %s", lines, lastDrill(a.config.Backup.Dir))
	}
	next := sunday.AddDate(0, 0, 7)
	step(next.Add(-time.Minute))
	files, err := backupsIn(a.config.Backup.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, backup) {
		rewrite(t, path, []byte("no store"))
	}
	step(next)
	step(next.Add(time.Minute))
	if lines := told(); len(lines) != 1 {
		t.Errorf("told %q, want it once", lines)
	}
	if lines := a.log.errors(); len(lines) != 1 || !strings.Contains(lines[0], "could not be restored") {
		t.Errorf("logged %q", lines)
	}
}

// TestRotation makes a backup an hour for half a year.
func TestRotation(t *testing.T) {
	zone := loadExample(t).Site.Zone
	keep := BackupConfig{Hourly: 24, Daily: 14, Weekly: 8}
	var times []time.Time
	at := time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	for range 24 * 180 {
		at = at.Add(time.Hour)
		times = append(times, at)
		kept := keptOf(times, keep, zone)
		var left []time.Time
		for i, is := range kept {
			if is {
				left = append(left, times[i])
			}
		}
		times = left
	}
	if n := len(times); n < 24+13+7-3 || n > 24+14+8 {
		t.Errorf("%d are kept after half a year", n)
	}
	// One in each hour of a day, each day of a fortnight and each of eight weeks;
	// the present hour, day or week is one of them.
	for _, unit := range []struct {
		length time.Duration
		n      int
	}{{time.Hour, 24}, {24 * time.Hour, 14}, {7 * 24 * time.Hour, 8}} {
		for i := range unit.n - 1 {
			newest, oldest := at.Add(-time.Duration(i)*unit.length), at.Add(-time.Duration(i+1)*unit.length)
			if !slices.ContainsFunc(times, func(b time.Time) bool { return !b.Before(oldest) && !b.After(newest) }) {
				t.Errorf("none of %s to %s ago", at.Sub(newest), at.Sub(oldest))
			}
		}
	}
	// A downtime of a year costs no more than another backup does: the last hour,
	// the last day and the last week.
	later := append(slices.Clone(times), at.AddDate(1, 0, 0))
	lost := 0
	for _, is := range keptOf(later, keep, zone) {
		if !is {
			lost++
		}
	}
	if lost > 3 {
		t.Errorf("after a downtime %d of %d were removed", lost, len(later))
	}
	if kept := keptOf(times[:2], BackupConfig{}, zone); kept[0] || !kept[1] {
		t.Errorf("of two the newest is always kept, got %v", kept)
	}
}

// TestRotateLeavesOthersAlone removes what the schedule made and nothing else.
func TestRotateLeavesOthersAlone(t *testing.T) {
	a := newArchive(t)
	a.config.Backup.Hourly, a.config.Backup.Daily, a.config.Backup.Weekly = 2, 0, 0
	first := a.hour()
	own := filepath.Join(a.config.Backup.Dir, "frontdesk-before-the-upgrade.db")
	if err := a.app.backups.make(t.Context(), own); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		a.now = a.now.Add(time.Hour)
		a.hour()
	}
	files, err := backupsIn(a.config.Backup.Dir)
	if err != nil || len(files) != 2 {
		t.Errorf("%q are kept, %v", files, err)
	}
	for path, want := range map[string]bool{first: false, metaOf(first): false, own: true, metaOf(own): true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v", path, err == nil)
		}
	}
}
