package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// DangerRisk is the kind of a person at risk: it is nobody's business but the
// duty manager's.
const DangerRisk = "risk"

// dangerNumbers are the numbers to call first, by kind.
var dangerNumbers = map[string][]string{
	DangerRisk: {"120", "110"}, "fire": {"119"}, "gas": {"119"}, "shock": {"120"}, "sparks": {"119"}, "trapped": {"119"},
	"injury": {"120"}, "poison": {"120"}, "fight": {"110"}, "missing": {"110"}, "harassment": {"110"}, "theft": {"110"},
}

// Danger tells whether a text speaks of danger, of which kind, and by which words
// it was heard: fire, gas, shock, sparks, trapped, injury, poison, fight, missing,
// harassment, theft, flood, or risk (a person at risk). Any language is heard.
// What is plainly denied ("没有着火", "no smoke"), long past or only asked about is
// none. See Doubt for what may be danger.
func (l *Listener) Danger(text string) (kind, why string) {
	h := l.listen(text)
	if kind, why = l.danger(h); h.laughing && kind != DangerRisk {
		return "", ""
	}
	return kind, why
}

// Doubt tells whether a text that is no danger for sure may be one, as Danger does:
// one gentle question is worth it, and no alarm.
func (l *Listener) Doubt(text string) (kind, why string) {
	h := l.listen(text)
	if kind, why = l.danger(h); kind != "" {
		if h.laughing && kind != DangerRisk {
			return kind, why
		}
		return "", ""
	}
	if h.over || h.past || h.supposed || h.nothing || h.laughing || says(h.said, l.joking) {
		return "", ""
	}
	if kind, why = l.situations.hit(h.alike, h.roles, true); kind != "" {
		return kind, why
	}
	if l.namesFault(h.heard) {
		return "", ""
	}
	if kind, why = l.likelyDanger(h); kind == "flood" {
		return "", "" // The form for a leak asks itself whether it is urgent.
	}
	return kind, why
}

// namesFault tells whether a text is plainly one of the site's faults or requests and
// where it is: a question whether anybody is in danger would only puzzle. What sounds
// dangerous in it is a situation, and heard before.
func (l *Listener) namesFault(h heard) bool {
	guesses := l.guesses(h)
	if len(guesses) == 0 || guesses[0].Score < Sure {
		return false
	}
	g := guesses[0]
	return (g.Flow == desk.KindRepair || g.Flow == desk.KindRequest) && len(g.Answers["category"]) > 0 && len(g.Answers["place"]) > 0
}

// listened is a text as danger is looked for in it.
type listened struct {
	heard
	said  string // without apostrophes
	alike string // as situations are compared
	roles map[int][]mention
	// over says that it is settled, past that it was long ago, supposed that it is
	// asked about or imagined, laughing that somebody laughs about it.
	over, past, supposed, laughing bool
}

func (l *Listener) listen(text string) listened {
	h := l.hear(text)
	t := listened{heard: h, said: plain(h.folded + " " + h.also)}
	t.alike = sameWords(undrawn(t.said))
	t.roles = l.situations.mentions(t.alike)
	t.over = says(t.said, l.over) && !says(t.said, l.going)
	t.past = says(t.said, l.past)
	t.supposed, t.laughing = says(t.said, l.supposed), says(t.said, l.laughing)
	return t
}

func (l *Listener) danger(t listened) (kind, why string) {
	past := func(clause string) bool { return says(clause, l.past) }
	has := newPairs(t.said)
	for _, d := range l.phrases {
		if phrase, ok := d.hit(t.said, &has, past); ok && (d.always || !t.over && !t.supposed) {
			return d.kind, phrase
		}
	}
	if t.nothing || t.over || t.past || t.supposed {
		return "", ""
	}
	return l.situations.hit(t.alike, t.roles, false)
}

// doubtful is the probability from which words are asked about in which no
// situation was heard, doubtfulWords that of words without a role of any.
const (
	doubtful      = 0.35
	doubtfulWords = 0.6
)

// likelyDanger hears danger in words that nobody listed.
func (l *Listener) likelyDanger(h listened) (kind, why string) {
	features := l.alarming(h)
	chances := l.dangers.predict(features)
	best, sum := -1, 0.0
	for i, class := range l.dangers.classes {
		if class == "" {
			continue
		}
		if sum += chances[i]; best < 0 || chances[i] > chances[best] {
			best = i
		}
	}
	least := doubtfulWords
	if slices.ContainsFunc(features, func(f string) bool { return f[0] == '@' }) {
		least = doubtful
	}
	if best < 0 || sum < least {
		return "", ""
	}
	return l.dangers.classes[best], strings.Join(l.dangers.because(features, best, 4), ", ")
}

// alarming are the features of a text that may tell of danger: what is longer than
// a sign or a small word, and the roles that are heard. A single sign (着, 手) or a
// "my" once was enough for an alarm.
func (l *Listener) alarming(h listened) []string {
	list := []string{"#"}
	for _, f := range h.features {
		if telling(f) {
			list = append(list, f)
		}
	}
	for role, name := range l.situations.roles {
		if len(h.roles[role]) > 0 && name != "" {
			list = append(list, "@"+name)
		}
	}
	return list
}

// telling features are two signs or more, or have a word of four letters or more.
func telling(feature string) bool {
	if latinOnly(feature) {
		return slices.ContainsFunc(strings.Fields(feature), func(w string) bool { return len(w) > 3 && w[0] != '#' })
	}
	return utf8.RuneCountInString(strings.Trim(feature, "^$")) > 1
}

// DangerNumbers are the numbers to call first in a kind of danger; none where the
// desk itself comes first.
func DangerNumbers(kind string) []string { return slices.Clone(dangerNumbers[kind]) }

// DangerKinds lists every kind of danger, the gravest first.
func DangerKinds() []string { return slices.Clone(examples.Dangers) }
