package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// copyStore writes a verified copy of the store to path, and lets look read what
// it will hold.
type copyStore func(ctx context.Context, path string, look func(storage.Snapshot) error) error

// backups makes backups of the store and of the files that came in. A backup is
// a whole store file, NAME.db, with what was counted in it when it was made,
// NAME.json; the files lie beside it in a folder that all backups share, each
// once, by the hash of its content.
type backups struct {
	config func() *Config
	copy   copyStore
	now    func() time.Time
}

// backupMeta is what was true when a backup was made.
type backupMeta struct {
	Made    time.Time   `json:"made"`
	Version string      `json:"version"`
	Site    string      `json:"site"`
	Counts  storeCounts `json:"counts"`
	SHA256  string      `json:"sha256"` // of the store file
}

// storeCounts are the rows of some tables.
type storeCounts struct {
	Tickets int `json:"tickets"`
	People  int `json:"people"`
	Jobs    int `json:"jobs"`
}

func (c storeCounts) String() string {
	return fmt.Sprintf("%d tickets, %d people, %d jobs", c.Tickets, c.People, c.Jobs)
}

func countStore(tx *storage.Tx) (c storeCounts, err error) {
	for _, t := range []struct {
		n     *int
		count func(*storage.Tx, string, storage.Range) (int, error)
	}{{&c.Tickets, storage.Tickets.Count}, {&c.People, storage.People.Count}, {&c.Jobs, storage.Jobs.Count}} {
		if *t.n, err = t.count(tx, "", storage.Range{}); err != nil {
			return c, err
		}
	}
	return c, nil
}

// metaOf is where the counts of a backup stand.
func metaOf(path string) string { return strings.TrimSuffix(path, ".db") + ".json" }

// filesOf is the folder with the files of a backup.
func filesOf(path string) string { return filepath.Join(filepath.Dir(path), "files") }

// make makes a backup at path. The store comes first: what it names is in the
// folder of files by then.
func (b *backups) make(ctx context.Context, path string) error {
	config := b.config()
	meta := backupMeta{Made: b.now().UTC().Truncate(time.Second), Version: version, Site: config.Site.ID}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	err := b.copy(ctx, path, func(snapshot storage.Snapshot) error {
		return storage.Look(snapshot, meta.Site, b.now(), func(tx *storage.Tx) (err error) {
			meta.Counts, err = countStore(tx)
			return err
		})
	})
	if err != nil {
		return err
	}
	if meta.SHA256, err = hashFile(path); err != nil {
		return err
	}
	if err := keepFiles(ctx, config.FilesDir, filesOf(path)); err != nil {
		return fmt.Errorf("the store was copied, not all of its files: %w", err)
	}
	data, err := json.Marshal(meta)
	if err != nil {
		return err
	}
	return writeWhole(metaOf(path), append(data, '\n'))
}

// hourly makes a backup under the name of its time, and removes those that are no
// longer kept.
func (b *backups) hourly(ctx context.Context, at time.Time) error {
	keep := b.config().Backup
	if err := b.make(ctx, filepath.Join(keep.Dir, backupName(at))); err != nil {
		return err
	}
	return rotate(keep, b.config().Site.Zone)
}

// task makes backups by schedule.
func (b *backups) task() scheduler.Task {
	return scheduler.Task{
		Name: "backup",
		Cron: func(s *desk.Site) string { return s.Schedules.Backup },
		Run:  func(ctx context.Context, job desk.Job) error { return b.hourly(ctx, job.Due) },
	}
}

// hashFile is the hash of a file's content, in hexadecimal digits.
func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeWhole writes a file that is there whole or not at all.
func writeWhole(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // It is gone when all went well.
	_, err = file.Write(data)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
