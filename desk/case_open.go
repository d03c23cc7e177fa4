package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// ComplaintRule are the clocks of complaints, suggestions and praise.
type ComplaintRule struct {
	// Reply is how soon a person answers: at any hour for an urgent event, else from
	// ReplyFrom to ReplyTo. What comes outside of these hours is answered by ReplyBy
	// the next morning.
	Reply              Term
	ReplyFrom, ReplyTo ClockTime
	ReplyBy            ClockTime
	Done               Term // from filing
	LeftOver           Term // open for longer: left over
	Repeat             Term // the next of the same theme within it is a repeat
	Prominent          Term // the digest names the theme with the most in it
	Suggestion         Term // a manager answers a suggestion
}

// CaseDraft is a complaint, a suggestion or praise before it is a ticket.
type CaseDraft struct {
	Kind, Type string
	About      About
	Words      string
	Files      []File
	// Place is where it was; Category what it is about, as far as the words say so.
	Place, Category string
	Anonymous       bool
	Requester       string
	FiledBy         string // who of the desk files it for them
	Via             string
	SaidAt          time.Time
}

// Seal is who filed an anonymous ticket. It is written where no view, list, export
// or index reads it.
type Seal struct{ Ticket, Person string }

// OpenCase makes a ticket of a draft and sends it to whoever may know of it and
// answers for it. The ticket is among the effects and returned as well.
func OpenCase(w World, d CaseDraft) (Effects, Ticket) {
	s, now := w.Site(), w.Now()
	said := d.SaidAt
	if said.IsZero() || said.After(now) || now.Sub(said) > 24*time.Hour {
		said = now
	}
	t := Ticket{
		ID: w.NewID(), Number: w.Number(Letter(d.Kind)), Kind: d.Kind, Category: d.Category, Place: d.Place,
		Urgency: Normal, Requester: d.Requester, State: StateNew, Since: now, SaidAt: said, Created: now, Seq: 1,
		Files: d.Files[:min(len(d.Files), MaxFiles)],
	}
	if !d.Anonymous {
		t.FiledBy = d.FiledBy
	}
	if d.Type == CaseUrgent {
		t.Urgency = Urgent
	}
	who := d.Requester
	if d.Anonymous {
		// Nor when it was said: what came in at that moment would tell.
		t.Requester, t.SaidAt, who = "", now, ""
	}
	if words := strings.TrimSpace(d.Words); words != "" {
		t.Words = []Words{{By: who, At: now, Text: words}}
	}
	c := Case{Type: d.Type, About: d.About, Anonymous: d.Anonymous, ReplyBy: replyAim(s, t, said)}
	if d.Kind == KindComplaint {
		t.Clocks.Done = s.Calendar.After(said, s.Complaints.Done)
		x := accusedOf(w, d)
		c.Against, c.Teams, c.Floor = x.people, x.teams, x.floor()
		// Who complains about their own team still sees what they wrote themselves.
		c.Against = slices.DeleteFunc(c.Against, func(id string) bool { return id == d.Requester && !d.Anonymous })
		if d.Anonymous && d.About.Ticket != "" {
			if old, ok := w.Ticket(d.About.Ticket); ok {
				c.About.Team = old.Department
			}
			c.About.Ticket = ""
		}
		c.Themes = themes(s, t, c)
	}
	c.Level = c.Floor
	t.Case = &c
	if len(answering(w, t)) == 0 {
		c.Floor, c.Level = len(escalation), len(escalation)
	}
	repeat(w, t)

	var out Effects
	event := Event{Ticket: t.ID, Seq: 1, At: now, SaidAt: d.SaidAt, Action: Opened, To: StateNew, By: cmp.Or(d.FiledBy, d.Requester), Via: d.Via}
	if d.FiledBy != "" {
		event.For = d.Requester
	}
	if d.Anonymous {
		event.By, event.For, event.Via, event.SaidAt = "", "", "", time.Time{}
		out.Sealed = append(out.Sealed, Seal{Ticket: t.ID, Person: d.Requester})
	}
	out.Events = append(out.Events, event)
	if d.Kind == KindPraise {
		out.Add(praise(w, &t))
	}
	told := answering(w, t)
	if d.Kind == KindPraise && !t.State.Open() {
		told = nil
	}
	if len(told) > 0 {
		t.Follower = told[0].ID
	}
	out.Add(casePosts(w, t, told))
	out.Add(caseRegistered(w, t, d.Requester))
	out.Tickets = append(out.Tickets, t)
	return out, t
}

// replyAim is by when a person answers.
func replyAim(s *Site, t Ticket, from time.Time) time.Time {
	rule := s.Complaints
	if t.Kind != KindComplaint {
		return s.Calendar.After(from, rule.Suggestion)
	}
	open := Window(from, rule.ReplyFrom, rule.ReplyTo, s.Zone)
	if t.Urgency.Rings() || open.Equal(from) {
		return s.Calendar.After(from, rule.Reply)
	}
	return rule.ReplyBy.On(DateOf(open, s.Zone), s.Zone)
}

