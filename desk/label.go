package desk

import (
	"maps"
	"slices"
)

// Label is a short text in each language that the site has written it in:
// language code -> text. Sites need not fill in every language.
type Label map[string]string

// In returns the text in lang. Without one it falls back to Chinese, then
// English, then the first language in alphabetical order, so that the same label
// always reads the same; an empty label gives "".
func (l Label) In(lang string) string {
	for _, try := range []string{lang, "zh", "en"} {
		if text := l[try]; text != "" {
			return text
		}
	}
	for _, try := range slices.Sorted(maps.Keys(l)) {
		if l[try] != "" {
			return l[try]
		}
	}
	return ""
}
