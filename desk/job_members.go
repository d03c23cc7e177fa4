package desk

import "slices"

// lateCards is how many tickets somebody who comes on duty is shown as cards;
// more are one list.
const lateCards = 3

// showLate shows the tickets that nobody has to those members who have not seen
// them: at the start of a shift, to who was added, and to who can be reached
// again. Outside of the department's hours only what rings is shown.
func showLate(r Reader) Effects {
	var out Effects
	for _, d := range r.Site().Departments {
		var order []string
		missed := map[string][]Post{}
		for _, t := range r.Open(d.ID) {
			if t.State != StateNew || t.Announced.IsZero() || !t.Urgency.Rings() && !r.Site().Calendar.Open(d.Hours, r.Now()) {
				continue
			}
			for _, p := range ShowMembers(r, t).Posts {
				if missed[p.Person] == nil {
					order = append(order, p.Person)
				}
				missed[p.Person] = append(missed[p.Person], p)
			}
		}
		for _, person := range order {
			out.Posts = append(out.Posts, latePosts(missed[person])...)
		}
	}
	return out
}

// latePosts are the cards of what somebody missed, or lists of it when they are
// many. What is an emergency is always a card.
func latePosts(cards []Post) []Post {
	var shown, many []Post
	for _, p := range cards {
		if p.Lane == LaneEmergency || len(cards) <= lateCards {
			shown = append(shown, p)
		} else {
			many = append(many, p)
		}
	}
	for part := range slices.Chunk(many, listSize) {
		list := part[0]
		list.Kind, list.Ticket, list.Lane = PostList, "", LaneRoutine
		for _, p := range part {
			list.Tickets = append(list.Tickets, p.Ticket)
		}
		shown = append(shown, list)
	}
	return shown
}
