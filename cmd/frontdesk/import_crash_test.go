package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// TestImportEndsInTheMiddle breaks the disk after every possible number of
// commits: the list is then the old one, whole, or the new one, whole, and the
// next import leaves nothing of the broken one behind.
func TestImportEndsInTheMiddle(t *testing.T) {
	const many = 2000
	list := func(name string) string {
		var b strings.Builder
		b.WriteString("number,name\n")
		for i := range many {
			fmt.Fprintf(&b, "%d,%s\n", i, name)
		}
		return b.String()
	}
	named := func(r *registry) string {
		names := map[string]int{}
		for _, p := range r.people() {
			names[p.Name]++
		}
		return fmt.Sprint(names)
	}
	broken := 0
	for commits := 0; ; commits++ {
		engine := memory.New()
		r := newRegistry(t, engine)
		r.must(importPeople, list("old"), nil)
		r.store.Close()
		weak := newRegistry(t, &weakEngine{engine, commits})
		_, err := weak.imports(importPeople, []byte(list("new")), replacing)
		weak.store.Close()

		after := newRegistry(t, engine)
		got := named(after)
		switch {
		case err == nil && got != fmt.Sprintf("map[new:%d]", many):
			t.Fatalf("after %d commits it said that it was done, and the list is %s", commits, got)
		case err != nil && got != fmt.Sprintf("map[old:%d]", many):
			t.Fatalf("broken after %d commits, and the list is %s", commits, got)
		case err != nil && !errors.Is(err, errWeak):
			t.Fatal(err)
		}
		if err != nil {
			broken++
		}
		after.must(importPeople, list("next"), replacing)
		if n := after.rows(); n != many {
			t.Fatalf("broken after %d commits: %d rows are stored for %d people", commits, n, many)
		}
		after.store.Close()
		if err == nil {
			break
		}
	}
	if broken < many/storageRows {
		t.Errorf("only %d ways to break", broken)
	}
}

// storageRows is about how many rows one commit writes.
const storageRows = 400

// rows counts everything that the table holds, in force or not.
func (r *registry) rows() int {
	r.t.Helper()
	n := 0
	err := r.store.View(r.t.Context(), func(tx *storage.Tx) (err error) {
		n, err = storage.Residents.Count(tx, "", storage.Range{})
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

// TestTwoImports lets the later of two that began together lose, and change
// nothing.
func TestTwoImports(t *testing.T) {
	r := newRegistry(t, nil)
	r.must(importPeople, "number,name\n1,Ann\n", nil)
	_, edition, err := storage.AllResidents(t.Context(), r.store)
	if err != nil {
		t.Fatal(err)
	}
	r.must(importPeople, "number,name\n2,Bob\n", nil)
	before := r.people()
	err = storage.ReplaceResidents(t.Context(), r.store, edition, []desk.Resident{{Number: "3", Name: "Cy"}}, nil)
	if !errors.Is(err, storage.ErrListChanged) {
		t.Errorf("the later import: %v", err)
	}
	if diff := cmp.Diff(before, r.people()); diff != "" {
		t.Error(diff)
	}
}
