package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"frontdesk/desk"
	"frontdesk/storage"
)

// MaxFile is the largest file that is kept, in bytes. It is also the most that
// a bot can download. https://core.telegram.org/bots/api#getfile
const MaxFile = 20 << 20

// Files keeps the bytes of what came in, in a folder, by the hash of their
// content: never in the store.
type Files struct {
	store    *storage.Store
	writer   func() storage.Writer
	channels map[string]Channel
	dir      string
}

// NewFiles keeps files in dir, which is made when it is first needed.
func NewFiles(store *storage.Store, writer func() storage.Writer, channels []Channel, dir string) *Files {
	f := &Files{store: store, writer: writer, channels: map[string]Channel{}, dir: dir}
	for _, c := range channels {
		f.channels[c.Name()] = c
	}
	return f
}

// Path is where the bytes with this hash are.
func (f *Files) Path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

// Fetch gets the bytes of a ticket's files that are not here yet. The ticket
// was registered before and never waits for it. A file that can certainly not
// be had is marked with the reason; anything else is an error, and the job tries
// again.
func (f *Files) Fetch(ctx context.Context, job desk.Job) error {
	var ticket desk.Ticket
	err := f.store.View(ctx, func(tx *storage.Tx) error {
		var err error
		ticket, _, err = storage.Tickets.Get(tx, job.Subject)
		return err
	})
	if err != nil {
		return err
	}
	got := map[string]desk.File{}
	var failed error
	for _, list := range ticket.FileLists() {
		for _, file := range list {
			if file.Hash != "" || file.Missing != "" {
				continue
			}
			done, err := f.one(ctx, file)
			if err != nil && job.Attempt >= fetchAttempts {
				done.Missing, err = "failed", nil
			}
			failed = errors.Join(failed, err)
			if err == nil {
				got[file.ID] = done
			}
		}
	}
	if len(got) > 0 {
		if err := f.keep(ctx, ticket.ID, got); err != nil {
			return err
		}
	}
	return failed
}

// fetchAttempts is after how many failures a file is said to be missing. With
// the scheduler's growing waits that is about a day, as long as Telegram's link.
const fetchAttempts = 24

// one fetches one file into the folder.
func (f *Files) one(ctx context.Context, file desk.File) (desk.File, error) {
	c, ok := f.channels[file.Channel]
	if !ok {
		file.Missing = "no_channel"
		return file, nil
	}
	if file.Size > MaxFile {
		file.Missing = "too_large"
		return file, nil
	}
	body, err := c.Fetch(ctx, file)
	if err != nil {
		var sending *SendError
		if errors.As(err, &sending) && !sending.Retry() {
			file.Missing = string(sending.Reason)
			return file, nil
		}
		return file, err
	}
	defer body.Close()
	hash, size, err := f.save(body)
	if err != nil {
		return file, err
	}
	if size > MaxFile {
		file.Missing = "too_large"
		return file, nil
	}
	file.Hash, file.Size = hash, size
	return file, nil
}

// save writes beside and renames, so that a file with a hash for a name is
// always whole.
func (f *Files) save(body io.Reader) (hash string, size int64, err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return "", 0, err
	}
	tmp, err := os.CreateTemp(f.dir, "new-*")
	if err != nil {
		return "", 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, sum), io.LimitReader(body, MaxFile+1))
	if err != nil {
		return "", 0, err
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	if size > MaxFile {
		return hash, size, nil
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return "", 0, err
	}
	if err := os.MkdirAll(filepath.Dir(f.Path(hash)), 0o700); err != nil {
		return "", 0, err
	}
	return hash, size, os.Rename(tmp.Name(), f.Path(hash))
}

// keep writes what became of the files into the ticket as it is now.
func (f *Files) keep(ctx context.Context, id string, got map[string]desk.File) error {
	return f.store.Update(ctx, func(tx *storage.Tx) error {
		ticket, ok, err := storage.Tickets.Get(tx, id)
		if err != nil || !ok {
			return err
		}
		for _, list := range ticket.FileLists() {
			for i := range list {
				done, ok := got[list[i].ID]
				if !ok || list[i].Hash != "" {
					continue
				}
				list[i].Hash, list[i].Size, list[i].Missing = done.Hash, done.Size, done.Missing
				if done.Hash == "" {
					continue
				}
				row := storage.FileRow{Key: storage.FileKey(done), File: done, Ticket: id, Created: tx.Now()}
				if err := storage.Files.Put(tx, row); err != nil {
					return err
				}
			}
		}
		if err := f.writer().Apply(tx, desk.Effects{Tickets: []desk.Ticket{ticket}}); err != nil {
			return fmt.Errorf("bot: keep files of %s: %w", ticket.Number, err)
		}
		return nil
	})
}
