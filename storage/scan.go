package storage

import "errors"

// How many rows are asked of an engine at a time: few at first, because many
// scans end with the first row, then more and more.
const (
	firstPage = 8
	pageSize  = 128
)

// Scan calls fn for each row with from <= key < to in the order of the keys,
// or in the opposite order when reverse is true. An empty to is the end of the
// site. fn may write: rows that it adds are not visited by this scan, rows
// that it deletes are skipped, and each value is as it is when its turn comes.
// The value must not be changed.
//
// Scan ends early, without an error, when fn returns Stop; otherwise it
// returns the error of fn or of the engine, or ErrTxEnded.
func (tx *Tx) Scan(from, to string, reverse bool, fn func(key string, value []byte) error) error {
	if tx.ended {
		return ErrTxEnded
	}
	m := tx.merge(from, to, reverse)
	for {
		key, ok, err := m.next()
		if err != nil || !ok {
			return err
		}
		value, known := tx.own.get(key.full)
		if !known {
			value = key.value
		}
		if value == nil {
			continue // Deleted by an earlier closure, or by fn.
		}
		if err := fn(key.full[len(tx.store.prefix):], value); err != nil {
			if errors.Is(err, Stop) {
				return nil
			}
			return err
		}
	}
}

// row is a key with what the layers below the transaction's own writes hold.
type row struct {
	full  string
	value []byte
}

// merge walks the keys of the two write buffers and of the snapshot as one
// ordered list.
type merge struct {
	tx       *Tx
	own      []string // What remains, in each layer, of the range.
	batch    []string
	page     []Pair
	from, to string // What remains to be asked of the snapshot.
	more     bool
	reverse  bool
	size     int // of the next page
}

func (tx *Tx) merge(from, to string, reverse bool) *merge {
	m := &merge{tx: tx, from: tx.store.prefix + from, to: tx.store.prefix + to, more: true, reverse: reverse, size: firstPage}
	if to == "" {
		m.to = prefixEnd(tx.store.prefix)
	}
	m.own = tx.own.between(m.from, m.to)
	if tx.batch != nil {
		m.batch = tx.batch.between(m.from, m.to)
	}
	m.more = m.from < m.to
	return m
}

// next returns the next key of any layer and moves all layers past it.
func (m *merge) next() (row, bool, error) {
	if err := m.fill(); err != nil {
		return row{}, false, err
	}
	best, found := "", false
	consider := func(key string) {
		if !found || (key < best) != m.reverse && key != best {
			best, found = key, true
		}
	}
	if len(m.own) > 0 {
		consider(m.head(m.own))
	}
	if len(m.batch) > 0 {
		consider(m.head(m.batch))
	}
	if len(m.page) > 0 {
		consider(string(m.page[0].Key))
	}
	if !found {
		return row{}, false, nil
	}
	result := row{full: best}
	if len(m.page) > 0 && string(m.page[0].Key) == best {
		result.value = m.page[0].Value
		m.page = m.page[1:]
	}
	if len(m.batch) > 0 && m.head(m.batch) == best {
		result.value, _ = m.tx.batch.get(best)
		m.batch = m.tail(m.batch)
	}
	if len(m.own) > 0 && m.head(m.own) == best {
		m.own = m.tail(m.own)
	}
	return result, true, nil
}

// fill fetches the next page of the snapshot when the last one is used up.
func (m *merge) fill() error {
	if len(m.page) > 0 || !m.more {
		return nil
	}
	page, err := m.tx.snapshot.Scan([]byte(m.from), []byte(m.to), m.reverse, m.size)
	if err != nil {
		return err
	}
	m.page = page
	m.more = len(page) == m.size
	m.size = min(4*m.size, pageSize)
	if m.more {
		last := string(page[len(page)-1].Key)
		if m.reverse {
			m.to = last
		} else {
			m.from = last + "\x00"
		}
	}
	return nil
}

func (m *merge) head(keys []string) string {
	if m.reverse {
		return keys[len(keys)-1]
	}
	return keys[0]
}

func (m *merge) tail(keys []string) []string {
	if m.reverse {
		return keys[:len(keys)-1]
	}
	return keys[1:]
}
