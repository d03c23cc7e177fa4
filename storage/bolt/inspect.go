package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The layout of a bbolt file, version 2. Integers have the machine's order.
const (
	pageHeader    = 16 // id 8, flags 2, count 2, overflow 4
	metaSize      = 64 // magic 4, version 4, page size 4, flags 4, root 8+8, freelist 8, pages 8, txid 8, checksum 8
	metaMagic     = 0xED0CDAED
	metaVersion   = 2
	bucketHeader  = 16 // root page 8, sequence 8
	noFreelist    = ^uint64(0)
	flagBranch    = 0x01
	flagLeaf      = 0x02
	flagFreelist  = 0x10
	flagBucket    = 0x01 // Of a leaf's element.
	manyIDs       = 0xFFFF
	smallestPage  = 1 << 10
	largestPage   = 1 << 16
	enoughFaults  = 20
	unlimitedWalk = int(^uint(0) >> 1)
)

var order = binary.NativeEndian

// meta is what a file says about itself.
type meta struct {
	pageSize       uint64
	root, freelist uint64
	pages          uint64 // Ids of all pages are below it.
	txid           uint64
}

// inspect looks at a file without trusting it: at its head, at the list of
// free pages, and at up to limit pages of the tree, from the root down. It
// returns the faults that it found. It reads, and never maps the file.
func inspect(path string, limit int) (faults []error) {
	file, err := os.Open(path)
	if err != nil {
		return []error{err}
	}
	defer file.Close() //nolint:errcheck // It was only read.
	info, err := file.Stat()
	if err != nil {
		return []error{err}
	}
	if info.Size() == 0 {
		return []error{errors.New("file is empty")}
	}
	m, err := readMeta(file)
	if err != nil {
		return []error{err}
	}
	if have := uint64(info.Size()); have/m.pageSize < m.pages {
		return []error{fmt.Errorf("file is cut short: it has %d bytes of at least %d", have, m.pages*m.pageSize)}
	}
	w := &walk{file: file, meta: m, seen: make(map[uint64]bool), limit: limit}
	w.freelist()
	w.tree()
	return w.faults
}

// readMeta returns the newer of the two heads that is whole.
func readMeta(file io.ReaderAt) (meta, error) {
	first, err := metaAt(file, 0)
	var second meta
	var err2 error
	if err == nil {
		second, err2 = metaAt(file, first.pageSize)
	} else {
		// The first head is damaged, so the page size has to be guessed.
		for size := uint64(smallestPage); size <= largestPage; size *= 2 {
			if second, err2 = metaAt(file, size); err2 == nil {
				break
			}
		}
	}
	switch {
	case err != nil && err2 != nil:
		return meta{}, fmt.Errorf("it has no valid head: %w", err)
	case err != nil || err2 == nil && second.txid > first.txid:
		return second, nil
	default:
		return first, nil
	}
}

func metaAt(file io.ReaderAt, at uint64) (meta, error) {
	page := make([]byte, pageHeader+metaSize)
	if _, err := file.ReadAt(page, int64(at)); err != nil { //nolint:gosec // At most largestPage.
		return meta{}, fmt.Errorf("head at %d: %w", at, err)
	}
	b := page[pageHeader:]
	if order.Uint32(b) != metaMagic {
		return meta{}, errors.New("it is not a bbolt file")
	}
	if order.Uint32(b[4:]) != metaVersion {
		return meta{}, fmt.Errorf("bbolt format %d is not known", order.Uint32(b[4:]))
	}
	sum := fnv.New64a()
	sum.Write(b[:metaSize-8])
	if sum.Sum64() != order.Uint64(b[metaSize-8:]) {
		return meta{}, errors.New("checksum of the head is wrong")
	}
	m := meta{
		pageSize: uint64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}
	if m.pageSize < smallestPage || m.pageSize > largestPage || m.pages > 1<<40 {
		return meta{}, errors.New("head has impossible sizes")
	}
	return m, nil
}
