package storage_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/storage"
)

func TestKeySortsAsItsParts(t *testing.T) {
	part := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 3, 0x10}), 0, 2),
		func(b []byte) string { return string(b) })
	parts := rapid.SliceOfN(part, 0, 2)
	for c := range 255 { // Every byte has its own place.
		if a, b := storage.Key(string([]byte{byte(c)})), storage.Key(string([]byte{byte(c + 1)})); a >= b {
			t.Errorf("byte %d: %q is not before %q", c, a, b)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		if got, want := cmp.Compare(storage.Key(a...), storage.Key(b...)), slices.Compare(a, b); got != want {
			t.Fatalf("%q and %q compare as %d, want %d", storage.Key(a...), storage.Key(b...), got, want)
		}
		isPrefix := len(a) <= len(b) && slices.Equal(a, b[:len(a)])
		if strings.HasPrefix(storage.Key(b...), storage.Key(a...)) != isPrefix {
			t.Fatalf("%q, %q: prefix is not %v", a, b, isPrefix)
		}
		if strings.Contains(storage.Key(a...), "\x00") {
			t.Fatal("a key has a NUL byte")
		}
	})
}

func TestTimeKeySortsAsInstants(t *testing.T) {
	instant := rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.Int64Range(-70_000_000_000, 300_000_000_000).Draw(t, "seconds")
		nanos := rapid.Int64Range(0, 999_999_999).Draw(t, "nanos")
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "hours")*3600)
		return time.Unix(seconds, nanos).In(zone)
	})
	first := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	clamp := func(t time.Time) time.Time {
		if t.Before(first) {
			return first
		}
		if t.After(last) {
			return last
		}
		return t
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := instant.Draw(t, "a"), instant.Draw(t, "b")
		ka, kb := storage.TimeKey(a), storage.TimeKey(b)
		if cmp.Compare(ka, kb) != clamp(a).Compare(clamp(b)) || len(ka) != len(kb) {
			t.Fatalf("%v is %s, %v is %s", a, ka, b, kb)
		}
	})
}

func TestDeclarationsPanic(t *testing.T) {
	id := func(s string) string { return s }
	index := storage.Index[string]{Name: "i"}
	for name, declare := range map[string]func(){
		"bad table":   func() { storage.NewTable("a/b", id) },
		"bad index":   func() { storage.NewTable("a", id, storage.Index[string]{}) },
		"two indexes": func() { storage.NewTable("a", id, index, index) },
		"two tables":  func() { storage.NewSchema(storage.NewTable("a", id), storage.NewTable("a", id)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			declare()
		}()
	}
}
