package locale

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// embedded is every text that the program brings along.
//
//go:embed *.yaml
var embedded embed.FS

// Load reads the embedded texts and then those of extra, if it is not nil: a file de.yaml adds the language de, a file zh.yaml changes the texts that it names. Times are said in the zone; nil means UTC. The error joins everything that is wrong, each with its file and line.
func Load(zone *time.Location, extra fs.FS) (*Catalog, error) {
	if zone == nil {
		zone = time.UTC
	}
	c := &Catalog{zone: zone, deflt: fallback, texts: map[string]map[string]template{}}
	if err := c.read(embedded, false); err != nil {
		return nil, err
	}
	if extra != nil {
		if err := c.read(extra, true); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// read adds the files of one folder. A site's own files may only name keys that the program says: any other is a mistake in writing that nobody would ever notice.
func (c *Catalog) read(folder fs.FS, own bool) error {
	files, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return fmt.Errorf("list the texts: %w", err)
	}
	slices.Sort(files)
	var errs []error
	for _, file := range files {
		entries, err := readFile(folder, file)
		errs = append(errs, err)
		lang := strings.TrimSuffix(path.Base(file), ".yaml")
		if c.texts[lang] == nil {
			c.texts[lang] = map[string]template{}
		}
		for _, e := range entries {
			if own {
				if err := c.fits(e); err != nil {
					errs = append(errs, fmt.Errorf("%s:%d: %s: %w", file, e.line, e.key, err))
					continue
				}
			}
			c.texts[lang][e.key] = e.text
		}
	}
	return errors.Join(errs...)
}

// fits says whether a site's own text can stand for the program's.
func (c *Catalog) fits(e entry) error {
	var known []string
	found := false
	for _, texts := range c.texts {
		if t, ok := texts[e.key]; ok {
			known, found = append(known, t.names()...), true
		}
	}
	if !found {
		return errors.New("there is no such text")
	}
	for _, name := range e.text.names() {
		if !slices.Contains(known, name) {
			slices.Sort(known)
			return fmt.Errorf("unknown placeholder {%s}, this text has %q", name, slices.Compact(known))
		}
	}
	return nil
}

// entry is one text of a file.
type entry struct {
	key  string
	line int
	text template
}

// readFile returns the texts of one file, in its order, and an error that joins all that is wrong with it.
func readFile(folder fs.FS, file string) ([]entry, error) {
	data, err := fs.ReadFile(folder, file)
	if err != nil {
		return nil, fmt.Errorf("read the texts: %w", err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("%s: %w (a text that begins with { or holds a colon needs quotes)", file, err)
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	r := reader{file: file, lines: map[string]int{}}
	r.walk("", document.Content[0])
	return r.entries, errors.Join(r.errs...)
}

// reader turns nested keys into dotted ones.
type reader struct {
	file    string
	lines   map[string]int // of each key
	entries []entry
	errs    []error
}

func (r *reader) fail(line int, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %w", r.file, line, fmt.Errorf(format, args...)))
}

func (r *reader) walk(prefix string, node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		r.fail(node.Line, "expected keys with texts")
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		key := name.Value
		if prefix != "" {
			key = prefix + "." + key
		}
		switch {
		case value.Kind == yaml.MappingNode:
			r.walk(key, value)
		case value.Kind != yaml.ScalarNode || value.Tag == "!!null":
			r.fail(value.Line, "%s: expected a text; one that begins with { needs quotes", key)
		case r.lines[key] != 0:
			r.fail(name.Line, "%s: is already in line %d", key, r.lines[key])
		default:
			r.lines[key] = name.Line
			text, err := parse(strings.TrimRight(value.Value, "\n"))
			if err != nil {
				r.fail(value.Line, "%s: %w", key, err)
				continue
			}
			r.entries = append(r.entries, entry{key: key, line: name.Line, text: text})
		}
	}
}
