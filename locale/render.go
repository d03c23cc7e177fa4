package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// Render puts a text into words of a language; times are said relative to now. It never fails: a language without the text uses the default's, a key that no language has shows itself, and so does a placeholder without a value.
func (c *Catalog) Render(lang string, t desk.Text, now time.Time) string {
	switch {
	case t.Key != "":
		found, ok := c.find(lang, t.Key)
		if !ok {
			return t.Key
		}
		return c.fill(lang, found, t.Args, now)
	case t.Literal != "":
		return Harmless(t.Literal)
	default:
		lines := make([]string, len(t.Lines))
		for i, line := range t.Lines {
			lines[i] = c.Render(lang, line, now)
		}
		return strings.Join(lines, "\n")
	}
}

func (c *Catalog) fill(lang string, t template, args map[string]any, now time.Time) string {
	text := ""
	for _, p := range t.parts {
		value, ok := args[p.name]
		switch {
		case p.name == "":
			text = join(text, p.words)
		case !ok:
			text += "{" + p.name + "}"
		case p.forms != nil:
			text += plural(p.forms, value)
		default:
			text = join(text, c.value(lang, value, p.format, now))
		}
	}
	return text
}

func plural(forms []string, value any) string {
	if n, ok := value.(int); ok && (n == 1 || n == -1) {
		return forms[0]
	}
	return forms[1]
}

// value says one argument. A format changes times only.
func (c *Catalog) value(lang string, value any, format string, now time.Time) string {
	switch v := value.(type) {
	case string:
		return Harmless(v)
	case int:
		return strconv.Itoa(v)
	case time.Time:
		return c.time(lang, v, format, now)
	case desk.Label:
		return Harmless(v.In(lang))
	case desk.Place:
		return Harmless(v.Label.In(lang))
	case desk.Term:
		return c.term(lang, v, now)
	case time.Duration:
		return c.duration(lang, v, now)
	case desk.Text:
		return c.Render(lang, v, now)
	case []desk.Text:
		words := make([]string, len(v))
		for i, t := range v {
			words[i] = c.Render(lang, t, now)
		}
		return strings.Join(words, c.Render(lang, desk.T("list.separator"), now))
	default:
		return Harmless(fmt.Sprint(v))
	}
}
