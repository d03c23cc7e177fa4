// Package bot is what stands between the channels and the domain: it handles
// what came in, draws cards, carries out the presses of staff and sends what is
// to be sent.
//
// One update is one transaction. Handler.Handle takes an input to a commit that
// holds everything that follows from it; only then does a channel acknowledge
// it. Nothing is sent inside that transaction: what is to be sent is a row of
// the outbox.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

// Handler turns inputs into commits.
type Handler struct {
	store      *storage.Store
	writer     func() storage.Writer
	understand Understand
	channels   map[string]Channel
	log        *slog.Logger
	people     keyed

	// Observe, if set before the first input, is told of every turn; it counts,
	// and does nothing else.
	Observe func(Turn)
}

// Understand gives the present way to understand sentences: what an administrator
// teaches counts from the next input on.
type Understand func(*storage.Tx) (flows.Understander, error)

// NewHandler makes the handler. writer gives the present site with its texts,
// so that a changed configuration counts from the next input on.
func NewHandler(store *storage.Store, writer func() storage.Writer, understand Understand, channels []Channel, log *slog.Logger) *Handler {
	h := &Handler{store: store, writer: writer, understand: understand, channels: map[string]Channel{}, log: log}
	for _, c := range channels {
		h.channels[c.Name()] = c
	}
	return h
}

var _ Receiver = (*Handler)(nil)

// Handle implements Receiver.
func (h *Handler) Handle(ctx context.Context, inputs []desk.Input, rows func(*storage.Tx) error) error {
	switch {
	case rows != nil:
		for i, in := range inputs {
			with := rows
			if i < len(inputs)-1 {
				with = nil
			}
			if err := h.one(ctx, in, with); err != nil {
				return err
			}
		}
		if len(inputs) == 0 {
			return h.store.Update(ctx, rows)
		}
		return nil
	case len(inputs) == 1:
		return h.one(ctx, inputs[0], nil)
	}
	return h.sideBySide(ctx, inputs)
}

