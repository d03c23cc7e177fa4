package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Open opens the bytes of a file that came in on any channel, so that another can
// pass them on: from the folder, or as long as they are not there from the
// channel. An image is without what its camera wrote into it. The caller closes
// it. An error is one of reading, or a *SendError of the channel.
func (f *Files) Open(ctx context.Context, file desk.File) (io.ReadCloser, error) {
	body, err := f.whole(ctx, file)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, MaxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxFile:
		return nil, &SendError{Reason: Refused, Err: errors.New("the file is too large")}
	}
	if data, err = Stripped(data); err != nil {
		return nil, &SendError{Reason: Refused, Err: err}
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// whole opens the bytes as they came in.
func (f *Files) whole(ctx context.Context, file desk.File) (io.ReadCloser, error) {
	hash := file.Hash
	if hash == "" {
		// What is to be sent may have been written down before its bytes came.
		err := f.store.View(ctx, func(tx *storage.Tx) error {
			row, _, err := storage.Files.Get(tx, storage.FileKey(file))
			hash = row.File.Hash
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(hash) > 2 {
		kept, err := os.Open(f.Path(hash))
		if err == nil || !errors.Is(err, os.ErrNotExist) {
			return kept, err
		}
	}
	c, ok := f.channels[file.Channel]
	if !ok {
		return nil, &SendError{Reason: Refused, Err: fmt.Errorf("no channel %s", file.Channel)}
	}
	return c.Fetch(ctx, file)
}
