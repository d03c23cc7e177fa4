package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"

	"frontdesk"
	"frontdesk/bot"
)

// TestHelpPages: every topic has its page in both languages (metrics has one),
// without what a terminal cannot show.
func TestHelpPages(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, topic := range helpTopics {
		for _, lang := range []string{"en", "zh"} {
			var out strings.Builder
			if err := printHelp(&out, topic.name, lang); err != nil {
				t.Errorf("%s in %s: %v", topic.name, lang, err)
				continue
			}
			page := out.String()
			if !strings.HasPrefix(page, "# ") || len(page) < 400 {
				t.Errorf("%s in %s is no page:\n%.200s", topic.name, lang, page)
			}
			if strings.Contains(page, "![") || strings.Contains(page, "\n\n\n") {
				t.Errorf("%s in %s shows a picture's name or a hole", topic.name, lang)
			}
			if lang == "zh" && topic.name != "metrics" && !han.MatchString(page[:min(80, len(page))]) {
				t.Errorf("%s has no Chinese page", topic.name)
			}
		}
	}
}

func TestHelpListsTopics(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		var out strings.Builder
		if err := printHelp(&out, "", lang); err != nil {
			t.Fatal(err)
		}
		for _, topic := range helpTopics {
			if !strings.Contains(out.String(), "  "+topic.name+" ") {
				t.Errorf("%s does not list %s", lang, topic.name)
			}
		}
	}
	err := printHelp(&strings.Builder{}, "plumbing", "en")
	var coded *codeError
	if !errors.As(err, &coded) || coded.code != exitUsage || !strings.Contains(err.Error(), "technician") {
		t.Errorf("an unknown topic: %v", err)
	}
}

func TestTerminalLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{nil, "en"},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "zh"},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"},
		{map[string]string{"LC_MESSAGES": "zh_TW", "LANG": "en_US.UTF-8"}, "zh"},
	} {
		if got := terminalLanguage(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

// TestDocumentsAreTrue: the commands that the documents name exist, the links
// lead somewhere, and the buttons that the guides quote are on some screen.
func TestDocumentsAreTrue(t *testing.T) {
	root := os.DirFS("../..")
	pages := []string{"README.md", "README.zh-CN.md", "CONTRIBUTING.md"}
	more, err := fs.Glob(root, "docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	guides, err := fs.Glob(root, "docs/guides/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = slices.Concat(pages, more, guides)
	if len(pages) < 15 {
		t.Fatalf("only %d pages", len(pages))
	}
	texts := exampleTexts(t)
	for _, name := range pages {
		page, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		checkLinks(t, root, name, string(page))
		checkCommands(t, name, string(page))
		if strings.HasPrefix(name, "docs/guides/") {
			checkButtons(t, name, string(page), texts)
		}
	}
}

var (
	pageLink     = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)
	digitRuns    = regexp.MustCompile(`[0-9]+`)
	blanks       = regexp.MustCompile(`\{[^}]*\}`)
	chatCommand  = regexp.MustCompile("(?:^|[\\s`(:])/([a-z]+)(?:[\\s`.,;:)]|$)")
	shellCommand = regexp.MustCompile(`(?:^|[\s` + "`" + `/])frontdesk ([a-z][a-z-]+)`)
	quotedLabels = regexp.MustCompile("`((?:\\[[^\\]`]+\\] ?)+)`")
	buttonLabel  = regexp.MustCompile(`\[([^\]]+)\]`)
)

func checkLinks(t *testing.T, root fs.FS, name, page string) {
	dir := name[:max(strings.LastIndex(name, "/"), 0)]
	for _, m := range pageLink.FindAllStringSubmatch(page, -1) {
		if strings.Contains(m[1], "://") {
			continue
		}
		path := m[1]
		at := dir
		for strings.HasPrefix(path, "../") {
			path = path[3:]
			at = at[:max(strings.LastIndex(at, "/"), 0)]
		}
		if at != "" {
			path = at + "/" + path
		}
		if _, err := fs.Stat(root, strings.TrimSuffix(path, "/")); err != nil {
			t.Errorf("%s: the link to %s leads nowhere", name, m[1])
		}
	}
}

// notCommands are words after a slash that are something else: paths of HTTP
// and commands of other bots.
var notCommands = []string{"healthz", "readyz", "hook", "metrics", "newbot", "setprivacy", "setjoingroups", "setdescription", "setuserpic", "telegram", "run", "data", "etc", "var", "opt", "usr"}

func checkCommands(t *testing.T, name, page string) {
	for _, m := range chatCommand.FindAllStringSubmatch(page, -1) {
		known := slices.ContainsFunc(bot.Commands, func(c bot.Command) bool { return c.Name == m[1] })
		if !known && !slices.Contains(notCommands, m[1]) {
			t.Errorf("%s: there is no command /%s", name, m[1])
		}
	}
	for _, m := range shellCommand.FindAllStringSubmatch(page, -1) {
		if !slices.Contains(cliCommands(t), m[1]) && !slices.Contains([]string{"is", "stands"}, m[1]) {
			t.Errorf("%s: there is no `frontdesk %s`", name, m[1])
		}
	}
}

func checkButtons(t *testing.T, name, page string, texts map[string]bool) {
	for _, m := range quotedLabels.FindAllStringSubmatch(page, -1) {
		for _, l := range buttonLabel.FindAllStringSubmatch(m[1], -1) {
			if !texts[l[1]] && !texts[digitRuns.ReplaceAllString(l[1], "#")] {
				t.Errorf("%s: no button says [%s]", name, l[1])
			}
		}
	}
}

func TestGuidesAreEmbedded(t *testing.T) {
	if _, err := fs.Stat(frontdesk.Guides, "docs/guides/technician.zh-CN.md"); err != nil {
		t.Fatal(err)
	}
}

// exampleTexts are the labels of all buttons in both languages.
func exampleTexts(t *testing.T) map[string]bool {
	t.Helper()
	labels := map[string]bool{}
	for _, lang := range []string{"zh", "en"} {
		data, err := os.ReadFile("../../locale/" + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := yaml.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		for key, text := range texts {
			if strings.HasPrefix(key, "button.") || strings.HasPrefix(key, "option.") {
				labels[blanks.ReplaceAllString(text, "#")] = true
			}
		}
	}
	return labels
}

// cliCommands are the names of the command line's commands.
func cliCommands(t *testing.T) []string {
	t.Helper()
	var cli CLI
	parser, err := kong.New(&cli, kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, node := range parser.Model.Children {
		names = append(names, node.Name)
	}
	return names
}
