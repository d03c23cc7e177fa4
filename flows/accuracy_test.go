package flows

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// What the figures must be at least.
const (
	leastIntents    = 0.95
	leastLookAlikes = 0.95
	leastCategories = 0.93
	leastPlaces     = 0.95
	leastFacts      = 0.90
)

// folds is into how many parts the corpus is divided, by families.
const folds = 5

// The desk understands what people write. The corpus is judged by what was learned
// from the shipped examples alone, without those that are nearly a sentence of it,
// and with the other parts of the corpus learned as well, whole families of
// paraphrases left out at a time.
func TestUnderstandsCorpus(t *testing.T) {
	groups, site := loadCorpus(t), exampleSite(t)
	set := independent(t, shippedExamples(t), groups)
	alone := newJudgement()
	l := NewListener(site, set)
	for _, g := range groups {
		alone.judge(l, g)
	}
	alone.report(t, "learned from the shipped examples alone")
	if testing.Short() {
		return
	}
	others := newJudgement()
	for fold := range folds {
		l := NewListener(site, withCorpus(set, groups, func(n int) bool { return n%folds != fold }))
		for n, family := range families(groups) {
			if n%folds == fold {
				for _, g := range family {
					others.judge(l, g)
				}
			}
		}
	}
	others.report(t, fmt.Sprintf("learned from the other families too, in %d folds", folds))
}

// families puts the groups of one family together, in the order of the corpus.
func families(groups []corpusGroup) [][]corpusGroup {
	var list [][]corpusGroup
	at := map[string]int{}
	for _, g := range groups {
		if _, ok := at[g.Family]; !ok {
			at[g.Family] = len(list)
			list = append(list, nil)
		}
		list[at[g.Family]] = append(list[at[g.Family]], g)
	}
	return list
}

// withCorpus adds the families that take wants to the examples.
func withCorpus(set examples.Set, groups []corpusGroup, take func(int) bool) examples.Set {
	set.Sentences, set.Alarms = slices.Clone(set.Sentences), slices.Clone(set.Alarms)
	for n, family := range families(groups) {
		if !take(n) {
			continue
		}
		for _, g := range family {
			for _, s := range g.Says {
				if len(s.Dangers) > 0 {
					set.Alarms = append(set.Alarms, examples.Sentence{Means: s.Dangers[0], Text: s.Text})
				} else if s.LooksLikeDanger {
					set.Alarms = append(set.Alarms, examples.Sentence{Text: s.Text})
				}
				means := s.Intents[0]
				if means == "emergency" || means == "place" {
					continue
				}
				if c := s.Answers.Categories; len(c) == 1 && (means == desk.KindRepair || means == desk.KindRequest) {
					means += "/" + c[0][0]
				}
				set.Sentences = append(set.Sentences, examples.Sentence{Means: means, Text: s.Text})
			}
		}
	}
	return set
}

// judgement counts what was understood.
type judgement struct {
	confusion              map[string]map[string]int // by intent, then by what the desk would do
	share                  map[string]*[2]int        // right of all, by what
	unsure, among          int                       // asked instead of acting; the right one among the choices
	wrong, missed, alarmed []string
}

func newJudgement() *judgement {
	return &judgement{confusion: map[string]map[string]int{}, share: map[string]*[2]int{}}
}

func (j *judgement) count(what string, right bool) {
	if j.share[what] == nil {
		j.share[what] = &[2]int{}
	}
	j.share[what][1]++
	if right {
		j.share[what][0]++
	}
}

