package flows

import (
	"time"

	"frontdesk/desk"
)

func (w *fakeWorld) Decided(string) (desk.Decision, bool)         { return desk.Decision{}, false }
func (w *fakeWorld) Projects() []desk.Decision                    { return nil }
func (w *fakeWorld) HandActs(time.Time, time.Time) []desk.HandAct { return nil }

func (w *fakeWorld) DecisionsBetween(time.Time, time.Time) []desk.Decision { return nil }
