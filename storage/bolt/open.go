package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// mapSize is how much of the address space is set aside for the file. When the
// file outgrows it, a commit has to wait for all open snapshots, and a View
// that waits for an Update would then wait for ever; below it none waits.
func mapSize() int {
	switch {
	case runtime.GOOS == "windows":
		return 0 // There the file itself would get this size.
	case strconv.IntSize == 32:
		return 64 << 20
	default:
		return 4 << 30
	}
}

// growStep is by how much the file grows at a time. bbolt's own step of 16 MiB
// makes a small site's file large.
const growStep = 1 << 20

// openDB opens a file with bbolt, and turns its panics into errors.
func openDB(path string, opts Options, readOnly bool) (db *bbolt.DB, err error) {
	var file *os.File
	defer func() {
		if err != nil && file != nil {
			file.Close() //nolint:errcheck // After a panic nobody else does, and it holds a lock.
		}
	}()
	defer guard(path, &err)()
	settings := &bbolt.Options{
		Timeout:      opts.Timeout,
		FreelistType: bbolt.FreelistMapType,
		MaxSize:      opts.MaxSize,
		ReadOnly:     readOnly,
		NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			openFile := opts.OpenFile
			if openFile == nil {
				openFile = os.OpenFile
			}
			var err error
			file, err = openFile(name, flag, mode)
			return file, err
		},
	}
	if !readOnly {
		settings.InitialMmapSize = mapSize()
	}
	db, err = bbolt.Open(path, 0o600, settings)
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w: %s", ErrInUse, path)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		return nil, damaged(path, err)
	case err != nil:
		return nil, fmt.Errorf("bolt: open %s: %w", path, mapError(err))
	}
	db.AllocSize = growStep
	return db, nil
}
