package storage

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

// maxBatch bounds how many closures share one commit, and with it how long the
// first of them waits.
const maxBatch = 256

// retryFull is how long after a full disk the next attempt is made.
const retryFull = time.Second

// request is one waiting Update.
type request struct {
	fn    func(*Tx) error
	done  chan error
	err   error    // What the closure came to.
	after bool     // It ran after uncommitted writes, so err holds only if they are committed.
	wakes []string // What it wants to wake.
}

// batch is one commit in the making.
type batch struct {
	requests []*request
	next     int // The first request that has not run.
	snapshot Snapshot
	writes   *buffer
}

// commitLoop is the committer: it takes what waits, commits, and begins again.
// A closure may end the goroutine (t.Fatal does); then a new one goes on with
// the same batch, so that nobody waits for ever.
func (s *Store) commitLoop(b *batch) {
	ended := false
	defer func() {
		if !ended {
			go s.commitLoop(b)
			return
		}
		close(s.done)
	}()
	for {
		if b == nil {
			b = s.take()
		}
		if b == nil {
			ended = true
			return
		}
		s.commit(b)
		b = nil
	}
}

// take waits for the first request and adds those that wait too. It returns
// nil when the store is closing.
func (s *Store) take() *batch {
	b := &batch{}
	select {
	case <-s.closing:
		return nil
	case r := <-s.queue:
		b.requests = append(b.requests, r)
	}
	// Callers whose commit has just ended are often about to ask again: let
	// them run once, or they would miss this commit and wait for the next.
	for range 2 {
		for len(b.requests) < maxBatch {
			select {
			case r := <-s.queue:
				b.requests = append(b.requests, r)
				continue
			default:
			}
			break
		}
		runtime.Gosched()
	}
	return b
}

// commit runs a batch and answers all its requests. It can go on with a batch
// in which a closure ended the goroutine.
func (s *Store) commit(b *batch) {
	if b.snapshot == nil {
		if err := s.ready(); err != nil {
			b.answer(err)
			return
		}
		snapshot, err := s.engine.Begin()
		if err != nil {
			b.answer(s.failed(err))
			return
		}
		b.snapshot, b.writes = snapshot, newBuffer()
	}
	for b.next < len(b.requests) {
		r := b.requests[b.next]
		b.next++
		s.run(b, r)
	}
	// The snapshot ends first: an engine may have to wait for readers when it grows.
	b.snapshot.Close()
	if len(b.writes.values) > 0 {
		if err := s.apply(b); err != nil {
			b.answer(s.failed(err))
			return
		}
		s.health.Store(int32(HealthOK))
	}
	s.signal(b)
	b.answer(nil)
}

// apply hands the batch to the engine, and tells the observer how that went.
func (s *Store) apply(b *batch) error {
	ops := b.writes.ops()
	began := s.now()
	err := s.engine.Apply(ops)
	if s.watch != nil {
		s.watch(Commit{Updates: len(b.requests), Rows: len(ops), Took: s.now().Sub(began), Err: err})
	}
	return err
}

// ready refuses what cannot be committed, and reopens the engine when it is
// time to see whether a full disk has room again.
func (s *Store) ready() error {
	switch s.Health() {
	case HealthFatal:
		return s.broken
	case HealthFull:
		now := s.now()
		if since := now.Sub(s.tried); since >= 0 && since < retryFull {
			return ErrFull
		}
		s.tried = now
		if engine, ok := s.engine.(Reopener); ok {
			if err := engine.Reopen(); err != nil {
				return s.failed(err)
			}
		}
	case HealthOK:
	}
	return nil
}

// failed remembers what a failed commit means for the next ones and returns
// what the callers get.
func (s *Store) failed(err error) error {
	if isFull(err) {
		s.tried = s.now()
		s.health.Store(int32(HealthFull))
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	s.broken = &FatalError{Err: err}
	s.health.Store(int32(HealthFatal))
	s.fatal <- s.broken // There is room for one, and after it ready never lets another happen.
	return s.broken
}

// run runs one closure and adds what it wrote to the batch.
func (s *Store) run(b *batch, r *request) {
	r.after = len(b.writes.values) > 0
	tx := &Tx{store: s, now: s.instant(), snapshot: b.snapshot, batch: b.writes, own: newBuffer()}
	r.err = s.attempt(tx, r)
	if r.err == nil && s.twice {
		again := &Tx{store: s, now: tx.now, snapshot: b.snapshot, batch: b.writes, own: newBuffer(), replay: tx.ids}
		r.err = s.attempt(again, r)
		if r.err == nil && !again.own.equal(tx.own) {
			r.err = ErrNotRepeatable
		}
		tx = again
	}
	if r.err == nil {
		b.writes.absorb(tx.own)
		r.wakes = tx.wakes
	}
}

// attempt calls the closure and turns a panic into an error.
func (s *Store) attempt(tx *Tx, r *request) (err error) {
	returned := false
	defer func() {
		tx.end()
		if returned {
			return
		}
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
			return
		}
		r.err = ErrGoexit // This goroutine is ending: nobody will see a result.
	}()
	err = r.fn(tx)
	returned = true
	return err
}

// signal wakes those whom the committed closures named.
func (s *Store) signal(b *batch) {
	for _, r := range b.requests {
		for _, name := range r.wakes {
			select {
			case s.woken(name) <- struct{}{}:
			default:
			}
		}
	}
}

// answer tells every caller how it ended. A closure's own error stands, unless
// it may be due to writes of others that were then not committed.
func (b *batch) answer(failure error) {
	for _, r := range b.requests {
		if failure != nil && (r.err == nil || r.after) {
			r.err = failure
		}
		r.done <- r.err
	}
}
