package desk

import "time"

func remindRoundKey(id string) string { return jobRoundRemind.Name + "/" + id }
func missRoundKey(id string) string   { return jobRoundMiss.Name + "/" + id }
func slowRoundKey(id string) string   { return jobRoundSlow.Name + "/" + id }

// roundsBack is how far back a round is looked for that came due in a downtime.
const roundsBack = 48 * time.Hour

// jobRounds gives everybody on duty for it the card of a round that is due. It
// goes by what has come due since it last ran, and by the records, so that nothing
// comes twice; what would count as missed by now is written down as not asked for.
// The first run of all looks back a minute only.
var jobRounds = JobKind{
	Name: "rounds",
	Cron: func(s *Site) string { return s.roundCron() },
	Run: func(r Reader, _ Job) (Effects, error) {
		now := r.Now()
		since := r.RoundClock()
		if since.IsZero() {
			since = now.Add(-time.Minute)
		}
		if earliest := now.Add(-roundsBack); since.Before(earliest) {
			since = earliest
		}
		out := Effects{Rounds: RoundEntries{Clock: now}}
		for _, d := range r.Site().RoundsDue(since, now) {
			if _, known := r.Round(d.ID); !known {
				out.Add(askRound(r, d))
			}
		}
		return out, nil
	},
}

// askRound writes a round down that is due, and asks for it.
func askRound(w World, d RoundDue) Effects {
	now := w.Now()
	x := w.Site().newRound(d, now)
	var out Effects
	if now.After(x.Due.Add(2*x.Grace)) && now.After(x.Due.Add(time.Minute)) {
		x.Unasked = true
		out.Rounds.Rounds = append(out.Rounds.Rounds, x)
		return out
	}
	text, buttons := x.Card(w)
	people := walkers(w, x.By)
	for _, p := range people {
		x.Asked = append(x.Asked, p.ID)
		out.Say(Message{
			Person: p.ID, Class: ClassReminder, Lane: LaneInteractive, Silent: true, Text: text, Buttons: buttons, Key: "round/" + x.ID + "/" + p.ID,
		})
	}
	if len(people) == 0 {
		out.Add(ToLevel(w, x.level(), Message{
			Class: ClassReminder, Lane: LaneInteractive, Key: "round/" + x.ID + "/nobody",
			Text: T("round.nobody", "round", x.Label, "at", x.Due, "what", w.Site().DutyLabel(x.By)),
		}))
	}
	remind := Job{Key: remindRoundKey(x.ID), Kind: jobRoundRemind.Name, Subject: x.ID, Due: now.Add(x.Grace)}
	out.Jobs = append(out.Jobs, remind)
	out.Rounds.Rounds = append(out.Rounds.Rounds, x)
	return out
}

// level is who hears that nobody has begun a round: the next one above who should
// do it.
func (x Round) level() int {
	for i, role := range escalation {
		if string(role) == x.By {
			return i + 1
		}
	}
	return 0
}

// jobRoundRemind reminds once of a round that nobody has begun: whoever is on duty
// for it now.
var jobRoundRemind = JobKind{
	Name: "round_remind",
	Run: func(r Reader, j Job) (Effects, error) {
		x, ok := r.Round(j.Subject)
		if !ok || !x.Begun.IsZero() || !x.Reminded.IsZero() || !r.Now().Before(x.Until) {
			return Effects{}, nil
		}
		x.Reminded = r.Now()
		out := Effects{Rounds: RoundEntries{Rounds: []Round{x}}}
		text := T("round.remind", "round", x.Label, "at", x.Due, "by", r.Now().Add(x.Grace))
		for _, p := range walkers(r, x.By) {
			out.Say(Message{
				Person: p.ID, Class: ClassReminder, Lane: LaneInteractive, Text: text, Buttons: x.beginButtons(), Key: "round/" + x.ID + "/remind/" + p.ID,
			})
		}
		out.Jobs = append(out.Jobs, Job{Key: missRoundKey(x.ID), Kind: jobRoundMiss.Name, Subject: x.ID, Due: r.Now().Add(x.Grace)})
		return out, nil
	},
}

// jobRoundMiss writes down that a round was missed, and tells the level above,
// without waking them: it stands on the handover and in the digest.
var jobRoundMiss = JobKind{
	Name: "round_miss",
	Run: func(r Reader, j Job) (Effects, error) {
		x, ok := r.Round(j.Subject)
		if !ok || !x.Begun.IsZero() || !x.Missed.IsZero() {
			return Effects{}, nil
		}
		x.Missed = r.Now()
		out := Effects{Rounds: RoundEntries{Rounds: []Round{x}}}
		out.Add(ToLevel(r, x.level(), Message{
			Class: ClassReminder, Lane: LaneInteractive, Silent: true, Key: "round/" + x.ID + "/missed",
			Text: T("round.missed", "round", x.Label, "at", x.Due, "names", namesOf(r, x.Asked), "reminded", x.Reminded),
		}))
		return out, nil
	},
}

// jobRoundSlow reminds the walker once of a round that takes longer than it may.
var jobRoundSlow = JobKind{
	Name: "round_slow",
	Run: func(r Reader, j Job) (Effects, error) {
		x, ok := r.Round(j.Subject)
		if !ok || !x.Underway(r.Now()) || OffShift(r, x.Walker) {
			return Effects{}, nil
		}
		var out Effects
		text, buttons := x.Card(r)
		out.Say(Message{
			Person: x.Walker, Class: ClassReminder, Lane: LaneInteractive, Silent: true, Buttons: buttons, Key: "round/" + x.ID + "/slow",
			Text: Lines(T("round.slow", "takes", x.Takes), text),
		})
		return out, nil
	},
}
