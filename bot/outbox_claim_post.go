package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// post prepares the row of a post in its newest state.
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
	if s.refused = c.closed(s.row); s.refused != nil && post.Stands() {
		return s, "an edit for somebody cut off", c.drop(s.row, post)
	}
	var drawn bool
	if s.m, drawn = c.drawSafely(post); !drawn {
		s.refused = &SendError{Reason: Refused, Err: errDraw}
	} else if s.m.Text == "" {
		return s, "nothing to show", c.drop(s.row, post)
	}
	s.hash, s.said = hashOf(s.m), s.m.Text
	if post.Stands() && s.hash == post.Hash {
		post.Shown = post.Want
		return s, "shown already", c.drop(s.row, post)
	}
	ticket, _ := c.w.Ticket(post.Ticket)
	s.gist = desk.Gist(post.Kind, ticket)
	if replaceable(c.o.can(post.Chat), post, c.now) {
		s.m.Edit = post.Ref
	} else if why := stays(post, s.gist); why != "" {
		return s, why, c.drop(s.row, post)
	}
	s.row.Want = post.Want
	return s, "", nil
}

// useless says why a post needs no showing, if it needs none.
func (c *claiming) useless(post desk.Post) string {
	switch {
	case post.Gone != "":
		return "its message is gone"
	case !post.Stands() && post.Superseded:
		return "superseded before it was sent"
	}
	return ""
}

// replaceable tells whether the message that shows a post can be replaced now.
func replaceable(can desk.Capabilities, post desk.Post, now time.Time) bool {
	posted := post.Posted
	if posted.IsZero() {
		posted = post.Created // It was sent before the desk kept the time.
	}
	return post.Ref != "" && !post.Frozen && (can.EditAnytime || now.Before(posted.Add(can.EditFor)))
}

// stays says why the message that shows a post stays as it is, where it cannot be
// replaced; empty if a new one follows it. Whoever presses the old one hears how
// things stand.
func stays(post desk.Post, gist string) string {
	switch {
	case !post.Stands():
		return ""
	case post.Superseded:
		return "superseded, and cannot be replaced"
	case post.Kind == desk.PostList || post.Kind == desk.PostLeavers:
		return "a list, and cannot be replaced"
	case post.Menu != "": // Somebody has pressed for it.
		return ""
	case gist == "" || gist == post.Gist:
		return "not worth a new message"
	}
	return ""
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
