package desk

// listedWith is the morning list in which a ticket was shown among others, the newest;
// false for one that had a card of its own from the beginning.
func listedWith(w World, t Ticket) (list Post, ok bool) {
	if t.Urgency.Rings() {
		return Post{}, false
	}
	for _, p := range w.Posts(t.ID) {
		if p.Kind == PostList && len(p.Tickets) > 1 && (!ok || p.Created.After(list.Created)) {
			list, ok = p, true
		}
	}
	return list, ok
}

// untakenOfList tells of a whole list, once for each level, that some of it is taken by
// nobody: a night leaves many tickets with one and the same time, and nobody reads a
// reminder for each.
func untakenOfList(w World, t Ticket, list Post, level int, told Effects) Effects {
	s := w.Site()
	d, _ := s.Department(t.Department)
	key := "untaken/" + d.ID + "/" + list.Created.UTC().Format("20060102150405") + "/" + string(rune('0'+level)) + "/"
	managers := map[string]bool{}
	for _, p := range Managers(w, level) {
		managers[p.ID] = true
	}
	for i := range told.Messages {
		m := &told.Messages[i]
		m.Key = key + m.Person + m.Department + m.Chat.String()
		m.ReplyToCard, m.Passing, m.Ticket = false, false, ""
		if managers[m.Person] {
			m.Text = T("take.manager_list", "department", d.Label, "by", t.Clocks.Take)
			m.Buttons = [][]Button{Row(Button{Label: T("button.list_open"), Data: CommandData("open|" + d.ID)})}
			continue
		}
		m.Text, m.Buttons = T("take.group_list"), nil
	}
	return told
}
