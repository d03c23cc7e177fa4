package locale

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// said is what the program's source says, each with where: keys that are said for certain, prefixes of keys, and every other literal that has the form of a key, for there are functions that pass a key on. Beginnings are such literals with something added.
type said struct{ keys, prefixes, literals, beginnings map[string]string }

var (
	keyForm       = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)
	beginningForm = regexp.MustCompile(`^[a-z0-9_]+\.[a-z0-9_.]*$`)
)

func (s said) says(key string) bool {
	if s.keys[key] != "" || s.literals[key] != "" {
		return true
	}
	for _, prefixes := range []map[string]string{s.prefixes, s.beginnings} {
		for prefix := range prefixes {
			if strings.HasPrefix(key, prefix) {
				return true
			}
		}
	}
	return false
}

// readSource parses every Go file below root but tests. The files are read by the test itself, so that the test cache notices a change.
func readSource(t *testing.T, root string) said {
	t.Helper()
	s := said{keys: map[string]string{}, prefixes: map[string]string{}, literals: map[string]string{}, beginnings: map[string]string{}}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (name == "testdata" || strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		where := func(n ast.Node) string {
			relative, _ := filepath.Rel(root, path)
			return fmt.Sprintf("%s:%d", filepath.ToSlash(relative), files.Position(n.Pos()).Line)
		}
		s.read(file, where)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s said) read(file *ast.File, where func(ast.Node) string) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if prefixes, ok := strings.CutPrefix(comment.Text, "//locale:prefix "); ok {
				for _, prefix := range strings.Fields(prefixes) {
					s.prefixes[prefix] = where(comment)
				}
			}
			if keys, ok := strings.CutPrefix(comment.Text, "//locale:key "); ok {
				for _, key := range strings.Fields(keys) {
					s.keys[key] = where(comment)
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if name := called(n.Fun); (name == "T" || name == "Refuse") && len(n.Args) > 0 {
				s.key(n.Args[0], where(n))
			}
		case *ast.BinaryExpr:
			if literal, ok := n.X.(*ast.BasicLit); ok && n.Op == token.ADD {
				if prefix, err := strconv.Unquote(literal.Value); err == nil && beginningForm.MatchString(prefix) {
					s.beginnings[prefix] = where(n)
				}
			}
		case *ast.BasicLit:
			if literal, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && keyForm.MatchString(literal) {
				s.literals[literal] = where(n)
			}
		case *ast.CompositeLit:
			if n.Type != nil && called(n.Type) == "Text" {
				for _, element := range n.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok && called(pair.Key) == "Key" {
						s.key(pair.Value, where(n))
					}
				}
			}
		}
		return true
	})
}

// key notes a key, or the literal beginning of one.
func (s said) key(e ast.Expr, where string) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if key, err := strconv.Unquote(e.Value); err == nil {
			s.keys[key] = where
		}
	case *ast.BinaryExpr:
		for {
			left, ok := e.X.(*ast.BinaryExpr)
			if !ok {
				break
			}
			e = left
		}
		if literal, ok := e.X.(*ast.BasicLit); ok {
			if prefix, err := strconv.Unquote(literal.Value); err == nil {
				s.prefixes[prefix] = where
			}
		}
	}
}

// called is the last name of a name or a selector.
func called(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
