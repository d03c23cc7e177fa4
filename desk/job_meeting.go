package desk

// jobMeeting opens the next meeting when its agenda is due. After a downtime it
// still does on the day of the meeting; a meeting that is over gets none.
var jobMeeting = JobKind{
	Name: "meeting",
	Cron: func(s *Site) string {
		if !s.Meeting.On {
			return ""
		}
		return "*/10 * * * *"
	},
	Run: func(r Reader, _ Job) (Effects, error) {
		s, now := r.Site(), r.Now()
		var out Effects
		day, ok := s.meetingOn(WeekOf(DateOf(now, s.Zone)))
		if !ok || now.Before(s.agendaAt(day)) || !now.Before(EndOfDay.On(day, s.Zone)) {
			return out, nil
		}
		if _, made := r.Meeting(day.String()); made {
			return out, nil
		}
		m := Meeting{ID: day.String(), Number: r.Number("M"), At: s.Meeting.At.On(day, s.Zone), Week: WeekOf(day).Add(-1)}
		for _, p := range MeetingPeople(r) {
			m.Who = append(m.Who, p.ID)
		}
		out.Meetings.Meetings = append(out.Meetings.Meetings, m)
		out.Jobs = append(out.Jobs, Job{Key: "agenda/" + m.ID, Kind: "agenda", Subject: m.ID, Due: now})
		return out, nil
	},
}

// jobAgenda makes the agenda of a meeting and sends it to those who take part, to
// each what they may know of.
var jobAgenda = JobKind{
	Name:   "agenda",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		m, ok := r.Meeting(j.Subject)
		if !ok || !m.Prepared.IsZero() {
			return Effects{}, nil
		}
		m.Prepared = r.Now()
		m.Points = agendaPoints(r, m)
		var out Effects
		out.Meetings.Meetings = append(out.Meetings.Meetings, m)
		for _, id := range m.Who {
			p, ok := r.Person(id)
			if !ok || p.Suspended {
				continue
			}
			out.Say(Message{
				Person: p.ID, Class: ClassDigest, Lane: LaneRoutine, Text: AgendaText(r, m, p), Buttons: MeetingButtons(r, m, p),
				Key: "agenda/" + m.ID + "/" + p.ID, Silent: r.Site().Quiet.Quiet(r.Now(), r.Site().Zone),
			})
		}
		return out, nil
	},
}

// jobItems reminds the owners of action items: on the working day before, and on
// the day; each once. Who is off shift hears of it when they are back, and after a
// downtime it comes late and says so.
var jobItems = JobKind{
	Name: "items",
	Cron: func(s *Site) string {
		if !s.Meeting.On {
			return ""
		}
		return "0 9-20 * * *"
	},
	Run: func(r Reader, _ Job) (Effects, error) {
		s, now := r.Site(), r.Now()
		today := DateOf(now, s.Zone)
		var out Effects
		if clock := ClockTime(now.In(s.Zone).Hour() * 60); clock < 9*60 || s.Quiet.Quiet(now, s.Zone) {
			return out, nil
		}
		for _, i := range r.ItemsOpen(itemsLooked) {
			when, key := itemReminder(s, i, today)
			p, ok := r.Person(i.Owner)
			if when == "" || !ok || !p.Employee() || OffShift(r, p.ID) {
				continue
			}
			out.Say(Message{
				Person: p.ID, Class: ClassReminder, Lane: LaneRoutine, Buttons: itemButtons(i),
				Text: T(when, "what", i.What, "due", i.dueAt(s)), Key: "item/" + i.ID + "/" + i.Due.String() + "/" + key,
			})
		}
		return out, nil
	},
}

// itemReminder is what an owner is told on a date, and the name under which they
// are told it once; nothing while it is early.
func itemReminder(s *Site, i ActionItem, today Date) (text, once string) {
	//locale:key actions.remind actions.remind_day actions.remind_over
	switch i.Due.Compare(today) {
	case 0:
		return "actions.remind_day", "day"
	case -1:
		return "actions.remind_over", "day"
	}
	if !s.Calendar.WorkdayOn(today) || i.Due.Compare(today.AddDays(maxIdleBefore)) > 0 {
		return "", ""
	}
	if DateOf(i.At, s.Zone) == today {
		return "", "" // They have just been told.
	}
	for day := today.AddDays(1); day.Compare(i.Due) < 0; day = day.AddDays(1) {
		if s.Calendar.WorkdayOn(day) {
			return "", ""
		}
	}
	return "actions.remind", "before"
}

// maxIdleBefore is how many free days a reminder reaches over: the longest holiday.
const maxIdleBefore = 15