// themes are the keys under which a complaint is like another: what it is about
// and where, the team, the person, the ticket, and the same sort of complaint from
// the same person or in the same room. An anonymous one has none that tells who it
// is.
func themes(s *Site, t Ticket, c Case) []string {
	var keys []string
	add := func(kind string, parts ...string) {
		if !slices.Contains(parts, "") {
			keys = append(keys, kind+"/"+strings.Join(parts, "/"))
		}
	}
	if _, known := s.Category(t.Category); known {
		where := buildingOf(s, t.Place)
		if where == "" {
			where = t.Place
		}
		if add("theme", t.Category, where); where == "" {
			add("what", t.Category)
		}
	}
	switch c.About.Kind {
	case AboutTeam:
		add("team", c.About.Team, c.Type)
	case AboutService:
		add("service", c.About.Service)
	case AboutTicket:
		add("ticket", c.About.Ticket)
	}
	if c.About.Kind == AboutPerson && len(c.Against) == 1 {
		add("person", c.Against[0])
	}
	if place, ok := s.Places.Get(t.Place); ok {
		if place.Room != "" {
			add("room", place.ID, c.Type)
		} else {
			add("place", place.ID, c.Type)
		}
	}
	add("own", t.Requester, c.Type)
	return keys
}

// repeat links a complaint to those of the same theme that came before it; the
// second one is a level higher at once.
func repeat(w World, t Ticket) {
	term := w.Site().Complaints.Repeat
	since := w.Now().AddDate(0, 0, -term.Days).Add(-term.Duration)
	for _, key := range t.Case.Themes {
		for _, old := range w.TicketsThemed(key, since, 10) {
			if !slices.Contains(t.Case.Repeats, old.ID) && old.State != StateCancelled {
				t.Case.Repeats = append(t.Case.Repeats, old.ID)
			}
		}
	}
	if len(t.Case.Repeats) > 0 {
		t.Case.Level = min(t.Case.Level+1, max(len(escalation)-1, t.Case.Floor))
	}
}

// casePosts are the cards of those who answer for a case, each in private; of a
// repeated or returned one also those of the levels below that may know of it.
func casePosts(w World, t Ticket, people []Person) Effects {
	var out Effects
	for level := t.Case.Floor; level < min(t.Case.Level, len(escalation)); level++ {
		for _, p := range t.trusted(OnDuty(w, string(escalation[level]))) {
			if !isAmong(people, p.ID) {
				people = append(people, p)
			}
		}
	}
	for _, p := range people {
		if p.Address().IsZero() {
			continue
		}
		out.Posts = append(out.Posts, Post{
			ID: w.NewID(), Kind: PostDesk, Ticket: t.ID, Person: p.ID, Chat: p.Address(),
			Lang: w.Site().Language(p.Lang), Created: w.Now(), Lane: LaneInteractive,
		})
	}
	return out
}

// caseRegistered tells whoever filed it the number, who has it and by when they
// hear more. A named one is told by their card; the anonymous in a message that
// leaves no trace of where it went.
func caseRegistered(w World, t Ticket, person string) Effects {
	if !t.Anonymous() {
		return requesterPost(w, t)
	}
	var out Effects
	out.Say(Message{
		Person: person, Ticket: t.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text: Lines(CaseReceipt(w, t), T("case.anonymous_kept")), Buttons: CaseOwnButtons(t),
	})
	return out
}

// CaseReceipt is the first answer to a case: number, person and time.
//
//locale:key mine.complaint mine.suggestion mine.praise mine.praise_wait
func CaseReceipt(w World, t Ticket) Text {
	if t.Kind == KindPraise {
		if t.State.Open() {
			return T("mine.praise_wait", "number", t.Number)
		}
		return T("mine.praise", "number", t.Number)
	}
	people := CaseHandlers(w, t)
	if len(people) == 0 {
		return T("mine.case_nobody", "number", t.Number, "hotlines", hotlineTexts(w.Site()))
	}
	var names []Text
	for _, p := range people {
		role, manages := highest(p)
		if !manages {
			names = append(names, Literal(p.Called()))
			continue
		}
		names = append(names, T("case.handler", "role", T("role."+string(role)), "name", p.Called()))
	}
	//locale:prefix role.
	return T("mine."+t.Kind, "number", t.Number, "names", names, "by", t.Case.ReplyBy)
}

// highest is the manager's role in which somebody answers for a case, if they hold
// one.
func highest(p Person) (RoleName, bool) {
	for _, role := range slices.Backward(escalation) {
		if p.Has(role) {
			return role, true
		}
	}
	return "", false
}

func hotlineTexts(s *Site) []Text {
	var list []Text
	for _, h := range s.Hotlines {
		list = append(list, T("hotline", "label", h.Label, "phone", h.Number))
	}
	return list
}

// CaseOwnButtons are what whoever filed a case can do with it while it is open.
func CaseOwnButtons(t Ticket) [][]Button {
	if !t.State.Open() {
		return nil
	}
	add := Button{Label: T("button.add"), Data: StartData("add", t.ID)}
	if t.Kind == KindPraise {
		return [][]Button{Row(add)}
	}
	return [][]Button{Row(add, Button{Label: T("button.withdraw"), Data: StartData("cancel_ticket", t.ID)})}
}