// judge holds what the desk would do with a sentence against what it should.
// Right is only what it would do without asking: a guess that it is unsure of
// counts as unknown, and with it as wrong.
func (j *judgement) judge(l *Listener, g corpusGroup) {
	for _, s := range g.Says {
		r := Read(l, s.Text, "zh")
		in, out := s.Intents[0], r.Intent
		right := slices.Contains(s.Intents, out)
		if right {
			in = out
		}
		if j.confusion[in] == nil {
			j.confusion[in] = map[string]int{}
		}
		j.confusion[in][out]++
		note := fmt.Sprintf("%s %q: %s %v, want %v (%s)", g.Slug, s.Text, out, r.Choices, s.Intents, r.Why)
		switch {
		case len(s.Dangers) > 0:
			j.count("danger", r.Emergency)
			if !r.Emergency {
				j.missed = append(j.missed, note)
			} else {
				j.count("kind of danger", slices.Contains(s.Dangers, r.Danger))
			}
		case s.LooksLikeDanger:
			j.count("look-alikes", !r.Emergency)
		default:
			j.count("no danger in ordinary sentences", !r.Emergency)
		}
		if len(s.Dangers) == 0 && r.Emergency {
			j.alarmed = append(j.alarmed, fmt.Sprintf("%s %q: %s by %s", g.Slug, s.Text, r.Danger, r.DangerSaid))
		}
		j.count("intents", right)
		if !right {
			j.wrong = append(j.wrong, note)
		}
		if out == "unknown" && !slices.Contains(s.Intents, "unknown") {
			j.unsure++
			if slices.ContainsFunc(r.Choices, func(c string) bool { return slices.Contains(s.Intents, c) }) {
				j.among++
			}
		}
		j.answers(s, r, g.Slug)
	}
}

// answers holds the facts against the corpus, in sentences whose intent was right.
func (j *judgement) answers(s corpusSaying, r Reading, slug string) {
	if !slices.Contains(s.Intents, r.Intent) {
		return
	}
	check := func(what string, right bool, got, want any) {
		j.count(what, right)
		if !right {
			j.wrong = append(j.wrong, fmt.Sprintf("%s %q: %s %v, want %v", slug, s.Text, what, got, want))
		}
	}
	if want := s.Answers.Categories; len(want) > 0 && (r.Intent == desk.KindRepair || r.Intent == desk.KindRequest) {
		right := len(want) == len(r.Categories)
		for i := 0; right && i < len(want); i++ {
			right = slices.Contains(want[i], r.Categories[i])
		}
		what := "categories"
		if len(want) > 1 {
			what = "two faults in one message"
		}
		check(what, right, r.Categories, want)
	}
	if want := s.Answers.Places; len(want) > 0 {
		check("places", slices.Contains(want, r.Place), r.Place, want)
	} else {
		check("no place where none is said", r.Place == "", r.Place, "none")
	}
	for what, pair := range map[string][2]string{
		"entry": {r.Entry, s.Answers.Entry}, "day": {r.Day, s.Answers.Day}, "ticket": {r.Ticket, s.Answers.Ticket},
	} {
		if pair[1] != "" {
			check(what, pair[0] == pair[1], pair[0], pair[1])
		}
	}
}

func (j *judgement) report(t *testing.T, how string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s:\n", how)
	for _, what := range slices.Sorted(maps.Keys(j.share)) {
		s := j.share[what]
		fmt.Fprintf(&b, "  %-32s %4d of %4d  %5.1f %%\n", what, s[0], s[1], 100*float64(s[0])/float64(s[1]))
	}
	fmt.Fprintf(&b, "  unsure %d, the right one among the choices %d\n", j.unsure, j.among)
	b.WriteString(j.table())
	t.Log(b.String())
	for _, line := range j.wrong {
		t.Log("wrong: ", line)
	}
	for _, line := range j.alarmed {
		t.Log("alarmed: ", line)
	}
	for _, line := range j.missed {
		t.Error("missed danger: ", line)
	}
	for what, least := range map[string]float64{
		"intents": leastIntents, "look-alikes": leastLookAlikes, "no danger in ordinary sentences": leastLookAlikes,
		"categories": leastCategories, "places": leastPlaces, "entry": leastFacts, "day": leastFacts, "ticket": leastFacts,
	} {
		if s := j.share[what]; s == nil || float64(s[0]) < least*float64(s[1]) {
			t.Errorf("%s, %s: %v right, want %.0f %%", how, what, s, 100*least)
		}
	}
}

// table shows what was taken for what: a line an intent, the most frequent first.
func (j *judgement) table() string {
	var b strings.Builder
	for _, intent := range slices.Sorted(maps.Keys(j.confusion)) {
		row := j.confusion[intent]
		all := 0
		for _, n := range row {
			all += n
		}
		fmt.Fprintf(&b, "  %-11s %3d of %3d ", intent, row[intent], all)
		for _, out := range slices.SortedFunc(maps.Keys(row), func(a, b string) int {
			return cmp.Or(row[b]-row[a], cmp.Compare(a, b))
		}) {
			if out != intent {
				fmt.Fprintf(&b, " %s %d", out, row[out])
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
