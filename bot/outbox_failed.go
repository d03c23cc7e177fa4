package bot

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

const (
	// attemptsMost is how often something that the channel could take next time
	// is tried while the channel as such works.
	attemptsMost = 5
	// emergencyFor is how long an emergency is tried in any case.
	emergencyFor = 10 * time.Minute
	// patienceRepeats and patienceOthers are how old a row can get while its
	// channel cannot be reached. Somebody waits for a card or a question even a
	// day later; a reminder of yesterday only confuses.
	patienceRepeats = 24 * time.Hour
	patienceOthers  = time.Hour
)

// failed leads each reason to its state.
func (m *marking) failed(row storage.Outgoing, out outcome) error {
	if row.PressID != "" {
		return m.answerFailed(row, out.err)
	}
	switch out.err.Reason {
	case Limited, Network, Server, Unknown, Auth, Untrusted:
		return m.retry(row, out)
	case Blocked, Gone, TopicClosed, Outside, Unlicensed:
		return m.cutOff(row, out.err)
	case Moved:
		return m.moved(row, out)
	case NoMessage:
		return m.noMessage(row, out)
	case Closed:
		return m.mustWrite(row, out)
	}
	return m.dead(row, out.err.Reason, out.err)
}

// answerFailed tries an answer again until it expires. One that may have
// arrived is not repeated, and nobody is told of one that did not: the presser
// sees the card change.
func (m *marking) answerFailed(row storage.Outgoing, err *SendError) error {
	if err.Retry() && err.Reason != Unknown {
		return m.again(row, m.now.Add(max(backoff(row.Lane, row.Attempts), err.RetryAfter)), err.Reason, err)
	}
	m.fates = append(m.fates, fate{row: row, reason: string(err.Reason), err: err})
	return storage.Outbox.Delete(m.tx, row.ID)
}

// retry puts a row back, unless it must not be repeated or was tried enough. An
// attempt counts only if it says something about the row: not while the channel
// is down, and not when there were too many messages.
func (m *marking) retry(row storage.Outgoing, out outcome) error {
	reason, repeats := out.err.Reason, out.repeats
	if reason == Unknown {
		if !repeats {
			return m.dead(row, Unknown, out.err)
		}
		row.Unknown = true
	}
	counts := (reason == Server || reason == Unknown) && !out.wasDown
	if !counts {
		row.Attempts--
	}
	age, patience := m.now.Sub(row.Created), patienceOthers
	if repeats {
		patience = patienceRepeats
	}
	tired := counts && row.Attempts >= attemptsMost
	if urgent(row) {
		tired = tired && age > emergencyFor
	}
	if tired || age > patience {
		return m.dead(row, reason, out.err)
	}
	wait := backoff(row.Lane, row.Attempts)
	switch {
	case reason == Limited:
		wait = out.err.RetryAfter
	case out.found:
		wait = 0
	}
	return m.again(row, m.now.Add(wait), reason, out.err)
}

// noMessage sends a new message in the place of one that is not there any more,
// or sends it without being a reply. A card that nobody needs stays away.
func (m *marking) noMessage(row storage.Outgoing, out outcome) error {
	if row.Attempts >= attemptsMost {
		return m.dead(row, NoMessage, out.err)
	}
	if out.m.Edit == "" {
		if row.ReplyPost == "" && row.Drawn.ReplyTo == "" {
			return m.dead(row, NoMessage, out.err)
		}
		row.ReplyPost, row.Drawn.ReplyTo = "", ""
		return m.again(row, time.Time{}, NoMessage, out.err)
	}
	if row.Post == "" {
		row.Drawn.Edit = ""
		return m.again(row, time.Time{}, NoMessage, out.err)
	}
	post, ok := m.w.Post(row.Post)
	if !ok {
		return m.dead(row, NoMessage, out.err)
	}
	if !m.can(post.Chat).EditAnytime {
		// The message is there; it can be replaced no more.
		post.Frozen = true
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
		return m.again(row, time.Time{}, NoMessage, out.err)
	}
	if post.Ref == out.m.Edit {
		post.Lose()
	}
	if post.Superseded || post.Kind == desk.PostList || post.Kind == desk.PostLeavers || !m.open(post) {
		post.Gone = string(NoMessage)
		release(&post, row)
		m.fates = append(m.fates, fate{row: row, reason: string(NoMessage), err: out.err})
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
		return storage.Outbox.Delete(m.tx, row.ID)
	}
	if err := storage.Posts.Put(m.tx, post); err != nil {
		return err
	}
	return m.again(row, time.Time{}, NoMessage, out.err)
}

