package desk

import (
	"slices"
	"time"
)

// reachable tells whether a message to a person can arrive.
func reachable(p Person) bool {
	return !p.Suspended && p.Unreachable == "" && !p.Address().IsZero()
}

// Rostered lists whom the roster has on duty now for a role or a department,
// whether or not they can be reached. A duty that the roster names for nobody is
// done by everybody who may, except who is on leave.
func Rostered(w World, duty string) []Person { return rostered(bookAt(w, w.Now()), duty) }

func rostered(b *book, duty string) []Person {
	if !b.names(duty) {
		date := b.s.Calendar.Date(b.w.Now())
		return slices.DeleteFunc(holders(b.w, duty), func(p Person) bool { return b.away(p.ID, date) })
	}
	var list []Person
	for _, d := range b.s.Roster.Current(b.s.Calendar, b.w.Now()) {
		for _, p := range b.people(d, duty) {
			if !isAmong(list, p.ID) {
				list = append(list, p)
			}
		}
	}
	return list
}

// holders lists everybody who may do a duty.
func holders(w World, duty string) []Person {
	if _, isDepartment := w.Site().Department(duty); !isDepartment {
		return slices.Clone(w.Holders(RoleName(duty)))
	}
	return slices.DeleteFunc(slices.Clone(w.Holders(RoleTechnician)), func(p Person) bool { return !p.WorksFor(duty) })
}

// Present lists who is on duty now, can be reached, and did not miss to say at
// the start of the shift that they are there.
func Present(w World, duty string) []Person { return present(bookAt(w, w.Now()), duty) }

func present(b *book, duty string) []Person {
	missed := b.missed()
	return slices.DeleteFunc(rostered(b, duty), func(p Person) bool { return !reachable(p) || missed[p.ID] })
}

// missed are those who were asked whether they are there, and said nothing. Who
// is on two shifts counts as there if one knows of them.
func (b *book) missed() map[string]bool {
	missed := map[string]bool{}
	for _, d := range b.s.Roster.Current(b.s.Calendar, b.w.Now()) {
		for _, p := range b.w.Presences(d.Key()) {
			id := b.id(p.Person)
			before, known := missed[id]
			missed[id] = p.Missed(b.w.Now()) && (before || !known)
		}
	}
	return missed
}

// OnDuty lists who is to be turned to now for a role or a department: who is on
// duty and there; or else who is on duty and did not say so; or else everybody
// with that role, those on leave last. An empty level never swallows a message.
func OnDuty(w World, role string) []Person {
	b := bookAt(w, w.Now())
	if list := present(b, role); len(list) > 0 {
		return list
	}
	unreachable := func(p Person) bool { return !reachable(p) }
	if list := slices.DeleteFunc(rostered(b, role), unreachable); len(list) > 0 {
		return list
	}
	list := slices.DeleteFunc(holders(w, role), unreachable)
	date := b.s.Calendar.Date(w.Now())
	here := slices.DeleteFunc(slices.Clone(list), func(p Person) bool { return b.away(p.ID, date) })
	if len(here) > 0 {
		return here
	}
	return list
}

// escalation is who is told after whom.
var escalation = []RoleName{RoleDutyManager, RoleCentreManager, RolePropertyManager}

// Managers lists who stands at a level of the escalation (0 is the duty manager):
// of those who are on duty and there the first level from there on, or else the
// last one before it. When nobody of them is, it is everybody on duty who did not
// say that they are there; then every manager who can be reached, wherever they
// are; then the administrators. It is empty when nobody at all can be reached.
func Managers(w World, level int) []Person {
	b := bookAt(w, w.Now())
	level = min(level, len(escalation)-1)
	ladder := append(slices.Clone(escalation[level:]), reversed(escalation[:level])...)
	for _, role := range ladder {
		if list := present(b, string(role)); len(list) > 0 {
			return list
		}
	}
	var asleep, all []Person
	for _, role := range ladder {
		for _, p := range rostered(b, string(role)) {
			if reachable(p) && !isAmong(asleep, p.ID) {
				asleep = append(asleep, p)
			}
		}
		for _, p := range w.Holders(role) {
			if reachable(p) && !isAmong(all, p.ID) {
				all = append(all, p)
			}
		}
	}
	if len(asleep) > 0 {
		return asleep
	}
	if len(all) > 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(w.Holders(RoleAdministrator)), func(p Person) bool { return !reachable(p) })
}

