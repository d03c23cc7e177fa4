package desk

// emergencies counts what was reported as one in the period, false alarms apart.
func (x *counting) emergencies() {
	for _, a := range x.r.AlarmsBetween(x.c.From, x.c.To) {
		switch {
		case a.Kind == AlarmRisk:
		case a.State == AlarmFalse:
			x.c.FalseAlarms++
		case a.State == AlarmSent, a.State == AlarmTold:
			x.c.Emergencies++
		}
	}
}

func (c Counts) emergencies() Text {
	if c.Emergencies+c.FalseAlarms == 0 {
		return Text{}
	}
	return T("digest.emergencies", "n", c.Emergencies, "false", c.FalseAlarms)
}
