package desk

// RoomList are the rooms of a building, or of the site, by state.
type RoomList struct {
	// Total counts the rooms on the site's list; ByState has the ids of all of them.
	Total   int
	ByState map[RoomState][]string
	// Known tells whether anything is written of any of them: who lives there, or how
	// it stands.
	Known bool
}

// Count is how many rooms are in a state.
func (l RoomList) Count(s RoomState) int { return len(l.ByState[s]) }

// ListRooms looks how the rooms of a building (empty: of all) stand.
func ListRooms(r Reader, building string) RoomList {
	list := RoomList{ByState: map[RoomState][]string{}}
	state := map[string]RoomState{}
	for _, s := range r.StaysHere(building) {
		list.Known = true
		if s.State.Here() {
			state[s.Place] = RoomOccupied
		}
	}
	for _, room := range r.Rooms(building) {
		list.Known = true
		state[room.Place] = room.State
	}
	places := r.Site().Places
	for _, b := range places.Buildings() {
		if building != "" && b.ID != building {
			continue
		}
		for _, f := range b.Floors {
			for _, p := range places.Rooms(b.ID, f.ID) {
				s := state[p.ID]
				if s == "" {
					s = RoomVacant
				}
				list.Total++
				list.ByState[s] = append(list.ByState[s], p.ID)
			}
		}
	}
	return list
}

// RoomShare is how many rooms are in each state, of how many.
type RoomShare struct {
	Total   int               `json:"total"`
	ByState map[RoomState]int `json:"by_state"`
}

// shareOfRooms is how the site's rooms stand now; nil where nobody wrote down any.
func shareOfRooms(r Reader) *RoomShare {
	list := ListRooms(r, "")
	if !list.Known || list.Total == 0 {
		return nil
	}
	share := &RoomShare{Total: list.Total, ByState: map[RoomState]int{}}
	for s, rooms := range list.ByState {
		share.ByState[s] = len(rooms)
	}
	return share
}

// text is the line of the digest: rooms lived in, of all, and the others.
func (s *RoomShare) text() Text {
	if s == nil {
		return Text{}
	}
	parts := []Text{T("digest.rooms_in", "n", s.ByState[RoomOccupied], "of", s.Total)}
	for _, state := range RoomStates {
		if n := s.ByState[state]; n > 0 && state != RoomOccupied {
			parts = append(parts, T("rooms.part", "state", state.Text(), "n", n))
		}
	}
	return T("digest.rooms", "parts", parts)
}
