package desk

import (
	"strconv"
	"time"
)

// Code is how a button names a project: by when it was decided, of which there is one.
func (d Decision) Code() string { return strconv.FormatInt(d.At.UnixNano(), 36) }

// ProjectOf finds the project that a button names, if it still runs.
func ProjectOf(w World, code string) (Decision, bool) {
	for _, d := range w.Projects() {
		if d.Code() == code {
			return d, true
		}
	}
	return Decision{}, false
}

// ProjectData is the button that ends a project (done) or puts its end off (later).
func ProjectData(d Decision, what string) string {
	return CommandData("project|" + what + "." + d.Code())
}

// projectDue are the words and the buttons about a project that should be done.
func projectDue(w World, d Decision) (Text, [][]Button) {
	return T("project.due", "about", ThemeText(w, d.Issue.Theme), "until", projectUntil(w, d)),
		[][]Button{Row(
			Button{Label: T("button.project_done"), Data: ProjectData(d, "done")},
			Button{Label: T("button.project_later"), Data: ProjectData(d, "later")})}
}

// projectUntil is its date as a time, at noon: only the day of it is said.
func projectUntil(w World, d Decision) time.Time {
	return ClockTime(12*60).On(d.Until, w.Site().Zone)
}

// jobProjects asks whoever decided on a project, on the day by which it should be done
// and once a week from then on, whether it is. Of somebody who has left the duty
// manager is asked.
var jobProjects = JobKind{
	Name: "projects",
	Cron: func(*Site) string { return "0 9-20 * * *" },
	Run: func(r Reader, _ Job) (Effects, error) {
		s, now := r.Site(), r.Now()
		today := s.Calendar.Date(now)
		var out Effects
		if s.Quiet.Quiet(now, s.Zone) {
			return out, nil
		}
		for _, d := range projectsDue(r, now) {
			weeks := 0
			for day := d.Until.AddDays(7); day.Compare(today) <= 0; day = day.AddDays(7) {
				weeks++
			}
			text, buttons := projectDue(r, d)
			m := Message{
				Class: ClassReminder, Lane: LaneRoutine, Text: text, Buttons: buttons,
				Key: "project/" + d.Code() + "/" + d.Until.String() + "/" + strconv.Itoa(weeks),
			}
			owner, ok := r.Person(d.Owner)
			switch {
			case !ok || !owner.Employee():
				out.Add(ToManagers(r, m))
			case !OffShift(r, owner.ID):
				m.Person = owner.ID
				out.Say(m)
			}
		}
		return out, nil
	},
}

// MoveProject gives a project as long again, from today on: its owner, or a manager.
func MoveProject(r Reader, theme string, by Actor) (Effects, error) {
	d, err := runningProject(r, theme, by)
	if err != nil {
		return Effects{}, err
	}
	d.Until = r.Site().Calendar.Date(r.Now()).AddDays(projectFor)
	return projectChanged(r, d, by, HandProjectLater), nil
}

// FinishProject ends a project: its owner, or a manager.
func FinishProject(r Reader, theme string, by Actor) (Effects, error) {
	d, err := runningProject(r, theme, by)
	if err != nil {
		return Effects{}, err
	}
	d.Done = r.Now()
	return projectChanged(r, d, by, HandProject), nil
}

// runningProject is the project of a theme that the person may change.
func runningProject(r Reader, theme string, by Actor) (Decision, error) {
	d, ok := r.Decided(Issue{Kind: IssueProject, Theme: theme}.Key())
	switch {
	case !ok || !d.Running():
		return d, Refuse("decide.project_over")
	case !by.Person.Is(d.Owner) && !by.Person.Manages():
		return d, Refuse("refuse.manager")
	}
	return d, nil
}

// projectChanged writes a project down, with who changed it. Its owner hears of what
// somebody else did.
func projectChanged(r Reader, d Decision, by Actor, what string) Effects {
	out := Effects{Morning: MorningEntries{Decisions: []Decision{d}, Acts: []HandAct{{
		ID: r.NewID(), At: r.Now(), By: by.Person.ID, Via: by.Via, What: what, Facts: map[string]string{"theme": d.Issue.Theme},
	}}}}
	if owner, ok := r.Person(d.Owner); ok && owner.Employee() && !by.Person.Is(d.Owner) {
		out.Say(Message{Person: owner.ID, Class: ClassNotice, Lane: LaneRoutine, Text: ProjectText(r, d, by.Person)})
	}
	return out
}

// ProjectText says what became of a project, and who said so.
func ProjectText(w World, d Decision, by Person) Text {
	about := ThemeText(w, d.Issue.Theme)
	if !d.Done.IsZero() {
		return T("project.done", "about", about, "name", by.Called())
	}
	return T("project.later", "about", about, "name", by.Called(), "until", projectUntil(w, d))
}
