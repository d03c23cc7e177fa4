package bot

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/desk"
	"frontdesk/storage"
)

// crashLimit is how often an input may fail before it is parked. It is counted
// in the store, so that an input that kills the program is counted too, as far
// as the program lives to say so.
const crashLimit = 3

// failed decides what becomes of an input whose handling failed. A store that
// refuses or a context that ended is for the channel: it delivers again. A panic
// or an unexpected error is counted; the third time the input is parked as it
// came, staff and the person are told with a reference, and it is confirmed: one
// poisonous input never stops the desk.
func (h *Handler) failed(ctx context.Context, in desk.Input, rows func(*storage.Tx) error, cause error) error {
	var fatal *storage.FatalError
	if errors.Is(cause, storage.ErrFull) || errors.Is(cause, storage.ErrClosed) || errors.As(cause, &fatal) ||
		errors.Is(cause, context.Canceled) || errors.Is(cause, context.DeadlineExceeded) {
		return cause
	}
	parked, reference := false, ""
	err := h.store.Update(ctx, func(tx *storage.Tx) error {
		crash, _, err := storage.Crashes.Get(tx, in.DedupeKey())
		if err != nil {
			return err
		}
		crash.Key, crash.Last, crash.Error = in.DedupeKey(), tx.Now(), cause.Error()
		crash.Count++
		reference = tx.NewID()[:6]
		parked = crash.Count >= crashLimit
		if parked {
			crash.Parked, crash.Raw = true, in.Raw
			if err := h.park(tx, in, reference); err != nil {
				return err
			}
		}
		if err := storage.Crashes.Put(tx, crash); err != nil {
			return err
		}
		if parked && rows != nil {
			return rows(tx)
		}
		return nil
	})
	if err != nil {
		return errors.Join(cause, err)
	}
	if parked {
		h.log.Error("an input was parked", "update", in.DedupeKey(), "reference", reference, "error", cause)
		return nil
	}
	h.log.Warn("an input failed and will be tried again", "update", in.DedupeKey(), "error", cause)
	return fmt.Errorf("bot: handling %s: %w", in.DedupeKey(), cause)
}

// park marks the input as seen and tells the person and the staff.
func (h *Handler) park(tx *storage.Tx, in desk.Input, reference string) error {
	wr := h.writer()
	w := storage.NewWorld(tx, wr.Site)
	if err := storage.Seen.Put(tx, storage.SeenRow{Key: in.DedupeKey(), At: tx.Now()}); err != nil {
		return err
	}
	out := desk.Effects{Notes: []desk.Note{{Kind: "parked", Facts: map[string]string{
		"update": in.DedupeKey(), "reference": reference,
	}}}}
	sorry := desk.T("internal.sorry", "reference", reference)
	if in.Press != nil {
		out.Answers = append(out.Answers, desk.Answer{
			Channel: in.Channel, PressID: in.Press.ID, Chat: in.Address(), Lang: in.From.Lang, Text: sorry, Alert: true,
		})
	} else if in.Chat.Kind == desk.ChatPrivate {
		out.Say(desk.Message{Chat: in.Address(), Lang: wr.Site.Language(in.From.Lang), Text: sorry,
			Lane: desk.LaneInteractive, Class: desk.ClassNotice})
	}
	for _, p := range w.Holders(desk.RoleAdministrator) {
		out.Say(desk.Message{Person: p.ID, Text: desk.T("internal.parked", "reference", reference),
			Lane: desk.LaneInteractive, Class: desk.ClassNotice})
	}
	if w.Err() != nil {
		return w.Err()
	}
	return wr.Apply(tx, out)
}
