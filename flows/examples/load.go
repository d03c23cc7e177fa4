// Package examples is what people say to a desk, by what they mean: sentences,
// words of danger, and ways of spelling. The files that lie beside this one are
// the program's own; a site adds files of the same form in a folder of its own.
// The package only reads them. What is made of them is the business of package
// flows.
package examples

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Intents are what a sentence can want of the desk. Those of a repair or a
// request may have a category behind a slash: repair/leak.
var Intents = []string{
	"repair", "request", "complaint", "suggestion", "praise", "checkout", "checkin", "key", "enquiry",
	"status", "chase", "confirm", "not_fixed", "cancel", "operator", "help", "language", "greeting", "none", "unknown",
}

// Dangers are the kinds of danger, the gravest first.
var Dangers = []string{
	"risk", "fire", "gas", "shock", "sparks", "trapped", "injury", "poison", "fight", "missing", "harassment", "theft", "flood",
}

// Set is all that was read. It is a value that nobody changes.
type Set struct {
	// Sentences teach intents; Means is an intent, or repair/leak.
	Sentences []Sentence
	// Alarms teach danger; Means is its kind, and empty for what only sounds like it.
	Alarms []Sentence
	// Phrases mean danger wherever they stand, But are look-alikes, by kind. In
	// both … stands for some words.
	Phrases, But map[string][]string
	// Roles are words by the part that they play in Situations; Inert are words in
	// which none of them is heard, and States the roles that can be denied: no smoke.
	Roles         map[string][]string
	Situations    []Situation
	Inert, States []string
	// Settled say that it is over, unless there is one of Unsettled; Past that it was
	// long ago, in the same part of the sentence.
	Settled, Unsettled, Past []string
	// Supposed say that it is asked about or imagined, Joking that it is not meant,
	// Laughing that somebody laughs about it.
	Supposed, Joking, Laughing []string
	// Simple is the simplified sign for a traditional one; Same and Also are how a
	// word is misspelt and what is meant, Also of Latin words in another script.
	Simple     map[rune]rune
	Same, Also map[string]string
}

// Sentence is one example.
type Sentence struct {
	Means, Text string
	// Own says that a site wrote it, or taught it in chat: it counts for more.
	Own bool
}

//go:embed *.yaml
var shipped embed.FS

// Load reads the program's examples and then those of extra, if it is not nil.
// The error joins everything that is wrong, each with its file and line.
func Load(extra fs.FS) (Set, error) {
	r := reader{
		set:  Set{Phrases: map[string][]string{}, But: map[string][]string{}, Roles: map[string][]string{}, Simple: map[rune]rune{}, Same: map[string]string{}, Also: map[string]string{}},
		seen: map[string]string{},
	}
	r.folder(shipped)
	if extra != nil {
		r.own = true
		r.folder(extra)
	}
	r.checkRoles()
	return r.set, errors.Join(r.errs...)
}

type reader struct {
	set   Set
	own   bool
	file  string
	seen  map[string]string   // what a text means, so that none means two things
	fill  map[string][]string // of this file: what a word in <> stands for
	asked []asked
	errs  []error
}

func (r *reader) fail(line int, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %w", r.file, line, fmt.Errorf(format, args...)))
}

func (r *reader) folder(folder fs.FS) {
	files, err := fs.Glob(folder, "*.yaml")
	if err == nil && r.own && len(files) == 0 {
		err = errors.New("there is no .yaml file in the folder")
	}
	if err != nil {
		r.errs = append(r.errs, err)
	}
	slices.Sort(files)
	for _, r.file = range files {
		data, err := fs.ReadFile(folder, r.file)
		if err != nil {
			r.errs = append(r.errs, err)
			continue
		}
		var document yaml.Node
		if err := yaml.Unmarshal(data, &document); err != nil {
			r.errs = append(r.errs, fmt.Errorf("%s: %w", r.file, err))
			continue
		}
		if r.fill = nil; len(document.Content) > 0 {
			r.document(document.Content[0])
		}
	}
}

// pairs calls do for the keys of a mapping.
func (r *reader) pairs(node *yaml.Node, what string, do func(key, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		r.fail(node.Line, "expected %s", what)
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		do(node.Content[i], node.Content[i+1])
	}
}

func (r *reader) document(top *yaml.Node) {
	r.pairs(top, "intents with their sentences, danger, harmless or spelling", func(key, value *yaml.Node) {
		switch intent, category, _ := strings.Cut(key.Value, "/"); {
		case key.Value == "fill":
			r.fill = map[string][]string{}
			r.pairs(value, "words and what they stand for", func(key, value *yaml.Node) {
				r.texts(value, func(n *yaml.Node) { r.fill[key.Value] = append(r.fill[key.Value], n.Value) })
			})
		case key.Value == "danger":
			r.pairs(value, "kinds of danger", r.danger)
		case key.Value == "roles":
			r.roles(value)
		case r.marks()[key.Value] != nil:
			marks := r.marks()[key.Value]
			r.texts(value, func(n *yaml.Node) { *marks = append(*marks, n.Value) })
		case key.Value == "harmless":
			r.sentences(value, "", &r.set.Alarms)
		case key.Value == "spelling":
			r.pairs(value, "traditional, same or also", r.spelling)
		case !slices.Contains(Intents, intent):
			r.fail(key.Line, "unknown intent %q, expected one of %s, danger, harmless or spelling", intent, strings.Join(Intents, ", "))
		case category != "" && intent != "repair" && intent != "request":
			r.fail(key.Line, "%s: only repair and request have categories", key.Value)
		default:
			r.sentences(value, key.Value, &r.set.Sentences)
		}
	})
}

