package desk

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// jobRooms sees every morning to what rooms need: each building with rooms of which
// something is written gets its own job, which reads and writes those in one update.
// It runs once after a downtime, and what is due goes by dates that stand on the
// rooms: nothing comes twice.
var jobRooms = JobKind{
	Name:   "rooms",
	Gather: true,
	Cron: func(s *Site) string {
		return fmt.Sprintf("%d %d * * *", int(s.Rooms.At)%60, int(s.Rooms.At)/60%24)
	},
	Run: func(r Reader, _ Job) (Effects, error) {
		var out Effects
		seen := map[string]bool{}
		for _, room := range r.Rooms("") {
			b := buildingOf(r.Site(), room.Place)
			if _, ok := r.Site().Places.Building(b); !ok || seen[b] {
				continue
			}
			seen[b] = true
			out.Jobs = append(out.Jobs, Job{Key: jobRoomsOf.Name + "/" + b, Kind: jobRoomsOf.Name, Subject: b, Due: r.Now()})
		}
		return out, nil
	},
}

// jobRoomsOf sees to the rooms of one building, its subject.
var jobRoomsOf = JobKind{
	Name: "rooms_of",
	Run: func(r Reader, j Job) (Effects, error) {
		rooms := r.Rooms(j.Subject)
		var out Effects
		for i, room := range rooms {
			asked, now := askLetting(r, room)
			out.Add(asked)
			rooms[i] = now // The upkeep below writes the room as it is then.
		}
		rounds, err := upkeeps(r, j.Subject, rooms)
		out.Add(rounds)
		return out, err
	},
}

// upkeep puts what is due in the rooms of a building on a list for each department
// that does it: one ticket, on which the rooms stand. One that is still open grows.
func upkeeps(w World, building string, rooms []Room) (Effects, error) {
	s := w.Site()
	due := map[string][]UpkeepRoom{}
	changed := map[string]Room{}
	for _, room := range rooms {
		for _, task := range s.Rooms.Routine {
			if !slices.Contains(task.States, room.State) || !dueNow(w, room, task) {
				continue
			}
			department := s.upkeepDepartment(task, building, w.Now())
			list := due[department]
			if n := len(list); n > 0 && list[n-1].Place == room.Place {
				list[n-1].Tasks = append(list[n-1].Tasks, task.ID)
			} else {
				due[department] = append(list, UpkeepRoom{Place: room.Place, Tasks: []string{task.ID}})
			}
		}
		changed[room.Place] = room
	}
	var out Effects
	for _, department := range slices.Sorted(maps.Keys(due)) {
		effects, ticket, err := upkeepFor(w, building, department, due[department])
		if err != nil {
			return out, err
		}
		out.Add(effects)
		for _, on := range due[department] {
			room := changed[on.Place]
			room.Care = maps.Clone(room.Care)
			if room.Care == nil {
				room.Care = map[string]Care{}
			}
			for _, task := range on.Tasks {
				care := room.Care[task]
				care.Ticket = ticket
				room.Care[task] = care
			}
			changed[on.Place] = room
			out.House.Rooms = append(out.House.Rooms, room)
		}
	}
	return out, nil
}

// dueNow tells whether a routine of a room is due on the date of now: so many days
// after it was last done, or after the state began. What is on an open list is not
// due again.
func dueNow(w World, r Room, task Routine) bool {
	care := r.Care[task.ID]
	if t, ok := w.Ticket(care.Ticket); ok && t.State.Open() && t.Upkeep != nil &&
		slices.ContainsFunc(t.Upkeep.Rooms, func(on UpkeepRoom) bool {
			return on.Place == r.Place && on.Waits() && slices.Contains(on.Tasks, task.ID)
		}) {
		return false
	}
	since := r.Since
	if care.Done.After(since) {
		since = care.Done
	}
	return -daysUntil(w.Site(), w.Now(), since) >= task.Every
}

// upkeepDepartment is who does a routine in a building.
func (s *Site) upkeepDepartment(task Routine, building string, now time.Time) string {
	if d, ok := s.Department(task.Department); ok && !d.Retired {
		return d.ID
	}
	place, _ := s.Places.Get(building)
	to, _ := s.RouteTo(matterOf(s, Ticket{Kind: KindUpkeep, Category: UpkeepCategory, Urgency: Normal}, place, now))
	return to
}

// upkeepFor lets the open upkeep of a building and department grow, or opens one.
func upkeepFor(w World, building, department string, rooms []UpkeepRoom) (Effects, string, error) {
	place, _ := w.Site().Places.Get(building)
	for _, t := range w.OpenAt(place.ID, 100) {
		if t.Upkeep != nil && t.Department == department {
			out, err := Act(w, t, RoomsNew, Actor{}, With("rooms", upkeepRooms(rooms)))
			return out, t.ID, err
		}
	}
	out, t := Open(w, Draft{Kind: KindUpkeep, Category: UpkeepCategory, Place: place.ID, Department: department, NoPost: true})
	out.put(t, func(t *Ticket) { t.Upkeep = &Upkeep{Building: place.ID, Rooms: rooms} })
	return out, t.ID, nil
}
