package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// hashForm is the name of a file by its content. What else lies in the folder is
// being written.
var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// placeOf is where a file with this hash lies in a folder of files.
func storedAt(dir, hash string) string { return filepath.Join(dir, hash[:2], hash) }

// keepFiles brings the files of one folder into another, which keeps those that
// it has. They never change, so each is linked, or copied, once.
func keepFiles(ctx context.Context, from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // Nothing has come in yet, or it has just got its name.
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case !entry.Type().IsRegular() || !hashForm.MatchString(entry.Name()):
			return nil
		}
		return keepFile(path, storedAt(to, entry.Name()))
	})
}

// keepFile links a file to a place, or copies it there if the place is on another
// disk, unless it is there already.
func keepFile(from, to string) error {
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.CreateTemp(filepath.Dir(to), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(target.Name()) //nolint:errcheck // It is gone when all went well.
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Sync(), target.Close()); err != nil {
		return err
	}
	return os.Rename(target.Name(), to)
}

// eachFile calls fn with the hash of every file that a ticket has, or a stay.
func eachFile(tx *storage.Tx, fn func(hash string) error) error {
	each := func(list []desk.File) error {
		for _, f := range list {
			if !hashForm.MatchString(f.Hash) {
				continue
			}
			if err := fn(f.Hash); err != nil {
				return err
			}
		}
		return nil
	}
	err := storage.Tickets.Scan(tx, storage.Range{}, func(t desk.Ticket) error {
		for _, list := range t.FileLists() {
			if err := each(list); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return storage.Stays.Scan(tx, storage.Range{}, func(s desk.Stay) error {
		for _, c := range s.Condition {
			if err := each(c.Files); err != nil {
				return err
			}
		}
		return nil
	})
}

// restoreFiles brings the files that a store names from a backup's folder to
// their place, and returns how many are there now and how many in neither.
func restoreFiles(tx *storage.Tx, from, to string) (there, missing int, err error) {
	err = eachFile(tx, func(hash string) error {
		err := keepFile(storedAt(from, hash), storedAt(to, hash))
		if errors.Is(err, fs.ErrNotExist) {
			missing++
			return nil
		}
		there++
		return err
	})
	return there, missing, err
}
