package desk

import (
	"maps"
	"slices"
	"strings"
)

// joinAtOnce bounds how many tickets follow when two records are joined: the
// newest ones. Older ones keep naming the old record, which leads on.
const joinAtOnce = 100

// Join makes two records of one person one: the addresses, the tickets, the
// granted roles and what only the old record knew go to the other, and the old
// one leads there. into is returned as it is then.
func Join(w World, old, into Person) (Effects, Person, error) {
	var out Effects
	before := into.Roles
	if old.ID == into.ID {
		return out, into, nil
	}
	// The address last written from is in front: it is the joining one that asks.
	away := Person{Addresses: append(slices.Clone(old.Addresses), into.Addresses...), Away: old.awayNow()}
	maps.Copy(away.Away, into.awayNow())
	rest := slices.DeleteFunc(slices.Clone(into.Addresses), func(a Address) bool { return slices.Contains(old.Addresses, a) })
	into.Addresses = append(slices.Clone(old.Addresses), rest...)
	away = away.reachable("")
	into.Away, into.Unreachable = away.Away, away.Unreachable
	into.Formerly = append(append(slices.Clone(into.Formerly), old.Formerly...), old.ID)
	fill(&into.Name, old.Name)
	fill(&into.Shown, old.Shown)
	fill(&into.Phone, old.Phone)
	fill(&into.Home, old.Home)
	fill(&into.Lang, old.Lang)
	if into.Number == "" {
		into.Number, into.VerifiedBy = old.Number, old.VerifiedBy
	}
	into.NameAsked = into.NameAsked || old.NameAsked
	if old.Pressed.After(into.Pressed) {
		into.Pressed = old.Pressed
	}
	if into.DigestSet.Before(old.DigestSet) {
		into.Digest, into.DigestSet = old.Digest, old.DigestSet
	}
	for _, r := range old.Roles {
		if r.By != "config" && !slices.ContainsFunc(into.Roles, r.same) {
			into.Roles = append(slices.Clip(into.Roles), r)
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
		out.put(t, func(t *Ticket) { t.Taker = into.ID })
	}
	for _, t := range w.TicketsJoined(old.ID, joinAtOnce) {
		out.put(t, func(t *Ticket) { t.Joined = inPlace(t, old.ID, into) })
	}
	out.Notes = append(out.Notes, Note{Kind: "joined", Person: into.ID, Facts: map[string]string{
		"from": old.ID, "roles": grants(old.Roles), "kept": grants(before),
	}})
	return out, into, nil
}

// put changes a ticket, as it is in the effects if it is there.
func (e *Effects) put(t Ticket, change func(*Ticket)) {
	i := slices.IndexFunc(e.Tickets, func(o Ticket) bool { return o.ID == t.ID })
	if i < 0 {
		e.Tickets = append(e.Tickets, t)
		i = len(e.Tickets) - 1
	}
	change(&e.Tickets[i])
}

// inPlace names the joined record where the list names the old one, once. Whose
// ticket it is anyway is left out.
func inPlace(t *Ticket, old string, into Person) []string {
	var list []string
	for _, id := range t.Joined {
		if id == old {
			id = into.ID
		}
		if into.Is(id) && (into.Is(t.Requester) || slices.Contains(list, id)) {
			continue
		}
		list = append(list, id)
	}
	return list
}

// same tells whether two grants are of the same, whoever granted them.
func (r Role) same(o Role) bool {
	return r.Name == o.Name && slices.Equal(r.Departments, o.Departments) && slices.Equal(r.Buildings, o.Buildings)
}

// grants writes down roles with who granted them, for the record.
func grants(roles []Role) string {
	var list []string
	for _, r := range roles {
		scope := strings.Join(append(slices.Clone(r.Departments), r.Buildings...), "+")
		list = append(list, string(r.Name)+"("+scope+") by "+r.By)
	}
	return strings.Join(list, ", ")
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
