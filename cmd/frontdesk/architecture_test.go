package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowedImports says what the code of each package may import beside the
// standard library: packages of this module by their folder, modules of others
// by their path. A package that is not here, and an arrow that is not here, is
// a mistake or a decision: a decision is written down here and in
// docs/architecture.md, a new module also in docs/dependencies.md.
var allowedImports = map[string][]string{
	".":     {}, // embeds config.example.yaml
	"bench": {}, // measures: its tests import what they measure
	"desk":  {},

	"flows":          {"desk", "flows/examples"},
	"flows/examples": {"go.yaml.in/yaml/v3"},
	"locale":         {"desk", "go.yaml.in/yaml/v3"},

	"storage":             {"desk"},
	"storage/bolt":        {"storage", "go.etcd.io/bbolt"},
	"storage/memory":      {"storage"},
	"storage/storagetest": {"storage", "desk", "github.com/google/go-cmp", "pgregory.net/rapid"},

	"bot":                       {"desk", "flows", "flows/examples", "storage"},
	"bot/telegram":              {"bot", "desk", "storage", "github.com/go-telegram/bot"},
	"bot/telegram/telegramtest": {},
	"bot/wecom":                 {"bot", "desk", "storage"},
	"bot/wecom/wecomtest":       {},
	"bot/playground":            {"bot", "desk", "storage"},
	"bot/webhook":               {"bot", "desk"},

	"scheduler": {"desk", "storage", "github.com/robfig/cron/v3"},

	"paper": {"desk", "github.com/go-analyze/charts", "github.com/signintech/gopdf", "github.com/xuri/excelize/v2", "rsc.io/qr"},

	"cmd/frontdesk": {
		".", "bot", "bot/telegram", "bot/telegram/telegramtest", "bot/wecom", "bot/playground", "bot/webhook", "desk", "flows", "flows/examples", "locale", "paper", "scheduler",
		"storage", "storage/bolt", "storage/memory",
		"github.com/alecthomas/kong", "github.com/robfig/cron/v3", "go.yaml.in/yaml/v3",
		"github.com/xuri/excelize/v2", "golang.org/x/text",
		"github.com/prometheus/client_golang",
	},
}

// testModules are modules that tests may import wherever they are.
// The PDF and QR readers read back what was printed; chromedp drives the browser of the playground's tests;
// silenceper/wechat seals what bot/wecom opens.
var testModules = []string{
	"github.com/google/go-cmp", "pgregory.net/rapid", "github.com/ledongthuc/pdf", "github.com/makiuchi-d/gozxing",
	"github.com/chromedp", "github.com/silenceper/wechat/v2",
}

// moduleName is the first element of the import paths of this module.
const moduleName = "frontdesk"

// maxLines is how long a file may be: one idea to a file.
const maxLines = 400

// purePackages take the time as a value and never look at a clock.
var purePackages = []string{"desk", "flows"}

// vagueNames say nothing about what is in a package.
var vagueNames = []string{"util", "utils", "common", "helper", "helpers", "misc"}

// outsideWords must not be mentioned: they are of somebody's own machine. They
// are put together here so that this file does not hold them.
var outsideWords = []string{".." + "/shared", "/" + "work" + "/"}

// source is one Go file. The files are read here, and not by a command, so
// that the test cache notices when one changes.
type source struct {
	name    string // with slashes, from the root of the module
	folder  string
	isTest  bool
	content []byte
}

// moduleFiles reads every file of the module that is no leftover of running it.
func moduleFiles(t *testing.T, visit func(name string, content []byte)) {
	t.Helper()
	root := os.DirFS(filepath.Join("..", ".."))
	skip := []string{".git", "bin", "data", "dist", "tmp", "vendor", ".idea", ".vscode"}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // Made and removed meanwhile, by an editor or another test.
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(skip, name):
			return fs.SkipDir
		case name == ".git": // In another worktree of the repository it is a file.
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := fs.ReadFile(root, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			visit(name, content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goSources are the module's own Go files; those below testdata are no code of
// the program.
func goSources(t *testing.T) []source {
	t.Helper()
	var list []source
	moduleFiles(t, func(name string, content []byte) {
		if strings.HasSuffix(name, ".go") && !slices.Contains(strings.Split(name, "/"), "testdata") {
			list = append(list, source{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), content})
		}
	})
	if len(list) < 50 {
		t.Fatalf("only %d Go files were found: the test looks in the wrong place", len(list))
	}
	return list
}

func parseSource(t *testing.T, s source, mode parser.Mode) (*token.FileSet, *ast.File) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, s.name, s.content, mode|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return files, file
}

func importsOf(t *testing.T, s source) []string {
	t.Helper()
	_, file := parseSource(t, s, parser.ImportsOnly)
	var list []string
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	return list
}

// own gives the folder of a package of this module.
func own(name string) (folder string, ok bool) {
	if name == moduleName {
		return ".", true
	}
	return strings.CutPrefix(name, moduleName+"/")
}

// foreign tells whether a package belongs to a module of somebody else.
func foreign(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return strings.Contains(first, ".")
}

// ofModule tells whether a package belongs to one of the modules.
func ofModule(name string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return name == m || strings.HasPrefix(name, m+"/") })
}

