package desk

// AlarmDoubted is an alarm of words that may speak of danger and may not: nobody is
// told unless the person says so.
const AlarmDoubted = "doubted"

// Doubt keeps what may be danger, until the one tap that says so. Nobody waits for
// that tap. The words of a person who may be at risk are not kept.
func Doubt(w World, a Alarm) (Effects, Alarm) {
	a.ID, a.At, a.State = w.NewID(), w.Now(), AlarmDoubted
	if a.Kind == AlarmRisk {
		a.Words, a.Files, a.Place = nil, nil, ""
	}
	return Effects{Alarms: []Alarm{a}}, a
}
