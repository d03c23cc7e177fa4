package wecom

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

// errShut is the cause when the desk knows by itself that nothing can be sent.
var errShut = errors.New("the person must write first")

// Send sends a message and returns its name, which is m.Key where WeCom takes
// it. Sent again under the same key it arrives once. Every message that it
// becomes has its place in the window before it is sent, and gets it back when
// it certainly was not; a message that does not fit as a whole is not begun. The
// photos come before the words and are left out when they would take the last
// place of the window.
//
// That WeCom took it does not say that it arrived: a desk.InputFailed may follow.
func (w *Weixin) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	if m.Key == "" {
		m.Key = rand.Text()
	}
	d, serr := drawKF(chat, m, w.corp.wordsFor(m.Text).Choose)
	if serr != nil {
		return "", serr
	}
	// The welcome is tried once; what it leaves goes the ordinary way.
	for range 2 {
		g, err := w.reserve(ctx, d)
		if err != nil {
			return "", err
		}
		if err = w.deliver(ctx, d, g); err == nil {
			return d.ref, nil
		}
		if g.welcome == "" || !isRefused(err) {
			return "", err
		}
	}
	return "", refused(errors.New("the welcome was refused"))
}

func isRefused(err error) bool { return reasonOf(err) == bot.Refused }

// deliver sends what has a place. After an error the places of what was
// certainly not sent are given back.
func (w *Weixin) deliver(ctx context.Context, d *kfDelivery, g grant) error {
	var seen int
	var failed error
	for i := range g.photos {
		if err := w.photo(ctx, d, i, g.again[d.photoIDs[i]]); err != nil {
			failed = err
		} else {
			seen++
		}
	}
	rest := d.ids()
	if len(rest) == 0 && seen == 0 {
		return failed
	}
	for i, out := range d.words {
		if g.welcome != "" && i == 0 {
			out.Code = g.welcome
		}
		if err := w.post(ctx, d.person, out, g.again[out.ID]); err != nil {
			w.giveBack(ctx, d.person, g, rest, err)
			return err
		}
		rest = rest[1:]
	}
	if d.file == nil {
		return nil
	}
	kind := kindOf(d.file)
	id, err := w.corp.upload(ctx, kind, d.file.Name, d.file.MIME, d.file.Body)
	if err == nil {
		out := kfOut{ID: d.fileID, Type: kind}
		if kind == mediaImage {
			out.Image = &mediaPart{id}
		} else {
			out.File = &mediaPart{id}
		}
		err = w.post(ctx, d.person, out, g.again[d.fileID])
	}
	if err != nil {
		w.giveBack(ctx, d.person, g, rest, err)
		return err
	}
	return nil
}

// photo sends one photo. One that cannot be sent does not stop the words.
func (w *Weixin) photo(ctx context.Context, d *kfDelivery, i int, again bool) error {
	kind, media, err := w.corp.mediaOf(ctx, d.photos[i])
	if err == nil {
		out := kfOut{ID: d.photoIDs[i], Type: kind}
		if kind == mediaImage {
			out.Image = &mediaPart{media}
		} else {
			out.File = &mediaPart{media}
		}
		err = w.post(ctx, d.person, out, again)
	}
	if err != nil {
		w.corp.log.Warn("a photo was left out", "error", err)
		w.giveBack(ctx, d.person, grant{}, d.photoIDs[i:i+1], err)
	}
	return err
}

// post makes the call for one message. again tells that an earlier attempt may
// have arrived: WeCom takes a name once, so a refusal for which there is no
// other reason then means that it did.
func (w *Weixin) post(ctx context.Context, to string, out kfOut, again bool) error {
	path := kfEventPath
	if out.Code == "" {
		path, out.To, out.OpenKFID = kfSendPath, to, w.corp.config.KFID
	}
	err := classifyKF(w.corp.call(ctx, path, out, nil))
	if again && isRefused(err) {
		w.corp.log.Debug("sent before", "message", out.ID, "error", err)
		return nil
	}
	return err
}

// ids are the names of what must be sent, in order.
func (d *kfDelivery) ids() []string {
	var ids []string
	for _, out := range d.words {
		ids = append(ids, out.ID)
	}
	if d.file != nil {
		ids = append(ids, d.fileID)
	}
	return ids
}

// grant is what may be sent of a delivery.
type grant struct {
	welcome string          // the code with which the first of the words goes
	photos  int             // how many photos
	again   map[string]bool // messages of an attempt before, of which nobody knows
}

// reserve takes the places of a delivery in the window, all or none. It also
// notes what its buttons choose.
func (w *Weixin) reserve(ctx context.Context, d *kfDelivery) (g grant, err error) {
	err = w.update(ctx, func(tx *storage.Tx) error {
		g = grant{again: map[string]bool{}} // The closure may run again.
		p, err := person(tx, d.person)
		if err != nil {
			return err
		}
		now := tx.Now()
		ids := d.ids()
		if p.welcomed(now) && len(d.words) > 0 && !p.used(ids[0]) {
			g.welcome, ids = p.Welcome, ids[1:]
		}
		left := p.left(now)
		open := left >= 0
		for _, id := range ids {
			if p.used(id) {
				g.again[id] = true
				continue
			}
			p.Sent = append(p.Sent, kfSent{ID: id, At: now})
			left--
		}
		if len(ids) > 0 && (!open || left < 0) {
			return &bot.SendError{Reason: bot.Closed, Err: errShut}
		}
		keep := min(1, len(ids)) // Beside words, a photo leaves a place for words to come.
		for i, id := range d.photoIDs {
			if p.used(id) {
				g.again[id] = true
			} else if left > keep {
				p.Sent = append(p.Sent, kfSent{ID: id, At: now})
				left--
			} else {
				break
			}
			g.photos = i + 1
		}
		if len(ids)+g.photos == 0 && g.welcome == "" {
			return &bot.SendError{Reason: bot.Closed, Err: errShut}
		}
		if g.welcome != "" {
			p.Welcome = ""
		}
		if err := w.ask(tx, d); err != nil {
			return err
		}
		return kfPeople.Put(tx, p)
	})
	if err != nil && reasonOf(err) == "" {
		err = &bot.SendError{Reason: bot.Server, Err: fmt.Errorf("wecom: the window: %w", err)}
	}
	return g, err
}

// giveBack frees the places of what was certainly not sent: all but the first
// when that one's outcome is unknown. When WeCom says that the window is shut it
// stays so until the person writes.
func (w *Weixin) giveBack(ctx context.Context, to string, g grant, ids []string, cause error) {
	reason := reasonOf(cause)
	if !unsent(reason) && len(ids) > 0 {
		ids = ids[1:]
	}
	// The caller's time may be over, which must not cost the person a message.
	err := w.update(context.WithoutCancel(ctx), func(tx *storage.Tx) error {
		p, err := person(tx, to)
		if err != nil {
			return err
		}
		p.forget(ids)
		if g.welcome != "" && (reason == bot.Network || reason == bot.Server || reason == bot.Limited) {
			p.Welcome = g.welcome
		}
		if g.welcome == "" && reason == bot.Closed {
			p.Shut = true
		}
		return kfPeople.Put(tx, p)
	})
	if err != nil {
		w.corp.log.Warn("places in a window were not given back", "error", err)
	}
}

var errNoStore = errors.New("wecom: there is no store yet")

func (w *Weixin) update(ctx context.Context, fn func(*storage.Tx) error) error {
	store := w.corp.store.Load()
	if store == nil {
		return errNoStore
	}
	return store.Update(ctx, fn)
}
