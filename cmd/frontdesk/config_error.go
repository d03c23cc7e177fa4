package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ConfigError is everything that is wrong with a configuration, one problem a line, as check prints it.
type ConfigError struct {
	Path     string
	Problems []Problem // by line
}

// Problem is one thing that is wrong.
type Problem struct {
	Line int
	Key  string // dotted, such as deadlines.take; empty for the file as a whole
	What string // what is wrong and what was expected
}

func newConfigError(path string, problems []Problem) *ConfigError {
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
	return &ConfigError{Path: path, Problems: slices.Compact(problems)}
}

func (e *ConfigError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%s:%d: ", e.Path, p.Line)
		if p.Key != "" {
			lines[i] += p.Key + ": "
		}
		lines[i] += p.What
	}
	return strings.Join(lines, "\n")
}

var (
	yamlLine = regexp.MustCompile(`^line (\d+): `)
	// tokenLike is what a Bot API token looks like. One that stands in the wrong place is not to be shown either.
	tokenLike = regexp.MustCompile(`[0-9]{5,}:[A-Za-z0-9_-]{20,}`)
)

// syntaxError takes the line out of the parser's message.
func syntaxError(err error) (line int, what string) {
	what = strings.TrimPrefix(err.Error(), "yaml: ")
	line = 1
	if match := yamlLine.FindStringSubmatch(what); match != nil {
		line, _ = strconv.Atoi(match[1])
		what = what[len(match[0]):]
	}
	return max(line, 1), masked(what)
}

// masked hides what looks like a token.
func masked(s string) string { return tokenLike.ReplaceAllString(s, "[hidden]") }

// quoted shows what was written, on one line and not too long.
func quoted(s string) string {
	const most = 60
	s = masked(s)
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}

// nearest returns the known word that was probably meant, or "".
func nearest(written string, known []string) string {
	best, fewest := "", max(2, (len(written)+1)/3)+1
	for _, word := range known {
		// More changes than half the word make it another word.
		if d := distance(written, word); d < fewest && 2*d <= len(word) {
			best, fewest = word, d
		}
	}
	return best
}

// distance counts the letters to insert, remove, change or swap with their neighbour.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// unknown says that a word is not known, with the word that was probably meant or all that are possible.
func unknown(what, written string, known []string) string {
	if word := nearest(written, known); word != "" {
		return fmt.Sprintf("unknown %s %s, did you mean %q?", what, quoted(written), word)
	}
	if len(known) == 0 {
		return fmt.Sprintf("unknown %s %s", what, quoted(written))
	}
	return fmt.Sprintf("unknown %s %s, expected one of %s", what, quoted(written), strings.Join(known, ", "))
}
