package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// forgetFilesTask removes, every night, the bytes of photos that were erased, from the
// folder of files and from that of the backups. What anything still names stays: the
// same photo may have come in twice.
func (a *App) forgetFilesTask() scheduler.Task {
	return scheduler.Task{
		Name: "forget_files",
		Cron: func(*desk.Site) string { return "5 4 * * *" },
		Run: func(ctx context.Context, _ desk.Job) error {
			folders := []string{a.Config().FilesDir}
			if dir := a.Config().Backup.Dir; dir != "" {
				folders = append(folders, filepath.Join(dir, "files"))
			}
			return forgetFiles(ctx, a.Store, folders...)
		},
	}
}

func forgetFiles(ctx context.Context, store *storage.Store, folders ...string) error {
	gone := map[string]bool{}
	var records []desk.Erasure
	err := store.View(ctx, func(tx *storage.Tx) error {
		clear(gone)
		records = nil
		err := storage.Erasures.By(tx, "hashes", storage.Range{}, func(e desk.Erasure) error {
			records = append(records, e)
			for _, hash := range e.Hashes {
				gone[hash] = hashForm.MatchString(hash)
			}
			return nil
		})
		if err != nil || len(records) == 0 {
			return err
		}
		return eachFile(tx, func(hash string) error {
			delete(gone, hash)
			return ctx.Err()
		})
	})
	if err != nil {
		return err
	}
	for hash, sure := range gone {
		for _, dir := range folders {
			if !sure || dir == "" {
				continue
			}
			if err := os.Remove(storedAt(dir, hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	for _, done := range records {
		err := store.Update(ctx, func(tx *storage.Tx) error {
			e, ok, err := storage.Erasures.Get(tx, done.ID)
			if err != nil || !ok {
				return err
			}
			e.Hashes = e.Hashes[min(len(done.Hashes), len(e.Hashes)):] // More may have come since.
			return storage.Erasures.Put(tx, e)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
