package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// undeliveredPage is how many notes one page shows.
const undeliveredPage = 5

// resendMost bounds how many messages one press tries again: an update touches a
// bounded number of rows.
const resendMost = 50

// Undelivered lists at most limit rows that were given up, newest first, each
// with its reason. It returns an error of the store.
func Undelivered(tx *storage.Tx, limit int) ([]storage.Outgoing, error) {
	var rows []storage.Outgoing
	err := storage.Outbox.By(tx, "dead", storage.Range{Reverse: true, Limit: limit}, func(row storage.Outgoing) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// cmdUndelivered lists what could not be delivered and what else the staff
// should see, newest first, until somebody has dealt with it.
func (t *turn) cmdUndelivered(string) error {
	text, rows := t.undeliveredPage(0)
	t.reply(text, rows...)
	return nil
}

func (t *turn) undeliveredPage(page int) (desk.Text, [][]desk.Button) {
	notes, more, n := t.unseen(page)
	if len(notes) == 0 {
		return desk.T("undelivered.none"), nil
	}
	head := desk.T("undelivered.head", "n", n)
	if n == countNotes {
		head = desk.T("undelivered.head_more", "n", n)
	}
	lines := []desk.Text{head}
	var again []desk.Button
	for i, note := range notes {
		at := page*undeliveredPage + i + 1
		lines = append(lines, desk.T("undelivered.line", "i", at, "at", note.At, "what", t.noted(note)))
		if _, ok := t.w.ResendTo(t.lostRow(note)); ok {
			again = append(again, desk.Button{Label: desk.T("button.resend", "n", at), Data: "n|again|" + note.ID + "." + stamp(note.At)})
		}
	}
	rows := [][]desk.Button{again}
	var nav []desk.Button
	if page > 0 {
		nav = append(nav, desk.Button{Label: desk.T("button.page_before"), Data: "n|page|" + strconv.Itoa(page-1)})
	}
	if more {
		nav = append(nav, desk.Button{Label: desk.T("button.page_next"), Data: "n|page|" + strconv.Itoa(page+1)})
	}
	shown := stamp(notes[0].At) + "." + stamp(notes[len(notes)-1].At)
	deal := []desk.Button{{Label: desk.T("button.seen"), Data: "n|seen|" + shown}}
	if len(again) > 0 {
		deal = append([]desk.Button{{Label: desk.T("button.resend_all"), Data: "n|all|" + stamp(notes[0].At)}}, deal...)
	}
	return desk.Lines(lines...), append(rows, nav, deal)
}

// countNotes is how far notes are counted.
const countNotes = 500

// unseen is a page of the notes that the person may see, whether there are more,
// and how many there are: one about a case that they must not know of is none.
func (t *turn) unseen(page int) (notes []desk.Note, more bool, n int) {
	all, _ := t.w.Unseen(0, countNotes)
	all = slices.DeleteFunc(all, t.hiddenNote)
	from := min(page*undeliveredPage, len(all))
	to := min(from+undeliveredPage, len(all))
	return all[from:to], to < len(all), len(all)
}

func (t *turn) hiddenNote(note desk.Note) bool {
	ticket, ok := t.w.Ticket(note.Ticket)
	return ok && t.hidden(ticket)
}

// stamp writes an instant so that a button can hold it.
func stamp(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 36) }

func unstamp(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 36, 64)
	return time.Unix(0, n), err == nil
}

// lostRow is the message that a note is about, if it is still kept.
func (t *turn) lostRow(note desk.Note) storage.Outgoing {
	if note.Kind != "undelivered" {
		return storage.Outgoing{}
	}
	row, _ := t.w.Outgoing(note.Facts["row"])
	return row
}

// noted says what a note is about: who, which ticket, and why.
//
//locale:prefix undelivered.why.
func (t *turn) noted(note desk.Note) desk.Text {
	who := desk.T("undelivered.somebody")
	if p, ok := t.w.Person(note.Person); ok && p.Called() != "" {
		who = desk.Literal(p.Called())
	} else if a, ok := desk.ParseAddress(note.Facts["chat"]); ok && note.Person == "" {
		if g, bound := t.w.GroupAt(a); bound {
			who = desk.T("undelivered.group", "title", g.Title)
		}
	}
	var facts []desk.Text
	if ticket, ok := t.w.Ticket(note.Ticket); ok {
		facts = append(facts, desk.Literal(ticket.Number))
	}
	if class := note.Facts["class"]; class != "" {
		facts = append(facts, desk.T("undelivered.class."+class))
	}
	what := desk.T("undelivered.kind."+noteKind(note.Kind), "who", who, "reference", note.Facts["reference"])
	if why := note.Facts["why"]; why != "" {
		facts = append(facts, desk.T("undelivered.why."+knownWhy(why)))
	}
	if len(facts) == 0 {
		return what
	}
	return desk.T("undelivered.about", "what", what, "facts", facts)
}

