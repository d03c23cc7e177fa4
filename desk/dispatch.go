package desk

import "slices"

// dispatch shows a ticket to a department: one post in each of its groups, and
// one in private to each of its members (see Members). A ticket is never left
// where nobody sees it: when nobody can take it, or a group is missing, the duty
// manager is told.
func dispatch(w World, t Ticket, department string) Effects {
	out := groupPosts(w, t, department, w.Groups(department))
	private, seen := memberPosts(w, t, department)
	out.Add(private)
	out.Add(lacking(w, t, department, seen))
	return out
}

// groupPosts are the posts of a card in groups of the department.
func groupPosts(w World, t Ticket, department string, groups []Group) Effects {
	var out Effects
	lane := LaneInteractive
	if t.Urgency == Emergency {
		lane = LaneEmergency
	}
	for _, g := range groups {
		out.Posts = append(out.Posts, Post{
			ID: w.NewID(), Kind: PostGroup, Ticket: t.ID, Department: department, Chat: g.Address, Lang: g.Lang,
			Created: w.Now(), Lane: lane,
		})
	}
	return out
}

// lacking tells the duty manager that nobody of the department can be reached, or
// that it has no group although it could have one with buttons.
func lacking(w World, t Ticket, department string, seen []Person) Effects {
	switch s := w.Site(); {
	case len(boards(w, department)) > 0:
		return Effects{}
	case len(seen) == 0:
		return Nobody(w, department, []Ticket{t})
	case groupless(w, department, seen):
		d, _ := s.Department(department)
		return ToManagers(w, Message{
			Ticket: t.ID, Class: ClassNotice, Lane: laneOf(t),
			Text:    T("nogroup.manager", "number", t.Number, "title", Title(s, t), "department", d.Label),
			Buttons: lookButtons(t),
		})
	}
	return Effects{}
}

// groupless tells whether a department that is reached in private has no group
// although all of its people are where a group could have buttons: then one is
// missing, and not meant to be.
func groupless(w World, department string, people []Person) bool {
	s := w.Site()
	return len(w.Groups(department)) == 0 &&
		!slices.ContainsFunc(people, func(p Person) bool { return !s.Can(p.Address()).GroupButtons })
}

// Nobody tells the duty manager of tickets that wait in a department of which
// nobody can be reached now.
func Nobody(w World, department string, list []Ticket) Effects {
	s := w.Site()
	d, _ := s.Department(department)
	m := listMessage(w, T("nobody.head", "department", d.Label, "n", len(list)), list)
	m.Class, m.Lane = ClassNotice, LaneInteractive
	for _, t := range list {
		m.Ticket = t.ID
		if t.Urgency == Emergency {
			m.Lane = LaneEmergency
		}
	}
	if len(list) > 1 {
		m.Ticket = ""
	}
	return ToManagers(w, m)
}

// remindUntaken reminds the department once: with a reply in its groups with
// buttons, and its members in private. A notice in another group stays the only
// one.
func remindUntaken(w World, t Ticket) Effects {
	var out Effects
	for _, g := range boards(w, t.Department) {
		out.Say(Message{
			Chat: g.Address, Lang: g.Lang, Ticket: t.ID, Class: ClassReminder, Lane: laneOf(t), ReplyToCard: true,
			Text: T("take.group", "number", t.Number),
		})
	}
	private, seen := memberPosts(w, t, t.Department)
	for _, p := range seen {
		if slices.ContainsFunc(private.Posts, func(post Post) bool { return post.Person == p.ID }) {
			continue // Who sees it only now needs no reminder.
		}
		out.Say(Message{
			Person: p.ID, Ticket: t.ID, Class: ClassReminder, Lane: laneOf(t), ReplyToCard: true,
			Text:    T("take.member", "number", t.Number, "title", categoryOf(w, t), "place", Where(w.Site(), t)),
			Buttons: lookButtons(t),
		})
	}
	out.Add(private)
	return out
}
