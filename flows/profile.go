package flows

import (
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// Profile asks how a person wants to be called and, where the channel's language
// is none of the site's, in which language to go on. It comes once, after the
// first report, so that nobody has to introduce themselves before being helped.
var Profile = Flow{
	Name: "profile",
	Questions: []Question{
		{Name: "name", Text: true, MaxRunes: 40, Optional: true, Options: shownName, PerRow: 1, Check: checkName},
		{Name: "language", Options: languages, When: func(c *Context, a Answers) bool {
			return languageUnknown(c) || a.Has("language")
		}},
	},
	Cancelled: desk.T("profile.later"),
	Done: func(c *Context, a Answers) (Outcome, error) {
		p := c.Person
		p.NameAsked = true
		if name := a.Get("name"); name != "" {
			p.Name = name
		}
		if lang := a.Get("language"); lang != "" {
			p.Lang, c.Lang = lang, lang
		}
		say := desk.T("profile.done")
		if p.Name != "" {
			say = desk.T("profile.done_name", "name", p.Name)
		}
		return Outcome{Effects: desk.Effects{People: []desk.Person{p}}, Say: say}, nil
	},
}

// asksProfile tells whether the desk should introduce itself now.
func asksProfile(c *Context) bool {
	return !c.Person.NameAsked && (c.Person.Name == "" || languageUnknown(c))
}

// languageUnknown is false where the channel tells no language at all: whoever came
// so far reads what they are told.
func languageUnknown(c *Context) bool {
	lang := strings.ToLower(c.Input.From.Lang)
	return c.Person.Lang == "" && lang != "" && !c.site().Speaks(lang)
}

// shownName offers the name that the channel shows.
func shownName(c *Context, _ Answers) []Option {
	shown := strings.TrimSpace(c.Person.Shown)
	if shown == "" {
		return nil
	}
	label := desk.Literal(shown)
	if utf8.RuneCountInString(shown) > maxLabel {
		label = desk.T("option.this_name")
	}
	return []Option{{Key: "shown", Label: label}}
}

// checkName takes the name out of a sentence: 我叫张三, I'm Wang.
func checkName(c *Context, _ Answers, value string) (string, error) {
	if value == "shown" {
		return c.Person.Shown, nil
	}
	name := strings.Join(strings.Fields(value), " ")
	folded := desk.Fold(name)
	for _, lead := range []string{"我的名字叫", "我的名字是", "我叫", "我是", "叫我", "姓名:", "my name is ", "i am ", "i'm ", "call me "} {
		if rest, ok := strings.CutPrefix(folded, lead); ok && rest != "" {
			name = string([]rune(name)[utf8.RuneCountInString(lead):])
			break
		}
	}
	name = strings.TrimRight(strings.TrimSpace(name), "。.!！")
	if !strings.ContainsFunc(name, letter) || utf8.RuneCountInString(name) > 40 {
		return "", desk.Refuse("profile.bad_name")
	}
	return name, nil
}
