package flows

import (
	"time"

	"frontdesk/desk"
)

func (w *fakeWorld) RosterChanges(from desk.Date) []desk.RosterChange {
	var list []desk.RosterChange
	for _, x := range w.changes {
		if x.Last().Compare(from) >= 0 {
			list = append(list, x)
		}
	}
	return list
}

func (w *fakeWorld) RosterChange(id string) (desk.RosterChange, bool) {
	for _, x := range w.changes {
		if x.ID == id {
			return x, true
		}
	}
	return desk.RosterChange{}, false
}

func (w *fakeWorld) Presences(string) []desk.Presence                 { return nil }
func (w *fakeWorld) Presence(string, string) (desk.Presence, bool)    { return desk.Presence{}, false }
func (w *fakeWorld) Handover(string) (desk.Handover, bool)            { return desk.Handover{}, false }
func (w *fakeWorld) ShiftNotes(time.Time, time.Time) []desk.ShiftNote { return nil }
func (w *fakeWorld) ShiftClock() time.Time                            { return time.Time{} }
