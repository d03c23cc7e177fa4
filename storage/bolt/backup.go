package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"

	"frontdesk/storage"
)

// Backup writes a copy of the file to path while the engine is in use: what is
// committed at this moment. The copy is synced and checked in full before it
// gets its name, and replaces an older file of that name. On any error, also
// when ctx ends, path is as it was. It returns an error that matches
// storage.ErrFull when there is no room for the copy, storage.ErrDamaged when
// the copy, and so most likely the original, is damaged.
func (e *Engine) Backup(ctx context.Context, path string) error {
	return e.BackupWith(ctx, path, nil)
}

// BackupWith is Backup, and lets look read what the copy will hold from the
// engine itself: what it counts there can be compared with the copy later. An
// error of look ends the backup.
func (e *Engine) BackupWith(ctx context.Context, path string, look func(storage.Snapshot) error) error {
	beside := path + ".tmp"
	err := e.copyTo(ctx, beside, look)
	if err == nil {
		err = verify(beside, e.opts.elsewhere())
	}
	if err == nil {
		err = replace(beside, path)
	}
	if err != nil {
		os.Remove(beside) //nolint:errcheck // The first error matters.
		return fmt.Errorf("bolt: backup to %s: %w", path, mapError(err))
	}
	return nil
}

// elsewhere returns the options for another file than the engine's.
func (o Options) elsewhere() Options { return Options{Timeout: o.Timeout} }

func (e *Engine) copyTo(ctx context.Context, path string, look func(storage.Snapshot) error) (err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	defer guard(e.path, &err)()
	err = e.db.View(func(tx *bbolt.Tx) error {
		if look != nil {
			if err := look(&snapshot{path: e.path, tx: tx, bucket: tx.Bucket(bucketName)}); err != nil {
				return err
			}
		}
		_, err := tx.WriteTo(&cancelled{ctx, file})
		return err
	})
	if ctx.Err() != nil { // bbolt keeps only the text.
		return ctx.Err()
	}
	if err != nil {
		return err
	}
	return file.Sync()
}

// cancelled is a writer that ends with its context.
type cancelled struct {
	ctx context.Context //nolint:containedctx // It lives for one call.
	w   io.Writer
}

func (c *cancelled) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}

// Restore checks a backup in full and puts a copy of it at path. A file that
// is there already is replaced only when overwrite is true, and never while a
// process has it open. On any error path is as it was. It returns an error
// that matches storage.ErrDamaged for a backup that is not whole, fs.ErrExist,
// ErrInUse or storage.ErrFull.
func Restore(backup, path string, overwrite bool) error {
	if err := restore(backup, path, overwrite); err != nil {
		return fmt.Errorf("bolt: restore %s: %w", path, mapError(err))
	}
	return nil
}

func restore(backup, path string, overwrite bool) error {
	opts := Options{Timeout: defaultWait}
	if err := verify(backup, opts); err != nil {
		return err
	}
	switch _, err := os.Stat(path); {
	case err == nil && !overwrite:
		return fmt.Errorf("%w: it is not replaced unless asked for", fs.ErrExist)
	case err == nil:
		if err := inUse(path, opts); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	beside, err := newBeside(path)
	if err != nil {
		return err
	}
	defer os.Remove(beside) //nolint:errcheck // It is gone when all went well.
	if err := copyFile(backup, beside); err != nil {
		return err
	}
	if err := verify(beside, opts); err != nil {
		return err
	}
	if overwrite {
		return replace(beside, path)
	}
	return place(beside, path)
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close() //nolint:errcheck // It was only read.
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if _, err := io.Copy(target, source); err != nil {
		return err
	}
	return target.Sync()
}
