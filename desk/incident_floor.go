package desk

// onlyFloor is the floor on which all of some tickets are.
func onlyFloor(s *Site, tickets []Ticket) (floor string, one bool) {
	for n, t := range tickets {
		p, _ := s.Places.Get(t.Place)
		if p.Floor == "" || n > 0 && p.Floor != floor {
			return "", false
		}
		floor = p.Floor
	}
	return floor, floor != ""
}

// DeclareOn makes an incident sure that is on one floor only: those who live on
// others do not hear of it, and what was reported from them goes its own way.
func DeclareOn(w World, i Incident, floor string, by Person) (Effects, error) {
	var out Effects
	place, ok := w.Site().Places.Get(i.Building + "-" + floor + "-" + floorWord)
	if !ok {
		return out, Refuse("press.unknown")
	}
	if !i.Sure.IsZero() || !i.Ended.IsZero() {
		return out, nil
	}
	i.Floor = place.Floor
	joined := i.Joined
	i.Joined = nil
	for _, id := range joined {
		t, ok := w.Ticket(id)
		if !ok || i.takes(w.Site(), t) {
			i.Joined = append(i.Joined, id)
			continue
		}
		if err := release(w, t, &out); err != nil {
			return Effects{}, err
		}
	}
	out.Add(Declare(w, i, by))
	return out, nil
}

// Widen says that not one floor but the whole building is affected: everybody there
// hears at once how things stand.
func Widen(w World, i Incident, by Person) Effects {
	var out Effects
	if !i.Open() || i.Floor == "" {
		return out
	}
	i.Floor, i.Next = "", w.Now()
	i.log(w, entryWider, by.ID, "", 0)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, i.job(w.Now()))
	return out
}

// FloorOf is the floor on which a ticket is, where its building has others: an
// incident of it may be on that floor only.
func FloorOf(s *Site, t Ticket) (floor string, ok bool) {
	p, _ := s.Places.Get(t.Place)
	return p.Floor, p.Floor != "" && len(s.Places.Floors(p.Building)) > 1
}
