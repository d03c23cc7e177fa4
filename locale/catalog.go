package locale

import (
	"maps"
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
)

// fallback is the language used when neither the one asked for nor the site's default has a text.
const fallback = "zh"

// Catalog is every text in every language. It never changes once loaded, so that many may read it at once. It implements desk.Texts.
type Catalog struct {
	zone  *time.Location
	deflt string
	texts map[string]map[string]template // by language and key
}

var _ desk.Texts = (*Catalog)(nil)

// WithDefault returns the catalogue with another default language, the first that the site names. Without it the default is Chinese.
func (c *Catalog) WithDefault(lang string) *Catalog {
	changed := *c
	changed.deflt = lang
	return &changed
}

// Languages lists the languages that the catalogue has, sorted.
func (c *Catalog) Languages() []string { return slices.Sorted(maps.Keys(c.texts)) }

// Keys lists the keys that a language has, sorted.
func (c *Catalog) Keys(lang string) []string { return slices.Sorted(maps.Keys(c.texts[lang])) }

// Has says whether a language has a text of its own for the key, without any fallback.
func (c *Catalog) Has(lang, key string) bool {
	_, ok := c.texts[lang][key]
	return ok
}

// Missing lists, for each language that is not complete, the keys that other languages have and it has not.
func (c *Catalog) Missing() map[string][]string {
	all := map[string]bool{}
	for _, texts := range c.texts {
		for key := range texts {
			all[key] = true
		}
	}
	missing := map[string][]string{}
	for lang, texts := range c.texts {
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if _, ok := texts[key]; !ok {
				missing[lang] = append(missing[lang], key)
			}
		}
	}
	return missing
}

// find returns the text of a key, in lang if it has one, else in its base language (zh for zh-hant), the default, and Chinese, in this order.
func (c *Catalog) find(lang, key string) (template, bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	for _, try := range []string{lang, base, c.deflt, fallback} {
		if t, ok := c.texts[try][key]; ok {
			return t, true
		}
	}
	return template{}, false
}
