package bolt

import (
	"bytes"
	"fmt"
	"io"
)

// walk goes through the pages of a file, each once.
type walk struct {
	file   io.ReaderAt
	meta   meta
	seen   map[uint64]bool
	queue  []uint64
	limit  int
	faults []error
}

func (w *walk) fault(id uint64, format string, args ...any) {
	if len(w.faults) < enoughFaults {
		w.faults = append(w.faults, fmt.Errorf("page %d: %s", id, fmt.Sprintf(format, args...)))
	}
}

// page reads a page with those that continue it, or reports why it cannot.
func (w *walk) page(id uint64) []byte {
	if id < 2 || id >= w.meta.pages {
		w.fault(id, "it is outside of the file")
		return nil
	}
	if w.seen[id] {
		w.fault(id, "it is used twice")
		return nil
	}
	w.seen[id] = true
	at := int64(id * w.meta.pageSize) //nolint:gosec // Below the size of the file.
	header := make([]byte, pageHeader)
	if _, err := w.file.ReadAt(header, at); err != nil {
		w.fault(id, "%v", err)
		return nil
	}
	if order.Uint64(header) != id {
		w.fault(id, "it says that it is page %d", order.Uint64(header))
		return nil
	}
	more := uint64(order.Uint32(header[12:]))
	if id+more >= w.meta.pages {
		w.fault(id, "it reaches beyond the end of the file")
		return nil
	}
	page := make([]byte, (more+1)*w.meta.pageSize)
	if _, err := w.file.ReadAt(page, at); err != nil {
		w.fault(id, "%v", err)
		return nil
	}
	return page
}

// freelist checks the list of free pages.
func (w *walk) freelist() {
	id := w.meta.freelist
	if id == noFreelist {
		return
	}
	page := w.page(id)
	if page == nil {
		return
	}
	if order.Uint16(page[8:]) != flagFreelist {
		w.fault(id, "it is not a list of free pages")
		return
	}
	ids := page[pageHeader:]
	count := uint64(order.Uint16(page[10:]))
	if count == manyIDs {
		count, ids = order.Uint64(ids), ids[8:]
	}
	if count > uint64(len(ids))/8 {
		w.fault(id, "it lists more free pages than it has room for")
		return
	}
	for i := range count {
		if free := order.Uint64(ids[i*8:]); free < 2 || free >= w.meta.pages {
			w.fault(id, "it lists a free page %d outside of the file", free)
			return
		}
	}
}

// tree checks the pages of the tree, the upper levels first.
func (w *walk) tree() {
	w.queue = append(w.queue, w.meta.root)
	for visited := 0; len(w.queue) > 0 && visited < w.limit && len(w.faults) < enoughFaults; visited++ {
		id := w.queue[0]
		w.queue = w.queue[1:]
		if page := w.page(id); page != nil {
			w.node(id, page)
		}
	}
}

// node checks the elements of one page of the tree. A small bucket lives
// inside of an element, as a page of its own.
func (w *walk) node(id uint64, page []byte) {
	flags, count := order.Uint16(page[8:]), int(order.Uint16(page[10:]))
	if flags != flagBranch && flags != flagLeaf {
		w.fault(id, "its kind is %#x", flags)
		return
	}
	if flags == flagBranch && count == 0 {
		w.fault(id, "it is a branch without children")
		return
	}
	const element = 16 // Of both kinds.
	if pageHeader+count*element > len(page) {
		w.fault(id, "it has more elements than it has room for")
		return
	}
	var last []byte
	for i := range count {
		at := pageHeader + i*element
		e := page[at : at+element]
		// Branch: position 4, key size 4, page 8. Leaf: flags 4, position 4, key size 4, value size 4.
		pos, keySize, valueSize := order.Uint32(e), order.Uint32(e[4:]), uint32(0)
		if flags == flagLeaf {
			pos, keySize, valueSize = order.Uint32(e[4:]), order.Uint32(e[8:]), order.Uint32(e[12:])
		}
		start := uint64(at) + uint64(pos) //nolint:gosec // Never negative.
		end := start + uint64(keySize) + uint64(valueSize)
		if keySize == 0 || end > uint64(len(page)) || start < uint64(pageHeader+count*element) { //nolint:gosec // Never negative.
			w.fault(id, "element %d lies outside of it", i)
			return
		}
		key := page[start : start+uint64(keySize)]
		if last != nil && bytes.Compare(last, key) >= 0 {
			w.fault(id, "element %d is not in order", i)
			return
		}
		last = key
		if flags == flagBranch {
			w.queue = append(w.queue, order.Uint64(e[8:]))
		} else if order.Uint32(e)&flagBucket != 0 {
			w.bucket(id, page[start+uint64(keySize):end])
		}
	}
}

// bucket follows an element that holds a bucket.
func (w *walk) bucket(id uint64, value []byte) {
	if len(value) < bucketHeader {
		w.fault(id, "a bucket has no header")
		return
	}
	if root := order.Uint64(value); root != 0 {
		w.queue = append(w.queue, root)
		return
	}
	if len(value) < bucketHeader+pageHeader {
		w.fault(id, "a bucket has no page")
		return
	}
	w.node(id, value[bucketHeader:])
}
