// Package memory is the engine that forgets: for tests, simulations and the
// demonstration. It runs every closure twice, so that whatever works on it
// works where a closure may be run again.
package memory

import (
	"bytes"
	"errors"
	"slices"
	"sort"
	"sync"

	"frontdesk/storage"
)

// chunkSize is about how many rows a chunk holds. A commit copies the chunks
// that it changes and the list of chunks, and nothing else.
const chunkSize = 256

// rows is an ordered list of ordered chunks, none of them empty. It is never
// changed: a commit makes a new one, and snapshots keep theirs.
type rows [][]storage.Pair

// Engine keeps rows in memory. Use New.
type Engine struct {
	mu     sync.Mutex
	rows   rows
	closed bool
}

var errClosed = errors.New("memory: engine is closed")

// New returns an empty engine.
func New() *Engine { return &Engine{} }

// RunTwice is true: closures are run twice.
func (e *Engine) RunTwice() bool { return true }

// Begin returns a snapshot. It fails only after Close.
func (e *Engine) Begin() (storage.Snapshot, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errClosed
	}
	return snapshot{e.rows}, nil
}

// Apply makes the changes at once. It fails only after Close.
func (e *Engine) Apply(ops []storage.Op) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return errClosed
	}
	ops = slices.Clone(ops)
	slices.SortFunc(ops, func(a, b storage.Op) int { return bytes.Compare(a.Key, b.Key) })
	e.rows = e.rows.with(ops)
	return nil
}

// Reopen makes a closed engine usable again, with what it held. It returns nil.
func (e *Engine) Reopen() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = false
	return nil
}

// Close makes later calls fail. Reopen undoes it.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	return nil
}

// with returns the rows after sorted changes.
func (r rows) with(ops []storage.Op) rows {
	if len(r) == 0 {
		return split(nil, apply(nil, ops))
	}
	result := make(rows, 0, len(r)+1)
	for i, chunk := range r {
		// The changes before the next chunk's first key are this chunk's.
		here := len(ops)
		if i+1 < len(r) {
			next := r[i+1][0].Key
			here = sort.Search(len(ops), func(j int) bool { return bytes.Compare(ops[j].Key, next) >= 0 })
		}
		if here == 0 {
			result = append(result, chunk)
			continue
		}
		result = split(result, apply(chunk, ops[:here]))
		ops = ops[here:]
	}
	return result
}

// apply merges sorted changes into a copy of a chunk.
func apply(chunk []storage.Pair, ops []storage.Op) []storage.Pair {
	merged := make([]storage.Pair, 0, len(chunk)+len(ops))
	for _, op := range ops {
		for len(chunk) > 0 && bytes.Compare(chunk[0].Key, op.Key) < 0 {
			merged, chunk = append(merged, chunk[0]), chunk[1:]
		}
		if len(chunk) > 0 && bytes.Equal(chunk[0].Key, op.Key) {
			chunk = chunk[1:]
		}
		if op.Value != nil {
			merged = append(merged, storage.Pair{Key: bytes.Clone(op.Key), Value: bytes.Clone(op.Value)})
		}
	}
	return append(merged, chunk...)
}

// split appends a chunk in pieces of at most chunkSize.
func split(result rows, chunk []storage.Pair) rows {
	for len(chunk) > chunkSize {
		result = append(result, chunk[:chunkSize/2:chunkSize/2])
		chunk = chunk[chunkSize/2:]
	}
	if len(chunk) > 0 {
		result = append(result, chunk)
	}
	return result
}

type snapshot struct{ rows rows }

// find returns the place of the first row whose key is not below key.
func (s snapshot) find(key []byte) (chunk, row int) {
	chunk = sort.Search(len(s.rows), func(i int) bool {
		last := s.rows[i][len(s.rows[i])-1]
		return bytes.Compare(last.Key, key) >= 0
	})
	if chunk < len(s.rows) {
		row = sort.Search(len(s.rows[chunk]), func(i int) bool { return bytes.Compare(s.rows[chunk][i].Key, key) >= 0 })
	}
	return chunk, row
}

func (s snapshot) Get(key []byte) ([]byte, error) {
	chunk, row := s.find(key)
	if chunk < len(s.rows) && bytes.Equal(s.rows[chunk][row].Key, key) {
		return s.rows[chunk][row].Value, nil
	}
	return nil, nil
}

func (s snapshot) Scan(from, to []byte, reverse bool, limit int) ([]storage.Pair, error) {
	firstChunk, firstRow := s.find(from)
	endChunk, endRow := len(s.rows), 0
	if to != nil {
		endChunk, endRow = s.find(to)
	}
	before := func(chunk, row, otherChunk, otherRow int) bool {
		return chunk < otherChunk || chunk == otherChunk && row < otherRow
	}
	var page []storage.Pair
	if reverse {
		for len(page) < limit && before(firstChunk, firstRow, endChunk, endRow) {
			if endRow == 0 {
				endChunk--
				endRow = len(s.rows[endChunk])
			}
			endRow--
			page = append(page, s.rows[endChunk][endRow])
		}
		return page, nil
	}
	for len(page) < limit && before(firstChunk, firstRow, endChunk, endRow) {
		page = append(page, s.rows[firstChunk][firstRow])
		if firstRow++; firstRow == len(s.rows[firstChunk]) {
			firstChunk, firstRow = firstChunk+1, 0
		}
	}
	return page, nil
}

func (s snapshot) Close() {}