// dead gives a row up. It stays in the table with its reason, where staff see
// it, and a note is written. An emergency that did not arrive is told to the
// managers at once.
func (m *marking) dead(row storage.Outgoing, reason Reason, cause error) error {
	if row.Secret {
		return m.secretLost(row, reason, cause)
	}
	row.State, row.Reason = storage.OutDead, string(reason)
	m.fates = append(m.fates, fate{row: row, state: row.State, reason: row.Reason, err: cause})
	if err := storage.Outbox.Put(m.tx, row); err != nil {
		return err
	}
	if post, ok := m.w.Post(row.Post); ok {
		release(&post, row)
		if !post.Stands() && cutsOff(reason) {
			// It never stood there, and will not: a new way needs a new post.
			post.Gone = string(reason)
		}
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
	}
	out := desk.Effects{Notes: []desk.Note{{
		ID: m.tx.NewID(), At: m.tx.Now(), Kind: "undelivered", Ticket: row.Ticket, Person: row.Person,
		Facts: map[string]string{
			"class": string(row.Class), "why": string(reason), "chat": row.Chat.String(), "row": row.ID,
		},
	}}}
	if err := m.uncalled(row, reason); err != nil {
		return err
	}
	if urgent(row) {
		out.Add(m.emergencyLost(row))
	}
	if !cutsOff(reason) {
		out.Add(m.memberLost(row)) // Who is cut off loses all at once: unserved.
	}
	return m.wr.Apply(m.tx, out)
}

// secretLost gives up a row to the secret requester of a ticket: whoever answers
// for the ticket learns that it did not arrive, and nobody to whom.
func (m *marking) secretLost(row storage.Outgoing, reason Reason, cause error) error {
	m.fates = append(m.fates, fate{row: row, state: storage.OutDead, reason: string(reason), err: cause})
	if err := storage.Outbox.Delete(m.tx, row.ID); err != nil {
		return err
	}
	out := desk.Effects{Notes: []desk.Note{{
		ID: m.tx.NewID(), At: m.tx.Now(), Kind: "secret_lost", Ticket: row.Ticket, Facts: map[string]string{"class": string(row.Class)},
	}}}
	if t, ok := m.w.Ticket(row.Ticket); ok {
		out.Add(m.toAll(desk.CaseHandlers(m.w, t), desk.Message{
			Ticket: t.ID, Class: desk.ClassNotice, Lane: desk.LaneInteractive, Key: "secret_lost/" + t.ID,
			Text: desk.T("outbox.secret_lost", "number", t.Number), Buttons: look(t),
		}))
	}
	return m.wr.Apply(m.tx, out)
}

// cutsOff tells whether a reason is the recipient's rather than the message's.
func cutsOff(reason Reason) bool {
	switch reason {
	case Blocked, Gone, TopicClosed, Outside, Unlicensed:
		return true
	}
	return false
}

func urgent(row storage.Outgoing) bool {
	return row.Lane == desk.LaneEmergency || row.Class == desk.ClassEmergency
}

// rowRepeats tells whether a row is sent again when nobody knows whether it
// arrived. An edit always is: twice is the same as once.
func rowRepeats(tx *storage.Tx, row storage.Outgoing) (bool, error) {
	if row.Class.Repeats() || row.Drawn.Edit != "" {
		return true, nil
	}
	if row.Post == "" {
		return false, nil
	}
	post, ok, err := storage.Posts.Get(tx, row.Post)
	return ok && post.Stands(), err
}
