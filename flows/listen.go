package flows

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// Listener understands sentences: by examples of what people say, by the words
// that the site's categories have, and by the site's places. It needs no network
// and never changes once made, so that many may use it at once.
type Listener struct {
	site       *desk.Site
	categories []categoryWords
	spelling   spelling
	// vocabulary are the Latin words of the examples, nearby the same by their
	// first letter: a word with one letter wrong is put right.
	vocabulary map[string]bool
	nearby     map[string][]string
	exact      map[string]string // what an example means that is said word for word
	wants      *model
	dangers    *model
	phrases    []dangerPhrases
	situations situations
	// over are phrases of what is settled, going those of what is not, past those of
	// what was long ago, supposed of what is asked about, joking of what
	// is not meant, laughing of laughter.
	over, going, past, supposed, joking, laughing [][]string
}

var _ Understander = (*Listener)(nil)

// ownWeight is how much more an example counts that the site wrote or taught.
const ownWeight = 3

// NewListener learns from examples.
func NewListener(s *desk.Site, set examples.Set) *Listener {
	l := &Listener{site: s, categories: siteWords(s), spelling: newSpelling(set), phrases: compileDangers(set), situations: compileSituations(set)}
	for to, list := range map[*[][]string][]string{&l.over: set.Settled, &l.going: set.Unsettled, &l.past: set.Past, &l.supposed: set.Supposed, &l.joking: set.Joking, &l.laughing: set.Laughing} {
		for _, p := range list {
			*to = append(*to, parts(p))
		}
	}
	vocabulary := map[string]bool{}
	texts := make([]string, 0, len(set.Sentences)+len(set.Alarms))
	for _, list := range [][]examples.Sentence{set.Sentences, set.Alarms} {
		for _, e := range list {
			texts = append(texts, e.Text)
		}
	}
	for _, c := range l.categories {
		texts = append(texts, c.words...)
	}
	for _, text := range texts {
		for _, w := range l.words(desk.Fold(text)) {
			if w.latin && len(w.text) > 4 {
				vocabulary[w.text] = true
			}
		}
	}
	l.nearby = map[string][]string{}
	for w := range vocabulary {
		l.nearby[w[:1]] = append(l.nearby[w[:1]], w)
	}
	for _, list := range l.nearby {
		slices.Sort(list)
	}
	l.vocabulary = vocabulary
	l.learn(set)
	return l
}

func (l *Listener) learn(set examples.Set) {
	var wants, alarms []sample
	l.exact = map[string]string{}
	for _, e := range set.Sentences {
		weight := float32(1)
		if e.Own {
			weight = ownWeight
		}
		h := l.hear(e.Text)
		class := e.Means
		if _, category, _ := strings.Cut(class, "/"); category != "" && !slices.ContainsFunc(l.categories, func(c categoryWords) bool { return class == c.Kind+"/"+c.ID }) {
			class, _, _ = strings.Cut(class, "/")
		}
		l.exact[h.bare] = class
		wants = append(wants, sample{h.features, class, weight})
		alarms = append(alarms, sample{l.alarming(l.listen(e.Text)), "", 1})
	}
	for _, c := range l.categories {
		for _, w := range c.words {
			wants = append(wants, sample{l.hear(w).features, c.Kind + "/" + c.ID, 1})
		}
	}
	for _, e := range set.Alarms {
		weight := float32(2)
		if e.Own {
			weight = ownWeight
		}
		alarms = append(alarms, sample{l.alarming(l.listen(e.Text)), e.Means, weight})
	}
	l.wants, l.dangers = learn(wants), learn(alarms)
}

// heard is a text as it was taken in.
type heard struct {
	text   string // as written, not too long
	folded string
	facts
	bare     string // folded, without place, number and the signs around
	also     string // what its Latin words stand for in Chinese
	features []string
}

func (l *Listener) hear(text string) heard {
	if len(text) > 4*2*MaxRunes {
		text = strings.ToValidUTF8(text[:4*2*MaxRunes], "")
	}
	h := heard{text: text, folded: l.spelling.fold(text)}
	h.facts = l.readFacts(text, h.folded)
	h.bare = bare(h.rest)
	h.also = l.translated(h.rest)
	h.features = l.features(h.rest, h.also)
	if h.place != "" || h.said != "" {
		h.features = append(h.features, "#place")
	}
	if h.ticket != "" {
		h.features = append(h.features, "#ticket")
	}
	return h
}

