package storage

import (
	"errors"
	"fmt"
	"syscall"
)

// The refusals of a store. Callers compare with errors.Is.
var (
	// ErrClosed means that the store was closed before the call.
	ErrClosed = errors.New("storage: store is closed")
	// ErrFull means that there is no room to write. Nothing was acknowledged;
	// the same update can be tried again later.
	ErrFull = errors.New("storage: no space left")
	// ErrReadOnly means that a View tried to write.
	ErrReadOnly = errors.New("storage: a view cannot write")
	// ErrTxEnded means that a Tx was used after its closure returned.
	ErrTxEnded = errors.New("storage: transaction has ended")
	// ErrBadSite means that the site's name is not 1 to 32 of a-z, 0-9 and '-'.
	ErrBadSite = errors.New("storage: site must be 1 to 32 of a-z, 0-9, '-'")
	// ErrKeyEmpty means a key without bytes.
	ErrKeyEmpty = errors.New("storage: key is empty")
	// ErrKeyTooLong means a key of more than MaxKey bytes.
	ErrKeyTooLong = fmt.Errorf("storage: key has more than %d bytes", MaxKey)
	// ErrBadIndexKey means that an index yielded a key with a NUL byte.
	ErrBadIndexKey = errors.New("storage: index key contains a NUL byte")
	// ErrValueTooLarge means a value of more than MaxValue bytes.
	ErrValueTooLarge = fmt.Errorf("storage: value has more than %d bytes", MaxValue)
	// ErrNotJSON means a value that is not one JSON text in UTF-8.
	ErrNotJSON = errors.New("storage: value is not JSON")
	// ErrNUL means a value that contains U+0000, which not every engine can keep.
	ErrNUL = errors.New("storage: value contains U+0000")
	// ErrNotRepeatable means that a closure wrote something else when it ran
	// again with the same instant, the same ids and the same data.
	ErrNotRepeatable = errors.New("storage: closure is not repeatable")
	// ErrGoexit means that the closure ended its goroutine instead of
	// returning, as a test does that calls t.Fatal inside of it.
	ErrGoexit = errors.New("storage: closure called runtime.Goexit")
	// ErrNoIndex means that a table has no index of that name.
	ErrNoIndex = errors.New("storage: no such index")
	// ErrBrokenIndex means an index row whose record does not exist.
	ErrBrokenIndex = errors.New("storage: index row without record")
	// ErrDamaged means that the engine found its file damaged.
	ErrDamaged = errors.New("storage: file is damaged")
)

// Stop ends a scan early and without an error when the scan's function
// returns it.
var Stop = errors.New("storage: stop") //nolint:errname // It reads as a word at its use, like io.EOF.

// PanicError is what Update returns when its closure panicked. Nothing of that
// closure was written; others of the same commit were.
type PanicError struct {
	Value any
	Stack []byte
}

// Error returns the value of the panic, without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("storage: closure panicked: %v", e.Value) }

// Unwrap returns the value of the panic when it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// FatalError is what every update gets after a commit has failed for another
// reason than a full disk. What is on the disk is unknown until the file is
// opened again, and so the program must end.
type FatalError struct {
	Err error
}

// Error returns the reason.
func (e *FatalError) Error() string { return "storage: commit failed: " + e.Err.Error() }

// Unwrap returns the engine's error.
func (e *FatalError) Unwrap() error { return e.Err }

// NewerSchemaError is what Open returns when the site was written by a later
// version of the program.
type NewerSchemaError struct {
	Site    string
	Store   int // The version in the store.
	Program int // The latest version that this program knows.
}

// Error says what to do.
func (e *NewerSchemaError) Error() string {
	return fmt.Sprintf("storage: site %q has schema version %d, this program knows %d: use the newer program, or restore a backup from before the upgrade",
		e.Site, e.Store, e.Program)
}

// isFull tells whether a commit failed for want of room.
func isFull(err error) bool {
	return errors.Is(err, ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
