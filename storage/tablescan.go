package storage

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Range says which part of a table or of an index to walk, and how. The zero
// value is everything, in order. In Scan the keys are ids, in By they are what
// the index yields. All conditions that are set hold together.
type Range struct {
	// Equal is one whole key; in an index, all records with exactly this key.
	Equal string
	// Prefix is how keys begin. A prefix made by Key ends with a whole part.
	Prefix string
	// From is the first key, inclusive; To is the end, exclusive.
	From, To string
	// Reverse begins at the end.
	Reverse bool
	// Limit is how many records are visited at most; 0 means all.
	Limit int
	// After goes on behind a record, in the direction of the walk: an id in
	// Scan, the result of After in By.
	After string
}

// bounds returns the range as keys below a prefix, first inclusive and end
// exclusive. equalEnd is what ends a whole key in the rows.
func (r Range) bounds(prefix, equalEnd string) (first, end string) {
	first, end = prefix, prefixEnd(prefix)
	narrow := func(from, to string) {
		first = max(first, from)
		if to != "" {
			end = min(end, to)
		}
	}
	if r.Equal != "" {
		key := prefix + r.Equal + equalEnd
		to := key + "\x00"
		if equalEnd != "" {
			to = prefixEnd(key)
		}
		narrow(key, to)
	}
	if r.Prefix != "" {
		narrow(prefix+r.Prefix, prefixEnd(prefix+r.Prefix))
	}
	if r.From != "" {
		narrow(prefix+r.From, "")
	}
	if r.To != "" {
		narrow("", prefix+r.To)
	}
	if r.After != "" && r.Reverse {
		narrow("", prefix+r.After)
	} else if r.After != "" {
		narrow(prefix+r.After+"\x00", "")
	}
	return first, end
}

// Scan calls fn for the records of a range in the order of their ids. See
// Tx.Scan for what fn may do. It returns nil when fn returns Stop, the error
// of fn, of the engine, or of decoding.
func (t Table[T]) Scan(tx *Tx, r Range, fn func(T) error) error {
	prefix := t.recordPrefix()
	first, end := r.bounds(prefix, "")
	visited := 0
	return tx.Scan(first, end, r.Reverse, func(key string, value []byte) error {
		record, err := t.decode(key[len(prefix):], value)
		if err != nil {
			return err
		}
		visited++
		return stopAt(r.Limit, visited, fn(record))
	})
}

// By calls fn for the records of a range of an index, in the order of the
// index and then of ids. A record with several keys in the range is visited
// several times. fn gets the record as it is at that moment, also when fn has
// changed it meanwhile. By returns nil when fn returns Stop, ErrNoIndex,
// ErrBrokenIndex, the error of fn, of the engine, or of decoding.
func (t Table[T]) By(tx *Tx, index string, r Range, fn func(T) error) error {
	visited := 0
	return t.rows(tx, index, r, func(id string) error {
		record, found, err := t.Get(tx, id)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%w: %s.%s of %q", ErrBrokenIndex, t.name, index, id)
		}
		visited++
		return stopAt(r.Limit, visited, fn(record))
	})
}

// Keys calls fn with the key and the id of each row of a range of an index, in
// their order, and reads no records: it costs a tenth of By. It returns nil when
// fn returns Stop, ErrNoIndex, the error of fn or of the engine.
func (t Table[T]) Keys(tx *Tx, index string, r Range, fn func(key, id string) error) error {
	if !t.has(index) {
		return fmt.Errorf("%w: %s.%s", ErrNoIndex, t.name, index)
	}
	prefix := t.indexPrefix(index)
	first, end := r.bounds(prefix, "\x00")
	visited := 0
	return tx.Scan(first, end, r.Reverse, func(row string, _ []byte) error {
		key, id, ok := strings.Cut(row[len(prefix):], "\x00")
		if !ok {
			return fmt.Errorf("%w: row %q", ErrBrokenIndex, row)
		}
		visited++
		return stopAt(r.Limit, visited, fn(key, id))
	})
}

// Has tells whether an index has a row with this whole key for a record. It
// reads no record.
func (t Table[T]) Has(tx *Tx, index, key, id string) (bool, error) {
	value, err := tx.Get(t.indexPrefix(index) + After(key, id))
	return value != nil, err
}

// Count returns how many rows a range of an index has; an empty index name
// means the records themselves. It reads no records. Limit bounds the count.
func (t Table[T]) Count(tx *Tx, index string, r Range) (int, error) {
	count := 0
	each := func(string) error {
		count++
		return stopAt(r.Limit, count, nil)
	}
	if index != "" {
		err := t.rows(tx, index, r, each)
		return count, err
	}
	first, end := r.bounds(t.recordPrefix(), "")
	err := tx.Scan(first, end, r.Reverse, func(key string, _ []byte) error { return each(key) })
	return count, err
}

// First returns the first record of a range of an index, and whether there is
// one; an empty index name means the order of ids. Its errors are those of By.
func (t Table[T]) First(tx *Tx, index string, r Range) (first T, found bool, err error) {
	r.Limit = 1
	keep := func(record T) error {
		first, found = record, true
		return nil
	}
	if index == "" {
		err = t.Scan(tx, r, keep)
	} else {
		err = t.By(tx, index, r, keep)
	}
	return first, found, err
}

// rows calls fn with the id in each index row of a range.
func (t Table[T]) rows(tx *Tx, index string, r Range, fn func(id string) error) error {
	if !t.has(index) {
		return fmt.Errorf("%w: %s.%s", ErrNoIndex, t.name, index)
	}
	first, end := r.bounds(t.indexPrefix(index), "\x00")
	return tx.Scan(first, end, r.Reverse, func(key string, value []byte) error {
		id, ok := decodeID(value)
		if !ok {
			return fmt.Errorf("%w: row %q holds %q", ErrBrokenIndex, key, value)
		}
		return fn(id)
	})
}

// decodeID reads the id that an index row holds.
func decodeID(value []byte) (id string, ok bool) {
	err := json.Unmarshal(value, &id)
	return id, err == nil
}

func (t Table[T]) has(index string) bool {
	for _, known := range t.indexes {
		if known.Name == index {
			return true
		}
	}
	return false
}

// stopAt ends a scan at its limit, unless fn had an error of its own.
func stopAt(limit, visited int, err error) error {
	if err == nil && limit > 0 && visited >= limit {
		return Stop
	}
	return err
}
