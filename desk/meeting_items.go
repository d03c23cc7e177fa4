package desk

import (
	"slices"
	"strings"
	"time"
)

// ActionItem is something that somebody is to do after a meeting.
type ActionItem struct {
	ID string `json:"id"`
	// Meeting and Point are where it was decided.
	Meeting string    `json:"meeting"`
	Point   int       `json:"point"`
	What    string    `json:"what"`
	Owner   string    `json:"owner"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Due     Date      `json:"due"`
	// Concern is the theme that it is to put right.
	Concern Concern `json:"matter,omitzero"`

	Done   time.Time `json:"done,omitzero"`
	DoneBy string    `json:"done_by,omitempty"`
	Said   string    `json:"said,omitempty"`
	Files  []File    `json:"files,omitempty"`
	// Dropped is when it was given up, by DoneBy, Said is why.
	Dropped time.Time `json:"dropped,omitzero"`
}

// itemsLooked is how many open action items are looked at.
const itemsLooked = 300

// Open tells whether it is still to be done.
func (i ActionItem) Open() bool { return i.Done.IsZero() && i.Dropped.IsZero() }

// Overdue tells whether it should have been done by a date.
func (i ActionItem) Overdue(today Date) bool { return i.Open() && i.Due.Compare(today) < 0 }

// dueAt is its date as a time, at noon: only the day of it is said.
func (i ActionItem) dueAt(s *Site) time.Time { return ClockTime(12*60).On(i.Due, s.Zone) }

// SeesItem tells whether a person may read an action item: whose it is, who gave
// it, and who may read what was decided about its point.
func SeesItem(w World, p Person, i ActionItem) bool {
	if p.Suspended {
		return false
	}
	if p.Is(i.Owner) || p.Is(i.By) {
		return true
	}
	m, ok := w.Meeting(i.Meeting)
	return ok && i.Point < len(m.Points) && ReadsMeeting(w, m, p) && m.Whole(w, p, i.Point)
}

// RunsItem tells whether a person may change an action item, give it up or say in
// the owner's name that it is done: the chair and the managers who may read it.
func RunsItem(w World, p Person, i ActionItem) bool {
	return SeesItem(w, p, i) && (p.Manages() || isAmong(chairs(w), p.ID))
}

// itemsSeen are the open action items that a person may read, the first due first.
func itemsSeen(w World, p Person, n int) []ActionItem {
	return slices.DeleteFunc(slices.Clone(w.ItemsOpen(n)), func(i ActionItem) bool { return !SeesItem(w, p, i) })
}

// ItemsFor are the open action items that a person is shown: their own, and for
// managers and the chair all that they may read.
func ItemsFor(w World, p Person) []ActionItem {
	list := itemsSeen(w, p, itemsLooked)
	if p.Manages() || p.Has(RoleSupervisor) || isAmong(chairs(w), p.ID) {
		return list
	}
	return slices.DeleteFunc(list, func(i ActionItem) bool { return !p.Is(i.Owner) })
}

func countOverdue(w World, list []ActionItem) int {
	n, today := 0, DateOf(w.Now(), w.Site().Zone)
	for _, i := range list {
		if i.Overdue(today) {
			n++
		}
	}
	return n
}

// MayOwn tells whether somebody can be given an action item about a point: an
// employee whom none of its complaints is, or may be, about.
func MayOwn(w World, m Meeting, i int, p Person) bool {
	if !p.Employee() || i < 0 || i >= len(m.Points) {
		return false
	}
	tickets := m.Points[i].Tickets
	if item, ok := w.ActionItem(m.Points[i].Item); ok {
		before, _ := w.Meeting(item.Meeting)
		if item.Point < len(before.Points) {
			tickets = before.Points[item.Point].Tickets
		}
	}
	for _, id := range tickets {
		t, ok := w.Ticket(id)
		if ok && t.Case != nil && (slices.ContainsFunc(t.Case.Against, p.Is) || slices.ContainsFunc(t.Case.Teams, p.WorksFor)) {
			return false
		}
	}
	return true
}

// itemDays is how far ahead an action item can be due.
const itemDays = 366

// AddItem gives somebody something to do, and tells them.
func AddItem(w World, m Meeting, p Person, item ActionItem) (Effects, error) {
	s := w.Site()
	owner, ok := w.Person(item.Owner)
	today := DateOf(w.Now(), s.Zone)
	item.What = strings.TrimSpace(item.What)
	switch {
	case !MaySettle(w, m, p, item.Point):
		return Effects{}, Refuse("meeting.chair_only")
	case item.What == "":
		return Effects{}, Refuse("refuse.empty")
	case !ok || !MayOwn(w, m, item.Point, owner):
		return Effects{}, Refuse("actions.not_them")
	case item.Due.Compare(today) < 0 || item.Due.Compare(today.AddDays(itemDays)) > 0:
		return Effects{}, Refuse("actions.date")
	}
	item.ID, item.Meeting, item.Owner, item.By, item.At = w.NewID(), m.ID, owner.ID, p.ID, w.Now()
	item.Concern = m.Points[item.Point].Concern
	var out Effects
	out.Meetings.Items = append(out.Meetings.Items, item)
	if !p.Is(owner.ID) {
		out.Say(Message{
			Person: owner.ID, Class: ClassNotice, Lane: LaneRoutine, Buttons: itemButtons(item),
			Text: T("actions.given", "what", item.What, "due", item.dueAt(s), "number", m.Number, "by", p.Called()),
		})
	}
	return out, nil
}

func itemButtons(i ActionItem) [][]Button {
	return [][]Button{Row(Button{Label: T("button.item_done"), Data: CommandData("actions|d." + i.ID)})}
}

// open refuses what is over.
func (i ActionItem) open() error {
	if !i.Open() {
		return Refuse("actions.over")
	}
	return nil
}

// FinishItem says that an action item is done, with words or photos. Who gave it is
// told, and the desk will look whether its theme comes back.
func FinishItem(w World, i ActionItem, p Person, words string, files []File) (Effects, error) {
	if !p.Is(i.Owner) && !RunsItem(w, p, i) {
		return Effects{}, Refuse("actions.not_yours")
	}
	if err := i.open(); err != nil {
		return Effects{}, err
	}
	i.Done, i.DoneBy, i.Said = w.Now(), p.ID, strings.TrimSpace(words)
	i.Files = files[:min(len(files), MaxFiles)]
	var out Effects
	out.Meetings.Items = append(out.Meetings.Items, i)
	if !p.Is(i.By) {
		out.Say(Message{
			Person: i.By, Class: ClassNotice, Lane: LaneRoutine, Photos: i.Files,
			Text: Lines(T("actions.done", "what", i.What, "owner", nameOf(w, i.Owner), "by", p.Called()), quoted(i.Said)),
		})
	}
	if i.Concern != (Concern{}) {
		out.Jobs = append(out.Jobs, lookJob(w.Site(), lookItem+i.ID, i.Done))
	}
	return out, nil
}

// AddItemFiles adds what still comes of an album to an action item that somebody has
// just said to be done.
func AddItemFiles(i ActionItem, p Person, files []File) Effects {
	var out Effects
	if i.Done.IsZero() || !p.Is(i.DoneBy) {
		return out
	}
	i.Files = append(slices.Clone(i.Files), files[:min(len(files), max(MaxFiles-len(i.Files), 0))]...)
	out.Meetings.Items = append(out.Meetings.Items, i)
	return out
}

// MoveItem gives an action item another date, DropItem gives it up; the owner is
// told.
func MoveItem(w World, i ActionItem, p Person, due Date) (Effects, error) {
	if !RunsItem(w, p, i) {
		return Effects{}, Refuse("actions.managers")
	}
	if err := i.open(); err != nil {
		return Effects{}, err
	}
	today := DateOf(w.Now(), w.Site().Zone)
	if due.Compare(today) < 0 || due.Compare(today.AddDays(itemDays)) > 0 {
		return Effects{}, Refuse("actions.date")
	}
	i.Due = due
	return tellOwner(w, i, p, T("actions.moved", "what", i.What, "due", i.dueAt(w.Site()), "by", p.Called()), itemButtons(i)), nil
}

// DropItem gives an action item up, with the reason.
func DropItem(w World, i ActionItem, p Person, why string) (Effects, error) {
	if !RunsItem(w, p, i) {
		return Effects{}, Refuse("actions.managers")
	}
	if err := i.open(); err != nil {
		return Effects{}, err
	}
	if why = strings.TrimSpace(why); why == "" {
		return Effects{}, Refuse("refuse.empty")
	}
	i.Dropped, i.DoneBy, i.Said = w.Now(), p.ID, why
	return tellOwner(w, i, p, T("actions.dropped", "what", i.What, "why", why, "by", p.Called()), nil), nil
}

func tellOwner(_ World, i ActionItem, p Person, text Text, buttons [][]Button) Effects {
	var out Effects
	out.Meetings.Items = append(out.Meetings.Items, i)
	if !p.Is(i.Owner) {
		out.Say(Message{Person: i.Owner, Class: ClassNotice, Lane: LaneRoutine, Text: text, Buttons: buttons})
	}
	return out
}

// ItemLine is an action item in a list.
func ItemLine(w World, i ActionItem) Text {
	key := "actions.line"
	if i.Overdue(DateOf(w.Now(), w.Site().Zone)) {
		key = "actions.line_overdue"
	}
	//locale:key actions.line actions.line_overdue
	return T(key, "what", i.What, "owner", nameOf(w, i.Owner), "due", i.dueAt(w.Site()))
}

// withItems adds to a digest what of the action items its reader sees: how many are
// open and overdue. Where none is overdue, nothing is said.
func withItems(w World, p Person, digest Text, buttons [][]Button) (Text, [][]Button) {
	list := itemsSeen(w, p, itemsLooked)
	over := countOverdue(w, list)
	if over == 0 {
		return digest, buttons
	}
	return Lines(digest, T("digest.items", "n", len(list), "overdue", over)),
		append(buttons, Row(Button{Label: T("button.digest_items", "n", over), Data: CommandData("actions|o")}))
}
