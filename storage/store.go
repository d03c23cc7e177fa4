package storage

import (
	"context"
	"crypto/rand"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Options are what a store takes from its surroundings. The zero value is
// meant for production.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Rand is where new ids come from; nil means crypto/rand. A simulation
	// gives a seeded reader.
	Rand io.Reader
	// Migrations is the list of all changes of the schema since the first
	// release. Entries are only ever appended: the schema's version is the
	// number of entries.
	Migrations []func(*Tx) error
	// Observe, if set, is told of every commit by the committer, which waits
	// for it: it counts, and does nothing else.
	Observe func(Commit)
}

// Commit is what the committer did for the updates that waited together.
type Commit struct {
	Updates int           // how many shared it
	Rows    int           // how many rows were written
	Took    time.Duration // by the engine, until the rows were durable
	Err     error         // why nothing was written; nil when all went well
}

// Health is what a store can do at present.
type Health int32

const (
	// HealthOK means that updates are committed.
	HealthOK Health = iota
	// HealthFull means that updates are refused with ErrFull until there is room.
	HealthFull
	// HealthFatal means that updates are refused with a *FatalError for good.
	HealthFatal
)

// String returns ok, full or fatal.
func (h Health) String() string { return [...]string{"ok", "full", "fatal"}[h] }

// Store is one site's data in an engine. Its methods may be called from
// several goroutines.
type Store struct {
	engine Engine
	site   string
	prefix string
	now    func() time.Time
	twice  bool
	watch  func(Commit)

	queue   chan *request // Unbuffered: a request that was sent has been taken.
	closing chan struct{}
	done    chan struct{}
	close   sync.Once

	health atomic.Int32
	fatal  chan error
	broken *FatalError // Of the committer.
	tried  time.Time   // Of the committer: when the disk was last found full.

	mu   sync.Mutex // For the fields below; never held while waiting.
	rand io.Reader
	wake map[string]chan struct{}
}

// Open opens a site's store in an engine and brings its schema up to date. It
// starts one goroutine, which Close ends. Several sites may be open in one
// engine, each at most once. The engine stays the caller's: close it after the
// stores.
//
// It returns ErrBadSite, a *NewerSchemaError, the error of a migration, or an
// error of the engine.
func Open(engine Engine, site string, opts Options) (*Store, error) {
	if err := checkSite(site); err != nil {
		return nil, err
	}
	s := &Store{
		engine:  engine,
		site:    site,
		prefix:  site + "/",
		now:     opts.Now,
		watch:   opts.Observe,
		rand:    opts.Rand,
		queue:   make(chan *request),
		closing: make(chan struct{}),
		done:    make(chan struct{}),
		fatal:   make(chan error, 1),
		wake:    map[string]chan struct{}{},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.rand == nil {
		s.rand = rand.Reader
	}
	if runner, ok := engine.(TwiceRunner); ok {
		s.twice = runner.RunTwice()
	}
	go s.commitLoop(nil)
	if err := s.migrate(opts.Migrations); err != nil {
		s.Close() //nolint:errcheck // It never fails; the migration's error matters.
		return nil, err
	}
	return s, nil
}

// Update runs fn in a transaction and returns after its writes are durable.
// Updates that wait at the same time share one commit and run one after
// another, each seeing what those before it wrote.
//
// When fn returns an error or panics, nothing of it is written and Update
// returns that error or a *PanicError. When the commit fails, Update returns
// an error that matches ErrFull, or a *FatalError; the writes may then turn
// out to be committed after all when the engine is opened again.
//
// ctx counts only while the update waits: once fn has been taken into a commit
// Update returns that commit's outcome. It returns ErrClosed after Close.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{fn: fn, done: make(chan error, 1)}
	select {
	case s.queue <- r:
		return <-r.done
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return ErrClosed
	}
}

// View runs fn on a snapshot of what is committed, in the caller's goroutine
// and beside updates. Writes inside of it return ErrReadOnly. A view should be
// short, because the engine cannot reuse space while it lasts. It returns the
// error of fn, of ctx at the start, of the engine, or ErrClosed.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.closing:
		return ErrClosed
	default:
	}
	snapshot, err := s.engine.Begin()
	if err != nil {
		return err
	}
	defer snapshot.Close()
	tx := &Tx{store: s, now: s.instant(), snapshot: snapshot, own: newBuffer(), readOnly: true}
	defer tx.end()
	return fn(tx)
}

// Close ends the store after the commit that is under way. Updates that still
// wait return ErrClosed. It does not close the engine. It returns nil.
func (s *Store) Close() error {
	s.close.Do(func() { close(s.closing) })
	<-s.done
	return nil
}

// Site returns the name of the site.
func (s *Store) Site() string { return s.site }

// Health tells whether updates are committed at present. While it is full, the
// first update in each second tries again, and the store is well as soon as
// one succeeds; somebody has to go on trying.
func (s *Store) Health() Health { return Health(s.health.Load()) }

// Fatal delivers one *FatalError when the store can never commit again. The
// program must then end: only a new start can tell what is on the disk.
func (s *Store) Fatal() <-chan error { return s.fatal }

// Woken returns the channel, of capacity one, that is filled after each commit
// in which some closure called Tx.Wake with this name. Several signals before
// a receive become one.
func (s *Store) Woken(name string) <-chan struct{} { return s.woken(name) }

func (s *Store) woken(name string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.wake[name]
	if c == nil {
		c = make(chan struct{}, 1)
		s.wake[name] = c
	}
	return c
}

// instant reads the clock without its monotonic part, which no record keeps.
func (s *Store) instant() time.Time { return s.now().Round(0).UTC() }
