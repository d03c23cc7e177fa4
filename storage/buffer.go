package storage

import (
	"bytes"
	"maps"
	"slices"
	"sort"
)

// buffer holds writes that are not committed yet, by full key. A nil value is
// a deletion. Keys are sorted only when somebody scans.
type buffer struct {
	values map[string][]byte
	sorted []string // Replaced, never changed, so that a running scan may keep a part.
	fresh  []string // Keys that are not in sorted yet.
}

func newBuffer() *buffer { return &buffer{values: map[string][]byte{}} }

// set keeps a value, which must not change afterwards.
func (b *buffer) set(key string, value []byte) {
	if _, known := b.values[key]; !known {
		b.fresh = append(b.fresh, key)
	}
	b.values[key] = value
}

// get returns what was written to the key; known is false when nothing was.
func (b *buffer) get(key string) (value []byte, known bool) {
	value, known = b.values[key]
	return value, known
}

// absorb adds all writes of a later buffer.
func (b *buffer) absorb(later *buffer) {
	for key, value := range later.values {
		b.set(key, value)
	}
}

// keys returns all written keys in order.
func (b *buffer) keys() []string {
	if len(b.fresh) == 0 {
		return b.sorted
	}
	slices.Sort(b.fresh)
	merged := make([]string, 0, len(b.sorted)+len(b.fresh))
	old, added := b.sorted, b.fresh
	for len(old) > 0 && len(added) > 0 {
		if old[0] < added[0] {
			merged, old = append(merged, old[0]), old[1:]
		} else {
			merged, added = append(merged, added[0]), added[1:]
		}
	}
	merged = append(append(merged, old...), added...)
	b.sorted, b.fresh = merged, nil
	return merged
}

// between returns the written keys with from <= key < to, in order.
func (b *buffer) between(from, to string) []string {
	keys := b.keys()
	low := sort.SearchStrings(keys, from)
	high := sort.SearchStrings(keys, to)
	return keys[low:max(low, high)]
}

// ops returns the writes as changes for an engine, in the order of their keys.
func (b *buffer) ops() []Op {
	ops := make([]Op, 0, len(b.values))
	for _, key := range b.keys() {
		ops = append(ops, Op{Key: []byte(key), Value: b.values[key]})
	}
	return ops
}

// equal tells whether two buffers would write the same.
func (b *buffer) equal(other *buffer) bool {
	return maps.EqualFunc(b.values, other.values, func(x, y []byte) bool {
		return (x == nil) == (y == nil) && bytes.Equal(x, y)
	})
}
