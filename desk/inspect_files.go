package desk

// FileLists are all lists of files that a ticket holds. They are the ticket's own:
// what is changed in them is changed in it.
func (t Ticket) FileLists() [][]File {
	lists := [][]File{t.Files, t.Proof}
	if t.Checkout == nil || t.Checkout.Inspection == nil {
		return lists
	}
	i := t.Checkout.Inspection
	for _, m := range i.Marks {
		lists = append(lists, m.Files)
	}
	for _, c := range i.Charges {
		lists = append(lists, c.Files)
	}
	for _, g := range i.Goods {
		lists = append(lists, g.Files)
	}
	if i.Object != nil {
		lists = append(lists, i.Object.Files)
	}
	return lists
}
