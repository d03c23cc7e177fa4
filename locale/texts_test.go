package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// maxLabel is how long a label may be so that it fits a card of every channel.
const maxLabel = 10

func load(t *testing.T) *Catalog {
	t.Helper()
	c, err := Load(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	for lang, keys := range load(t).Missing() {
		t.Errorf("%s.yaml lacks %s", lang, strings.Join(keys, ", "))
	}
}

func TestSamePlaceholdersInEveryLanguage(t *testing.T) {
	c := load(t)
	for _, key := range c.Keys(fallback) {
		if strings.HasPrefix(key, "time.") || key == "option.slot" {
			continue // each language says a time in its own way
		}
		want := c.texts[fallback][key].names()
		for _, lang := range c.Languages() {
			if text, ok := c.texts[lang][key]; ok {
				if diff := cmp.Diff(want, text.names()); diff != "" {
					t.Errorf("%s: %s and %s have different placeholders:\n%s", key, fallback, lang, diff)
				}
			}
		}
	}
}

func TestLabelsAreShort(t *testing.T) {
	c := load(t)
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			if !strings.HasPrefix(key, "button.") && !strings.HasPrefix(key, "option.") && !strings.HasPrefix(key, "label.") && !strings.HasSuffix(key, ".label") {
				continue
			}
			// A label with a placeholder is as long as its value, which other tests see.
			text := c.texts[lang][key]
			if words := text.words(); len(text.names()) == 0 && utf8.RuneCountInString(words) > maxLabel {
				t.Errorf("%s.yaml: %s is %q, longer than %d characters", lang, key, words, maxLabel)
			}
		}
	}
}

// words is the text without its placeholders.
func (t template) words() string {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.words)
	}
	return b.String()
}

func TestTheProgramSaysEveryTextAndNoOther(t *testing.T) {
	c, said := load(t), readSource(t, "..")
	for _, key := range slices.Sorted(maps.Keys(said.keys)) {
		for _, lang := range c.Languages() {
			if !c.Has(lang, key) {
				t.Errorf("%s.yaml lacks %s, said at %s", lang, key, said.keys[key])
			}
		}
	}
	for _, key := range c.Keys(fallback) {
		if !said.says(key) {
			t.Errorf("nobody says %s: remove it, or declare it where it is put together (see the package's doc)", key)
		}
	}
	// A key that is handed on by another function is known by its area: a mistyped "button.tkae" is found even there.
	areas := map[string]bool{}
	for _, key := range c.Keys(fallback) {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	for _, key := range slices.Sorted(maps.Keys(said.literals)) {
		area, _, _ := strings.Cut(key, ".")
		if areas[area] && said.keys[key] == "" && said.beginnings[key] == "" && !c.Has(fallback, key) && !tails(c, key) {
			t.Errorf("%s: %q has the form of a key, and there is no such text", said.literals[key], key)
		}
	}
	for prefix, place := range said.prefixes {
		if !slices.ContainsFunc(c.Keys(fallback), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
			t.Errorf("%s: no text begins with %s", place, prefix)
		}
	}
}

// tails says whether a key ends with what was written: another function may put an area before it.
func tails(c *Catalog, end string) bool {
	return slices.ContainsFunc(c.Keys(fallback), func(key string) bool { return strings.HasSuffix(key, "."+end) })
}

func TestReadSource(t *testing.T) {
	said := readSource(t, "testdata/source")
	want := map[string]string{
		"one": "said.go:8", "two": "said.go:9", "three": "said.go:10", "four": "said.go:11",
		"declared.a": "said.go:3", "declared.b": "said.go:3",
	}
	if diff := cmp.Diff(want, said.keys); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"state.": "said.go:12", "flow.": "said.go:5"}, said.prefixes); diff != "" {
		t.Error(diff)
	}
}
