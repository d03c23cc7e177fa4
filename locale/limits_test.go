package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// What the smallest channel shows: a message, the words under a photo, and the
// notice that answers a press.
// https://core.telegram.org/bots/api#sendmessage
// https://core.telegram.org/bots/api#sendphoto
// https://core.telegram.org/bots/api#answercallbackquery
const (
	maxMessage = 4096 // UTF-16 units
	maxCaption = 1024 // UTF-16 units
	maxToast   = 200  // characters
	// maxOwn is how much of a message the desk's own words take at most: it is read
	// on a phone, and often joined with other texts.
	maxOwn = 700
)

// captions are the texts that go with photos.
var captions = []string{"take.photos", "add.taker", "add.requester", "inspect.photos"}

func TestNoTextIsTooLongForItsChannel(t *testing.T) {
	c := load(t)
	toasts := toastKeys(t)
	if len(toasts) < 40 {
		t.Fatalf("only %d answers to presses were found: the test looks in the wrong place", len(toasts))
	}
	for _, caption := range captions {
		if !c.Has(fallback, caption) {
			t.Fatalf("there is no text %s", caption)
		}
	}
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			long := c.Sample(lang, key, true)
			units, runes := len(utf16.Encode([]rune(long))), utf8.RuneCountInString(long)
			if strings.Contains(long, "{") {
				t.Errorf("%s.yaml: %s keeps a placeholder: %q", lang, key, long)
			}
			if units > maxMessage {
				t.Errorf("%s.yaml: %s can have %d units, a message has %d", lang, key, units, maxMessage)
			}
			if own := utf8.RuneCountInString(c.texts[lang][key].words()); own > maxOwn {
				t.Errorf("%s.yaml: %s has %d characters of its own, at most %d are read on a phone", lang, key, own, maxOwn)
			}
			for _, caption := range captions {
				if key == caption && units > maxCaption {
					t.Errorf("%s.yaml: %s can have %d units, a caption has %d", lang, key, units, maxCaption)
				}
			}
			if where, ok := toasts[key]; ok && runes > maxToast {
				t.Errorf("%s.yaml: %s can have %d characters, the answer to a press has %d (%s):\n%s", lang, key, runes, maxToast, where, long)
			}
			if isLabel(key) && len(c.texts[lang][key].names()) > 0 && key != "option.slot" && runes > maxLabel {
				t.Errorf("%s.yaml: %s can be %q, longer than %d characters", lang, key, long, maxLabel)
			}
		}
	}
}

// toastKeys finds the texts that answer a press: what is refused, and what is
// said by an answer or a toast. A key that is put together stands for all that
// begin like it.
func toastKeys(t *testing.T) map[string]string {
	t.Helper()
	c := load(t)
	found := map[string]string{}
	note := func(e ast.Expr, where string) {
		switch e := e.(type) {
		case *ast.BasicLit:
			if key, err := strconv.Unquote(e.Value); err == nil {
				found[key] = where
			}
		case *ast.BinaryExpr:
			if lit, ok := e.X.(*ast.BasicLit); ok {
				prefix, _ := strconv.Unquote(lit.Value)
				for _, key := range c.Keys(fallback) {
					if prefix != "" && strings.HasPrefix(key, prefix) {
						found[key] = where
					}
				}
			}
		}
	}
	for _, folder := range []string{"../desk", "../flows", "../bot"} {
		files, err := fs.Glob(os.DirFS(folder), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, folder+"/"+name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				where := set.Position(call.Pos()).String()
				switch called(call.Fun) {
				case "Refuse":
					note(call.Args[0], where)
				case "answer", "answerPress":
					if said, ok := call.Args[len(call.Args)-1].(*ast.CallExpr); ok && called(said.Fun) == "T" {
						note(said.Args[0], where)
					}
				}
				return true
			})
		}
	}
	for _, key := range c.Keys(fallback) {
		if strings.HasPrefix(key, "standing.") || strings.HasPrefix(key, "pressed.") {
			found[key] = "the state of a ticket, or what a press did"
		}
	}
	return found
}
