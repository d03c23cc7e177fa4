package examples

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestShippedExamples(t *testing.T) {
	set, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	byIntent := map[string]int{}
	for _, s := range set.Sentences {
		intent, _, _ := strings.Cut(s.Means, "/")
		byIntent[intent]++
	}
	for _, intent := range Intents {
		if byIntent[intent] < 8 {
			t.Errorf("only %d examples of %s", byIntent[intent], intent)
		}
	}
	for _, kind := range Dangers {
		if len(set.Phrases[kind]) < 4 {
			t.Errorf("only %d phrases of %s", len(set.Phrases[kind]), kind)
		}
	}
}

// A site's file that is wrong is refused with its line and what was expected.
func TestBadExamples(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"repairs:\n  - x\n", `own.yaml:1: unknown intent "repairs"`},
		{"status:\n  - 到哪了呀\n  - 到哪了呀\n", `own.yaml:3: "到哪了呀" stands here already`},
		{"status: what\n", "own.yaml:1: expected a list"},
		{"status:\n  - {a: b}\n", "own.yaml:2: expected a sentence"},
		{"status/leak:\n  - x\n", "own.yaml:1: status/leak: only repair and request"},
		{"danger:\n  fires:\n    says: [x]\n", `own.yaml:2: unknown kind of danger "fires"`},
		{"danger:\n  fire:\n    situations: [burnable ablaze]\n", `own.yaml:3: "burnable ablaze": expected roles with +, > or - between them`},
		{"danger:\n  fire:\n    situations: [burnable + ablaze +]\n", `own.yaml:3: "burnable + ablaze +": expected roles with`},
		{"danger:\n  fire:\n    doubts: [dragon + ablaze]\n", `own.yaml:3: unknown role "dragon"`},
		{"roles:\n  Hot thing: [x]\n", `own.yaml:2: "Hot thing": expected the name of a role`},
		{"states: [dragon]\n", `unknown role "dragon"`},
		{"danger:\n  fire:\n    words: [x]\n", `own.yaml:3: unknown key "words"`},
		{"spelling:\n  same:\n    空条机: 空调\n", "own.yaml:3: 空条机: expected a word of as many signs"},
		{"status: [\n", "own.yaml: yaml: line"},
		{"status:\n  - " + strings.Repeat("长", 201) + "\n", "own.yaml:2: expected at most 200"},
	} {
		_, err := Load(fstest.MapFS{"own.yaml": {Data: []byte(c.file)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is taken")
	}
	set, err := Load(fstest.MapFS{"own.yaml": {Data: []byte("repair/leak:\n  - 龙王来了\n")}})
	if err != nil || !set.Sentences[len(set.Sentences)-1].Own {
		t.Errorf("a good file: %v", err)
	}
}
