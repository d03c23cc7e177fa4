// Package storage keeps everything that frontdesk remembers.
//
// An update is a transaction: Store.Update runs a closure with a Tx, and all
// that the closure wrote is committed at once, durably, or not at all. Updates
// that arrive together share one commit (one fsync) and run one after another,
// so they are serializable without locks. Store.View reads a snapshot beside
// them.
//
// A closure may run again, so Tx.Now and Tx.NewID are its only time and
// randomness, and what it writes to variables outside must be plain
// assignment. It sends nothing, waits for nothing and never calls Update or
// View of its own store: the committer would wait for itself.
//
// Records live in typed tables (Table) with secondary indexes. Underneath, all
// is rows of an ordered key space below the site's prefix; an Engine keeps
// these rows. The write buffer and the merging of scans exist once, here, and
// so an engine is small: Begin, Apply, Close.
package storage
