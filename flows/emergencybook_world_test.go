package flows

import (
	"time"

	"frontdesk/desk"
)

func (w *fakeWorld) Ladder(string) (desk.Ladder, bool)               { return desk.Ladder{}, false }
func (w *fakeWorld) LadderOf(string) (desk.Ladder, bool)             { return desk.Ladder{}, false }
func (w *fakeWorld) LaddersRunning() []desk.Ladder                   { return nil }
func (w *fakeWorld) AlarmsBetween(time.Time, time.Time) []desk.Alarm { return nil }
func (w *fakeWorld) Incident(string) (desk.Incident, bool)           { return desk.Incident{}, false }
func (w *fakeWorld) IncidentsOpen() []desk.Incident                  { return nil }
