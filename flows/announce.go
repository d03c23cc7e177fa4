package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Announce tells many people something, after they were counted and the text was
// looked at.
var Announce = Flow{
	Name: "announce",
	May:  desk.Person.Manages,
	Questions: []Question{
		{Name: "to", Options: choices(
			Option{Key: desk.ToAll, Label: desk.T("option.to_all"), Words: []string{"所有人", "全体", "everybody", "all"}},
			Option{Key: desk.ToPlace, Label: desk.T("option.to_place"), Words: []string{"楼", "building"}},
			Option{Key: desk.ToRole, Label: desk.T("option.to_role"), Words: []string{"员工", "staff"}})},
		{Name: "place", Place: true, Wide: true, Several: true, When: isTo(desk.ToPlace), Ask: func(*Context, Answers) desk.Text { return desk.T("ask.announce.place") }},
		{Name: "role", PerRow: 3, When: isTo(desk.ToRole), Options: func(*Context, Answers) []Option {
			var list []Option
			for _, role := range desk.RoleNames {
				list = append(list, Option{Key: string(role), Label: desk.T("option.role." + string(role))})
			}
			return list
		}},
		{Name: "text", Text: true, MaxRunes: 1000, Topic: topic("work_text"), Ask: askInLanguage("ask.announce.text", 0)},
		{Name: "second", Text: true, MaxRunes: 1000, Optional: true, When: twoLanguages, Ask: askInLanguage("ask.announce.second", 1)},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		x := announced(a)
		x.Text = bothTexts(c, a)
		lines := []desk.Text{desk.T("announce.preview", "audience", desk.AudienceText(c.site(), x.To, x.Value), "n", len(desk.Audience(c.World, x.To, x.Value)))}
		for _, lang := range c.site().Languages {
			if x.Text[lang] != "" {
				lines = append(lines, desk.AnnounceText(c.site(), x, lang))
			}
		}
		if len(x.Text) < len(c.site().Languages) {
			lines = append(lines, desk.T("works.one_language"))
		}
		if s := c.site(); s.Quiet.Quiet(c.World.Now(), s.Zone) {
			lines = append(lines, desk.T("announce.waits", "at", s.Quiet.Release(c.World.Now(), s.Zone)))
		}
		return desk.Lines(lines...)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		x := announced(a)
		x.Text = bothTexts(c, a)
		out, x, err := desk.Announce(c.World, x, c.Person)
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("announce.going", "n", x.Count),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.announce_told"), Data: desk.CommandData("announce|l." + x.ID)})}}, nil
	},
}

func isTo(to string) func(*Context, Answers) bool {
	return func(_ *Context, a Answers) bool { return a.Get("to") == to }
}

func announced(a Answers) desk.Announcement {
	x := desk.Announcement{To: a.Get("to")}
	switch {
	case x.To == desk.ToPlace:
		x.Value = strings.Join(a["place"], ",")
	case slices.Contains(desk.RoleNames, desk.RoleName(a.Get("role"))):
		x.Value = a.Get("role")
	}
	return x
}