// Understand says what the text may mean, best first. The language only decides
// between equal guesses; people mix languages.
func (l *Listener) Understand(text, _ string) []Guess {
	h := l.hear(text)
	guesses := l.guesses(h)
	if len(guesses) > 0 && guesses[0].Flow == "unknown" {
		return nil
	}
	guesses = slices.DeleteFunc(guesses, func(g Guess) bool { return g.Flow == "unknown" })
	if answers := h.answers(true); len(guesses) == 0 && (h.place != "" || h.said != "" || h.when != "") {
		// A time, or a place with words that nobody knows: any form may take it.
		return []Guess{{Flow: desk.KindRepair, Answers: answers, Score: Sure / 2}, {Flow: desk.KindRequest, Answers: answers, Score: Sure / 3}}
	}
	if len(guesses) > 0 && (guesses[0].Flow == desk.KindRepair || guesses[0].Flow == desk.KindRequest) {
		guesses = l.several(h, guesses)
	}
	return guesses
}

func (l *Listener) guesses(h heard) []Guess {
	switch {
	case h.ticket != "" && h.nothing:
		return []Guess{{Flow: "status", Answers: h.answers(false), Score: 1, Why: h.ticket}}
	case (h.place != "" || h.said != "") && h.nothing:
		why := h.said
		if h.place != "" {
			why = h.place
		}
		return []Guess{{Flow: "place", Answers: h.answers(false), Score: 1, Why: why}}
	}
	if means, ok := l.exact[h.bare]; ok && h.bare != "" {
		return []Guess{l.guess(h, means, 1, "= "+h.bare)}
	}
	return l.likely(h)
}

// likely are the guesses of the model: the probability of an intent is that of
// all its categories together.
func (l *Listener) likely(h heard) []Guess {
	chances := l.wants.predict(h.features)
	if h.when != "" {
		l.visited(chances)
	}
	sum, best := map[string]float64{}, map[string]int{}
	for i, class := range l.wants.classes {
		intent, _, _ := strings.Cut(class, "/")
		if b, ok := best[intent]; !ok || chances[i] > chances[b] {
			best[intent] = i
		}
		sum[intent] += chances[i]
	}
	var guesses []Guess
	for i, class := range l.wants.classes {
		intent, _, _ := strings.Cut(class, "/")
		if best[intent] != i || sum[intent] < worthAGuess {
			continue
		}
		if named := l.named(h, intent, chances, i); named != class {
			class = named
		}
		why := strings.Join(l.wants.because(h.features, i, 4), ", ")
		guesses = append(guesses, l.guess(h, class, sum[intent], why))
	}
	slices.SortStableFunc(guesses, func(a, b Guess) int { return cmp.Compare(b.Score, a.Score) })
	return guesses
}

// named is the class of a category whose word was said, where the model would
// rather take the one for everything else but not by much.
func (l *Listener) named(h heard, intent string, chances []float64, best int) string {
	class := l.wants.classes[best]
	_, id, _ := strings.Cut(class, "/")
	if c, ok := l.site.Category(id); !ok || !catchAll(c) {
		return class
	}
	spoken := l.spokenCategory(intent, h.folded+" "+h.also)
	if i := slices.Index(l.wants.classes, intent+"/"+spoken); spoken != "" && i >= 0 && chances[i] >= chances[best]/2 {
		return l.wants.classes[i]
	}
	return class
}

// visited weighs the chances of a sentence that says when somebody may come in:
// that is said of a repair or a request.
func (l *Listener) visited(chances []float64) {
	sum := 0.0
	for i, class := range l.wants.classes {
		if intent, _, _ := strings.Cut(class, "/"); intent == desk.KindRepair || intent == desk.KindRequest {
			chances[i] *= visitWeight
		}
		sum += chances[i]
	}
	for i := range chances {
		if sum > 0 {
			chances[i] /= sum
		}
	}
}

const visitWeight = 5

// worthAGuess is the least probability of a guess.
const worthAGuess = 0.05

func (l *Listener) guess(h heard, class string, score float64, why string) Guess {
	intent, category, _ := strings.Cut(class, "/")
	if category == "" {
		category = l.spokenCategory(intent, h.folded+" "+h.also)
	}
	matter := intent == desk.KindRepair || intent == desk.KindRequest
	g := Guess{Flow: intent, Answers: h.answers(matter), Score: score, Why: why}
	if c, ok := l.site.Category(category); ok && category != "" && (!catchAll(c) || h.summary != "" || h.words != "") {
		g.Answers["category"] = []string{category}
	}
	if _, known := g.Answers["time"]; !known && h.day.day >= 0 && (intent == "checkin" || intent == "checkout" || intent == desk.KindRequest) {
		g.Answers["time"] = []string{h.day.String()}
	}
	return g
}

// spokenCategory is the category of a kind of which the longest word was said.
func (l *Listener) spokenCategory(kind, folded string) (id string) {
	longest := ""
	for _, c := range l.categories {
		if w := c.spokenIn(folded); c.Kind == kind && len(w) > len(longest) && !catchAll(c.Category) {
			longest, id = w, c.ID
		}
	}
	return id
}

// Sentence is what an administrator taught: an example of an intent.
func Sentence(intent, text string) examples.Sentence {
	return examples.Sentence{Means: intent, Text: text, Own: true}
}