// sideBySide handles the inputs of different people at the same time, so that
// they share a commit, and those of one person in order.
func (h *Handler) sideBySide(ctx context.Context, inputs []desk.Input) error {
	var order []string
	byPerson := map[string][]desk.Input{}
	for _, in := range inputs {
		key := in.Private().String()
		if byPerson[key] == nil {
			order = append(order, key)
		}
		byPerson[key] = append(byPerson[key], in)
	}
	errs := make([]error, len(order))
	var wait sync.WaitGroup
	for i, key := range order {
		wait.Go(func() {
			for _, in := range byPerson[key] {
				if errs[i] = h.one(ctx, in, nil); errs[i] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// one takes one input to its commit, and tells the observer.
func (h *Handler) one(ctx context.Context, in desk.Input, rows func(*storage.Tx) error) error {
	began := time.Now()
	outcome, err := h.take(ctx, in, rows)
	if h.Observe != nil {
		h.Observe(Turn{Channel: in.Channel, Kind: turnKind(in), Outcome: outcome, Took: time.Since(began)})
	}
	return err
}

// take takes one input to its commit.
func (h *Handler) take(ctx context.Context, in desk.Input, rows func(*storage.Tx) error) (outcome string, err error) {
	unlock, err := h.people.lock(ctx, in.Private().String())
	if err != nil {
		return TurnFailed, err
	}
	defer unlock()
	in = h.prepare(ctx, spelled(in))
	var looked *desk.Effects
	if reads(in) {
		effects, err := h.look(ctx, in)
		if err != nil {
			return h.gaveUp(ctx, in, rows, err)
		}
		looked = &effects
	}
	seen, denied := false, ""
	err = h.store.Update(ctx, func(tx *storage.Tx) (err error) {
		seen, denied, err = h.update(tx, in, looked, rows)
		return err
	})
	switch {
	case err != nil:
		return h.gaveUp(ctx, in, rows, err)
	case seen:
		return TurnRepeated, nil
	case denied != "":
		h.log.Info("refused", "why", denied, "by", in.Private().String(), "in", in.Address().String())
		return TurnRefused, nil
	}
	return TurnDone, nil
}

// gaveUp is failed, with the outcome's name.
func (h *Handler) gaveUp(ctx context.Context, in desk.Input, rows func(*storage.Tx) error, cause error) (string, error) {
	if err := h.failed(ctx, in, rows, cause); err != nil {
		return TurnFailed, err
	}
	return TurnParked, nil
}

// update is the one transaction of an input. seen says that it had been handled
// before; denied is the key of the refusal that was given, if there was one:
// refusals are logged, by ids alone.
func (h *Handler) update(
	tx *storage.Tx, in desk.Input, looked *desk.Effects, rows func(*storage.Tx) error,
) (seen bool, denied string, err error) {
	wr := h.writer()
	_, seen, err = storage.Seen.Get(tx, in.DedupeKey())
	if err != nil {
		return false, "", err
	}
	if !seen {
		if err := storage.Seen.Put(tx, storage.SeenRow{Key: in.DedupeKey(), At: tx.Now()}); err != nil {
			return seen, "", err
		}
		w := storage.NewWorld(tx, wr.Site)
		understand, err := h.understand(tx)
		if err != nil {
			return false, "", err
		}
		t := &turn{w: w, wr: wr, in: in, understand: understand}
		var out desk.Effects
		if looked != nil {
			out = *looked
		} else if out, err = t.respond(); err != nil {
			return seen, "", err
		}
		denied = t.denied
		if w.Err() != nil {
			return seen, "", w.Err()
		}
		if err := wr.Apply(tx, out); err != nil {
			return seen, "", err
		}
	}
	if rows != nil {
		return seen, denied, rows(tx)
	}
	return seen, denied, nil
}

// look works out an answer that reads much, in a read: an update touches a
// bounded number of rows.
func (h *Handler) look(ctx context.Context, in desk.Input) (out desk.Effects, err error) {
	err = h.store.View(ctx, func(tx *storage.Tx) error {
		wr := h.writer()
		w := storage.NewWorld(tx, wr.Site)
		understand, err := h.understand(tx)
		if err != nil {
			return err
		}
		t := &turn{w: w, wr: wr, in: in, understand: understand}
		if out, err = t.respond(); err != nil {
			return err
		}
		return w.Err()
	})
	return out, err
}

// prepare asks the channel, before the transaction, for what an input cannot
// say itself: how many people read a group that is about to be bound.
func (h *Handler) prepare(ctx context.Context, in desk.Input) desk.Input {
	binding := in.Command == "link" || in.Press != nil && len(in.Press.Data) > 1 && in.Press.Data[:2] == "l|"
	c, ok := h.channels[in.Channel]
	if !binding || in.Chat.Kind != desk.ChatGroup || !ok {
		return in
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	info, err := c.Chat(ctx, in.Address())
	if err != nil {
		h.log.Warn("a group could not be read", "chat", in.Chat.ID, "error", err)
		return in
	}
	in.Chat.Title, in.Chat.Members, in.Chat.Forum = info.Title, info.Members, info.Forum
	in.Chat.Public = in.Chat.Public || info.Public
	return in
}

// keyed is a lock for each key, first come first served.
type keyed struct {
	mu    sync.Mutex
	locks map[string]*keyLock
}

type keyLock struct {
	turn  chan struct{}
	users int
}

// lock waits for the key's turn; the returned function ends it.
func (k *keyed) lock(ctx context.Context, key string) (unlock func(), err error) {
	k.mu.Lock()
	if k.locks == nil {
		k.locks = map[string]*keyLock{}
	}
	l := k.locks[key]
	if l == nil {
		l = &keyLock{turn: make(chan struct{}, 1)}
		k.locks[key] = l
	}
	l.users++
	k.mu.Unlock()
	leave := func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if l.users--; l.users == 0 {
			delete(k.locks, key)
		}
	}
	select {
	case l.turn <- struct{}{}:
		return func() { <-l.turn; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
