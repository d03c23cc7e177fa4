package bot

import "frontdesk/storage"

// sameRecord tells whether two ids are of one person: records that were joined
// lead to the same.
func sameRecord(w *storage.World, a, b string) bool {
	if a == b || a == "" || b == "" {
		return a == b
	}
	p, ok := w.Person(a)
	return ok && p.Is(b)
}
