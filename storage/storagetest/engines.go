package storagetest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/storage"
)

func apply(t interface{ Fatal(...any) }, engine storage.Engine, ops ...storage.Op) {
	if err := engine.Apply(ops); err != nil {
		t.Fatal(err)
	}
}

func op(key, value string) storage.Op {
	if value == "" {
		return storage.Op{Key: []byte(key)}
	}
	return storage.Op{Key: []byte(key), Value: []byte(value)}
}

func begin(t interface{ Fatal(...any) }, engine storage.Engine) storage.Snapshot {
	snapshot, err := engine.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func scan(t interface{ Fatal(...any) }, s storage.Snapshot, from, to string, reverse bool, limit int) (rows []string) {
	var end []byte
	if to != "" {
		end = []byte(to)
	}
	page, err := s.Scan([]byte(from), end, reverse, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range page {
		rows = append(rows, fmt.Sprintf("%q=%s", pair.Key, pair.Value))
	}
	return rows
}

func engineKeepsOrder(t *testing.T, open Opener) {
	engine, _ := open(t)
	apply(t, engine, op("b", "2"), op("a\xff", "4"), op("a", "1"), op("a\x00", "3"), op("\xff\xff", "5"), op("x", "6"))
	apply(t, engine, op("x", ""), op("never", ""), op("b", "7"))
	s := begin(t, engine)
	defer s.Close()
	want := []string{`"a"=1`, `"a\x00"=3`, `"a\xff"=4`, `"b"=7`, `"\xff\xff"=5`}
	if diff := cmp.Diff(want, scan(t, s, "", "", false, 100)); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(want)
	if diff := cmp.Diff(want, scan(t, s, "", "", true, 100)); diff != "" {
		t.Error(diff)
	}
	if value, err := s.Get([]byte("x")); value != nil || err != nil {
		t.Errorf("deleted row: %q, %v", value, err)
	}
	if value, err := s.Get([]byte("b")); string(value) != "7" || err != nil {
		t.Errorf("changed row: %q, %v", value, err)
	}
}

func engineSnapshotIsFixed(t *testing.T, open Opener) {
	engine, _ := open(t)
	apply(t, engine, op("a", "1"), op("b", "1"))
	before := begin(t, engine)
	apply(t, engine, op("a", "2"), op("b", ""), op("c", "2"))
	after := begin(t, engine)
	if diff := cmp.Diff([]string{`"a"=1`, `"b"=1`}, scan(t, before, "", "", false, 9)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`"a"=2`, `"c"=2`}, scan(t, after, "", "", false, 9)); diff != "" {
		t.Error(diff)
	}
	before.Close()
	after.Close()
}

// engineResultsAreKept changes rows over and over, so that an engine which hands
// out its own memory overwrites what it gave before.
func engineResultsAreKept(t *testing.T, open Opener) {
	engine, _ := open(t)
	apply(t, engine, op("a", "first"), op("b", "first"), op("large", strings.Repeat("x", 10_000)))
	s := begin(t, engine)
	value, err := s.Get([]byte("a"))
	page, err2 := s.Scan(nil, nil, false, 9)
	s.Close()
	if err != nil || err2 != nil || len(page) != 3 {
		t.Fatal(err, err2, len(page))
	}
	for range 20 {
		apply(t, engine, op("a", "other"), op("b", "other"))
	}
	if string(value) != "first" || string(page[0].Key) != "a" || string(page[1].Value) != "first" {
		t.Errorf("later they are %q and %q=%q", value, page[0].Key, page[1].Value)
	}
}

// engineMatchesModel applies random changes to an engine and to a map and
// compares random pages of both.
func engineMatchesModel(t *testing.T, open Opener) {
	engine, _ := open(t)
	key := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("k%03d", rapid.IntRange(0, 900).Draw(t, "key"))
	})
	model := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 3).Draw(t, "commits") {
			var ops []storage.Op
			for _, k := range rapid.SliceOfNDistinct(key, 1, 200, rapid.ID).Draw(t, "keys") {
				value := rapid.SampledFrom([]string{"", "1", "22", "333"}).Draw(t, "value")
				ops = append(ops, op(k, value))
				if value == "" {
					delete(model, k)
				} else {
					model[k] = value
				}
			}
			apply(t, engine, ops...)
		}
		from, to := key.Draw(t, "from"), key.Draw(t, "to")
		reverse, limit := rapid.Bool().Draw(t, "reverse"), rapid.IntRange(1, 400).Draw(t, "limit")
		s := begin(t, engine)
		defer s.Close()
		want := modelRange(model, from, to, reverse, limit)
		if diff := cmp.Diff(want, scan(t, s, from, to, reverse, limit)); diff != "" {
			t.Fatal(diff)
		}
		for k := range model {
			if value, err := s.Get([]byte(k)); err != nil || !bytes.Equal(value, []byte(model[k])) {
				t.Fatalf("%s: got %q, %v, want %q", k, value, err, model[k])
			}
		}
	})
}

func modelRange(model map[string]string, from, to string, reverse bool, limit int) (rows []string) {
	keys := slices.Sorted(maps.Keys(model))
	if reverse {
		slices.Reverse(keys)
	}
	for _, k := range keys {
		if k >= from && (to == "" || k < to) && len(rows) < limit {
			rows = append(rows, fmt.Sprintf("%q=%s", k, model[k]))
		}
	}
	return rows
}
