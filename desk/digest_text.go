package desk

import (
	"slices"
	"strconv"
	"time"
)

// digest puts the counts into words for a reader, beside those of the same weekday last
// week, with the buttons that open what was counted and those that decide. All is what
// was counted before it was counted for the reader; sure is as in asks.
func (c Counts) digest(r Reader, p Person, all, before Counts, sure string) (Text, [][]Button) {
	if c.Quiet() {
		return T("digest.quiet", "to", c.To), c.buttons(r.Site(), p)
	}
	asked := c.asks(r, p, all, sure)
	lines := []Text{
		T("digest.head", "from", c.From, "to", c.To), c.repairs(before), c.longest(r), c.complaints(r), c.rates(), c.night(),
		c.emergencies(), c.rounds(), c.leaving(), c.arriving(), c.Rooms.text(), partsLine(c.Parts), c.undelivered(),
	}
	return Lines(append(lines, asked.text...)...), append(asked.buttons, c.buttons(r.Site(), p)...)
}

// digestFrom is the digest of what was counted, for a reader.
func digestFrom(r Reader, p Person, c Counts) (Text, [][]Button) {
	return c.For(r, p).digest(r, p, c, c.weekBefore(r), "")
}

// weekBefore are the counts of the same day last week, as they were told then.
func (c Counts) weekBefore(r Reader) Counts {
	from, to := r.Site().daysBefore(c.From, 7), r.Site().daysBefore(c.To, 7)
	if before, ok := r.Counted(to); ok && before.From.Equal(from) {
		return before
	}
	return Digest(r, from, to)
}

// repairs are the four numbers of the day, and those of the same weekday last
// week if the desk was there then.
func (c Counts) repairs(before Counts) Text {
	if before.Empty() {
		return T("digest.repairs", "new", c.New, "done", c.Done, "open", c.Open, "overdue", c.Overdue)
	}
	return T("digest.repairs_before", "new", c.New, "done", c.Done, "open", c.Open, "overdue", c.Overdue,
		"to", c.To,
		"new_before", before.New, "done_before", before.Done, "open_before", before.Open, "overdue_before", before.Overdue)
}

func (c Counts) longest(w World) Text {
	if c.Overdue == 0 {
		return Text{}
	}
	t, _ := w.Ticket(c.Longest)
	if t.Taker == "" {
		return T("digest.longest_free", "number", t.Number, "place", w.Site().PlaceLabel(t.Place), "title", Title(w.Site(), t), "over", c.Over)
	}
	return T("digest.longest", "number", t.Number, "place", w.Site().PlaceLabel(t.Place), "title", Title(w.Site(), t), "over", c.Over,
		"taker", nameOf(w, t.Taker))
}

// rates are the shares, each with what it is a share of.
func (c Counts) rates() Text {
	var list []Text
	if c.Asked > 0 {
		list = append(list, T("digest.callbacks", "answered", c.Answered, "asked", c.Asked))
	}
	if finished := c.InTime + c.Late; finished > 0 { // Days of before it was counted have none.
		list = append(list, T("digest.in_time", "in_time", c.InTime, "done", finished))
	}
	if c.Done > 0 {
		list = append(list, T("digest.rework", "rework", c.Rework, "done", c.Done))
	}
	switch {
	case c.Rated > 0:
		list = append(list, T("digest.rated", "good", c.Good, "rated", c.Rated, "unrated", c.Unrated))
	case c.Done > 0:
		list = append(list, T("digest.unrated", "unrated", c.Unrated, "done", c.Done))
	}
	if len(list) == 0 {
		return Text{}
	}
	return T("digest.rates", "rates", list)
}

func (c Counts) night() Text {
	switch {
	case c.Night == 0:
		return Text{}
	case c.NightTaken == 0:
		return T("digest.night_free", "n", c.Night)
	}
	return T("digest.night", "n", c.Night, "taken", c.NightTaken, "wait", c.NightWait)
}

// rounds is how the rounds of the night went.
func (c Counts) rounds() Text {
	if c.Nightly == nil {
		return Text{}
	}
	return Lines(c.Nightly.Brief(false)...)
}

// buttons are those of the lists, and the night's where it has rounds.
func (c Counts) buttons(s *Site, p Person) [][]Button {
	rows := c.Buttons(c.arrivalButtons(s, p)...)
	if c.Nightly == nil {
		return rows
	}
	return append(rows, Row(c.Nightly.NightButton(s)))
}

func (c Counts) undelivered() Text {
	if c.Undelivered == 0 {
		return Text{}
	}
	return T("digest.undelivered", "n", c.Undelivered)
}

// buttonsPerRow keeps the labels whole on a phone.
const buttonsPerRow = 4

// Buttons open the lists that the numbers were counted from: each number that is
// not zero has one.
func (c Counts) Buttons(more ...Button) [][]Button {
	//locale:prefix button.digest_
	var all []Button
	for _, list := range CountedLists {
		if n := len(c.Lists[list]); n > 0 {
			all = append(all, Button{Label: T("button.digest_"+string(list), "n", n), Data: ListData(list, c.To, 0)})
		}
	}
	all = append(all, more...)
	if c.Rooms != nil {
		all = append(all, Button{Label: T("button.digest_rooms"), Data: CommandData("rooms")})
	}
	if c.Undelivered > 0 {
		all = append(all, Button{Label: T("button.digest_undelivered"), Data: CommandData("undelivered")})
	}
	return slices.Collect(slices.Chunk(all, buttonsPerRow))
}

// ListData is the button that opens a page of a counted list.
func ListData(list CountedList, to time.Time, page int) string {
	return CommandData("digest|" + string(list) + "." + strconv.FormatInt(to.Unix()/60, 36) + "." + strconv.Itoa(page))
}
