package flows

import (
	"slices"
	"strings"

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
// What is plainly denied ("没有着火", "no smoke") is none; a false alarm costs one
// tap, so in doubt it is danger.
func (l *Listener) Danger(text string) (kind, why string) {
	h := l.hear(text)
	heard := plain(h.folded + " " + h.also)
	over := says(heard, l.over) && !says(heard, l.going)
	past := func(clause string) bool { return says(clause, l.past) }
	has := newPairs(heard)
	for _, d := range l.phrases {
		if phrase, ok := d.hit(heard, &has, past); ok && (d.always || !over) {
			return d.kind, phrase
		}
	}
	if h.nothing || over || past(heard) {
		return "", "" // a place, or a number, alone
	}
	return l.likelyDanger(h)
}

// dangerous is the probability from which words are danger that hold no phrase.
const dangerous = 0.35

// likelyDanger hears danger in words that nobody listed.
func (l *Listener) likelyDanger(h heard) (kind, why string) {
	chances := l.dangers.predict(h.features)
	best, sum := -1, 0.0
	for i, class := range l.dangers.classes {
		if class == "" {
			continue
		}
		if sum += chances[i]; best < 0 || chances[i] > chances[best] {
			best = i
		}
	}
	if best < 0 || sum < dangerous {
		return "", ""
	}
	return l.dangers.classes[best], strings.Join(l.dangers.because(h.features, best, 4), ", ")
}

// DangerNumbers are the numbers to call first in a kind of danger; none where the
// desk itself comes first.
func DangerNumbers(kind string) []string { return slices.Clone(dangerNumbers[kind]) }

// DangerKinds lists every kind of danger, the gravest first.
func DangerKinds() []string { return slices.Clone(examples.Dangers) }
