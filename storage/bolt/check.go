package bolt

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"frontdesk/storage"
)

// Check looks at every page of the file at path, without changing it. It
// returns an error that matches storage.ErrDamaged, lists what was found and
// says what to do, or one that matches ErrInUse: a running program holds its
// file, so check a backup instead.
func Check(path string) error { return verify(path, Options{Timeout: defaultWait}) }

// quickCheck looks at a bounded part of a file before bbolt opens it.
func quickCheck(path string, opts Options) error {
	faults := inspect(path, quickPages)
	if faults == nil {
		return nil
	}
	// A file that another process is writing may look damaged: ask for the
	// lock before saying so.
	if err := inUse(path, opts); err != nil {
		return err
	}
	if faults = inspect(path, quickPages); faults != nil {
		return damaged(path, errors.Join(faults...))
	}
	return nil
}

// inUse returns an error that matches ErrInUse when another process has the
// file open for writing.
func inUse(path string, opts Options) error {
	opts.OpenFile = nil
	db, err := openDB(path, opts, true)
	if errors.Is(err, ErrInUse) {
		return err
	}
	if err == nil {
		return db.Close()
	}
	return nil // Whatever else is wrong, nobody holds it.
}

// verify looks at everything in a file: first at the raw pages, because
// bbolt's own check trusts what it follows, then with bbolt, then at the
// schema versions of the sites.
func verify(path string, opts Options) error {
	if err := inUse(path, opts); err != nil {
		return err
	}
	if faults := inspect(path, unlimitedWalk); faults != nil {
		return damaged(path, errors.Join(faults...))
	}
	db, err := openDB(path, opts, true)
	if err != nil {
		return err
	}
	return errors.Join(verifyOpen(path, db), db.Close())
}

func verifyOpen(path string, db *bbolt.DB) (err error) {
	defer guard(path, &err)()
	return db.View(func(tx *bbolt.Tx) error {
		var faults []error
		count := 0
		for fault := range tx.Check() { // It must be drained, or its goroutine stays.
			if count++; count <= enoughFaults {
				faults = append(faults, fault)
			}
		}
		if count > enoughFaults {
			faults = append(faults, fmt.Errorf("and %d more", count-enoughFaults))
		}
		if faults != nil {
			return damaged(path, errors.Join(faults...))
		}
		bucket := tx.Bucket(bucketName)
		if bucket == nil {
			return damaged(path, errors.New("it is a bbolt file, but not one of this program"))
		}
		if _, err := storage.SchemaVersions(&snapshot{path: path, tx: tx, bucket: bucket}); err != nil {
			return damaged(path, err)
		}
		return nil
	})
}