// noteKind is the kind of a note, or other for one of another version.
//
//locale:key undelivered.kind.undelivered undelivered.kind.unreachable undelivered.kind.danger undelivered.kind.parked
//locale:key undelivered.kind.invite_refused undelivered.kind.card_lost undelivered.kind.other undelivered.kind.secret_lost
//locale:key undelivered.kind.joined undelivered.kind.join_guessed undelivered.kind.nobody
//locale:key undelivered.class.emergency undelivered.class.card undelivered.class.edit undelivered.class.registration
//locale:key undelivered.class.callback undelivered.class.prompt undelivered.class.notice undelivered.class.reminder
//locale:key undelivered.class.digest undelivered.class.toast
func noteKind(kind string) string {
	switch kind {
	case "undelivered", "unreachable", "danger", "parked", "invite_refused", "card_lost", "secret_lost", "joined", "join_guessed", "nobody":
		return kind
	}
	return "other"
}

func knownWhy(why string) string {
	switch Reason(why) {
	case Blocked, Gone, Limited, Refused, TopicClosed, NoMessage, Network, Server, Unknown, Auth, Closed,
		Outside, Unlicensed, Untrusted:
		return why
	}
	if why == neverStarted {
		return why
	}
	return "other"
}

// pressUndelivered turns the page, tries messages again or marks notes as seen.
func (t *turn) pressUndelivered(what, arg string) error {
	if !t.p.Desk() {
		return desk.Refuse("command.refused", "command", "undelivered")
	}
	if t.in.Chat.Kind != desk.ChatPrivate {
		return desk.Refuse("command.private_only", "command", "undelivered")
	}
	switch what {
	case "page":
		page, err := strconv.Atoi(arg)
		if err != nil || page < 0 || page > 1000 {
			return desk.Refuse("press.unknown")
		}
		t.answer(desk.Text{})
		text, rows := t.undeliveredPage(page)
		t.replace(text, rows...)
		return nil
	case "again":
		return t.resendOne(arg)
	case "all":
		return t.resendAll(arg)
	case "seen":
		return t.markSeen(arg)
	}
	return desk.Refuse("press.unknown")
}

// resendOne tries one message again. That it was is written on the note, so that
// nobody wonders later.
func (t *turn) resendOne(arg string) error {
	id, at, _ := strings.Cut(arg, ".")
	when, ok := unstamp(at)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	note, ok := t.w.Note(id, when)
	if !ok || t.hiddenNote(note) {
		return desk.Refuse("undelivered.gone")
	}
	row := t.lostRow(note)
	if row.State != storage.OutDead {
		return desk.Refuse("undelivered.gone")
	}
	if _, ok := t.w.ResendTo(row); !ok {
		return desk.Refuse("undelivered.cannot")
	}
	t.resend(note, row)
	t.answer(desk.T("undelivered.again", "n", 1))
	return nil
}

func (t *turn) resend(note desk.Note, row storage.Outgoing) {
	note.SeenBy, note.SeenAt = t.p.ID, t.w.Now()
	t.out.Notes = append(t.out.Notes, note)
	t.out.Resend = append(t.out.Resend, row.ID)
}

// resendAll tries again what can be, of what was there when the list was shown:
// a bounded number at a time.
func (t *turn) resendAll(newest string) error {
	until, ok := unstamp(newest)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	for _, note := range t.w.UnseenBetween(time.Time{}, until, 4*resendMost) {
		if t.hiddenNote(note) {
			continue
		}
		row := t.lostRow(note)
		if _, can := t.w.ResendTo(row); can && len(t.out.Resend) < resendMost {
			t.resend(note, row)
		}
	}
	if len(t.out.Resend) == 0 {
		return desk.Refuse("undelivered.cannot")
	}
	t.answer(desk.T("undelivered.again", "n", len(t.out.Resend)))
	return nil
}

// markSeen marks the notes of the page that was shown, and shows what is left.
func (t *turn) markSeen(shown string) error {
	newest, oldest, _ := strings.Cut(shown, ".")
	until, ok := unstamp(newest)
	from, okFrom := unstamp(oldest)
	if !ok || !okFrom {
		return desk.Refuse("press.unknown")
	}
	notes := slices.DeleteFunc(t.w.UnseenBetween(from, until, 10*undeliveredPage), t.hiddenNote)
	for _, note := range notes {
		note.SeenBy, note.SeenAt = t.p.ID, t.w.Now()
		t.out.Notes = append(t.out.Notes, note)
	}
	t.answer(desk.T("undelivered.seen", "n", len(notes)))
	t.replace(desk.T("undelivered.seen_page", "n", len(notes)),
		desk.Row(desk.Button{Label: desk.T("button.undelivered_rest"), Data: desk.CommandData("undelivered")}))
	return nil
}
