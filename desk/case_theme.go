package desk

import "strings"

func themeParts(theme string) []string { return strings.Split(theme, "/") }

// ThemeText is a theme in words: hot water in building 3.
//
//locale:prefix case.type.
func ThemeText(w World, theme string) Text {
	s, parts := w.Site(), append(themeParts(theme), "", "")
	category := func(id string) Text {
		c, _ := s.Category(id)
		return T("label", "label", c.Called())
	}
	place := func(id string) Text { return T("label", "label", s.PlaceLabel(id)) }
	switch parts[0] {
	case "theme":
		return T("case.theme", "place", place(parts[2]), "what", category(parts[1]))
	case "service", "what":
		return category(parts[1])
	case "ticket":
		t, _ := w.Ticket(parts[1])
		return Literal(t.Number)
	case "team":
		return T("case.theme", "place", TeamText(s, parts[1]), "what", T("case.type."+parts[2]))
	case "place", "room":
		return T("case.theme", "place", place(parts[1]), "what", T("case.type."+parts[2]))
	}
	// Who complained of, or complains, again and again: the sort of complaint alone.
	if parts[2] != "" {
		return T("case.type." + parts[2])
	}
	return T("case.theme_person")
}

// TeamText is a department, or the desk itself, in words.
func TeamText(s *Site, team string) Text {
	if team == TeamDesk {
		return T("case.team_desk")
	}
	d, _ := s.Department(team)
	return T("label", "label", d.Label)
}
