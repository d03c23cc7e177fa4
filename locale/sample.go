package locale

import (
	"strings"
	"time"

	"frontdesk/desk"
)

// Sample is a text with values for its placeholders, for whoever reads all texts
// at once: usual ones, or the longest that are sensible, by which a test sees
// that no text outgrows what a channel can show.
func (c *Catalog) Sample(lang, key string, longest bool) string {
	text, ok := c.find(lang, key)
	if !ok {
		return key
	}
	chosen := usual
	if longest {
		chosen = long
	}
	now := time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)
	args := map[string]any{}
	for _, p := range text.parts {
		switch _, set := args[p.name]; {
		case p.name == "":
		case p.format != "":
			args[p.name] = now.Add(27 * 24 * time.Hour) // "21 Dec" is as long as it gets
			if !longest {
				args[p.name] = now.Add(4 * time.Hour)
			}
		case p.forms != nil && !set:
			args[p.name] = 2
		case !set:
			args[p.name] = chosen(lang, key, p.name)
		}
	}
	return c.fill(lang, text, args, now)
}

// sampled are usual values, Chinese and English.
var sampled = map[string][2]string{
	"number": {"R-1042", "R-1042"}, "title": {"没热水", "No hot water"}, "place": {"3号楼502", "Building 3, 502"},
	"department": {"工程部", "Engineering"}, "name": {"李敏", "Li Min"}, "taker": {"王师傅", "Wang"}, "by": {"王师傅", "Wang"},
	"follower": {"李敏", "Li Min"}, "state": {"已接单", "taken"}, "hotlines": {"运作中心 0512-6588-0000", "Service desk 0512-6588-0000"},
	"site": {"示例校区客户运作中心", "Example Campus Service Desk"}, "phone": {"0512-6588-0000", "0512-6588-0000"},
	"said": {"3-520", "3-520"}, "slot": {"今天 18-20 点", "today 18:00-20:00"}, "what": {"没热水", "No hot water"},
	"label": {"漏水堵水", "Leak/drain"}, "text": {"水还在流", "Water is still running"}, "words": {"水还在流", "Water is still running"},
	"reason": {"待料", "Parts"}, "reference": {"k3f9", "k3f9"}, "group": {"工程群", "Engineering group"}, "clock": {"07:30", "07:30"},
}

// longestOf is how many characters the longest sensible values have that are
// longer or shorter than most: what people write, what is a list, the number of a
// floor.
var longestOf = map[string]int{
	"text": 2000, "words": 2000, "hotlines": 60, "names": 120, "roles": 80, "rates": 80, "scope": 60, "progress": 60,
	"site": 30, "title": 40, "what": 40, "place": 32, "group": 64, "address": 40,
	"floor": 3,
}

func pair(lang string, p [2]string) string {
	if lang == "zh" {
		return p[0]
	}
	return p[1]
}

// isNumber tells whether a text's placeholder is a number wherever it stands.
func isNumber(name string) bool {
	switch name {
	case "n", "new", "open", "overdue", "answered", "asked", "good", "rated", "unrated", "rework", "taken", "times", "limit",
		"new_before", "done_before", "open_before", "overdue_before":
		return true
	}
	return false
}

func usual(lang, _ string, name string) any {
	if p, ok := sampled[name]; ok {
		return pair(lang, p)
	}
	if isNumber(name) {
		return 12
	}
	return desk.Literal(name)
}

func long(lang, key, name string) any {
	if label := isLabel(key); isNumber(name) {
		if label {
			return 99 // more is rare, and then the label is cut
		}
		return 9999
	}
	if name == "number" {
		return "R-10428"
	}
	n := longestOf[name]
	if n == 0 {
		n = 24
	}
	if isLabel(key) {
		n = min(n, maxValue)
	}
	if lang == "zh" {
		return strings.Repeat("字", n)
	}
	return strings.Repeat("m", n)
}

// maxValue is how long a value in a label may be: more is cut where the label is
// made.
const maxValue = 6

// isLabel tells whether a key is what stands on a button.
func isLabel(key string) bool {
	return strings.HasPrefix(key, "button.") || strings.HasPrefix(key, "option.") || strings.HasPrefix(key, "label.") || strings.HasSuffix(key, ".label")
}
