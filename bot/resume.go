package bot

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

var zeroTime time.Time

// Resume is what the desk does after a downtime in which presses were lost: a
// channel keeps a press only as long as its PressLife. Conversations that were
// active in the hour before get their question again, once, spread over some
// minutes; each group gets one line. last is when the desk was last alive, on
// names the channels that are meant, life is how long they keep presses.
func Resume(
	ctx context.Context, store *storage.Store, writer func() storage.Writer, understand flows.Understander,
	last time.Time, on map[string]bool, life time.Duration,
) error {
	if last.IsZero() {
		return nil
	}
	return store.Update(ctx, func(tx *storage.Tx) error {
		wr := writer()
		w := storage.NewWorld(tx, wr.Site)
		away := tx.Now().Sub(last)
		if away <= life {
			return nil
		}
		var out desk.Effects
		n := 0
		active := storage.Range{From: storage.TimeKey(last.Add(-time.Hour)), Limit: 500}
		err := storage.Conversations.By(tx, "updated", active, func(conv desk.Conversation) error {
			p, ok := w.Person(conv.Person)
			if !ok || !on[conv.Chat.Channel] || p.AwayAt(conv.Chat) != "" || !flows.Active(conv) {
				return nil
			}
			again, err := flows.Reprompt(&flows.Context{
				World: w, Person: p, Chat: conv.Chat, Lang: wr.Site.Language(p.Lang), Understand: understand, Texts: wr.Texts,
			}, conv)
			if err != nil {
				return err
			}
			for i := range again.Messages {
				again.Messages[i].NotBefore = tx.Now().Add(time.Duration(n) * time.Second / 2)
				again.Messages[i].Lane = desk.LaneRoutine
			}
			n++
			out.Add(again)
			return nil
		})
		if err != nil {
			return err
		}
		key := "resume/" + tx.Now().UTC().Format(time.RFC3339)
		for _, g := range w.AllGroups() {
			// Nobody presses in a group that is only told.
			if g.Dead == "" && on[g.Address.Channel] && wr.Site.Can(g.Address).GroupButtons {
				out.Say(desk.Message{
					Chat: g.Address, Lang: g.Lang, Lane: desk.LaneRoutine, Class: desk.ClassNotice, Key: key + "/" + g.Address.String(),
					Text: desk.T("resume.group", "away", away.Truncate(time.Minute)),
				})
			}
		}
		if w.Err() != nil {
			return w.Err()
		}
		return wr.Apply(tx, out)
	})
}

// Alive notes that the desk lives; the next start measures its downtime by it.
func Alive(ctx context.Context, store *storage.Store) error {
	return store.Update(ctx, func(tx *storage.Tx) error {
		return storage.Crashes.Put(tx, storage.Crash{Key: aliveKey, Last: tx.Now()})
	})
}

// LastAlive is when Alive was last called; zero on a new store.
func LastAlive(ctx context.Context, store *storage.Store) (time.Time, error) {
	var last time.Time
	err := store.View(ctx, func(tx *storage.Tx) error {
		row, _, err := storage.Crashes.Get(tx, aliveKey)
		last = row.Last
		return err
	})
	return last, err
}

const aliveKey = "alive"
