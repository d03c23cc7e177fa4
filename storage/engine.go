package storage

// MaxKey is the largest key inside a site, in bytes. Engines see up to
// MaxKey + MaxSite + 1 bytes, because the site's prefix comes first.
const MaxKey = 512

// MaxValue is the largest value, in bytes.
const MaxValue = 1 << 20

// MaxSite is the longest name of a site, in bytes.
const MaxSite = 32

// Pair is one row as an engine keeps it.
type Pair struct {
	Key, Value []byte
}

// Op is one change of a commit. A nil Value deletes the key; deleting a key
// that does not exist is no error.
type Op struct {
	Key, Value []byte
}

// Engine keeps rows in the order of their keys, compared as bytes. Its methods
// may be called from several goroutines.
type Engine interface {
	// Begin opens a consistent view of what is committed. The caller closes
	// it. It returns an error when the engine is closed or damaged.
	Begin() (Snapshot, error)
	// Apply makes all the changes, atomically and durably, before it returns
	// nil. No key occurs twice in ops. It returns an error that matches
	// ErrFull or syscall.ENOSPC when there is no room; after that error, and
	// only after that one, the engine can still be used. The changes of a
	// failed Apply may turn out to be committed after the next opening. An
	// engine may have to wait for open snapshots now and then, so the caller
	// holds none.
	Apply(ops []Op) error
	// Close gives up the engine's resources. Snapshots are closed before.
	Close() error
}

// Snapshot is a consistent view of an engine. It is used by one goroutine.
// The slices that it returns are the caller's to keep, but not to change.
type Snapshot interface {
	// Get returns the value of a key, or nil when there is none.
	Get(key []byte) ([]byte, error)
	// Scan returns at most limit rows with from <= key < to in the order of
	// the keys, or in the opposite order, beginning at the end, when reverse
	// is true. A nil to is the end of all keys. Fewer rows than limit mean
	// that there are no more.
	Scan(from, to []byte, reverse bool, limit int) ([]Pair, error)
	// Close releases the view. The snapshot must not be used after it.
	Close()
}

// Reopener is an engine that can begin anew with what is on the disk. The
// store calls it before the first attempt to write after the disk was full.
// It returns an error when the file cannot be opened or is found damaged.
type Reopener interface {
	Reopen() error
}

// TwiceRunner is an engine for tests and simulations: when RunTwice is true,
// the store runs each closure twice and compares, to show that it is
// repeatable.
type TwiceRunner interface {
	RunTwice() bool
}
