package desk

import (
	"slices"
	"strings"
	"time"
)

// Draft is a matter as it was told, before it is a ticket.
type Draft struct {
	Kind, Category, Summary, Words string
	Files                          []File
	Place                          string
	Urgent                         bool
	Entry                          Entry
	From, To                       time.Time
	Requester, FiledBy             string
	Via                            string
	SaidAt                         time.Time
	// Reworks is the ticket whose work did not hold, if this goes on with it.
	Reworks *Ticket
	// Department sends it there whatever the routes say, if the site has it.
	Department string
	// NoPost leaves out the requester's post: somebody else tells them.
	NoPost bool
	// Round is the round on which it was found.
	Round string
}

// Letter is the letter of the number of a kind. It is fixed at birth.
func Letter(kind string) string {
	switch kind {
	case KindEmergency:
		return "E"
	case KindComplaint:
		return "C"
	case KindSuggestion, KindPraise:
		return "S"
	case KindCheckout:
		return "B"
	}
	return "R"
}

// Open makes a ticket of a draft: urgency, department, clocks, follower, and
// who is told. The ticket is among the effects and returned as well.
func Open(w World, d Draft) (Effects, Ticket) {
	s, now := w.Site(), w.Now()
	said := d.SaidAt
	if said.IsZero() || said.After(now) || now.Sub(said) > 24*time.Hour {
		said = now
	}
	t := Ticket{
		ID: w.NewID(), Number: w.Number(Letter(d.Kind)), Kind: d.Kind, Category: d.Category, Summary: d.Summary,
		Place: d.Place, Entry: d.Entry, From: d.From, To: d.To, Requester: d.Requester, FiledBy: d.FiledBy,
		State: StateNew, Since: now, SaidAt: said, Created: now, Seq: 1, Urgency: urgencyOf(s, d), Round: d.Round,
	}
	category, _ := s.Category(d.Category)
	t.Discreet = category.Discreet
	t.Files = d.Files[:min(len(d.Files), MaxFiles)]
	if words := strings.TrimSpace(d.Words); words != "" {
		by := d.Requester
		if d.FiledBy != "" {
			by = d.FiledBy
		}
		t.Words = []Words{{By: by, At: now, Text: words}}
	}
	place, _ := s.Places.Get(d.Place)
	t.Department, _ = s.RouteTo(matterOf(s, t, place, now))
	if to, ok := s.Department(d.Department); ok && !to.Retired {
		t.Department = to.ID
	}
	t.Follower = follower(w, t)
	var out Effects
	if old := d.Reworks; old != nil {
		rework(w, &t, *old)
	} else {
		out.Add(recurs(w, &t))
	}
	t.Clocks = aims(s, t, said)

	out.Events = append(out.Events, Event{
		Ticket: t.ID, Seq: 1, At: now, SaidAt: d.SaidAt, Action: Opened, To: StateNew, By: by(d), For: forWhom(d), Via: d.Via,
	})
	dep, _ := s.Department(t.Department)
	if t.Urgency.Rings() || s.Calendar.Open(dep.Hours, now) {
		out.Add(announceNow(w, &t))
	}
	if category.CaretakerToo {
		out.Add(toCaretakers(w, t))
	}
	if !d.NoPost {
		out.Add(requesterPost(w, t))
	}
	for _, person := range t.Joined {
		out.Add(joinedPost(w, t, person))
	}
	out.Tickets = append(out.Tickets, t)
	return out, t
}

func by(d Draft) string {
	if d.FiledBy != "" {
		return d.FiledBy
	}
	return d.Requester
}

func forWhom(d Draft) string {
	if d.FiledBy != "" && d.FiledBy != d.Requester {
		return d.Requester
	}
	return ""
}

// rework ties the new ticket to the old one: to the same follower and
// department; from the second time on somebody else goes.
func rework(w World, t *Ticket, old Ticket) {
	t.Reworks, t.ReworkNo = old.ID, old.ReworkNo+1
	t.Department = old.Department
	t.Not = others(w, old, t.ReworkNo)
	if old.State == StateDone {
		t.FirstDue = old.Owed()
	}
	t.Joined = slices.Clone(old.Joined) // They wait for the same.
	if f, ok := w.Person(old.Follower); ok && !f.Suspended {
		t.Follower = old.Follower
	}
}

// urgencyOf is the higher of what the person says, what the category is, and
// what the words mean.
func urgencyOf(s *Site, d Draft) Urgency {
	c, _ := s.Category(d.Category)
	switch {
	case c.Urgency == Emergency, d.Kind == KindEmergency:
		return Emergency
	case d.Urgent, c.Urgency == Urgent, s.UrgentWords(d.Category, d.Summary+" "+d.Words):
		return Urgent
	}
	return Normal
}

// UrgentWords tells whether the words make a matter of the category urgent.
func (s *Site) UrgentWords(category, text string) bool {
	c, ok := s.Category(category)
	if !ok {
		return false
	}
	folded := Fold(text)
	for _, words := range c.UrgentWords {
		for _, word := range words {
			if word != "" && strings.Contains(folded, Fold(word)) {
				return true
			}
		}
	}
	return false
}

func matterOf(s *Site, t Ticket, place Place, now time.Time) Matter {
	local := now.In(s.Zone)
	return Matter{
		Kind: t.Kind, Category: t.Category, Place: place, Urgency: t.Urgency,
		At: ClockTime(local.Hour()*60 + local.Minute()),
	}
}

// announceNow sends the card to the department, if it has not gone out yet.
func announceNow(w World, t *Ticket) Effects {
	if !t.Announced.IsZero() {
		return Effects{}
	}
	t.Announced = w.Now()
	return dispatch(w, *t, t.Department)
}

// announce is the same by rule; the morning list has already shown the ticket.
func announce(x *turn) error {
	x.t.Announced = x.now()
	return nil
}

// toCaretakers tells the caretakers of the building at once what is the matter and
// where, and who was sent; never who called.
func toCaretakers(w World, t Ticket) Effects {
	var out Effects
	d, _ := w.Site().Department(t.Department)
	people := OnDuty(w, string(RoleCaretaker))
	for _, p := range w.Holders(RoleCaretaker) {
		if !isAmong(people, p.ID) {
			people = append(people, p)
		}
	}
	for _, p := range people {
		if !p.CaresFor(buildingOf(w.Site(), t.Place)) || p.ID == t.Requester || p.ID == t.FiledBy {
			continue
		}
		out.Say(Message{
			Person: p.ID, Ticket: t.ID, Class: ClassCard, Lane: LaneInteractive, Buttons: lookButtons(t),
			Text: T("caretaker.told", "number", t.Number, "title", Title(w.Site(), t), "place", Where(w.Site(), t), "department", d.Label),
		})
	}
	return out
}

// requesterPost is the resident's own view of the ticket; a caller without an
// account has none.
func requesterPost(w World, t Ticket) Effects {
	var out Effects
	p, ok := w.Person(t.Requester)
	if !ok || p.Address().IsZero() {
		return out
	}
	out.Posts = append(out.Posts, Post{
		ID: w.NewID(), Kind: PostRequester, Ticket: t.ID, Person: p.ID, Chat: p.Address(),
		Lang: w.Site().Language(p.Lang), Created: w.Now(), Lane: LaneInteractive,
	})
	return out
}
