package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// post claims the row of a post in its newest state.
func (c *claiming) post(s sending) (sending, string, error) {
	post, ok := c.w.Post(s.row.Post)
	if !ok {
		return s, "no such post", storage.Outbox.Delete(c.tx, s.row.ID)
	}
	if post.Chat != s.row.Chat {
		// The post was moved by somebody else: its row goes after it.
		s.row.Chat = post.Chat
		return s, "moved", storage.Outbox.Put(c.tx, s.row)
	}
	if why := c.useless(post); why != "" {
		return s, why, c.drop(s.row, post)
	}
	if s.refused = c.closed(s.row); s.refused != nil && post.Ref != "" {
		return s, "an edit for somebody cut off", c.drop(s.row, post)
	}
	var drawn bool
	if s.m, drawn = c.drawSafely(post); !drawn {
		s.refused = &SendError{Reason: Refused, Err: errDraw}
	} else if s.m.Text == "" {
		return s, "nothing to show", c.drop(s.row, post)
	}
	s.hash = hashOf(s.m)
	if post.Ref != "" && s.hash == post.Hash {
		post.Shown = post.Want
		return s, "shown already", c.drop(s.row, post)
	}
	s.m.Edit = post.Ref
	s.row.Want = post.Want
	release(&post, s.row)
	if err := storage.Posts.Put(c.tx, post); err != nil {
		return s, "", err
	}
	return c.mark(s, post.Lang)
}

// useless says why a post needs no showing, if it needs none.
func (c *claiming) useless(post desk.Post) string {
	switch {
	case post.Gone != "":
		return "its message is gone"
	case post.Ref == "" && post.Superseded:
		return "superseded before it was sent"
	case post.Ref != "" && !editable(c.o.channels[post.Chat.Channel], post, c.now):
		return "too old to be edited"
	}
	return ""
}

func editable(channel Channel, post desk.Post, now time.Time) bool {
	if channel == nil {
		return true // It is refused with that reason.
	}
	can := channel.Capabilities()
	return can.EditAnytime || now.Before(post.Created.Add(can.EditFor))
}

// drop deletes the row of a post.
func (c *claiming) drop(row storage.Outgoing, post desk.Post) error {
	release(&post, row)
	if err := storage.Posts.Put(c.tx, post); err != nil {
		return err
	}
	return storage.Outbox.Delete(c.tx, row.ID)
}

// release says that the row no longer waits to show the post. Another one may
// have been queued since.
func release(post *desk.Post, row storage.Outgoing) {
	if post.Queued == row.ID {
		post.Queued = ""
	}
}

// drawSafely draws a post. A card that cannot be drawn is one dead row, and
// does not stop all the others.
func (c *claiming) drawSafely(post desk.Post) (m desk.Drawn, ok bool) {
	defer func() {
		if value := recover(); value != nil {
			c.o.logger.Error("a post could not be drawn", "post", post.ID, "panic", value)
			m, ok = desk.Drawn{}, false
		}
	}()
	return c.o.draw(c.w, c.wr, post), true
}

// hashOf is of what is seen: words and buttons.
func hashOf(m desk.Drawn) string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // Never equal to a hash: it is shown once too often at most.
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
