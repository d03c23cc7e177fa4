package flows

import (
	"time"

	"frontdesk/desk"
)

// Ladder knows one of a person at risk: Zhang wrote, and the person of the dialogue was
// called.
func (w *fakeWorld) Ladder(id string) (desk.Ladder, bool) {
	l := desk.Ladder{ID: id, Kind: desk.AlarmRisk, Reporter: "zhang", Called: []desk.Called{{Person: "wang"}}}
	return l, id == "l1"
}

func (w *fakeWorld) LadderOf(string) (desk.Ladder, bool)             { return desk.Ladder{}, false }
func (w *fakeWorld) LaddersRunning() []desk.Ladder                   { return nil }
func (w *fakeWorld) AlarmsBetween(time.Time, time.Time) []desk.Alarm { return nil }
func (w *fakeWorld) Incident(string) (desk.Incident, bool)           { return desk.Incident{}, false }
func (w *fakeWorld) FiledSince(time.Time) []desk.Ticket              { return nil }
func (w *fakeWorld) LivingAt(string) []desk.Person                   { return nil }
func (w *fakeWorld) IncidentsOpen() []desk.Incident                  { return nil }
