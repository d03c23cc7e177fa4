package main

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// checker reads a configuration and notes every problem instead of stopping at the first.
type checker struct {
	env       func(string) (string, bool)
	problems  []Problem
	languages []string // of the site, once they are known
	// groups are the departments' groups on WeCom, and where each stands.
	groups  map[string]WeComGroup
	groupAt map[string]value
}

func (c *checker) fail(line int, key, what string) {
	c.problems = append(c.problems, Problem{Line: line, Key: key, What: what})
}

// value is something that may stand in the configuration.
type value struct {
	c    *checker
	path string
	line int // of the value, or of the section that lacks it
	node *yaml.Node
	// required says that a missing value is a problem.
	required bool
}

func (v value) missing() bool { return v.node == nil }

func (v value) fail(what string) { v.c.fail(v.line, v.path, what) }

// bad notes that the value is not what was expected, and shows what was written: never what a variable holds, since that may be a secret.
func (v value) bad(expected string) {
	if v.missing() {
		if v.required {
			v.fail("missing, expected " + expected)
		}
		return
	}
	got := "a list"
	switch {
	case v.node.Kind == yaml.MappingNode:
		got = "keys of its own"
	case isNull(v.node):
		got = "nothing"
	case v.node.Kind == yaml.ScalarNode:
		got = quoted(v.node.Value)
	}
	v.fail(fmt.Sprintf("expected %s, got %s", expected, got))
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// followed returns the node that an alias stands for.
func followed(n *yaml.Node) *yaml.Node {
	for n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

var variable = regexp.MustCompile(`\$\{([^}]*)\}`)

// scalar returns the value with its variables filled in. ok is false if it is missing or has no such form; then that is noted.
func (v value) scalar(expected string) (s string, ok bool) {
	if v.missing() || v.node.Kind != yaml.ScalarNode || isNull(v.node) {
		v.bad(expected)
		return "", false
	}
	ok = true
	s = variable.ReplaceAllStringFunc(v.node.Value, func(written string) string {
		name := written[2 : len(written)-1]
		value, set := v.c.env(name)
		if !set {
			v.fail(masked("${" + name + "} is not set in the environment"))
			ok = false
		}
		return value
	})
	switch {
	case !ok:
		return "", false
	case strings.TrimSpace(s) != "":
		return s, true
	case strings.TrimSpace(v.node.Value) != "":
		v.fail(fmt.Sprintf("expected %s, but %s is empty", expected, quoted(v.node.Value)))
	default:
		v.bad(expected)
	}
	return "", false
}

// read parses the value; without one, or with one that is wrong, it is the fallback.
func read[T any](v value, expected string, fallback T, parse func(string) (T, bool)) T {
	s, ok := v.scalar(expected)
	if !ok {
		return fallback
	}
	parsed, ok := parse(s)
	if !ok {
		v.bad(expected)
		return fallback
	}
	return parsed
}

// list returns the items of a list; one item may stand alone, without brackets, where that is clear.
func (v value) list(expected string) []value {
	switch {
	case v.missing() || isNull(v.node):
		v.bad(expected)
		return nil
	case v.node.Kind == yaml.MappingNode:
		v.bad(expected)
		return nil
	case v.node.Kind == yaml.ScalarNode:
		return []value{v}
	}
	items := make([]value, len(v.node.Content))
	for i, n := range v.node.Content {
		items[i] = value{c: v.c, path: fmt.Sprintf("%s[%d]", v.path, i), line: n.Line, node: followed(n), required: true}
	}
	return items
}

// section is a value with keys of its own.
type section struct {
	value
	present bool
	values  map[string]value
}

// section reads the keys of a value. Keys that are not known or come twice are problems; so is a value of another form.
func (c *checker) section(v value, known ...string) section {
	s := section{value: v, values: map[string]value{}}
	if v.missing() || isNull(v.node) || v.node.Kind != yaml.MappingNode {
		v.bad("the keys " + strings.Join(known, ", "))
		return s
	}
	s.present = true
	lines := map[string]int{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key, content := v.node.Content[i], v.node.Content[i+1]
		name := key.Value
		path := v.join(name)
		switch {
		case key.Kind != yaml.ScalarNode:
			c.fail(key.Line, v.path, "expected a key, got a list or keys")
		case lines[name] != 0:
			c.fail(key.Line, path, fmt.Sprintf("comes twice, the first is in line %d", lines[name]))
		case !contains(known, name):
			c.fail(key.Line, v.path, unknown("key", name, known))
		default:
			s.values[name] = value{c: c, path: path, line: content.Line, node: followed(content)}
		}
		lines[name] = key.Line
	}
	return s
}

func (v value) join(key string) string {
	if v.path == "" {
		return key
	}
	return v.path + "." + key
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// get returns the value of a key that may be missing.
func (s section) get(key string) value {
	if v, ok := s.values[key]; ok {
		return v
	}
	return value{c: s.c, path: s.join(key), line: s.line}
}

// need returns the value of a key that must be there. A whole section that is missing is one problem and not one for each of its keys.
func (s section) need(key string) value {
	v := s.get(key)
	v.required = s.present
	return v
}
