package desk

import "time"

// jobDigest sends the digest of the day every morning to those who answer for
// it. A day on which nothing happened is one line. Who has chosen an hour gets
// it from jobDigestOwn.
var jobDigest = JobKind{
	Name:   "digest",
	Gather: true,
	Cron:   func(s *Site) string { return s.Schedules.Digest },
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		for _, p := range digestReaders(r) {
			if p.digestChoice() == "" {
				out.Add(digestFor(r, p, j.Due))
			}
		}
		return out, nil
	},
}

// jobDigestOwn sends it to those who have chosen another hour. It runs every
// half hour and goes by what is chosen then, so that a changed choice needs no
// job of its own; whoever has had the day's digest is not sent another, because
// both jobs give their messages the same key. Who went back to the usual hour
// after it had passed gets it here too.
var jobDigestOwn = JobKind{
	Name:   "digest_own",
	Gather: true,
	Cron:   func(s *Site) string { return s.ownDigestCron() },
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		today := DateOf(j.Due, s.Zone)
		var out Effects
		for _, p := range digestReaders(r) {
			at, own := p.digestClock()
			changed := !p.DigestSet.IsZero() && DateOf(p.DigestSet, s.Zone) == today
			if !own {
				at = s.digestClock()
			}
			if (own || changed && p.digestChoice() == "") && !at.On(today, s.Zone).After(j.Due) {
				out.Add(digestFor(r, p, j.Due))
			}
		}
		return out, nil
	},
}

// digestFor is the digest of the last day that has ended at a time, for one
// person, once for that date.
func digestFor(r Reader, p Person, at time.Time) Effects {
	s := r.Site()
	c, out := digest(r, p, at)
	text, buttons := digestFrom(r, p, c)
	text, buttons = withItems(r, p, text, buttons)
	out.Say(Message{
		Person: p.ID, Class: ClassDigest, Lane: LaneRoutine, Text: text, Buttons: buttons, Chart: c.chart(r),
		Key: "digest/" + DateOf(at, s.Zone).String() + "/" + p.ID,
		// After a downtime it may be night.
		Silent: s.Quiet.Quiet(r.Now(), s.Zone),
	})
	return out
}

// digestRoles answer for the desk, beside the duty manager who is on duty.
var digestRoles = []RoleName{RoleCentreManager, RolePropertyManager, RoleSupervisor}

// digestReaders are those who answer for the desk, each once: of the duty
// managers the one on duty, because nobody is pinged off shift. Where there are
// none it is the administrators.
func digestReaders(w World) []Person {
	list := OnDuty(w, string(RoleDutyManager))
	for _, role := range digestRoles {
		for _, p := range w.Holders(role) {
			if !isAmong(list, p.ID) {
				list = append(list, p)
			}
		}
	}
	if len(list) == 0 {
		return w.Holders(RoleAdministrator)
	}
	return list
}

// digest counts the last day that has ended at a time, as the person's hour has
// it. What was counted once stays as it was: everybody reads the same numbers,
// and a list that is opened later is the one that was counted. The effects keep
// what is counted now for the first time.
func digest(r Reader, p Person, at time.Time) (Counts, Effects) {
	from, to := digestPeriod(r.Site(), p.digestHour(r.Site()), at)
	if c, ok := r.Counted(to); ok && c.From.Equal(from) {
		return c, Effects{}
	}
	c := Digest(r, from, to)
	return c, Effects{Counted: []Counts{c}}
}

// DigestNow is the digest as the person would get it now, with its buttons and
// its chart; the effects keep its numbers.
func DigestNow(r Reader, p Person) (Text, [][]Button, *Chart, Effects) {
	c, out := digest(r, p, r.Now())
	text, buttons := digestFrom(r, p, c)
	text, buttons = withItems(r, p, text, buttons)
	return text, buttons, c.chart(r), out
}

// DigestPeriod is the last day, from the hour of the digest to the same hour,
// that has ended at t: yesterday 8:00 to today 8:00.
func DigestPeriod(s *Site, t time.Time) (from, to time.Time) {
	return digestPeriod(s, fullHour(s.digestClock()), t)
}

func digestPeriod(s *Site, hour ClockTime, t time.Time) (from, to time.Time) {
	date := DateOf(t, s.Zone)
	if to = hour.On(date, s.Zone); to.After(t) {
		date = date.AddDays(-1)
		to = hour.On(date, s.Zone)
	}
	return hour.On(date.AddDays(-1), s.Zone), to
}