// marks are the lists of words that say how something is meant.
func (r *reader) marks() map[string]*[]string {
	return map[string]*[]string{
		"settled": &r.set.Settled, "unsettled": &r.set.Unsettled, "past": &r.set.Past,
		"supposed": &r.set.Supposed, "joking": &r.set.Joking, "laughing": &r.set.Laughing,
		"inert": &r.set.Inert, "states": &r.set.States,
	}
}

// maxSentence is how long an example may be, in characters: longer ones teach
// nothing about how people begin.
const maxSentence = 200

func (r *reader) sentences(list *yaml.Node, means string, to *[]Sentence) {
	r.texts(list, func(node *yaml.Node) {
		// What the program has already is no mistake of a site: it may come with an update.
		key := fmt.Sprint(r.own, to == &r.set.Alarms, strings.ToLower(strings.TrimSpace(node.Value)))
		if other, twice := r.seen[key]; twice {
			r.fail(node.Line, "%q stands here already: it means %s", node.Value, other)
			return
		}
		if r.seen[key] = means; means == "" {
			r.seen[key] = "harmless"
		}
		for _, text := range r.filled(node) {
			*to = append(*to, Sentence{Means: means, Text: text, Own: r.own})
		}
	})
}

var blank = regexp.MustCompile(`<([^<> ]+)>`)

// filled is a sentence with each of the words that stand for <word>.
func (r *reader) filled(node *yaml.Node) []string {
	found := blank.FindStringSubmatch(node.Value)
	if found == nil {
		return []string{node.Value}
	}
	words := r.fill[found[1]]
	if len(words) == 0 {
		r.fail(node.Line, "%s stands for nothing: list its words under fill, before the sentences", found[0])
	}
	var list []string
	for _, w := range words {
		list = append(list, strings.Replace(node.Value, found[0], w, 1))
	}
	return list
}

// texts calls do for every text of a list.
func (r *reader) texts(list *yaml.Node, do func(*yaml.Node)) {
	if list.Kind != yaml.SequenceNode {
		r.fail(list.Line, "expected a list of sentences")
		return
	}
	for _, item := range list.Content {
		switch {
		case item.Kind != yaml.ScalarNode || strings.TrimSpace(item.Value) == "" || item.Tag == "!!null":
			r.fail(item.Line, "expected a sentence; one with a colon or brackets needs quotes")
		case utf8.RuneCountInString(item.Value) > maxSentence:
			r.fail(item.Line, "expected at most %d characters", maxSentence)
		default:
			do(item)
		}
	}
}

func (r *reader) danger(key, value *yaml.Node) {
	kind := key.Value
	if !slices.Contains(Dangers, kind) {
		r.fail(key.Line, "unknown kind of danger %q, expected one of %s", kind, strings.Join(Dangers, ", "))
		return
	}
	r.pairs(value, "phrases, but, situations, doubts or says", func(key, value *yaml.Node) {
		switch key.Value {
		case "phrases":
			r.texts(value, func(n *yaml.Node) { r.set.Phrases[kind] = append(r.set.Phrases[kind], n.Value) })
		case "but":
			r.texts(value, func(n *yaml.Node) { r.set.But[kind] = append(r.set.But[kind], n.Value) })
		case "situations", "doubts":
			r.situations(kind, value, key.Value == "doubts")
		case "says":
			r.sentences(value, kind, &r.set.Alarms)
		default:
			r.fail(key.Line, "unknown key %q, expected phrases, but, situations, doubts or says", key.Value)
		}
	})
}

func (r *reader) spelling(key, value *yaml.Node) {
	switch key.Value {
	case "traditional":
		for pair := range strings.FieldsSeq(value.Value) {
			if signs := []rune(pair); len(signs) != 2 {
				r.fail(value.Line, "expected pairs of two signs, got %q", pair)
			} else {
				r.set.Simple[signs[0]] = signs[1]
			}
		}
	case "same":
		r.pairs(value, "words and what is meant", func(key, value *yaml.Node) {
			if utf8.RuneCountInString(key.Value) != utf8.RuneCountInString(value.Value) || value.Kind != yaml.ScalarNode {
				r.fail(key.Line, "%s: expected a word of as many signs, got %q", key.Value, value.Value)
				return
			}
			r.set.Same[key.Value] = value.Value
		})
	case "also":
		r.pairs(value, "Latin words and what is meant", func(key, value *yaml.Node) { r.set.Also[strings.ToLower(key.Value)] = value.Value })
	default:
		r.fail(key.Line, "unknown key %q, expected traditional, same or also", key.Value)
	}
}
