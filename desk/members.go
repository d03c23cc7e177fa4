package desk

import "slices"

// Members lists who of a department is shown its tickets in private now: who is
// on duty and has no address on a channel where the department has a group with
// buttons. Who has one sees the group.
//
// On duty is who the roster names. Off shift nobody is written to in private, so
// a roster that has somebody of the department in some shift, and nobody for now,
// means nobody; one that has none of them leaves it to everybody who works there,
// as OnDuty does. An emergency asks OnDuty in any case: better somebody too many
// than nobody.
func Members(w World, department string, u Urgency) []Person {
	s := w.Site()
	var list []Person
	for _, p := range onShift(w, department, u) {
		if !p.Address().IsZero() && !s.Can(p.Address()).NoPrivate && p.WorksFor(department) && !readsBoard(w, p, department) {
			list = append(list, p)
		}
	}
	return list
}

func onShift(w World, department string, u Urgency) []Person {
	if u == Emergency || !bookAt(w, w.Now()).names(department) {
		return OnDuty(w, department)
	}
	now := Rostered(w, department)
	return slices.DeleteFunc(OnDuty(w, department), func(p Person) bool { return !isAmong(now, p.ID) })
}

// readsBoard tells whether the person has an address where the department has a
// group with buttons.
func readsBoard(w World, p Person, department string) bool {
	return slices.ContainsFunc(boards(w, department), func(g Group) bool {
		return slices.ContainsFunc(p.Addresses, func(a Address) bool { return a.Channel == g.Address.Channel })
	})
}

// boards are the groups of a department in which its tickets can be pressed.
func boards(w World, department string) []Group {
	return slices.DeleteFunc(slices.Clone(w.Groups(department)), func(g Group) bool { return !w.Site().Can(g.Address).GroupButtons })
}

// memberPosts shows a ticket in private to those of the department who do not
// have it before them already, and must not take it. seen is how many people
// have it then.
func memberPosts(w World, t Ticket, department string) (out Effects, seen []Person) {
	lane := LaneInteractive
	if t.Urgency == Emergency {
		lane = LaneEmergency
	}
	posts := w.Posts(t.ID)
	for _, p := range Members(w, department, t.Urgency) {
		if slices.Contains(t.Not, p.ID) {
			continue
		}
		seen = append(seen, p)
		if slices.ContainsFunc(posts, func(post Post) bool { return post.showsTo(p, department) }) {
			continue
		}
		out.Posts = append(out.Posts, Post{
			ID: w.NewID(), Kind: PostMember, Ticket: t.ID, Department: department, Person: p.ID, Chat: p.Address(),
			Lang: w.Site().Language(p.Lang), Created: w.Now(), Lane: lane,
		})
	}
	return out, seen
}

// showsTo tells whether the post shows a ticket of the department to a person in
// private, with buttons as long as nobody has it.
func (p Post) showsTo(who Person, department string) bool {
	return (p.Kind == PostMember || p.Kind == PostList) && who.Is(p.Person) && p.Department == department &&
		!p.Superseded && p.Gone == ""
}

// ShowMembers shows a ticket that nobody has to the members who have not seen it:
// who came on duty since, or whose group is gone.
func ShowMembers(w World, t Ticket) Effects {
	out, _ := memberPosts(w, t, t.Department)
	return out
}

// SameForMembers tells whether a ticket looks the same in two states to those who
// do not have it. While somebody has it nothing changes for them: every change
// would be one more message where a card cannot be replaced as often as one
// likes. For the same reason a reminder does not change it.
func SameForMembers(a, b Ticket) bool { return faceOf(a) == faceOf(b) }

// face is all that changes a member's card.
type face struct {
	taker               string
	ended               bool
	department, offered string
	urgency             Urgency
	place               string
	takenAt, from, to   int64
}

func faceOf(t Ticket) face {
	if t.Taker != "" {
		return face{taker: t.Taker, takenAt: t.TakenAt.UnixNano(), department: t.Department}
	}
	return face{
		ended: !t.State.Open(), department: t.Department, offered: t.Offered, urgency: t.Urgency, place: t.Place,
		from: t.From.UnixNano(), to: t.To.UnixNano(),
	}
}
