package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// jobDigest sends the digest of the day every morning to those who answer for
// it. A day on which nothing happened is one line.
var jobDigest = JobKind{
	Name:   "digest",
	Gather: true,
	Cron:   func(s *Site) string { return s.Schedules.Digest },
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		text, buttons := digest(r, j.Due)
		var out Effects
		for _, p := range digestReaders(r) {
			out.Say(Message{
				Person: p.ID, Class: ClassDigest, Lane: LaneRoutine, Text: text, Buttons: buttons,
				Key: "digest/" + DateOf(j.Due, s.Zone).String() + "/" + p.ID,
				// After a downtime it may be night.
				Silent: s.Quiet.Quiet(r.Now(), s.Zone),
			})
		}
		return out, nil
	},
}

// digestReaders are those who answer for the desk, each once: of the duty
// managers the one on duty, because nobody is pinged off shift. Where there are
// none it is the administrators.
func digestReaders(w World) []Person {
	list := OnDuty(w, string(RoleDutyManager))
	for _, role := range []RoleName{RoleCentreManager, RolePropertyManager, RoleSupervisor} {
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

// DigestPeriod is the last day, from the hour of the digest to the same hour,
// that has ended at t: yesterday 8:00 to today 8:00.
func DigestPeriod(s *Site, t time.Time) (from, to time.Time) {
	clock := digestHour(s)
	date := DateOf(t, s.Zone)
	if to = clock.On(date, s.Zone); to.After(t) {
		date = date.AddDays(-1)
		to = clock.On(date, s.Zone)
	}
	return clock.On(date.AddDays(-1), s.Zone), to
}

// digestHour is the full hour before the digest: 8:00 for one at 8:10.
func digestHour(s *Site) ClockTime {
	const usual = 8
	hour := usual
	if fields := strings.Fields(s.Schedules.Digest); len(fields) == 5 {
		if n, err := strconv.Atoi(fields[1]); err == nil && n >= 0 && n < 24 {
			hour = n
		}
	}
	return ClockTime(hour * 60)
}

// DigestText is the digest of the last day that has ended at now.
func DigestText(r Reader, now time.Time) Text {
	text, _ := digest(r, now)
	return text
}

// DigestNow is the digest as it would be sent now, with its buttons.
func DigestNow(r Reader) (Text, [][]Button) { return digest(r, r.Now()) }

func digest(r Reader, at time.Time) (Text, [][]Button) {
	s := r.Site()
	from, to := DigestPeriod(s, at)
	c := Digest(r, from, to)
	if c.Quiet() {
		return T("digest.quiet", "to", to), c.Buttons()
	}
	week := func(t time.Time) time.Time {
		return digestHour(s).On(DateOf(t, s.Zone).AddDays(-7), s.Zone)
	}
	before := Digest(r, week(from), week(to))
	return Lines(
		T("digest.head", "from", from, "to", to), c.repairs(before), c.longest(r), c.rates(), c.night(), c.undelivered(),
	), c.Buttons()
}

// repairs are the four numbers of the day, and those of the same weekday last
// week if the desk was there then.
func (c Counts) repairs(before Counts) Text {
	if before.Empty() {
		return T("digest.repairs", "new", c.New, "done", c.Done, "open", c.Open, "overdue", c.Overdue)
	}
	return T("digest.repairs_before", "new", c.New, "done", c.Done, "open", c.Open, "overdue", c.Overdue,
		"to", c.To,
		"new_before", before.New, "done_before", before.Done, "open_before", before.Open, "overdue_before", before.Overdue)
}

func (c Counts) longest(w World) Text {
	if c.Overdue == 0 {
		return Text{}
	}
	t := c.Longest
	if t.Taker == "" {
		return T("digest.longest_free", "number", t.Number, "place", w.Site().PlaceLabel(t.Place), "title", Title(w.Site(), t), "over", c.Over)
	}
	return T("digest.longest", "number", t.Number, "place", w.Site().PlaceLabel(t.Place), "title", Title(w.Site(), t), "over", c.Over,
		"taker", nameOf(w, t.Taker))
}

// rates are the shares, each with what it is a share of.
func (c Counts) rates() Text {
	var list []Text
	if c.Asked > 0 {
		list = append(list, T("digest.callbacks", "answered", c.Answered, "asked", c.Asked))
	}
	if c.Done > 0 {
		list = append(list, T("digest.rework", "rework", c.Rework, "done", c.Done))
	}
	switch {
	case c.Rated > 0:
		list = append(list, T("digest.rated", "good", c.Good, "rated", c.Rated, "unrated", c.Unrated))
	case c.Done > 0:
		list = append(list, T("digest.unrated", "unrated", c.Unrated, "done", c.Done))
	}
	if len(list) == 0 {
		return Text{}
	}
	return T("digest.rates", "rates", list)
}

func (c Counts) night() Text {
	switch {
	case c.Night == 0:
		return Text{}
	case c.NightTaken == 0:
		return T("digest.night_free", "n", c.Night)
	}
	return T("digest.night", "n", c.Night, "taken", c.NightTaken, "wait", c.NightWait)
}

func (c Counts) undelivered() Text {
	if c.Undelivered == 0 {
		return Text{}
	}
	return T("digest.undelivered", "n", c.Undelivered)
}

// Buttons open the lists that the numbers were counted from.
func (c Counts) Buttons() [][]Button {
	row := slices.DeleteFunc([]Button{
		{Label: T("button.digest_overdue", "n", c.Overdue), Data: dataIf(c.Overdue, CommandData("open|overdue"))},
		{Label: T("button.digest_rework", "n", c.Rework), Data: dataIf(c.Rework, CommandData("open|rework"))},
		{Label: T("button.digest_undelivered", "n", c.Undelivered), Data: dataIf(c.Undelivered, CommandData("undelivered"))},
		{Label: T("button.digest_all"), Data: dataIf(c.Open, CommandData("open"))},
	}, func(b Button) bool { return b.Data == "" })
	if len(row) == 0 {
		return nil
	}
	return [][]Button{row}
}

// dataIf is the data if there is something to show.
func dataIf(n int, data string) string {
	if n == 0 {
		return ""
	}
	return data
}
