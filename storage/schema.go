package storage

import (
	"fmt"
	"slices"
)

// AnyTable is a Table of whatever type.
type AnyTable interface {
	// Name returns the table's name.
	Name() string
	// check reports what is wrong with the index rows.
	check(tx *Tx, report func(Problem)) error
	// reindex writes all index rows anew.
	reindex(tx *Tx) error
	// indexSome writes the index rows that are missing of at most n records behind
	// one, and returns the last of them; empty at the end.
	indexSome(tx *Tx, after string, n int) (last string, err error)
}

// Schema is the list of all tables.
type Schema struct {
	tables []AnyTable
}

// NewSchema lists the tables. It panics when two have one name.
func NewSchema(tables ...AnyTable) *Schema {
	seen := map[string]bool{}
	for _, table := range tables {
		if seen[table.Name()] {
			panic(fmt.Sprintf("storage: two tables are named %s", table.Name()))
		}
		seen[table.Name()] = true
	}
	return &Schema{tables: tables}
}

// Tables returns the tables in their order.
func (s *Schema) Tables() []AnyTable { return slices.Clone(s.tables) }

// Problem is a disagreement between a table and its indexes.
type Problem struct {
	Table string
	Key   string // The row, inside the site.
	What  string
}

// String returns one line for a person.
func (p Problem) String() string { return fmt.Sprintf("%s: %q: %s", p.Table, p.Key, p.What) }

// Check walks every table and returns the records that cannot be decoded, the
// index rows without record and the records without index rows. It reads
// everything, so it belongs into a View. The error is one of the engine.
func (s *Schema) Check(tx *Tx) ([]Problem, error) {
	var problems []Problem
	for _, table := range s.tables {
		if err := table.check(tx, func(p Problem) { problems = append(problems, p) }); err != nil {
			return problems, err
		}
	}
	return problems, nil
}

// Reindex writes the index rows of every table anew from its records. It is
// for migrations, after an index was added or its keys were changed. Its
// errors are those of Put.
func (s *Schema) Reindex(tx *Tx) error {
	for _, table := range s.tables {
		if err := table.reindex(tx); err != nil {
			return err
		}
	}
	return nil
}

func (t Table[T]) check(tx *Tx, report func(Problem)) error {
	problem := func(key, what string) { report(Problem{Table: t.name, Key: key, What: what}) }
	prefix := t.recordPrefix()
	err := tx.Scan(prefix, prefixEnd(prefix), false, func(key string, value []byte) error {
		rows, what := t.expected(key, value)
		if what != "" {
			problem(key, what)
			return nil
		}
		for _, row := range rows {
			stored, err := tx.Get(row)
			if err != nil {
				return err
			}
			if stored == nil {
				problem(row, "index row is missing")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.checkRows(tx, problem)
}

// expected returns the index rows that a stored record should have, or what is
// wrong with the record itself.
func (t Table[T]) expected(key string, value []byte) (rows []string, what string) {
	id := key[len(t.recordPrefix()):]
	record, err := t.decode(id, value)
	if err != nil {
		return nil, err.Error()
	}
	if t.key(record) != id {
		return nil, fmt.Sprintf("record says that its key is %q", t.key(record))
	}
	rows, err = t.indexRows(record, id)
	if err != nil {
		return nil, err.Error()
	}
	return rows, ""
}

// checkRows reports index rows that no record asks for.
func (t Table[T]) checkRows(tx *Tx, problem func(key, what string)) error {
	for _, index := range t.indexes {
		prefix := t.indexPrefix(index.Name)
		err := tx.Scan(prefix, prefixEnd(prefix), false, func(row string, value []byte) error {
			what, err := t.checkRow(tx, row, value)
			if what != "" {
				problem(row, what)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t Table[T]) checkRow(tx *Tx, row string, value []byte) (what string, err error) {
	id, ok := decodeID(value)
	if !ok {
		return "index row holds no id", nil
	}
	record, err := tx.Get(t.recordPrefix() + id)
	if err != nil {
		return "", err
	}
	if record == nil {
		return "index row without record", nil
	}
	rows, damage := t.expected(t.recordPrefix()+id, record)
	if damage != "" {
		return "", nil // It was reported with the record.
	}
	if _, wanted := slices.BinarySearch(rows, row); !wanted {
		return "index row does not belong to its record", nil
	}
	return "", nil
}

func (t Table[T]) reindex(tx *Tx) error {
	for _, index := range t.indexes {
		prefix := t.indexPrefix(index.Name)
		err := tx.Scan(prefix, prefixEnd(prefix), false, func(row string, _ []byte) error { return tx.Delete(row) })
		if err != nil {
			return err
		}
	}
	return t.Scan(tx, Range{}, func(record T) error {
		id := t.key(record)
		rows, err := t.indexRows(record, id)
		if err != nil {
			return err
		}
		return t.replaceRows(tx, id, nil, rows)
	})
}

func (t Table[T]) indexSome(tx *Tx, after string, n int) (last string, err error) {
	seen := 0
	err = t.Scan(tx, Range{After: after, Limit: n}, func(record T) error {
		last = t.key(record)
		seen++
		rows, err := t.indexRows(record, last)
		if err != nil {
			return err
		}
		return t.replaceRows(tx, last, nil, rows)
	})
	if seen < n {
		last = ""
	}
	return last, err
}
