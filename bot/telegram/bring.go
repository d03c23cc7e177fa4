package telegram

import (
	"context"
	"io"

	"frontdesk/desk"
)

// maxPhoto is the largest photo that can be uploaded as one; a larger one goes as
// a file. https://core.telegram.org/bots/api#sendphoto
const maxPhoto = 10 << 20

// bring reads the files of a message that came in on another channel, so that they
// can be uploaded. One that cannot be had is left out: the words are worth more.
func (c *Channel) bring(ctx context.Context, m desk.Drawn) (desk.Drawn, map[string][]byte) {
	var known []desk.File
	brought := map[string][]byte{}
	for _, f := range m.Photos {
		if f.Channel == Name {
			known = append(known, f)
			continue
		}
		open := c.files.Load()
		if open == nil || f.ID == "" || m.Edit != "" {
			continue
		}
		data, err := read(ctx, *open, f)
		if err != nil || len(data) == 0 {
			c.logger.Warn("a file of another channel is left out", "from", f.Channel, "error", err)
			continue
		}
		// Voices and films of other channels have other forms.
		if f.Kind != desk.FilePhoto || len(data) > maxPhoto {
			f.Kind = desk.FileOther
		}
		brought[f.ID] = data
		known = append(known, f)
	}
	m.Photos = known
	return m, brought
}

func read(ctx context.Context, open openFile, f desk.File) ([]byte, error) {
	body, err := open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

// uploadName is what a file is called. The name that somebody gave it may tell
// more than the picture.
func uploadName(f desk.File) string {
	switch {
	case f.Kind == desk.FilePhoto:
		return "photo.jpg"
	case f.Name != "":
		return f.Name
	}
	return "file"
}
