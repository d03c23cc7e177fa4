package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Index is a second order of a table's records.
type Index[T any] struct {
	// Name is unique in the table and never reused for another meaning.
	Name string
	// Keys returns the keys under which a record is found: none, one or
	// several, in any order. It is a pure function of the record. A key has no
	// NUL byte; Key and TimeKey make none.
	Keys func(T) []string
}

// Table keeps records of one type as JSON, by a unique key and by any number
// of indexes. A table is a value without state: declare it once, globally.
type Table[T any] struct {
	name    string
	key     func(T) string
	indexes []Index[T]
}

// NewTable declares a table. The name, and those of indexes, are of a-z, 0-9,
// '_' and '-', and are never reused for something else. It panics on a bad
// name and on two indexes of one name, because these are mistakes in the code.
func NewTable[T any](name string, key func(T) string, indexes ...Index[T]) Table[T] {
	mustName("table", name)
	for i, index := range indexes {
		mustName("index of "+name, index.Name)
		for _, earlier := range indexes[:i] {
			if earlier.Name == index.Name {
				panic(fmt.Sprintf("storage: table %s has two indexes %s", name, index.Name))
			}
		}
	}
	return Table[T]{name: name, key: key, indexes: indexes}
}

func mustName(what, name string) {
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		panic(fmt.Sprintf("storage: %s: bad name %q", what, name))
	}
}

// Name returns the table's name.
func (t Table[T]) Name() string { return t.name }

// recordPrefix and indexPrefix begin the keys of a table's rows. A record is at
// recordPrefix + id, an index row at indexPrefix + key + NUL + id, which sorts
// by key and then by id, and holds the id.
func (t Table[T]) recordPrefix() string { return t.name + "/" }

func (t Table[T]) indexPrefix(index string) string { return t.name + "." + index + "/" }

// After returns the place behind one record in an index, for Range.After of By.
// In Scan the place is the record's id itself.
func After(key, id string) string { return key + "\x00" + id }

// Get returns the record with an id, and whether there is one. It returns an
// error of the engine, or when the record cannot be decoded.
func (t Table[T]) Get(tx *Tx, id string) (T, bool, error) {
	var record T
	value, err := tx.Get(t.recordPrefix() + id)
	if err != nil || value == nil {
		return record, false, err
	}
	record, err = t.decode(id, value)
	return record, err == nil, err
}

func (t Table[T]) decode(id string, value []byte) (T, error) {
	var record T
	if err := json.Unmarshal(value, &record); err != nil {
		return record, fmt.Errorf("storage: %s %q: %w", t.name, id, err)
	}
	return record, nil
}

// Put writes a record, in the place of the one with the same key if there is
// one, and brings the index rows in line. It returns ErrKeyEmpty,
// ErrKeyTooLong, ErrBadIndexKey, ErrValueTooLarge, ErrNUL, ErrReadOnly,
// ErrTxEnded, or an error of the engine or of encoding, and then writes
// nothing.
func (t Table[T]) Put(tx *Tx, record T) error {
	id := t.key(record)
	if id == "" {
		return fmt.Errorf("%w: %s", ErrKeyEmpty, t.name)
	}
	value, err := encode(record)
	if err != nil {
		return fmt.Errorf("storage: %s %q: %w", t.name, id, err)
	}
	wanted, err := t.indexRows(record, id)
	if err != nil {
		return err
	}
	stale, err := t.storedRows(tx, id)
	if err != nil {
		return err
	}
	if err := tx.Put(t.recordPrefix()+id, value); err != nil {
		return fmt.Errorf("%w (%s %q)", err, t.name, id)
	}
	return t.replaceRows(tx, id, stale, wanted)
}

// Delete removes the record with an id and its index rows; it is no error when
// there is none. It returns ErrReadOnly, ErrTxEnded, or an error of the engine
// or of decoding.
func (t Table[T]) Delete(tx *Tx, id string) error {
	stale, err := t.storedRows(tx, id)
	if err != nil {
		return err
	}
	if err := tx.Delete(t.recordPrefix() + id); err != nil {
		return err
	}
	return t.replaceRows(tx, id, stale, nil)
}

// encode writes JSON as people would: '<' and '&' stay as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	value := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return value, checkValue(value)
}

// indexRows returns the keys of the rows that a record needs, in order and
// without repetition, after checking that all of them can be written.
func (t Table[T]) indexRows(record T, id string) ([]string, error) {
	var rows []string
	for _, index := range t.indexes {
		for _, key := range index.Keys(record) {
			if strings.Contains(key, "\x00") {
				return nil, fmt.Errorf("%w: %s.%s of %q", ErrBadIndexKey, t.name, index.Name, id)
			}
			row := t.indexPrefix(index.Name) + After(key, id)
			if err := checkKey(row); err != nil {
				return nil, fmt.Errorf("%w: %s.%s of %q", err, t.name, index.Name, id)
			}
			rows = append(rows, row)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows), nil
}

// storedRows returns the keys of the rows that the stored record has.
func (t Table[T]) storedRows(tx *Tx, id string) ([]string, error) {
	if len(t.indexes) == 0 {
		return nil, nil
	}
	old, found, err := t.Get(tx, id)
	if err != nil || !found {
		return nil, err
	}
	return t.indexRows(old, id)
}

// replaceRows deletes the stale index rows and writes the wanted ones that are
// not there. All of them were checked before, so that no error leaves a half.
func (t Table[T]) replaceRows(tx *Tx, id string, stale, wanted []string) error {
	holds, err := encode(id)
	if err != nil {
		return err
	}
	var failures []error
	for _, row := range stale {
		if _, kept := slices.BinarySearch(wanted, row); !kept {
			failures = append(failures, tx.Delete(row))
		}
	}
	for _, row := range wanted {
		if _, there := slices.BinarySearch(stale, row); !there {
			failures = append(failures, tx.Put(row, holds))
		}
	}
	return errors.Join(failures...)
}
