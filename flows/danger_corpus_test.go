package flows

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"frontdesk/flows/examples"
)

// nightSaying is a sentence of testdata/danger: what a person writes in danger,
// or what only sounds so.
type nightSaying struct {
	text string
	// kinds are those that it may be taken for; none for what is no danger.
	kinds []string
	any   bool   // a danger of which the kind cannot be told
	group string // as in the file: fire|gas, none/idiom
}

// readNight reads one half of the sentences.
func readNight(t testing.TB, half string) []nightSaying {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "danger", half+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var groups map[string][]string
	if err := yaml.Unmarshal(content, &groups); err != nil {
		t.Fatalf("%s: %v", half, err)
	}
	var list []nightSaying
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		s := nightSaying{group: name, any: name == "any"}
		if harmless := strings.HasPrefix(name, "none/"); !harmless && !s.any {
			s.kinds = strings.Split(name, "|")
		}
		for _, kind := range s.kinds {
			if !slices.Contains(examples.Dangers, kind) {
				t.Fatalf("%s: unknown kind %q", half, kind)
			}
		}
		for _, text := range groups[name] {
			s.text = text
			list = append(list, s)
		}
	}
	return list
}

func (s nightSaying) dangerous() bool { return s.any || len(s.kinds) > 0 }

// What is heard of the sentences at night, at least, in percent. The half that
// nobody tuned on counts its mistakes and never shows them.
func TestHearsAtNight(t *testing.T) {
	l := NewListener(exampleSite(t), shippedExamples(t))
	for _, c := range []struct {
		half         string
		show         bool
		heard, quiet float64
	}{{"dev", true, 0, 0}, {"held_out", false, 0, 0}} {
		count := map[string]*[2]int{}
		add := func(what string, right bool) {
			n := count[what]
			if n == nil {
				n = &[2]int{}
				count[what] = n
			}
			if n[1]++; right {
				n[0]++
			}
		}
		for _, s := range readNight(t, c.half) {
			kind, why := l.Danger(s.text)
			heard := kind != ""
			what := "quiet"
			if s.dangerous() {
				what = "heard"
			}
			right := heard == s.dangerous()
			add(what, right)
			add("  "+s.group, right)
			if heard && len(s.kinds) > 0 {
				add("kind", slices.Contains(s.kinds, kind))
			}
			if c.show && !right {
				t.Logf("%s %q: %q by %s", s.group, s.text, kind, why)
			}
		}
		var b strings.Builder
		for _, what := range slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Compare(a, b) }) {
			fmt.Fprintf(&b, "  %-24s %3d of %3d\n", what, count[what][0], count[what][1])
		}
		t.Logf("%s:\n%s", c.half, b.String())
		for what, least := range map[string]float64{"heard": c.heard, "quiet": c.quiet} {
			if n := count[what]; float64(n[0])*100 < least*float64(n[1]) {
				t.Errorf("%s: %s %v, want %.0f %%", c.half, what, *n, least)
			}
		}
	}
}
