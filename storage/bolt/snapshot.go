package bolt

import (
	"bytes"

	"go.etcd.io/bbolt"

	"frontdesk/storage"
)

// snapshot is a reading transaction. What it returns is copied, because
// bbolt's slices end with the transaction.
type snapshot struct {
	path   string
	tx     *bbolt.Tx
	bucket *bbolt.Bucket
}

func (s *snapshot) Get(key []byte) (value []byte, err error) {
	defer guard(s.path, &err)()
	return bytes.Clone(s.bucket.Get(key)), nil
}

func (s *snapshot) Scan(from, to []byte, reverse bool, limit int) (page []storage.Pair, err error) {
	defer guard(s.path, &err)()
	cursor := s.bucket.Cursor()
	var key, value []byte
	step := cursor.Next
	if reverse {
		step = cursor.Prev
		key, value = lastBefore(cursor, to)
	} else {
		key, value = cursor.Seek(from)
	}
	for ; key != nil && len(page) < limit; key, value = step() {
		if bytes.Compare(key, from) < 0 || to != nil && bytes.Compare(key, to) >= 0 {
			break
		}
		page = append(page, storage.Pair{Key: bytes.Clone(key), Value: bytes.Clone(value)})
	}
	return page, nil
}

// lastBefore moves the cursor to the last row before a key; nil is the end.
func lastBefore(cursor *bbolt.Cursor, to []byte) (key, value []byte) {
	if to != nil {
		if key, _ := cursor.Seek(to); key != nil {
			return cursor.Prev()
		}
	}
	return cursor.Last()
}

func (s *snapshot) Close() {
	var err error // A panic here has nothing to tell: the reader is done.
	defer guard(s.path, &err)()
	err = s.tx.Rollback()
}
