package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
)

// create makes a new file beside path and puts it there whole. It never
// replaces a file: when another process was faster, its file is left alone and
// create returns nil.
func create(path string) (err error) {
	beside, err := newBeside(path)
	if err != nil {
		return err
	}
	defer os.Remove(beside) //nolint:errcheck // It is gone when all went well.
	db, err := bbolt.Open(beside, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucketName)
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	err = place(beside, path)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// newBeside makes an empty file in the directory of path. Its name is new, so
// that two processes cannot disturb each other.
func newBeside(path string) (string, error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}

// place gives a finished and synced file its name, durably. It returns an
// error that matches fs.ErrExist when there is a file of that name already.
func place(beside, path string) error {
	// A link, unlike a renaming, never replaces what is there.
	err := os.Link(beside, path)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err != nil { // Some file systems have no links.
		if _, err := os.Stat(path); err == nil {
			return fs.ErrExist
		}
		if err := os.Rename(beside, path); err != nil {
			return err
		}
	}
	return syncDir(filepath.Dir(path))
}

// replace is place for a file that may replace another.
func replace(beside, path string) error {
	if err := os.Rename(beside, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes names in a directory durable. Windows has no such thing.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
