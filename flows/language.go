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

// LanguageName is what a language calls itself.
func LanguageName(lang string) string {
	if name := languageNames[lang]; name != "" {
		return name
	}
	return lang
}

var languageNames = map[string]string{"zh": "中文", "en": "English", "ja": "日本語", "ko": "한국어", "fr": "Français", "es": "Español", "ru": "Русский", "de": "Deutsch"}

// languages are named in themselves, for who reads no other.
func languages(c *Context, _ Answers) []Option {
	var list []Option
	for _, lang := range c.site().Languages {
		list = append(list, Option{Key: lang, Label: desk.Literal(LanguageName(lang))})
	}
	return list
}
