package flows

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// loadCorpus reads the corpus of this package.
func loadCorpus(t testing.TB) []corpusGroup {
	t.Helper()
	return readCorpus(t, filepath.Join("testdata", "understand"))
}

// readCorpus reads every *.yaml of the folder. Mistakes of form are fatal:
// unknown keys and ids, a sentence with nothing to expect.
func readCorpus(t testing.TB, folder string) []corpusGroup {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus in %s: %v", folder, err)
	}
	var groups []corpusGroup
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var written []writtenGroup
		if err := yaml.Unmarshal(content, &written); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, w := range written {
			group, err := w.group()
			if err != nil {
				t.Fatalf("%s: %s: %v", name, w.slug, err)
			}
			groups = append(groups, group)
		}
	}
	return groups
}

// writtenGroup and writtenSaying are what stands in the files; a sentence adds
// to the answers of its group and replaces its intent and danger.
type (
	writtenGroup struct {
		slug string
		writtenSaying
		says []writtenSaying
	}
	writtenSaying struct {
		text    string
		intents []string
		danger  string
		answers map[string][]string
	}
)

func (g *writtenGroup) UnmarshalYAML(node *yaml.Node) error {
	return eachKey(node, func(key string, value *yaml.Node) error {
		switch key {
		case "group":
			return value.Decode(&g.slug)
		case "says":
			return value.Decode(&g.says)
		}
		return g.set(key, value)
	})
}

func (s *writtenSaying) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		s.text = node.Value
		return nil
	}
	return eachKey(node, s.set)
}

func (s *writtenSaying) set(key string, value *yaml.Node) (err error) {
	switch key {
	case "text":
		s.text = value.Value
	case "danger":
		s.danger = value.Value
	case "intent":
		s.intents, err = oneOrMore(value)
	case "answers":
		s.answers = map[string][]string{}
		return eachKey(value, func(key string, value *yaml.Node) (err error) {
			s.answers[key], err = oneOrMore(value)
			return err
		})
	default:
		return fmt.Errorf("line %d: unknown key %q", value.Line, key)
	}
	return err
}

func eachKey(node *yaml.Node, visit func(string, *yaml.Node) error) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: keys are expected", node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		if err := visit(node.Content[i].Value, node.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func oneOrMore(node *yaml.Node) (list []string, err error) {
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}, nil
	}
	err = node.Decode(&list)
	return list, err
}

func (g writtenGroup) group() (corpusGroup, error) {
	group := corpusGroup{Slug: g.slug, Family: strings.TrimSuffix(g.slug, "-b")}
	for _, w := range g.says {
		if w.intents == nil {
			w.intents = g.intents
		}
		if w.danger == "" {
			w.danger = g.danger
		}
		answers := maps.Clone(g.answers)
		if answers == nil {
			answers = map[string][]string{}
		}
		maps.Copy(answers, w.answers)
		w.answers = answers
		s, err := w.saying()
		if err != nil {
			return group, fmt.Errorf("%q: %w", w.text, err)
		}
		group.Says = append(group.Says, s)
	}
	return group, nil
}

func (w writtenSaying) saying() (corpusSaying, error) {
	s := corpusSaying{Text: w.text, Intents: w.intents, LooksLikeDanger: w.danger == "none"}
	if w.danger != "" && w.danger != "none" {
		s.Dangers = strings.Split(w.danger, "|")
	}
	for key, values := range w.answers {
		readings := strings.Split(values[0], "|")
		if len(values) > 1 && key != "category" {
			return s, fmt.Errorf("two answers to %s", key)
		}
		switch key {
		case "category":
			for _, v := range values {
				s.Answers.Categories = append(s.Answers.Categories, strings.Split(v, "|"))
			}
		case "place":
			s.Answers.Places = readings
		case "entry":
			s.Answers.Entry = values[0]
		case "day":
			s.Answers.Day = values[0]
		case "ticket":
			s.Answers.Ticket = values[0]
		default:
			return s, fmt.Errorf("unknown answer %q", key)
		}
	}
	return s, s.check()
}
