package desk

import (
	"maps"
	"slices"
)

// Address is where the person last wrote and can be written to. Whoever cannot
// be reached at all has the one they last wrote from; whoever has none, the zero
// address.
func (p Person) Address() Address {
	if reached := p.Reached(); len(reached) > 0 {
		return reached[0]
	}
	if len(p.Addresses) == 0 {
		return Address{}
	}
	return p.Addresses[0]
}

// Reached lists the addresses at which the person can be written to, the one
// last written from first.
func (p Person) Reached() []Address {
	var list []Address
	for _, a := range p.Addresses {
		if p.AwayAt(a) == "" {
			list = append(list, a)
		}
	}
	return list
}

// AwayAt says why the person cannot be written to at an address; empty when they
// can. A record from before there were several networks says it for all.
func (p Person) AwayAt(a Address) string {
	if p.Unreachable != "" && len(p.Away) == 0 {
		return p.Unreachable
	}
	return p.Away[a.Chat().String()]
}

// Leaves is the person as they are when they can no longer be written to at an
// address. Only when it was the last one are they unreachable.
func (p Person) Leaves(a Address, why string) Person {
	p.Away = p.awayNow()
	p.Away[a.Chat().String()] = why
	return p.reachable(why)
}

// Returns is the person as they are when they can be written to at an address
// again.
func (p Person) Returns(a Address) Person {
	p.Away = p.awayNow()
	delete(p.Away, a.Chat().String())
	return p.reachable("")
}

// awayNow is a copy of what is said of each address.
func (p Person) awayNow() map[string]string {
	away := maps.Clone(p.Away)
	if away == nil {
		away = map[string]string{}
		for _, a := range p.Addresses {
			if why := p.AwayAt(a); why != "" {
				away[a.Chat().String()] = why
			}
		}
	}
	return away
}

// reachable brings Unreachable in line with what is said of each address; why is
// the newest reason.
func (p Person) reachable(why string) Person {
	p.Unreachable = ""
	for _, a := range p.Addresses {
		if p.Away[a.Chat().String()] == "" {
			if len(p.Away) == 0 {
				p.Away = nil
			}
			return p
		}
	}
	if len(p.Addresses) == 0 {
		p.Away = nil
		return p
	}
	if p.Unreachable = why; why == "" {
		p.Unreachable = p.Away[p.Addresses[0].Chat().String()]
	}
	return p
}

// Is tells whether an id is that of this record, or of one that was joined into
// it. No record has the empty id.
func (p Person) Is(id string) bool {
	return id != "" && (p.ID == id || slices.Contains(p.Formerly, id))
}

// IDs are the ids under which something may name the person.
func (p Person) IDs() []string { return append([]string{p.ID}, p.Formerly...) }
