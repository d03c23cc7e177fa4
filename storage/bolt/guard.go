package bolt

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"

	"frontdesk/storage"
)

// guard turns a panic of bbolt into an error, also when bbolt reads memory
// that a damaged page id or a file that is too short led it to. Use it as
// defer guard(path, &err)().
func guard(path string, err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if value := recover(); value != nil {
			*err = damaged(path, fmt.Errorf("bbolt panicked: %v", value))
		}
	}
}

// damaged is the error for contents that cannot be right. It tells what to do.
func damaged(path string, reason error) error {
	return fmt.Errorf("%w: %s: %w; restore a backup, and keep the damaged file for inspection", storage.ErrDamaged, path, reason)
}

// mapError gives errors that mean "no room" the name that the store knows.
// bbolt puts some of them into texts, so the texts have to be searched too.
func mapError(err error) error {
	if errors.Is(err, storage.ErrFull) {
		return err
	}
	text := err.Error()
	if errors.Is(err, bolterrors.ErrMaxSizeReached) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		strings.Contains(text, syscall.ENOSPC.Error()) || strings.Contains(text, syscall.EDQUOT.Error()) {
		return fmt.Errorf("%w: %w", storage.ErrFull, err)
	}
	return err
}
