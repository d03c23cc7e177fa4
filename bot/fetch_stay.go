package bot

import (
	"context"
	"errors"

	"frontdesk/desk"
	"frontdesk/storage"
)

// FetchStay gets the bytes of the photos that show the condition of a room, as Fetch
// does for a ticket.
func (f *Files) FetchStay(ctx context.Context, job desk.Job) error {
	var stay desk.Stay
	err := f.store.View(ctx, func(tx *storage.Tx) (err error) {
		stay, _, err = storage.Stays.Get(tx, job.Subject)
		return err
	})
	if err != nil {
		return err
	}
	got := map[string]desk.File{}
	var failed error
	for _, c := range stay.Condition {
		for _, file := range c.Files {
			if file.Hash != "" || file.Missing != "" {
				continue
			}
			done, err := f.one(ctx, file)
			if err != nil && job.Attempt >= fetchAttempts {
				done.Missing, err = "failed", nil
			}
			failed = errors.Join(failed, err)
			if err == nil {
				got[storage.FileKey(file)] = done
			}
		}
	}
	if len(got) == 0 {
		return failed
	}
	return errors.Join(failed, f.store.Update(ctx, func(tx *storage.Tx) error {
		now, ok, err := storage.Stays.Get(tx, stay.ID)
		if err != nil || !ok {
			return err
		}
		for _, c := range now.Condition {
			for i, file := range c.Files {
				done, ok := got[storage.FileKey(file)]
				if !ok || file.Hash != "" {
					continue
				}
				c.Files[i].Hash, c.Files[i].Size, c.Files[i].Missing = done.Hash, done.Size, done.Missing
				if done.Hash == "" {
					continue
				}
				row := storage.FileRow{Key: storage.FileKey(done), File: done, Ticket: stay.ID, Created: tx.Now()}
				if err := storage.Files.Put(tx, row); err != nil {
					return err
				}
			}
		}
		return f.writer().Apply(tx, desk.Effects{House: desk.HouseEntries{Stays: []desk.Stay{now}}})
	}))
}
