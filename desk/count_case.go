package desk

import (
	"cmp"
	"maps"
	"slices"
)

// complaints counts what was filed in the period and what is a repeat, and
// gathers the themes of the last days. What came of it is counted for each reader.
func (x *counting) complaints() {
	s := x.r.Site()
	for _, t := range x.r.Between(x.c.From, x.c.To) {
		switch t.Kind {
		case KindComplaint:
			x.lists.add(ListComplaint, t.ID)
			if t.InTime() {
				x.lists.add(ListReplied, t.ID)
			}
			if t.Case != nil && len(t.Case.Repeats) > 0 {
				x.lists.add(ListRepeated, t.ID)
			}
		case KindSuggestion:
			x.lists.add(ListSuggestion, t.ID)
		}
	}
	since := x.c.To.AddDate(0, 0, -s.Complaints.Prominent.Days).Add(-s.Complaints.Prominent.Duration)
	for _, t := range x.r.Between(since, x.c.To) {
		if t.Kind != KindComplaint || t.Case == nil || t.State == StateCancelled {
			continue
		}
		for _, theme := range t.Case.Themes {
			if x.c.Themes == nil {
				x.c.Themes = map[string][]string{}
			}
			x.c.Themes[theme] = append(x.c.Themes[theme], t.ID)
		}
	}
	for theme, ids := range x.c.Themes {
		if len(ids) < 2 {
			delete(x.c.Themes, theme) // One alone stands out by nothing.
		}
	}
}

// leftOver counts a complaint that was open at the end of the period.
func (x *counting) leftOver(t Ticket) {
	if t.Kind != KindComplaint {
		return
	}
	t.State = StateTaken // It was open then, whatever it is now.
	if t.LeftOver(x.r.Site(), x.c.To) {
		x.lists.add(ListLeftOver, t.ID)
	}
}

// For are the counts as a reader may see them: complaints that they must not know
// of are in none of its numbers and lists.
func (c Counts) For(w World, p Person) Counts {
	seen := func(ids []string) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
			t, ok := w.Ticket(id)
			return ok && t.Case != nil && !w.Site().Serves(p, t)
		})
	}
	lists := map[CountedList][]string{}
	for name, ids := range c.Lists {
		lists[name] = seen(ids)
	}
	themes := map[string][]string{}
	for theme, ids := range c.Themes {
		if kept := seen(ids); len(kept) > 1 {
			themes[theme] = kept
		}
	}
	c.Lists, c.Themes = lists, themes
	lists[ListProminent] = themes[c.TopTheme()]
	return c
}

// complaints is the line of the digest: how many, how many of them were answered
// in time, the most prominent theme, the repeated and the left over.
func (c Counts) complaints(w World) Text {
	var list []Text
	if n := len(c.Lists[ListComplaint]); n > 0 {
		list = append(list, T("digest.complaints", "n", n, "replied", len(c.Lists[ListReplied]), "within", w.Site().Complaints.Reply))
	}
	if theme := c.prominent(w); !theme.IsZero() {
		list = append(list, theme)
	}
	if n := len(c.Lists[ListRepeated]); n > 0 {
		list = append(list, T("digest.repeated", "n", n))
	}
	if n := len(c.Lists[ListLeftOver]); n > 0 {
		list = append(list, T("digest.left_over", "n", n))
	}
	if n := len(c.Lists[ListSuggestion]); n > 0 {
		list = append(list, T("digest.suggestions", "n", n))
	}
	if len(list) == 0 {
		return Text{}
	}
	return T("digest.complaint_line", "parts", list)
}

// themesByWeight are the themes, the one with the most complaints in the last days
// first; of equal ones what says most: a matter and where rather than who.
func (c Counts) themesByWeight() []string {
	return slices.SortedFunc(maps.Keys(c.Themes), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(c.Themes[b]), len(c.Themes[a])), cmp.Compare(themeRank(a), themeRank(b)), cmp.Compare(a, b))
	})
}

// TopTheme is the most prominent theme, or empty.
func (c Counts) TopTheme() string {
	if themes := c.themesByWeight(); len(themes) > 0 {
		return themes[0]
	}
	return ""
}

// prominent says what is complained of most.
func (c Counts) prominent(w World) Text {
	theme := c.TopTheme()
	if theme == "" {
		return Text{}
	}
	ids := c.Themes[theme]
	cause := Text{}
	for _, id := range ids {
		if t, _ := w.Ticket(id); t.Case != nil && t.Case.Cause != "" {
			cause = T("case.cause." + t.Case.Cause) //locale:prefix case.cause.
		}
	}
	about := ThemeText(w, theme)
	if cause.IsZero() {
		return T("digest.prominent", "about", about, "n", len(ids), "days", w.Site().Complaints.Prominent)
	}
	return T("digest.prominent_cause", "about", about, "cause", cause, "n", len(ids), "days", w.Site().Complaints.Prominent)
}

// themeRank puts the themes that say what and where in front.
func themeRank(theme string) int {
	return slices.Index([]string{"theme", "what", "service", "ticket", "team", "place", "room", "person", "own"}, themeParts(theme)[0])
}
