package flows

import (
	"time"

	"frontdesk/desk"
)

func (w *fakeWorld) Erasure(string) (desk.Erasure, bool)     { return desk.Erasure{}, false }
func (w *fakeWorld) ErasuresOf(string) []desk.Erasure        { return nil }
func (w *fakeWorld) AlarmsOf(string, time.Time) []desk.Alarm { return nil }
