// Package bolt is the engine for one machine: all rows in one bucket of one
// bbolt file.
//
// bbolt trusts its file: a damaged page makes it panic, or read beyond its
// memory. So this package looks at the raw file before bbolt does (inspect.go),
// and turns whatever still goes wrong inside bbolt into an error (guard.go).
// A new file is made beside its place and appears there whole.
package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"frontdesk/storage"
)

// ErrInUse means that another process holds the file.
var ErrInUse = errors.New("bolt: file is in use by another process")

var errClosed = errors.New("bolt: engine is closed")

var bucketName = []byte("rows")

// quickPages bounds how many pages are looked at when a file is opened: some
// tens of milliseconds. Check looks at all of them.
const quickPages = 4096

// defaultWait is how long another process may take to let go of the file.
const defaultWait = 2 * time.Second

// Options change how a file is opened. The zero value is meant for production.
type Options struct {
	// Timeout is how long to wait for another process to let go of the file;
	// 0 means two seconds.
	Timeout time.Duration
	// MaxSize is the largest size of the file in bytes; 0 means no limit.
	MaxSize int
	// OpenFile replaces os.OpenFile, for tests that inject faults.
	OpenFile func(name string, flag int, mode os.FileMode) (*os.File, error)
}

// Engine is an open file.
type Engine struct {
	path string
	opts Options

	mu     sync.RWMutex // Held for writing while the file is closed or reopened.
	db     *bbolt.DB
	broken atomic.Pointer[error] // A commit panicked: bbolt may hold its lock for ever.
}

// Open opens the file at path, or makes a new one when there is none. It
// returns an error that matches ErrInUse when another process has the file,
// storage.ErrDamaged when its contents are not those of a whole file, or
// storage.ErrFull when there is no room for a new one.
func Open(path string, opts Options) (*Engine, error) {
	if opts.Timeout == 0 {
		opts.Timeout = defaultWait
	}
	e := &Engine{path: path, opts: opts}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(path); err != nil {
			return nil, fmt.Errorf("bolt: create %s: %w", path, mapError(err))
		}
	}
	if err := e.open(); err != nil {
		return nil, err
	}
	return e, nil
}

// open looks at the file and opens it. The caller holds mu or is alone.
func (e *Engine) open() error {
	if err := quickCheck(e.path, e.opts); err != nil {
		return err
	}
	db, err := openDB(e.path, e.opts, false)
	if err != nil {
		return err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		if tx.Bucket(bucketName) == nil {
			return damaged(e.path, errors.New("it is a bbolt file, but not one of this program"))
		}
		return nil
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	e.db = db
	return nil
}

// Path returns the place of the file.
func (e *Engine) Path() string { return e.path }

// Begin opens a snapshot. While it is open the space of changed pages cannot
// be used again, Reopen and Close wait for it, and so does an Apply that has to
// map a file of some gigabytes anew.
func (e *Engine) Begin() (_ storage.Snapshot, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(); err != nil {
		return nil, err
	}
	s := &snapshot{path: e.path}
	defer func() {
		if err != nil && s.tx != nil {
			s.Close() // Or Close of the engine would wait for it.
		}
	}()
	defer guard(e.path, &err)()
	if s.tx, err = e.db.Begin(false); err != nil {
		return nil, fmt.Errorf("bolt: begin: %w", err)
	}
	if s.bucket = s.tx.Bucket(bucketName); s.bucket == nil {
		return nil, damaged(e.path, errors.New("its rows are gone"))
	}
	return s, nil
}

// Apply commits the changes with one sync of the file. It returns an error
// that matches storage.ErrFull when there is no room.
func (e *Engine) Apply(ops []storage.Op) error {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(); err != nil {
		return err
	}
	err, panicked := e.commit(ops)
	if panicked {
		e.broken.Store(&err)
	}
	return err
}

//nolint:revive // The error comes first because the deferred guard sets it.
func (e *Engine) commit(ops []storage.Op) (err error, panicked bool) {
	defer guard(e.path, &err)()
	panicked = true
	err = e.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(bucketName)
		for _, op := range ops {
			if op.Value == nil {
				if err := bucket.Delete(op.Key); err != nil {
					return err
				}
			} else if err := bucket.Put(op.Key, op.Value); err != nil {
				return err
			}
		}
		return nil
	})
	panicked = false
	if err != nil {
		err = fmt.Errorf("bolt: commit: %w", mapError(err))
	}
	return err, panicked
}

func (e *Engine) usable() error {
	if broken := e.broken.Load(); broken != nil {
		return *broken
	}
	if e.db == nil {
		return errClosed
	}
	return nil
}

// Reopen closes the file, looks at it as Open does, and opens it again. It
// waits for open snapshots. Its errors are those of Open.
func (e *Engine) Reopen() error {
	if err := e.Close(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.open()
}

// Close lets go of the file after the last snapshot was closed. After a commit
// has panicked it returns that error and leaves the file to the end of the
// process, because bbolt may hold a lock that is never freed.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if broken := e.broken.Load(); broken != nil {
		return *broken
	}
	if e.db == nil {
		return nil
	}
	db := e.db
	e.db = nil
	if err := db.Close(); err != nil {
		return fmt.Errorf("bolt: close %s: %w", e.path, err)
	}
	return nil
}
