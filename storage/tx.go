package storage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Tx is one transaction. It is valid inside its closure and used by one
// goroutine. Its keys are inside the site; most code uses a Table instead.
type Tx struct {
	store    *Store
	now      time.Time
	snapshot Snapshot
	batch    *buffer // Writes of earlier closures of the same commit; nil in a view.
	own      *buffer
	readOnly bool
	ended    bool
	wakes    []string
	ids      []string
	replay   []string // Ids to give again, when a closure runs a second time.
}

// end makes later use of the transaction an error.
func (tx *Tx) end() { tx.ended = true }

// Now is the one instant of this transaction, in UTC.
func (tx *Tx) Now() time.Time { return tx.now }

// Site is the name of the site.
func (tx *Tx) Site() string { return tx.store.site }

const idAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

// NewID returns a new opaque identifier: 12 characters of a-z and 2-7, with 60
// random bits. It panics when the source of randomness fails, which
// crypto/rand never does.
func (tx *Tx) NewID() string {
	if n := len(tx.ids); n < len(tx.replay) {
		tx.ids = append(tx.ids, tx.replay[n])
		return tx.replay[n]
	}
	var random [12]byte
	tx.store.mu.Lock()
	_, err := io.ReadFull(tx.store.rand, random[:])
	tx.store.mu.Unlock()
	if err != nil {
		panic(fmt.Errorf("storage: new id: %w", err))
	}
	for i, b := range random {
		random[i] = idAlphabet[b%32]
	}
	tx.ids = append(tx.ids, string(random[:]))
	return string(random[:])
}

// Wake asks the store to fill the channel Store.Woken(name) after the commit.
// It does nothing when the transaction is not committed.
func (tx *Tx) Wake(name string) {
	if !slices.Contains(tx.wakes, name) {
		tx.wakes = append(tx.wakes, name)
	}
}

// Get returns the value of a key, or nil when there is none. The value must
// not be changed. It returns an error of the engine, or ErrTxEnded.
func (tx *Tx) Get(key string) ([]byte, error) {
	if tx.ended {
		return nil, ErrTxEnded
	}
	full := tx.store.prefix + key
	if value, known := tx.own.get(full); known {
		return value, nil
	}
	if tx.batch != nil {
		if value, known := tx.batch.get(full); known {
			return value, nil
		}
	}
	return tx.snapshot.Get([]byte(full))
}

// Put sets the value of a key. It returns ErrKeyEmpty, ErrKeyTooLong,
// ErrValueTooLarge, ErrNUL, ErrNotJSON, ErrReadOnly or ErrTxEnded, and then
// writes nothing.
func (tx *Tx) Put(key string, value []byte) error {
	if err := tx.writable(key); err != nil {
		return err
	}
	if err := checkValue(value); err != nil {
		return err
	}
	tx.own.set(tx.store.prefix+key, bytes.Clone(value))
	return nil
}

// Delete removes a key; it is no error when there is none. It returns
// ErrKeyEmpty, ErrKeyTooLong, ErrReadOnly or ErrTxEnded.
func (tx *Tx) Delete(key string) error {
	if err := tx.writable(key); err != nil {
		return err
	}
	tx.own.set(tx.store.prefix+key, nil)
	return nil
}

func (tx *Tx) writable(key string) error {
	if tx.ended {
		return ErrTxEnded
	}
	if tx.readOnly {
		return ErrReadOnly
	}
	return checkKey(key)
}

// Next returns 1, 2, 3 ... for a name. A number is given once, also across
// restarts; a transaction that is not committed may leave a gap, or its number
// to the next one. It returns the errors of Get and Put.
func (tx *Tx) Next(name string) (int64, error) {
	key := counterPrefix + name
	value, err := tx.Get(key)
	if err != nil {
		return 0, err
	}
	var last int64
	if value != nil {
		if err := json.Unmarshal(value, &last); err != nil {
			return 0, fmt.Errorf("storage: counter %q: %w", name, err)
		}
	}
	last++
	return last, tx.Put(key, fmt.Appendf(nil, "%d", last))
}
