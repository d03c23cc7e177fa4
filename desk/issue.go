package desk

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// IssueKind is what the digest asks to be decided. The names are stored and never
// reused.
type IssueKind string

// The kinds.
const (
	IssueContractor IssueKind = "contractor" // work that is overdue: to a contractor?
	IssueProject    IssueKind = "project"    // a theme that is complained of: a project?
	IssueHigher     IssueKind = "higher"     // a complaint that is left over: a level up?
)

// Issue is something that the digest asks to be decided.
type Issue struct {
	Kind IssueKind `json:"kind"`
	// Ticket is what it is about, of a project Theme.
	Ticket string `json:"ticket,omitempty"`
	Theme  string `json:"theme,omitempty"`
	// Over is for how long it is overdue, or left over; N how often a theme was
	// complained of.
	Over time.Duration `json:"over,omitempty"`
	N    int           `json:"n,omitempty"`
	// Grave is a complaint that is left over for longer than it should have taken.
	Grave bool `json:"grave,omitempty"`
}

// Key is the name of the issue: what it asks of what.
func (m Issue) Key() string { return string(m.Kind) + "/" + m.Ticket + m.Theme }

const (
	// contractorAfter is for how long work must be overdue before somebody is asked
	// whether others should do it.
	contractorAfter = 12 * time.Hour
	// projectFrom is how often a theme must have been complained of in the last days.
	projectFrom = 3
	// issuesMost is how many matters a digest asks about.
	issuesMost = 2
)

// pressing chooses what the digest asks about: of each kind what weighs most, of these
// two at most. A complaint that is left over for long comes first, because somebody
// waits for an answer; then work, then a theme, then any other complaint that is left
// over.
func pressing(all []Issue) []Issue {
	rank := func(m Issue) int {
		switch {
		case m.Kind == IssueHigher && m.Grave:
			return 0
		case m.Kind == IssueContractor:
			return 1
		case m.Kind == IssueProject:
			return 2
		}
		return 3
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Issue) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Over, a.Over), cmp.Compare(b.N, a.N))
	})
	var chosen []Issue
	for _, m := range all {
		if len(chosen) < issuesMost && !slices.ContainsFunc(chosen, func(c Issue) bool { return c.Kind == m.Kind }) {
			chosen = append(chosen, m)
		}
	}
	return chosen
}

// issues are what could be decided of what was counted, for the reader for whom it
// was counted. What was decided since stays among them, so that a digest that is
// looked at again says so.
func (c Counts) issues(r Reader) []Issue {
	var all []Issue
	add := func(m Issue) {
		if d, held := decisionOn(r, m); !held || !d.At.Before(c.To) {
			all = append(all, m)
		}
	}
	for _, id := range c.Lists[ListOverdue] {
		t, ok := r.Ticket(id)
		if !ok || t.Kind != KindRepair || t.Urgency == Emergency || c.To.Sub(t.Owed()) < contractorAfter {
			continue
		}
		m := Issue{Kind: IssueContractor, Ticket: id, Over: c.To.Sub(t.Owed())}
		if _, held := decisionOn(r, m); held || slices.Contains(atWork, t.State) {
			add(m)
		}
	}
	for theme, ids := range c.Themes {
		if len(ids) >= projectFrom && ofAPlace(theme) {
			add(Issue{Kind: IssueProject, Theme: theme, N: len(ids)})
		}
	}
	slices.SortFunc(all, func(a, b Issue) int { return cmp.Compare(a.Key(), b.Key()) }) // Maps have no order.
	for _, id := range c.Lists[ListLeftOver] {
		t, ok := r.Ticket(id)
		if !ok || t.Case == nil {
			continue
		}
		m := Issue{Kind: IssueHigher, Ticket: id, Over: c.To.Sub(t.Created)}
		m.Grave = t.Case.Back > 1 || c.To.After(r.Site().Calendar.After(t.Clocks.Done, r.Site().Complaints.LeftOver))
		if _, held := decisionOn(r, m); held || t.State.Open() && t.Case.Level < len(escalation)-1 {
			add(m)
		}
	}
	return all
}

// ofAPlace tells whether a theme is something that one can build on: what, where, and
// not who.
func ofAPlace(theme string) bool {
	return slices.Contains([]string{"theme", "what", "service", "place"}, themeParts(theme)[0])
}

// Code is how a button of these counts names an issue. All is what was counted, before
// it was counted for anybody.
func (c Counts) Code(m Issue) string {
	if m.Kind == IssueProject {
		return "p" + strconv.Itoa(slices.Index(sortedKeys(c.Themes), m.Theme))
	}
	return string(m.Kind[:1]) + m.Ticket
}

// IssueOf finds what a button names among what the reader of the counts may know of.
// What was counted before it was counted for anybody numbers the themes.
func (c Counts) IssueOf(r Reader, reader Person, code string) (Issue, bool) {
	if code == "" {
		return Issue{}, false
	}
	own, rest := c.For(r, reader), code[1:]
	for _, m := range own.issues(r) {
		if c.Code(m) == code {
			return m, true
		}
	}
	// Not asked about any more; who else did what is worth saying.
	for kind, list := range map[IssueKind][]string{IssueContractor: own.Lists[ListOverdue], IssueHigher: own.Lists[ListLeftOver]} {
		if string(kind[:1]) == code[:1] && slices.Contains(list, rest) {
			return Issue{Kind: kind, Ticket: rest}, true
		}
	}
	return Issue{}, false
}

// decisionOn is the decision on an issue that holds: what was taken back, also on the
// ticket itself, was none. A question that was decided some days ago is open again,
// unless a project of it runs.
func decisionOn(r Reader, m Issue) (Decision, bool) {
	d, ok := r.Decided(m.Key())
	switch {
	case !ok || !d.Undone.IsZero():
		return d, false
	case m.Kind == IssueProject:
		return d, d.Running() || r.Now().Before(r.Site().Calendar.After(d.At, r.Site().Complaints.Prominent))
	case !r.Now().Before(d.At.Add(decidedFor)):
		return d, false
	}
	for _, e := range r.History(m.Ticket) {
		if e.Seq == d.Seq+1 && e.Action == Undo {
			return d, false
		}
	}
	return d, true
}

// decidedFor is how long nobody is asked the same of a ticket again.
const decidedFor = 3 * 24 * time.Hour
