package storage

import "encoding/json"

// Migrations is the list of all changes of the stored form since the first
// release. It is only ever appended to: a store's schema version is how many of
// them it has seen.
var Migrations = []func(*Tx) error{
	// 1: the first form.
	func(*Tx) error { return nil },
	// 2: tickets are found by words, place and who joined them, people by name and
	// room, notes until somebody has seen them.
	indexAnew(Tickets, People, Notes),
	// 3: finished work is found by its place and category.
	indexAnew(Tickets),
}

// indexAtOnce is how many records one commit of a migration indexes.
const indexAtOnce = 1000

// indexAnew writes the index rows that records of the tables lack, some records
// a commit. It remembers in a row of its own how far it came.
func indexAnew(tables ...AnyTable) func(*Tx) error {
	type place struct {
		Table int    `json:"table"`
		After string `json:"after"`
	}
	const at = "!indexing"
	return func(tx *Tx) error {
		var p place
		value, err := tx.Get(at)
		if err == nil && value != nil {
			err = json.Unmarshal(value, &p)
		}
		if err != nil {
			return err
		}
		if p.Table >= len(tables) {
			return tx.Delete(at)
		}
		last, err := tables[p.Table].indexSome(tx, p.After, indexAtOnce)
		if err != nil {
			return err
		}
		if p.After = last; last == "" {
			p.Table++
		}
		value, err = encode(p)
		if err != nil {
			return err
		}
		if err := tx.Put(at, value); err != nil {
			return err
		}
		return errMore
	}
}
