package desk

import "slices"

// joinAtOnce bounds how many tickets follow when two records are joined: the
// newest ones. Older ones keep naming the old record, which leads on.
const joinAtOnce = 100

// Join makes two records of one person one: the addresses, the tickets and what
// only the old record knew go to the other, and the old one leads there. into
// is returned as it is then.
func Join(w World, old, into Person) (Effects, Person, error) {
	var out Effects
	// The address last written from is in front: it is the joining one that asks.
	rest := slices.DeleteFunc(slices.Clone(into.Addresses), func(a Address) bool { return slices.Contains(old.Addresses, a) })
	into.Addresses = append(slices.Clone(old.Addresses), rest...)
	fill(&into.Name, old.Name)
	fill(&into.Shown, old.Shown)
	fill(&into.Phone, old.Phone)
	fill(&into.Home, old.Home)
	fill(&into.Lang, old.Lang)
	for _, r := range old.Roles {
		if r.By != "config" {
			into.Roles = append(into.Roles, r)
		}
	}
	into.Suspended = into.Suspended || old.Suspended
	left := Person{ID: old.ID, Joined: into.ID, Created: old.Created}
	// The old record goes first: its addresses are then written for the other.
	out.People = append(out.People, left, into)
	for _, t := range w.TicketsOf(old.ID, joinAtOnce) {
		effects, err := Act(w, t, Joined, Actor{}, With("to", into.ID))
		if err != nil {
			return Effects{}, into, err
		}
		out.Add(effects)
	}
	for _, t := range w.SealedOf(old.ID) {
		out.Sealed = append(out.Sealed, Seal{Ticket: t.ID, Person: into.ID})
	}
	for _, t := range w.TicketsTaken(old.ID) {
		if i := slices.IndexFunc(out.Tickets, func(o Ticket) bool { return o.ID == t.ID }); i >= 0 {
			out.Tickets[i].Taker = into.ID
			continue
		}
		t.Taker = into.ID
		out.Tickets = append(out.Tickets, t)
	}
	out.Notes = append(out.Notes, Note{Kind: "joined", Person: into.ID, Facts: map[string]string{"from": old.ID}})
	return out, into, nil
}

func fill(to *string, from string) {
	if *to == "" {
		*to = from
	}
}

// joined gives the ticket to the record that its requester's was joined into.
func joined(x *turn) error {
	to := x.args.Get("to")
	if x.t.FiledBy == x.t.Requester {
		x.t.FiledBy = to
	}
	x.t.Requester = to
	x.keepUndo()
	return nil
}
