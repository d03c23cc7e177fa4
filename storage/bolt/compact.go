package bolt

import (
	"errors"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// compactTx is how many bytes one transaction of the copy takes.
const compactTx = 4 << 20

// Compact writes the live rows of the file at path into a new one, checks that
// in full, and puts it in the place of the old one. Deleted bytes are then no
// longer in the file. Nobody may have the file open. On any error the file is
// as it was. It returns an error that matches ErrInUse, storage.ErrDamaged or
// storage.ErrFull.
func Compact(path string) error {
	if err := compact(path); err != nil {
		return fmt.Errorf("bolt: compact %s: %w", path, mapError(err))
	}
	return nil
}

func compact(path string) error {
	opts := Options{Timeout: defaultWait}
	if err := verify(path, opts); err != nil {
		return err
	}
	beside, err := newBeside(path)
	if err != nil {
		return err
	}
	defer os.Remove(beside) //nolint:errcheck // It is gone when all went well.
	// The lock of a writer is held until the new file has its place.
	from, err := openDB(path, opts, false)
	if err != nil {
		return err
	}
	err = compactInto(beside, from)
	if err == nil {
		err = verify(beside, opts)
	}
	if err == nil {
		err = replace(beside, path)
	}
	return errors.Join(err, from.Close())
}

func compactInto(beside string, from *bbolt.DB) (err error) {
	defer guard(from.Path(), &err)()
	to, err := bbolt.Open(beside, 0o600, &bbolt.Options{Timeout: defaultWait, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return err
	}
	return errors.Join(bbolt.Compact(to, from, compactTx), to.Close())
}
