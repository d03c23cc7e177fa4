package flows

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// corpusGroup is one idea said in several ways. A long group is cut in two, of
// which the second has the first's slug with "-b"; both are one Family, that
// must not be divided when sentences are held back for a judgement.
type corpusGroup struct {
	Slug, Family string
	Says         []corpusSaying
}

// corpusSaying is a sentence as people write it and what a sensible person
// understands. Where such persons could differ, every reading is listed, and
// any of them is right.
type corpusSaying struct {
	Text    string
	Intents []string
	Answers corpusAnswers
	Dangers []string // of these kinds, or of none
	// LooksLikeDanger sentences have the words and no danger.
	LooksLikeDanger bool
}

// corpusAnswers is what the sentence says beside its intent. A place, an entry
// or a ticket that is not here is not said; a day is here if a visit or a move
// is meant by it; the category is here if the sentence is labelled with one.
type corpusAnswers struct {
	Categories         [][]string // one for each fault: the readings of it
	Places             []string   // the readings of one place
	Entry, Day, Ticket string
}

var (
	corpusIntents = strings.Fields(`repair request complaint suggestion praise checkout checkin key emergency enquiry
		status chase confirm not_fixed cancel operator help greeting place none unknown`)
	corpusCategories = strings.Fields("leak hot_water power air_con door lift other clean pest moving door_open noise service")
	corpusDangers    = strings.Fields("fire gas shock sparks trapped injury poison fight missing harassment theft flood risk")
	corpusPlace      = regexp.MustCompile(`^([1-8](-(([1-9]|1[0-2])(0[1-9]|1[0-2]|-corridor|-bathroom)|lift-[ab]|lobby))?|canteen|library)$`)
	corpusTicket     = regexp.MustCompile(`^R-\d+$`)
)

func (s corpusSaying) check() error {
	a := s.Answers
	known := func(list, ids []string) bool {
		return !slices.ContainsFunc(list, func(id string) bool { return !slices.Contains(ids, id) })
	}
	switch {
	case strings.TrimSpace(s.Text) == "" || !strings.ContainsFunc(s.Text, unicode.IsGraphic):
		return fmt.Errorf("says nothing")
	case len(s.Intents) == 0 || !known(s.Intents, corpusIntents):
		return fmt.Errorf("intent %q", s.Intents)
	case !known(s.Dangers, corpusDangers):
		return fmt.Errorf("danger %q", s.Dangers)
	case len(s.Dangers) > 0 != slices.Contains(s.Intents, "emergency"):
		return fmt.Errorf("danger %q with intent %q", s.Dangers, s.Intents)
	case !known(slices.Concat(a.Categories...), corpusCategories):
		return fmt.Errorf("category %q", a.Categories)
	case slices.ContainsFunc(a.Places, func(p string) bool { return !corpusPlace.MatchString(p) }):
		return fmt.Errorf("place %q", a.Places)
	case !known([]string{a.Entry}, []string{"", "any", "present"}) || !known([]string{a.Day}, []string{"", "today", "tomorrow"}):
		return fmt.Errorf("entry %q, day %q", a.Entry, a.Day)
	case a.Ticket != "" && !corpusTicket.MatchString(a.Ticket):
		return fmt.Errorf("ticket %q", a.Ticket)
	}
	return nil
}

// language is zh, en, mixed, or "" without words of either.
func (s corpusSaying) language() string {
	han := strings.ContainsFunc(s.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	latin := latinWord.MatchString(s.Text)
	switch {
	case han && latin:
		return "mixed"
	case han:
		return "zh"
	case latin:
		return "en"
	}
	return ""
}

// latinWord is longer than one letter: a building B and ticket R-1042 stand in
// Chinese sentences too.
var latinWord = regexp.MustCompile(`[A-Za-z]{2}`)

// Each sentence and each slug is there once, and a group is short enough to be
// one idea.
func TestCorpusForm(t *testing.T) {
	slugs, texts := map[string]bool{}, map[string]string{}
	for _, g := range loadCorpus(t) {
		if g.Slug == "" || slugs[g.Slug] {
			t.Errorf("group %q has no name of its own", g.Slug)
		}
		slugs[g.Slug] = true
		if len(g.Says) == 0 || len(g.Says) > 6 {
			t.Errorf("%s: %d sentences", g.Slug, len(g.Says))
		}
		for _, s := range g.Says {
			bare := strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) || strings.ContainsRune(",.!?，。！？、", r) {
					return -1
				}
				return unicode.ToLower(r)
			}, s.Text)
			if bare == "" {
				bare = s.Text
			}
			if other, ok := texts[bare]; ok {
				t.Errorf("%q is in %s and in %s", s.Text, other, g.Slug)
			}
			texts[bare] = g.Slug
		}
	}
}

// The corpus says something about every intent and every danger, in the
// languages in which people write; a figure from it would mean little otherwise.
func TestCorpusTotals(t *testing.T) {
	count := map[string]int{}
	for _, g := range loadCorpus(t) {
		for _, s := range g.Says {
			count["all"]++
			count["language "+s.language()]++
			if len(s.Intents) > 1 {
				count["several intents"]++
			}
			switch {
			case len(s.Dangers) > 0:
				count["danger"]++
				for _, kind := range s.Dangers {
					count["danger "+kind]++
				}
			case s.LooksLikeDanger:
				count["looks like danger"]++
			default:
				count["ordinary"]++
				count["intent "+s.Intents[0]]++
			}
			for _, ids := range s.Answers.Categories {
				count["category "+ids[0]]++
			}
		}
	}
	atLeast := map[string]int{"ordinary": 560, "danger": 120, "looks like danger": 120}
	for _, id := range corpusIntents {
		atLeast["intent "+id] = 18
	}
	atLeast["intent repair"], atLeast["intent request"] = 170, 70
	delete(atLeast, "intent emergency") // has a danger, always
	for _, id := range corpusDangers {
		atLeast["danger "+id] = 8
	}
	for _, id := range corpusCategories {
		atLeast["category "+id] = 8
	}
	for _, what := range slices.Sorted(maps.Keys(atLeast)) {
		if count[what] < atLeast[what] {
			t.Errorf("%s: %d sentences, want %d", what, count[what], atLeast[what])
		}
	}
	share := func(what string, least, most int) {
		if percent := 100 * count[what] / count["all"]; percent < least || percent > most {
			t.Errorf("%s: %d%% of the sentences, want %d to %d", what, percent, least, most)
		}
	}
	share("language zh", 52, 65)
	share("language en", 25, 35)
	share("language mixed", 8, 15)
	share("several intents", 0, 7)
	t.Log(count)
}
