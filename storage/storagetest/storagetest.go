// Package storagetest says what a store promises, as tests that every engine
// passes.
package storagetest

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"testing"
	"time"

	"frontdesk/storage"
)

// Opener makes a new, empty engine for a test. reopen closes it and opens what
// it left behind, as a restart of the program would. The opener sees to it
// that the engine is closed at the end of the test.
type Opener func(t *testing.T) (engine storage.Engine, reopen func() storage.Engine)

// Run checks an engine, and the store on top of it.
func Run(t *testing.T, open Opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"EngineKeepsOrder", engineKeepsOrder},
		{"EngineSnapshotIsFixed", engineSnapshotIsFixed},
		{"EngineResultsAreKept", engineResultsAreKept},
		{"EngineMatchesModel", engineMatchesModel},
		{"RefusedValuesAndKeys", refusedValuesAndKeys},
		{"LargeValues", largeValues},
		{"ScansMergeBuffers", scansMergeBuffers},
		{"ScanWhileWriting", scanWhileWriting},
		{"ScanPages", scanPages},
		{"IndexMaintenance", indexMaintenance},
		{"IndexRanges", indexRanges},
		{"IndexPaging", indexPaging},
		{"CheckFindsBrokenIndexes", checkFindsBrokenIndexes},
		{"TablesMatchModel", tablesMatchModel},
		{"NoLostUpdates", noLostUpdates},
		{"ViewSeesSnapshot", viewSeesSnapshot},
		{"ViewCannotWrite", viewCannotWrite},
		{"BadClosuresBesideGood", badClosuresBesideGood},
		{"ClosureEndsGoroutine", closureEndsGoroutine},
		{"CancelledWhileWaiting", cancelledWhileWaiting},
		{"CancelledAfterTaken", cancelledAfterTaken},
		{"CloseRefusesWaiting", closeRefusesWaiting},
		{"InstantAndIDs", instantAndIDs},
		{"WakeAfterCommit", wakeAfterCommit},
		{"Counters", counters},
		{"Reopening", reopening},
		{"SitesAreApart", sitesAreApart},
		{"BadSites", badSites},
		{"SchemaVersion", schemaVersion},
		{"MigrationFails", migrationFails},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

// noon is the clock of all tests.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// seeded is a source of ids that repeats from test to test.
type seeded struct{ n uint64 }

func (s *seeded) Read(b []byte) (int, error) {
	for i := range b {
		s.n = s.n*6364136223846793005 + 1442695040888963407
		b[i] = binary.BigEndian.AppendUint64(nil, s.n)[0]
	}
	return len(b), nil
}

func options() storage.Options {
	return storage.Options{Now: func() time.Time { return noon }, Rand: &seeded{}}
}

// newStore opens the site "hq" in an engine until the end of the test.
func newStore(t *testing.T, engine storage.Engine) *storage.Store {
	t.Helper()
	return openSite(t, engine, "hq", options())
}

func openSite(t *testing.T, engine storage.Engine, site string, opts storage.Options) *storage.Store {
	t.Helper()
	store, err := storage.Open(engine, site, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() }) //nolint:errcheck // It returns nil.
	return store
}

// update must succeed.
func update(t *testing.T, store *storage.Store, fn func(*storage.Tx) error) {
	t.Helper()
	if err := store.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// view must succeed.
func view(t *testing.T, store *storage.Store, fn func(*storage.Tx) error) {
	t.Helper()
	if err := store.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// put returns a closure that writes one row.
func put(key, value string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error { return tx.Put(key, []byte(value)) }
}

// get reads one row; "" means that there is none.
func get(t *testing.T, store *storage.Store, key string) string {
	t.Helper()
	var value []byte
	view(t, store, func(tx *storage.Tx) (err error) {
		value, err = tx.Get(key)
		return err
	})
	return string(value)
}

// list reads the keys and values of a range as "key=value".
func list(tx *storage.Tx, from, to string, reverse bool) (rows []string, err error) {
	err = tx.Scan(from, to, reverse, func(key string, value []byte) error {
		rows = append(rows, fmt.Sprintf("%s=%s", key, value))
		return nil
	})
	return rows, err
}

// together runs updates so that they share one commit: a first closure holds
// the committer until all of them wait. It returns their errors.
func together(t *testing.T, store *storage.Store, fns ...func(*storage.Tx) error) []error {
	t.Helper()
	held, release := hold(t, store)
	errs := make([]error, len(fns))
	var callers, all sync.WaitGroup
	for i, fn := range fns {
		callers.Add(1)
		all.Go(func() {
			callers.Done()
			errs[i] = store.Update(context.WithoutCancel(t.Context()), fn)
		})
		callers.Wait()
	}
	release()
	<-held
	all.Wait()
	return errs
}

// hold keeps the committer busy inside of a closure until release is called;
// held is closed after that closure's commit.
func hold(t *testing.T, store *storage.Store) (held <-chan struct{}, release func()) {
	t.Helper()
	inside, leave, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var once, leaving sync.Once
	go func() {
		defer close(done)
		err := store.Update(context.WithoutCancel(t.Context()), func(*storage.Tx) error {
			once.Do(func() { close(inside) })
			<-leave
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}()
	<-inside
	return done, func() { leaving.Do(func() { close(leave) }) }
}