func reversed(list []RoleName) []RoleName {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// Operators lists who answers the residents now: the operators on duty, and where
// there are none the duty manager.
func Operators(w World) []Person {
	if list := Present(w, string(RoleOperator)); len(list) > 0 {
		return list
	}
	return Managers(w, 0)
}

// ToManagers says something to the duty manager.
func ToManagers(w World, m Message) Effects { return ToLevel(w, 0, m) }

// ToLevel says something to a level of the escalation. When nobody at all can be
// reached, the desk says so where people are: in every group, and in the list of
// what was not delivered.
func ToLevel(w World, level int, m Message) Effects {
	var out Effects
	managers := Managers(w, level)
	if len(managers) == 0 {
		return nobodyReached(w, m)
	}
	for _, p := range managers {
		to := m
		if to.Person = p.ID; m.Key != "" {
			to.Key = m.Key + "/" + p.ID
		}
		out.Say(to)
	}
	return out
}

// nobodyReached is the desk's loudest word: no manager and no administrator can
// be reached. The groups hear of it once in an hour and for each ticket.
func nobodyReached(w World, m Message) Effects {
	s := w.Site()
	out := Effects{Notes: []Note{{Kind: "nobody", Ticket: m.Ticket, Facts: map[string]string{"class": string(m.Class)}}}}
	about, number := "", ""
	if t, ok := w.Ticket(m.Ticket); ok && m.Ticket != "" {
		about, number = t.ID, t.Number
	}
	var hotlines []Text
	for _, h := range s.Hotlines {
		hotlines = append(hotlines, T("hotline", "label", h.Label, "phone", h.Number))
	}
	text := T("nobody.group")
	if number != "" {
		text = T("nobody.group_ticket", "number", number)
	}
	if len(hotlines) > 0 {
		text = Lines(text, T("nobody.call", "hotlines", hotlines))
	}
	for _, d := range s.Departments {
		for _, g := range w.Groups(d.ID) {
			out.Say(Message{
				Chat: g.Address, Lang: g.Lang, Lane: LaneEmergency, Class: ClassEmergency, Text: text, Ticket: m.Ticket,
				Key: "nobody/" + about + "/" + w.Now().UTC().Truncate(time.Hour).Format("2006010215") + "/" + g.Address.String(),
			})
		}
	}
	return out
}

// atDesk lists who sits at the desk now: the operators, and the duty managers.
func atDesk(w World) []Person {
	b := bookAt(w, w.Now())
	if len(b.s.Roster.Shifts) == 0 {
		return nil
	}
	var list []Person
	for _, role := range []RoleName{RoleOperator, RoleDutyManager} {
		for _, p := range present(b, string(role)) {
			if b.names(string(role)) && !isAmong(list, p.ID) {
				list = append(list, p)
			}
		}
	}
	return list
}

// follower is who answers for a new ticket: the operator on shift, at night and
// where there is none the duty manager.
func follower(w World, t Ticket) string {
	if list := atDesk(w); len(list) > 0 {
		return list[0].ID
	}
	for _, role := range []RoleName{RoleOperator, RoleDutyManager, RoleCentreManager, RoleAdministrator} {
		list := slices.Clone(w.Holders(role))
		slices.SortFunc(list, func(a, b Person) int { return a.Created.Compare(b.Created) })
		for _, p := range list {
			if p.ID != t.Requester || len(list) == 1 {
				return p.ID
			}
		}
	}
	return ""
}

// Answerable is who answers for a ticket now: its follower while they are on
// shift, else whoever sits at the desk. Off shift nobody is pinged in private;
// the follower stays the same, and passes the ticket on at the handover.
func Answerable(w World, t Ticket) string {
	list := atDesk(w)
	if len(list) == 0 || slices.ContainsFunc(list, func(p Person) bool { return p.Is(t.Follower) }) {
		return t.Follower
	}
	return list[0].ID
}

// Disturbed is who is told of something that a ticket's taker should do: the
// taker, unless they are off shift and it does not ring.
func Disturbed(w World, t Ticket) string {
	if t.Taker == "" || !t.Urgency.Rings() && OffShift(w, t.Taker) {
		return Answerable(w, t)
	}
	return t.Taker
}
