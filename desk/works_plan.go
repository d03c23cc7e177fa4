package desk

import (
	"fmt"
	"slices"
	"strings"
)

// EnterPlan writes down what a department plans for a day; no lines say that nothing
// is planned.
func EnterPlan(w World, department string, day Date, p Person, words string) (Effects, DayPlan, error) {
	if d, ok := w.Site().Department(department); !ok || d.Retired || !mayPlan(p, department) {
		return Effects{}, DayPlan{}, Refuse("works.not_yours")
	}
	plan := DayPlan{Department: department, Day: day, By: p.ID, At: w.Now()}
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" && len(plan.Lines) < planLines {
			plan.Lines = append(plan.Lines, cutRunes(line, planRunes))
		}
	}
	return Effects{Works: WorkEntries{Plans: []DayPlan{plan}}}, plan, nil
}

// PlansOf lists the departments that somebody enters plans for.
func PlansOf(s *Site, p Person) []Department {
	return slices.DeleteFunc(slices.Clone(s.Departments), func(d Department) bool { return d.Retired || !mayPlan(p, d.ID) })
}

// jobPlans tells the duty manager once, when the hour has come, what the departments
// plan for tomorrow and whose plan is missing. Who does not work tomorrow owes none.
var jobPlans = JobKind{
	Name: "plans",
	Cron: func(s *Site) string {
		if len(s.Works.Plans) == 0 {
			return ""
		}
		return fmt.Sprintf("%d %d * * *", s.Works.PlanBy%60, s.Works.PlanBy/60)
	},
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		today := DateOf(j.Due, s.Zone)
		var out Effects
		if DateOf(r.Now(), s.Zone) != today {
			return out, nil // After a downtime tomorrow is here already.
		}
		text, owed := PlansText(r, today.AddDays(1))
		if !owed {
			return out, nil
		}
		for _, p := range Managers(r, 0) {
			out.Say(Message{
				Person: p.ID, Class: ClassNotice, Lane: LaneRoutine, Text: text, Key: "plans/" + today.String() + "/" + p.ID,
			})
		}
		return out, nil
	},
}

// PlansText are the plans of a day and whose is missing; false where nobody owes one.
func PlansText(w World, day Date) (Text, bool) {
	s := w.Site()
	lines := []Text{T("works.plans", "day", ClockTime(12*60).On(day, s.Zone))}
	var missing []Text
	owed := false
	for _, d := range s.Departments {
		if d.Retired || !slices.Contains(s.Works.Plans, d.ID) || !s.worksOn(d, ClockTime(12*60).On(day, s.Zone)) {
			continue
		}
		owed = true
		plan, ok := w.DayPlan(d.ID, day)
		switch {
		case !ok:
			missing = append(missing, T("label", "label", d.Label))
		case len(plan.Lines) == 0:
			lines = append(lines, T("works.plan_nothing", "department", d.Label))
		default:
			lines = append(lines, T("works.plan_of", "department", d.Label, "lines", strings.Join(plan.Lines, "\n")))
		}
	}
	if len(missing) > 0 {
		lines = append(lines, T("works.plans_missing", "departments", missing))
	}
	return Lines(lines...), owed
}
