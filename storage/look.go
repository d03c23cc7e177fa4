package storage

import (
	"crypto/rand"
	"time"
)

// Look runs fn on a snapshot of an engine without opening a store in it: for a
// backup, which is looked at while it is made and must not be changed. Writes
// inside of it return ErrReadOnly. It returns ErrBadSite or the error of fn.
// The snapshot stays the caller's.
func Look(snapshot Snapshot, site string, now time.Time, fn func(*Tx) error) error {
	if err := checkSite(site); err != nil {
		return err
	}
	reader := &Store{site: site, prefix: site + "/", rand: rand.Reader}
	tx := &Tx{store: reader, now: now, snapshot: snapshot, own: newBuffer(), readOnly: true}
	defer tx.end()
	return fn(tx)
}