func TestArchitectureImports(t *testing.T) {
	for _, s := range goSources(t) {
		allowed, known := allowedImports[s.folder]
		if !known {
			t.Errorf("%s: package %s is not on the list of allowedImports", s.name, s.folder)
			continue
		}
		if s.isTest {
			continue
		}
		for _, name := range importsOf(t, s) {
			if folder, ok := own(name); ok && !slices.Contains(allowed, folder) {
				t.Errorf("%s: %s must not import %s", s.name, s.folder, folder)
			} else if !ok && foreign(name) && !ofModule(name, allowed) {
				t.Errorf("%s: %s must not import %s", s.name, s.folder, name)
			}
		}
	}
}

func TestArchitectureTestImports(t *testing.T) {
	modules := slices.Clone(testModules)
	for _, allowed := range allowedImports {
		modules = append(modules, allowed...)
	}
	for _, s := range goSources(t) {
		if !s.isTest {
			continue
		}
		for _, name := range importsOf(t, s) {
			if _, ok := own(name); !ok && foreign(name) && !ofModule(name, modules) {
				t.Errorf("%s: no test uses %s so far: plain testing, go-cmp and rapid are enough", s.name, name)
			}
		}
	}
}

// TestArchitectureArrows sees that the list itself goes one way.
func TestArchitectureArrows(t *testing.T) {
	var reach func(from string, path []string)
	reach = func(from string, path []string) {
		if slices.Contains(path, from) {
			t.Fatalf("a circle: %s", strings.Join(append(path, from), " -> "))
		}
		for _, to := range allowedImports[from] {
			if !foreign(to) || to == "." {
				reach(to, append(slices.Clone(path), from))
			}
		}
	}
	for folder := range allowedImports {
		reach(folder, nil)
	}
}

func TestArchitectureFiles(t *testing.T) {
	for _, s := range goSources(t) {
		_, file := parseSource(t, s, parser.PackageClauseOnly|parser.ParseComments)
		if lines := bytes.Count(s.content, []byte("\n")); lines > maxLines && !ast.IsGenerated(file) {
			t.Errorf("%s has %d lines; a file is one idea of at most %d", s.name, lines, maxLines)
		}
		if slices.Contains(vagueNames, strings.TrimSuffix(file.Name.Name, "_test")) || slices.Contains(vagueNames, path.Base(s.folder)) {
			t.Errorf("%s: a package is named after what it is about", s.name)
		}
	}
}

// calls lists where a file names something of a package of the standard
// library, such as time.Now.
func calls(t *testing.T, s source, pkg string, names ...string) []token.Position {
	t.Helper()
	files, file := parseSource(t, s, 0)
	var list []token.Position
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && x.Name == pkg && slices.Contains(names, selector.Sel.Name) {
			list = append(list, files.Position(selector.Pos()))
		}
		return true
	})
	return list
}

func TestArchitectureTime(t *testing.T) {
	for _, s := range goSources(t) {
		if slices.Contains(purePackages, s.folder) && !s.isTest {
			for _, at := range calls(t, s, "time", "Now", "Since", "Until", "After", "NewTimer", "NewTicker", "AfterFunc") {
				t.Errorf("%s: package %s takes the time as a value", at, s.folder)
			}
		}
		if s.isTest && !slices.Contains(importsOf(t, s), "testing/synctest") {
			for _, at := range calls(t, s, "time", "Sleep") {
				t.Errorf("%s: a test waits for something, or sleeps in a bubble of synctest", at)
			}
		}
	}
}

func TestArchitectureMentions(t *testing.T) {
	moduleFiles(t, func(name string, content []byte) {
		if bytes.IndexByte(content, 0) >= 0 {
			return // no text
		}
		for _, word := range outsideWords {
			if at := bytes.Index(content, []byte(word)); at >= 0 {
				line := bytes.Count(content[:at], []byte("\n")) + 1
				t.Errorf("%s:%d: mentions %s, which is outside of this tree", name, line, word)
			}
		}
	})
}
