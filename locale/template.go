package locale

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// template is a text with its placeholders found.
type template struct{ parts []part }

// part is a stretch of a text: words, or a placeholder if it has a name.
type part struct {
	words  string
	name   string
	format string   // of {name:format}
	forms  []string // of {name|one|other}
}

// formats are the ways in which a time can be asked for. A placeholder without one gives the natural form.
var formats = []string{"day", "date", "time", "hour", "weekday", "long"}

// parse finds the placeholders of a text. The error says what was expected.
func parse(text string) (template, error) {
	var t template
	var words strings.Builder
	flush := func() {
		if words.Len() > 0 {
			t.parts = append(t.parts, part{words: words.String()})
			words.Reset()
		}
	}
	for rest := text; rest != ""; {
		at := strings.IndexAny(rest, "{}")
		if at < 0 {
			words.WriteString(rest)
			break
		}
		words.WriteString(rest[:at])
		brace := rest[at]
		rest = rest[at+1:]
		if rest != "" && rest[0] == brace {
			words.WriteByte(brace)
			rest = rest[1:]
			continue
		}
		if brace == '}' {
			return template{}, fmt.Errorf("a %q without a %q before it: write %q for the brace itself", "}", "{", "}}")
		}
		end := strings.IndexAny(rest, "{}")
		if end < 0 || rest[end] == '{' {
			return template{}, fmt.Errorf("a placeholder is not closed: expected {name}, {name:format} or {name|one|other}")
		}
		p, err := placeholder(rest[:end])
		if err != nil {
			return template{}, err
		}
		flush()
		t.parts = append(t.parts, p)
		rest = rest[end+1:]
	}
	flush()
	return t, nil
}

// placeholder reads what stands between the braces.
func placeholder(inner string) (part, error) {
	name, forms, plural := strings.Cut(inner, "|")
	name, format, formatted := strings.Cut(name, ":")
	p := part{name: name, format: format}
	if !plain(name) {
		return part{}, fmt.Errorf("{%s}: expected a name of small letters, digits and _", inner)
	}
	if formatted && !slices.Contains(formats, format) {
		return part{}, fmt.Errorf("{%s}: unknown format %q, expected one of %s", inner, format, strings.Join(formats, ", "))
	}
	if plural {
		if p.forms = strings.Split(forms, "|"); len(p.forms) != 2 || formatted {
			return part{}, fmt.Errorf("{%s}: expected two forms, for one and for more, such as {n|ticket|tickets}", inner)
		}
	}
	return p, nil
}

// plain says whether a name is one that a program would use.
func plain(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return name != ""
}

// names lists the placeholders' names, each once, sorted.
func (t template) names() []string {
	set := map[string]bool{}
	for _, p := range t.parts {
		if p.name != "" {
			set[p.name] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}
