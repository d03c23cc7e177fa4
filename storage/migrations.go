package storage

// Migrations is the list of all changes of the stored form since the first
// release. It is only ever appended to: a store's schema version is how many of
// them it has seen.
var Migrations = []func(*Tx) error{
	// 1: the first form.
	func(*Tx) error { return nil },
}
