package flows

import "frontdesk/desk"

// Language lets a person choose the language in which the desk talks to them.
var Language = Flow{
	Name:      "language",
	Questions: []Question{{Name: "language", Options: languages}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		p := c.Person
		p.Lang = a.Get("language")
		c.Lang = p.Lang
		return Outcome{Effects: desk.Effects{People: []desk.Person{p}}, Say: desk.T("language.done")}, nil
	},
}

// languages are named in themselves, for who reads no other.
func languages(c *Context, _ Answers) []Option {
	names := map[string]string{"zh": "中文", "en": "English", "ja": "日本語", "ko": "한국어", "fr": "Français", "es": "Español", "ru": "Русский", "de": "Deutsch"}
	var list []Option
	for _, lang := range c.site().Languages {
		name := names[lang]
		if name == "" {
			name = lang
		}
		list = append(list, Option{Key: lang, Label: desk.Literal(name)})
	}
	return list
}
